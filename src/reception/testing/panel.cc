#include "reception/testing/panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "base/check.h"
#include "base/files.h"
#include "formalities/act_text.h"
#include "post/package.h"
#include "post/testing/sent.h"
#include "reception/sealing.h"
#include "vault/formal.h"
#include "vault/walk.h"
#include "vocabulary/kinds.h"

namespace parcours::reception {
namespace {

namespace fs = std::filesystem;

template <class T>
T value_of(Result<T> result) {
  if (!result) {
    fmt::print(stderr, "{}\n", result.error().sentence());
  }
  PARCOURS_CHECK(result.has_value());
  return *std::move(result);
}

void must(const Status& status) {
  if (!status) {
    fmt::print(stderr, "{}\n", status.error().sentence());
  }
  PARCOURS_CHECK(status.has_value());
}

vocabulary::CodeId place_in(std::vector<vocabulary::Code>& codes, const vocabulary::Code& code) {
  const auto known = std::ranges::find(codes, code);
  const auto place = static_cast<vocabulary::CodeId>(known - codes.begin());
  if (known == codes.end()) {
    codes.push_back(code);
  }
  return place;
}

void lines_of(const records::Record& record, const vault::Vault& vault,
              std::vector<std::string>& lines) {
  const records::Patient& patient = record.patient;
  lines.push_back(patient_line(
      patient.id, patient.birth_year, patient.sex,
      patient.place == vocabulary::no_code ? "" : vault.codes().at(patient.place).code));
  for (std::size_t i = 0; i < record.size(); ++i) {
    lines.push_back(event_line(patient.id, vault.practices()[record.practices[i]],
                               record.days[i].number, vault.codes().at(record.codes[i]),
                               record.values[i]));
  }
}

}  // namespace

Panel Panel::make(int buckets, vault::AtRest at_rest) {
  Panel panel(value_of(
      vault::SmallVault::make({.calendar = Calendar::dates, .buckets = buckets}, at_rest)));
  fs::create_directory(panel.inbox());
  fs::create_directory(panel.receipts());
  const vault::Vault vault = value_of(panel.small_.open());
  panel.key_ = value_of(records::known_key(panel.key(), vault.catalog().key, panel.vault().path()));
  panel.renew(0);
  panel.keys_ = panel.keys_now();
  panel.pseudonyms_ = records::pseudonym_hash(*panel.key_);
  return panel;
}

void Panel::renew(int old_days) const {
  must(vault::enter_signed(vault(), value_of(begin_renewal(vault(), *key_, old_days))));
}

post::VaultKeys Panel::keys_now() const {
  const vault::Vault open = value_of(small_.open());
  return value_of(keys_of(*key_, open.catalog(), today()));
}

void Panel::admit(const std::string& practice, unsigned char key) const {
  const formalities::PublicKey known = post::practice_key(key).public_key();
  enter({formalities::PracticeAct::Action::admit, practice, known, keys_->vault()});
}
void Panel::suspend(const std::string& practice) const {
  enter({formalities::PracticeAct::Action::suspend, practice, {}, keys_->vault()});
}
void Panel::leave(const std::string& practice) const {
  enter({formalities::PracticeAct::Action::leave, practice, {}, keys_->vault()});
}
void Panel::enter(formalities::PracticeAct act) const {
  act.after = value_of(vault::formalities_of(vault())).acts();
  enter(formalities::text_of(act));
}
void Panel::enter(const std::string& permit) const {
  must(vault::enter_signed(vault(), permit));
}

post::Contents Panel::contents(const std::string& practice, std::uint64_t number,
                               const std::string& permit) const {
  const formalities::Permit parsed = value_of(formalities::parse_permit(permit, "a test's permit"));
  post::Contents contents;
  contents.vault = keys_->vault();
  contents.practice = practice;
  contents.number = number;
  contents.period = fmt::format("day-{}", number);
  contents.permit = parsed.reference;
  contents.permit_digest = parsed.digest;
  contents.made_at = "2026-11-23T20:18:00Z";
  return contents;
}

std::string Panel::package(const post::Contents& contents, unsigned char key) const {
  return package(contents, key, post::vault_card(*keys_));
}

std::string Panel::package(const post::Contents& contents, unsigned char key,
                           const post::VaultCard& card) const {
  return value_of(post::package_of(contents, card, post::practice_key(key)));
}

void Panel::put(const std::string& name, const std::string& package) const {
  std::ofstream(inbox() / (name + ".package"), std::ios::binary) << package;
}

ReceiveSummary Panel::receive(std::optional<Day> day) const {
  ReceiveOptions options{.threads = 2, .memory_megabytes = 100};
  options.day = day;
  return value_of(try_to_receive(options));
}

Result<ReceiveSummary> Panel::try_to_receive(const ReceiveOptions& options) const {
  Progress none(Progress::Manner::none);
  Stop stop;
  return reception::receive(vault(), key(), inbox(), receipts(), options, none, stop);
}

std::vector<std::string> Panel::names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    names.push_back(entry.path().filename());
  }
  std::ranges::sort(names);
  return names;
}

std::string Panel::receipt_text(const std::string& name) const {
  for (const std::string& file : names_in(receipts())) {
    if (file == name + ".receipt" || file.starts_with(name + "-refused-")) {
      return value_of(read_file(receipts() / file));
    }
  }
  PARCOURS_CHECK(false);
}

post::Receipt Panel::receipt(const std::string& name) const {
  return value_of(post::read_receipt(receipt_text(name), keys_->receipts().public_key(), name));
}

std::string Panel::answer(const std::string& name) const {
  const post::Receipt read = receipt(name);
  return read.refused ? std::string(post::to_string(read.refused->why)) : "taken";
}

std::vector<std::string> Panel::rows() const {
  const vault::Vault open = value_of(small_.open());
  std::vector<std::string> lines;
  Progress none(Progress::Manner::none);
  must(vault::for_buckets(open, {.day = true, .practice = true, .value = true}, "", none, Stop(),
                          [&](const vault::Bucket& bucket) {
                            for (std::size_t i = 0; i < bucket.patients(); ++i) {
                              lines_of(bucket.record(i), open, lines);
                            }
                          }));
  std::ranges::sort(lines);
  return lines;
}

void add_event(post::Contents& contents, const records::PatientId& patient, std::int32_t day,
               const std::string& kind, const std::string& code, double value) {
  rows::EventRow& row = contents.events.emplace_back();
  const vocabulary::KindId known = *vocabulary::find_kind(kind);
  row.patient = patient;
  row.day = Day{day};
  row.code = place_in(contents.codes, {known, "icd10", code});
  row.kind = known & 0x3fU;
  row.value = value;
}

void add_patient(post::Contents& contents, const records::PatientId& patient, int birth_year,
                 records::Sex sex, const std::string& place) {
  rows::PatientRow& row = contents.patients.emplace_back();
  row.patient.id = patient;
  row.patient.birth_year = static_cast<std::int16_t>(birth_year);
  row.patient.sex = sex;
  row.patient.place = place.empty()
                          ? vocabulary::no_code
                          : place_in(contents.codes, {std::nullopt, "fr-department", place});
}

std::string event_line(const records::PatientId& patient, const std::string& practice,
                       std::int32_t day, const vocabulary::Code& code, double value) {
  return fmt::format("{:016x}{:016x} event {} {} {} {} {}", patient.high, patient.low, practice,
                     day, *code.kind, code.code, records::has_value(value) ? value : -1);
}

std::string patient_line(const records::PatientId& patient, int birth_year, records::Sex sex,
                         const std::string& place) {
  return fmt::format("{:016x}{:016x} patient {} {} {}", patient.high, patient.low, birth_year,
                     static_cast<int>(sex), place);
}

}  // namespace parcours::reception
