// Receiving a day of a panel: a package of each practice, 400 events each, beside a minute.

#include <fmt/format.h>

#include "base/files.h"
#include "base/random.h"
#include "bench/bench.h"
#include "bench/measure.h"
#include "formalities/act_text.h"
#include "formalities/signing_key.h"
#include "post/package.h"
#include "reception/receive.h"
#include "records/record.h"
#include "vault/catalog.h"
#include "vault/catalog_seal.h"
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
Status enter_all(const fs::path& vault, const SigningKey& keeper,
                 const std::vector<std::string>& acts) {
  ASSIGN_OR_RETURN(Sqlite database, Sqlite::open(catalog_path(vault), Sqlite::Access::write));
  RETURN_IF_ERROR(database.run("BEGIN"));
  ASSIGN_OR_RETURN(SqliteStatement insert,
                   database.prepare("INSERT INTO acts (id, text, signature, entered_at) VALUES "
                                    "(?, ?, ?, '2026-11-01T00:00:00Z')"));
  for (std::size_t i = 0; i < acts.size(); ++i) {
    insert.bind(1, static_cast<std::int64_t>(i));
    insert.bind(2, acts[i]);
    insert.bind(3, keeper.sign(acts[i], act_signature));
    RETURN_IF_ERROR(insert.run());
  }
  RETURN_IF_ERROR(seal(database, {"acts"}));
  return database.run("COMMIT");
}

post::Contents day_of_practice(const std::string& vault, int practice, const Permit& permit) {
  Random random(7, static_cast<std::uint64_t>(practice));
  post::Contents contents;
  contents.vault = vault;
  contents.practice = fmt::format("cabinet-{:04}", practice);
  contents.number = 1;
  contents.period = "2026-11-23";
  contents.permit = permit.reference;
  contents.permit_digest = permit.digest;
  contents.made_at = "2026-11-23T20:18:00Z";
  const KindId diagnosis = *find_kind("diagnosis");
  for (std::uint32_t code = 0; code < 200; ++code) {
    contents.codes.push_back({diagnosis, "icd10", fmt::format("C{}", code * random.below(20))});
  }
  std::vector<PatientId> patients(patients_of_package);
  for (PatientId& patient : patients) {
    patient = {random(), random()};
    PatientRow& row = contents.patients.emplace_back();
    row.patient.id = patient;
    row.patient.birth_year = static_cast<std::int16_t>(1930 + random.below(90));
  }
  for (int i = 0; i < events_of_package; ++i) {
    EventRow& row = contents.events.emplace_back();
    row.patient = patients[random.below(patients_of_package)];
    row.day = Day{static_cast<std::int32_t>(20'000 + random.below(30))};
    row.code = random.below(200);
    row.kind = diagnosis & 0x3fU;
    row.value = no_value;
  }
  return contents;
}

Status make_day(const fs::path& folder, int practices) {
  const fs::path vault = folder / "vault";
  fs::create_directories(folder / "inbox");
  fs::create_directories(folder / "receipts");
  ASSIGN_OR_RETURN(const NewKey key, new_key(KeyFile{folder / "key"}, vault));
  RETURN_IF_ERROR(Vault::create(vault, key.check, {}));
  ASSIGN_OR_RETURN(const Vault open, Vault::open(vault));
  const std::string number = open.catalog().formalities.vault();
  const SigningKey keeper = SigningKey::generate();
  std::vector<std::string> acts = {
      text_of(RoleAct{
          RoleAct::Action::grant, {"Keeper", Role::permit_keeper, keeper.public_key()}, number}),
      day_permit};
  ASSIGN_OR_RETURN(const Permit permit, parse_permit(day_permit, "the bench's permit"));
  const post::VaultKeys keys(key.key, number);
  const post::VaultCard card = post::card_of(keys, {{"Keeper", keeper.public_key()}});
  for (int i = 0; i < practices; ++i) {
    const SigningKey practice = SigningKey::generate();
    const PublicKey known = practice.public_key();
    const post::Contents contents = day_of_practice(number, i, permit);
    acts.push_back(
        text_of(PracticeAct{PracticeAct::Action::admit, contents.practice, known, number}));
    ASSIGN_OR_RETURN(const std::string package, post::package_of(contents, card, practice));
    RETURN_IF_ERROR(write_file(folder / "inbox" / fmt::format("{}.package", i), package));
  }
  return enter_all(vault, keeper, acts);
}

}  // namespace

Status receive_bench(const Setting& setting, Figures& figures) {
  constexpr double most_seconds = 60;
  const int practices = setting.full ? 5000 : 500;
  const fs::path folder = setting.folder / "receive";
  fs::remove_all(folder);
  RETURN_IF_ERROR(make_day(folder, practices));
  ASSIGN_OR_RETURN(const Measured received, in_child([&]() -> Result<std::string> {
                     Progress none(Progress::Manner::none);
                     Stop stop;
                     ASSIGN_OR_RETURN(
                         const ReceiveSummary summary,
                         receive(folder / "vault", KeyFile{folder / "key"}, folder / "inbox",
                                 folder / "receipts", {.threads = setting.threads}, none, stop));
                     if (summary.taken != static_cast<std::uint64_t>(practices)) {
                       return refused(fmt::format("only {} packages were taken", summary.taken));
                     }
                     return std::string();
                   }));
  fs::remove_all(folder);
  figures.add("receive.time", received.seconds, "s", "a minute", most_seconds, 1);
  figures.add("receive.memory", received.megabytes, "MB", "4 GB", 4096, 1);
  return {};
}

}  // namespace parcours::bench
