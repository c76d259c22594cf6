#include "practice/testing/made_practice.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "formalities/testing/permit_text.h"
#include "post/package.h"
#include "post/receipt.h"
#include "practice/deeds.h"
#include "practice/step_one.h"

namespace parcours::practice {

namespace fs = std::filesystem;

const char* const made_mapping = R"(
calendar = "dates"
period = "any"
max_bad_rows = 1000
[patients]
file = "patients.csv"
patient = "id"
practice = { constant = "own" }
birth_year = "born"
sex = { column = "sex", female = ["F"], male = ["M"] }
place = { column = "dept", system = "fr-department" }
[[events]]
file = "events.csv"
patient = "id"
practice = { constant = "own" }
day = "date"
kind = "kind"
code = "code"
system = { diagnosis = "icd10", lab = "lab", consultation = "visit" }
value = "value"
)";

MadePractice::MadePractice(const Changes& changes)
    : scratch_(*ScratchFolder::make(fs::temp_directory_path(), "practice-")) {
  const post::VaultCard card = post::card_of(vault_, {{"Anne Martin", keeper_.public_key()}});
  PARCOURS_CHECK(write_file(place("vault.card"), post::write_card(card)));
  PARCOURS_CHECK(write_file(place("mapping.toml"), made_mapping));
  permit(changes);
  exports("P1,1980,F,69\nP2,1950,M,38\n",
          "P1,2024-01-02,diagnosis,J45.0,\nP1,2024-01-02,consultation,C,\n"
          "P2,2024-03-04,diagnosis,J20.9,\nP2,2024-03-04,lab,HBA1C,6.5\n"
          "P2,2019-12-31,diagnosis,J20.9,\n");
}

void MadePractice::permit(const Changes& changes) {
  std::map<std::string, std::string> all = {{"permit.valid", "[2020-01-01, 2199-12-31]"}};
  for (const auto& [key, value] : changes) {
    all[key] = value;
  }
  const std::string text = formalities::permit_text(all);
  PARCOURS_CHECK(write_file(place("permit.toml"), text));
  PARCOURS_CHECK(
      write_file(place("permit.toml.sig"), keeper_.sign(text, formalities::act_signature)));
}

JoinOptions MadePractice::options() const {
  return {.folder = folder(),
          .card = place("vault.card"),
          .permit = place("permit.toml"),
          .name = "cabinet-012",
          .share = {},
          .mapping = place("mapping.toml"),
          .fingerprint = ""};
}

const MadePractice& MadePractice::ready() const {
  const Result<Joined> joined = join();
  PARCOURS_CHECK(joined);
  Office office = open();
  PARCOURS_CHECK(agree(office, "Dr Anne Martin"));
  return *this;
}

void MadePractice::exports(const std::string& patients, const std::string& events) const {
  PARCOURS_CHECK(make_folder(place("export"), Readers::owner));
  PARCOURS_CHECK(write_file(place("export") / "patients.csv", "id,born,sex,dept\n" + patients));
  PARCOURS_CHECK(write_file(place("export") / "events.csv", "id,date,kind,code,value\n" + events));
}

Result<Packed> MadePractice::pack(const std::string& period) const {
  Office office = open();
  return practice::pack(office,
                        {.from = {place("export").string()}, .mapping = {}, .period = period},
                        Stop(), nullptr);
}

post::Contents MadePractice::opened(std::uint64_t number) const {
  const Office office = open();
  const std::string bytes = *post::read_package(office.package(number));
  return post::open_package(bytes, vault_, office.signing_key()->public_key())->contents;
}

std::vector<std::string> MadePractice::events(std::uint64_t number,
                                              const std::vector<std::string>& numbers,
                                              const std::string& label) const {
  const post::Contents contents = opened(number);
  const records::KeyedHash hash = records::pseudonym_hash(*read_key(key_file(folder(), label)));
  std::vector<std::string> all;
  for (const rows::EventRow& event : contents.events) {
    std::string who = "?";
    for (const std::string& one : numbers) {
      who = records::pseudonym(hash, one) == event.patient ? one : who;
    }
    all.push_back(fmt::format("{} of {} on {}", contents.codes[event.code].code, who,
                              to_string(event.day, Calendar::dates)));
  }
  std::ranges::sort(all);
  return all;
}

fs::path MadePractice::receipt(std::uint64_t number,
                               std::optional<post::RefusedPackage> refused) const {
  const Office office = open();
  post::Receipt receipt{.vault = vault_.vault(),
                        .practice = "cabinet-012",
                        .number = number,
                        .package = *records::digest_of_file(office.package(number)),
                        .received_at = "2026-11-27T10:00:00Z",
                        .permit = "2026-DR-014",
                        .refused = std::move(refused),
                        .taken = {}};
  fs::path file = place(fmt::format("{}.receipt", number));
  PARCOURS_CHECK(write_file(file, post::write_receipt(receipt, vault_.receipts())));
  return file;
}

}  // namespace parcours::practice
