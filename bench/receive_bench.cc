// Receiving a day of a panel: a package of each practice, 400 events each, beside a minute; into an
// encrypted vault beside that. And by
// how much the catalog grows for each package: where practices confirm the receipts of the day
// before, beside where they do not.

#include <fmt/format.h>

#include "base/files.h"
#include "base/input_file.h"
#include "base/random.h"
#include "bench/bench.h"
#include "bench/measure.h"
#include "formalities/act_text.h"
#include "formalities/signing_key.h"
#include "post/package.h"
#include "post/receipt.h"
#include "reception/receive.h"
#include "reception/sealing.h"
#include "records/record.h"
#include "vault/catalog.h"
#include "vault/catalog_seal.h"
#include "vault/encrypt.h"
#include "vault/place.h"
#include "vault/vault.h"
#include "vocabulary/kinds.h"

namespace parcours::bench {
namespace {

namespace fs = std::filesystem;

constexpr int patients_of_package = 40;
constexpr int events_of_package = 400;

constexpr const char* day_permit = R"([permit]
reference = "2026-DR-014"
kind      = "made-up-data"
title     = { en = "Bench", fr = "Banc" }
holder    = "Bench"
purposes  = ["public-health-research"]
valid     = [2000-01-01, 2199-12-31]
uses      = ["collection"]
askers    = ["Bench"]
leaves    = ["counts"]
rules     = ["france-2026"]

[covers]
kinds      = ["diagnosis", "prescription"]
codes      = ["*"]
fields     = ["birth_year", "sex", "place"]
days       = [1800-01-01, 2199-12-31]
practices  = "all"
provenance = ["entered", "received", "imported"]
otherwise  = "cut"
follow     = "practice"
new_keys   = "never"

[retention]
years = 100
from  = "collection"
)";

// Enters acts without reading those before again: each of them would be checked thousands of times.
Status enter_all(const fs::path& vault, const formalities::SigningKey& keeper,
                 const std::vector<std::string>& acts) {
  ASSIGN_OR_RETURN(vault::Sqlite database,
                   vault::Sqlite::open(vault::catalog_path(vault), vault::Sqlite::Access::write));
  RETURN_IF_ERROR(database.run("BEGIN"));
  ASSIGN_OR_RETURN(vault::SqliteStatement insert,
                   database.prepare("INSERT INTO acts (id, text, signature, entered_at) VALUES "
                                    "(?, ?, ?, '2026-11-01T00:00:00Z')"));
  for (std::size_t i = 0; i < acts.size(); ++i) {
    insert.bind(1, static_cast<std::int64_t>(i));
    insert.bind(2, acts[i]);
    insert.bind(3, keeper.sign(acts[i], formalities::act_signature));
    RETURN_IF_ERROR(insert.run());
  }
  RETURN_IF_ERROR(vault::seal(database, {"acts"}));
  return database.run("COMMIT");
}

std::string practice_called(int practice) {
  return fmt::format("cabinet-{:04}", practice);
}

post::Contents day_of_practice(const std::string& vault, int practice,
                               const formalities::Permit& permit) {
  Random random(7, static_cast<std::uint64_t>(practice));
  post::Contents contents;
  contents.vault = vault;
  contents.practice = practice_called(practice);
  contents.permit = permit.reference;
  contents.permit_digest = permit.digest;
  contents.made_at = "2026-11-23T20:18:00Z";
  const vocabulary::KindId diagnosis = *vocabulary::find_kind("diagnosis");
  for (std::uint32_t code = 0; code < 200; ++code) {
    contents.codes.push_back({diagnosis, "icd10", fmt::format("C{}", code * random.below(20))});
  }
  std::vector<records::PatientId> patients(patients_of_package);
  for (records::PatientId& patient : patients) {
    patient = {random(), random()};
    rows::PatientRow& row = contents.patients.emplace_back();
    row.patient.id = patient;
    row.patient.birth_year = static_cast<std::int16_t>(1930 + random.below(90));
  }
  for (int i = 0; i < events_of_package; ++i) {
    rows::EventRow& row = contents.events.emplace_back();
    row.patient = patients[random.below(patients_of_package)];
    row.day = Day{static_cast<std::int32_t>(20'000 + random.below(30))};
    row.code = random.below(200);
    row.kind = diagnosis & 0x3fU;
    row.value = records::no_value;
  }
  return contents;
}

// A vault, its practices and their folders.
struct Panel {
  fs::path folder;
  post::VaultCard card;
  std::vector<formalities::SigningKey> practices;
  formalities::Permit permit;

  Status send(int day, bool confirms) const;
  // Into the vault at `place`.
  Result<reception::ReceiveSummary> receive(const vault::VaultPlace& place, int threads) const;
  Result<reception::ReceiveSummary> receive(int threads) const {
    return receive(folder / "vault", threads);
  }
  Result<double> catalog_bytes() const;
};

Result<Panel> make_panel(const fs::path& folder, int practices) {
  const fs::path vault = folder / "vault";
  fs::remove_all(folder);
  fs::create_directories(folder / "inbox");
  fs::create_directories(folder / "receipts");
  ASSIGN_OR_RETURN(const records::NewKey key,
                   records::new_key(records::KeyFile{folder / "key"}, vault));
  RETURN_IF_ERROR(vault::Vault::create(vault, key.check, {}));
  ASSIGN_OR_RETURN(const vault::Vault open, vault::Vault::open(vault));
  const std::string number = open.catalog().formalities.vault();
  const formalities::SigningKey keeper = formalities::SigningKey::generate();
  std::vector<std::string> acts = {
      formalities::text_of(
          formalities::RoleAct{formalities::RoleAct::Action::grant,
                               {"Keeper", formalities::Role::permit_keeper, keeper.public_key()},
                               number}),
      day_permit};
  ASSIGN_OR_RETURN(formalities::Permit permit,
                   formalities::parse_permit(day_permit, "the bench's permit"));
  ASSIGN_OR_RETURN(std::string sealing, reception::begin_renewal(vault, key.key, {}));
  acts.push_back(std::move(sealing));
  Panel panel{.folder = folder, .card = {}, .practices = {}, .permit = std::move(permit)};
  for (int i = 0; i < practices; ++i) {
    panel.practices.push_back(formalities::SigningKey::generate());
    acts.push_back(formalities::text_of(
        formalities::PracticeAct{formalities::PracticeAct::Action::admit, practice_called(i),
                                 panel.practices.back().public_key(), number}));
  }
  RETURN_IF_ERROR(enter_all(vault, keeper, acts));
  ASSIGN_OR_RETURN(const vault::Vault kept, vault::Vault::open(vault));
  ASSIGN_OR_RETURN(const post::VaultKeys keys,
                   reception::keys_of(key.key, kept.catalog(), today()));
  panel.card = post::card_of(keys, {{"Keeper", keeper.public_key()}});
  return panel;
}

// The day's packages, each with the receipt of the day before where it `confirms`.
Status Panel::send(int day, bool confirms) const {
  for (int i = 0; i < std::ssize(practices); ++i) {
    post::Contents contents = day_of_practice(card.vault, i, permit);
    contents.number = static_cast<std::uint64_t>(day);
    contents.period = fmt::format("2026-11-{:02}", day);
    if (confirms && day > 1) {
      const fs::path receipt =
          folder / "receipts" / fmt::format("{}-{}.receipt", contents.practice, day - 1);
      ASSIGN_OR_RETURN(const std::string text, read_file(receipt));
      ASSIGN_OR_RETURN(const post::Receipt read,
                       post::read_receipt(text, card.receipt, receipt.string()));
      contents.confirmed = {contents.number - 1, post::receipt_digest(read)};
    }
    ASSIGN_OR_RETURN(const std::string package,
                     post::package_of(contents, card, practices[static_cast<std::size_t>(i)]));
    RETURN_IF_ERROR(write_file(folder / "inbox" / fmt::format("{}.package", i), package));
  }
  return {};
}

Result<reception::ReceiveSummary> Panel::receive(const vault::VaultPlace& place,
                                                 int threads) const {
  Progress none(Progress::Manner::none);
  Stop stop;
  ASSIGN_OR_RETURN(
      const reception::ReceiveSummary summary,
      parcours::reception::receive(place, records::KeyFile{folder / "key"}, folder / "inbox",
                                   folder / "receipts", {.threads = threads}, none, stop));
  if (summary.taken != practices.size()) {
    return refused(fmt::format("only {} packages were taken", summary.taken));
  }
  return summary;
}

Result<double> Panel::catalog_bytes() const {
  ASSIGN_OR_RETURN(const InputFile file, InputFile::open(vault::catalog_path(folder / "vault")));
  return static_cast<double>(file.size());
}

// Of the catalog, for each package of days after the first two.
Result<double> growth(const Setting& setting, bool confirms) {
  constexpr int practices = 500;
  constexpr int days = 6;
  ASSIGN_OR_RETURN(const Panel panel, make_panel(setting.folder / "growth", practices));
  double before = 0;
  for (int day = 1; day <= days; ++day) {
    RETURN_IF_ERROR(panel.send(day, confirms));
    RETURN_IF_ERROR(panel.receive(setting.threads));
    if (day == 2) {
      ASSIGN_OR_RETURN(before, panel.catalog_bytes());
    }
  }
  ASSIGN_OR_RETURN(const double after, panel.catalog_bytes());
  fs::remove_all(panel.folder);
  return (after - before) / (practices * (days - 2));
}

// The day of packages into a vault of its own.
Result<Measured> received(const Setting& setting, bool encrypted) {
  const int practices = setting.full ? 5000 : 500;
  ASSIGN_OR_RETURN(const Panel panel, make_panel(setting.folder / "receive", practices));
  vault::VaultPlace place = panel.folder / "vault";
  if (encrypted) {
    const fs::path to = panel.folder / "encrypted";
    ASSIGN_OR_RETURN(
        const records::NewKey key,
        records::new_key(records::KeyFile{panel.folder / "vault-key"}, to, records::KeyOf::vault));
    const vault::VaultPlace locked = vault::encrypted_place(to, key);
    Progress none(Progress::Manner::none);
    RETURN_IF_ERROR(vault::encrypt_vault(place, locked, none, Stop()));
    place = locked;
  }
  RETURN_IF_ERROR(panel.send(1, false));
  ASSIGN_OR_RETURN(const Measured measured, in_child([&]() -> Result<std::string> {
                     RETURN_IF_ERROR(panel.receive(place, setting.threads));
                     return std::string();
                   }));
  fs::remove_all(panel.folder);
  return measured;
}

}  // namespace

Status receive_bench(const Setting& setting, Figures& figures) {
  constexpr double most_seconds = 60;
  ASSIGN_OR_RETURN(const Measured plain, received(setting, false));
  ASSIGN_OR_RETURN(const Measured encrypted, received(setting, true));
  ASSIGN_OR_RETURN(const double unconfirmed, growth(setting, false));
  ASSIGN_OR_RETURN(const double confirmed, growth(setting, true));
  figures.add("receive.time", plain.seconds, "s", "a minute", most_seconds, 1);
  figures.add("receive.memory", plain.megabytes, "MB", "4 GB", 4096, 1);
  figures.add("receive.encrypted", encrypted.seconds, "s", "receiving without it", plain.seconds,
              1.25);
  figures.add("receive.catalog", confirmed, "bytes a package", "receipts are not confirmed",
              unconfirmed, 1);
  return {};
}

}  // namespace parcours::bench
