#include "practice/objections.h"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/files.h"
#include "base/letters.h"
#include "page/json_text.h"
#include "practice/lines.h"
#include "practice/step_one.h"

namespace parcours::practice {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* marks_key = "objections.key";
constexpr const char* objections_file = "objections";

std::string hex_of(const records::PatientId& id) {
  return fmt::format("{:016x}{:016x}", id.high, id.low);
}

std::optional<records::PatientId> id_of(const Json& text) {
  constexpr std::size_t digits = 16;
  if (!text.is_string() || text.get_ref<const std::string&>().size() != 2 * digits) {
    return std::nullopt;
  }
  const std::string& hex = text.get_ref<const std::string&>();
  records::PatientId id;
  for (const auto& [word, from] : {std::pair(&id.high, std::size_t{0}), {&id.low, digits}}) {
    const char* end = hex.data() + from + digits;
    if (const auto read = std::from_chars(hex.data() + from, end, *word, 16); read.ptr != end) {
      return std::nullopt;
    }
  }
  return id;
}

struct Line {
  records::PatientId mark;
  bool withdrawn = false;
  std::set<records::PatientId> patients;
};

std::string text_of(const Line& line) {
  Json json = {{"mark", hex_of(line.mark)}};
  if (line.withdrawn) {
    json["withdrawn"] = true;
  }
  json["patients"] = Json::array();
  for (const records::PatientId& patient : line.patients) {
    json["patients"].push_back(hex_of(patient));
  }
  return page::json_text(json);
}

std::optional<Line> line_of(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("mark")) {
    return std::nullopt;
  }
  const auto mark = id_of(json["mark"]);
  Line line{.withdrawn = json.contains("withdrawn")};
  if (!mark || !json.contains("patients") || !json["patients"].is_array()) {
    return std::nullopt;
  }
  line.mark = *mark;
  for (const Json& one : json["patients"]) {
    const auto patient = id_of(one);
    if (!patient) {
      return std::nullopt;
    }
    line.patients.insert(*patient);
  }
  return line;
}

}  // namespace

Status Objections::begin(const fs::path& folder) {
  return write_key(folder / marks_key, records::ProgrammeKey::generate());
}

Result<Objections> Objections::open(const fs::path& folder) {
  ASSIGN_OR_RETURN(const records::ProgrammeKey key, read_key(folder / marks_key));
  Objections made(folder / "objections", records::pseudonym_hash(key));
  ASSIGN_OR_RETURN(const std::vector<std::string> lines, whole_lines(made.file_));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::optional<Line> line = line_of(lines[i]);
    if (!line) {
      return bad_input("this is no line of objections",
                       fmt::format("{}:{}", made.file_.string(), i + 1),
                       "restore the file from a backup; nobody but this program writes it");
    }
    (line->withdrawn ? made.by_mark_ : made.withdrawn_).erase(line->mark);
    (line->withdrawn ? made.withdrawn_ : made.by_mark_)[line->mark].insert(line->patients.begin(),
                                                                           line->patients.end());
  }
  return made;
}

Status Objections::carry(const fs::path& from, const fs::path& folder) {
  ASSIGN_OR_RETURN(const records::ProgrammeKey key, read_key(from / marks_key));
  RETURN_IF_ERROR(write_key(folder / marks_key, key));
  std::error_code unseen;
  if (!fs::exists(from / objections_file, unseen)) {
    return {};  // nobody has objected
  }
  ASSIGN_OR_RETURN(const std::string lines, read_file(from / objections_file));
  return write_file(folder / objections_file, lines, Readers::owner);
}

bool Objections::objects(std::string_view number) const {
  return !by_mark_.empty() && by_mark_.contains(records::pseudonym(marks_, trimmed(number)));
}

Result<bool> Objections::add(std::string_view number, const std::vector<records::KeyedHash>& keys) {
  const std::string_view told = trimmed(number);
  Line line{.mark = records::pseudonym(marks_, told)};
  const auto known = by_mark_.find(line.mark);
  for (const records::KeyedHash& key : keys) {
    const records::PatientId patient = records::pseudonym(key, told);
    if (known == by_mark_.end() || !known->second.contains(patient)) {
      line.patients.insert(patient);
    }
  }
  const bool fresh = known == by_mark_.end();
  if (const auto before = withdrawn_.find(line.mark); before != withdrawn_.end()) {
    line.patients.insert(before->second.begin(), before->second.end());
  }
  if (fresh || !line.patients.empty()) {
    RETURN_IF_ERROR(append_line(file_, text_of(line)));
    by_mark_[line.mark].insert(line.patients.begin(), line.patients.end());
    withdrawn_.erase(line.mark);
  }
  return fresh;
}

Result<bool> Objections::take_back(std::string_view number,
                                   const std::vector<records::KeyedHash>& keys) {
  const std::string_view told = trimmed(number);
  Line line{.mark = records::pseudonym(marks_, told), .withdrawn = true};
  const auto known = by_mark_.find(line.mark);
  if (known == by_mark_.end()) {
    return false;
  }
  line.patients = known->second;
  for (const records::KeyedHash& key : keys) {
    line.patients.insert(records::pseudonym(key, told));
  }
  RETURN_IF_ERROR(append_line(file_, text_of(line)));
  by_mark_.erase(known);
  withdrawn_[line.mark] = std::move(line.patients);
  return true;
}

std::vector<records::PatientId> Objections::patients() const {
  std::set<records::PatientId> all;
  for (const auto& [mark, patients] : by_mark_) {
    all.insert(patients.begin(), patients.end());
  }
  return {all.begin(), all.end()};
}

std::vector<records::PatientId> Objections::withdrawn() const {
  std::set<records::PatientId> all;
  for (const auto& [mark, patients] : withdrawn_) {
    all.insert(patients.begin(), patients.end());
  }
  for (const records::PatientId& objector : patients()) {
    all.erase(objector);
  }
  return {all.begin(), all.end()};
}

}  // namespace parcours::practice
