#include "practice/office.h"

#include <fmt/format.h>

#include <set>
#include <system_error>

#include "practice/lines.h"
#include "practice/permit_paper.h"
#include "practice/step_one.h"
#include "practice/words.h"

namespace parcours::practice {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_card_bytes = std::size_t{1} << 20;

// Removes all of a folder but these names. A folder in it is what a stopped program was writing.
Status keep_only(const std::set<std::string>& names, const fs::path& folder) {
  std::vector<fs::path> others;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    if (!names.contains(entry.path().filename().string())) {
      others.push_back(entry.path());
    }
  }
  for (const fs::path& other : others) {
    if (fs::is_directory(fs::symlink_status(other, error))) {
      fs::remove_all(other, error);
    } else {
      RETURN_IF_ERROR(destroy_file(other));
    }
  }
  return {};
}

}  // namespace

Result<std::vector<Entry>> read_log(const fs::path& folder, Language language) {
  const fs::path file = folder / "log";
  ASSIGN_OR_RETURN(const std::vector<std::string> lines, whole_lines(file));
  if (lines.empty()) {
    return complain(language, words::no_practice_folder(), folder.string());
  }
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::optional<Entry> entry = entry_of(lines[i]);
    if (!entry) {
      return complain(language, words::bad_log_line(), fmt::format("{}:{}", file.string(), i + 1));
    }
    entries.push_back(*entry);
  }
  return entries;
}

Result<Office> Office::open(const fs::path& folder, Language language) {
  std::error_code error;
  if (!fs::exists(folder / "log", error)) {
    return complain(language, words::no_practice_folder(), folder.string());
  }
  ASSIGN_OR_RETURN(FileLock lock, FileLock::take(folder / "lock"));
  ASSIGN_OR_RETURN(const std::vector<Entry> entries, read_log(folder, language));
  Office office(folder, language, std::move(lock));
  for (const Entry& entry : entries) {
    office.state_.take(entry);
  }
  RETURN_IF_ERROR(office.tidy());
  if (office.state_.left) {
    return refuse(language, words::has_left(), folder.string());
  }
  RETURN_IF_ERROR(office.read_papers());
  return office;
}

Status Office::read_papers() {
  const fs::path card = folder_ / "vault.card";
  ASSIGN_OR_RETURN(const std::string card_text, read_file(card, most_card_bytes));
  ASSIGN_OR_RETURN(card_, post::parse_card(card_text, card));
  RETURN_IF_ERROR(finish_taking(folder_));
  const fs::path permit = folder_ / "permit.toml";
  ASSIGN_OR_RETURN(PermitPaper paper, read_permit_paper(permit));
  RETURN_IF_ERROR(check_signed(paper, card_, permit, language_));
  permit_ = std::move(paper.permit);
  return {};
}

fs::path Office::package(std::uint64_t number) const {
  return folder_ / "outbox" / fmt::format("{:06}.package", number);
}

Result<formalities::SigningKey> Office::signing_key() const {
  return formalities::SigningKey::read(folder_ / "practice.key");
}

Result<Objections> Office::objections() const {
  return Objections::open(folder_);
}

Result<std::vector<records::KeyedHash>> Office::pseudonyms() const {
  std::vector<records::KeyedHash> all;
  for (const std::string& label : state_.keys) {
    ASSIGN_OR_RETURN(const records::ProgrammeKey key, read_key(key_file(folder_, label)));
    all.push_back(records::pseudonym_hash(key));
  }
  return all;
}

Status Office::note(Entry entry) {
  entry.at = utc_now();
  RETURN_IF_ERROR(append_line(folder_ / "log", line_of(entry)));
  state_.take(entry);
  return {};
}

Status Office::take_card(const post::VaultCard& card) {
  RETURN_IF_ERROR(write_file(folder_ / "vault.card", post::write_card(card), Readers::owner));
  card_ = card;
  return note({.deed = Deed::card, .number = card.number});
}

Status Office::tidy() const {
  for (const std::string& label : state_.destroyed) {
    RETURN_IF_ERROR(destroy_file(key_file(folder_, label)));
  }
  std::set<std::string> kept;
  for (const auto& [number, waiting] : state_.waiting) {
    kept.insert(package(number).filename().string());
  }
  RETURN_IF_ERROR(keep_only(kept, folder_ / "outbox"));
  if (state_.left) {
    for (const char* name : {"practice.key", "practice.key.pub"}) {
      RETURN_IF_ERROR(destroy_file(folder_ / name));
    }
  }
  return {};
}

}  // namespace parcours::practice
