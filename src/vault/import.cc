#include "vault/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "base/check.h"
#include "base/threads.h"
#include "vault/bucket_file.h"
#include "vault/catalog.h"
#include "vault/clock.h"
#include "vault/drain.h"
#include "vault/earlier_sends.h"
#include "vault/living.h"
#include "vault/names_of_rows.h"
#include "vault/row_store.h"
#include "vault/staging.h"
#include "vault/tallies.h"

namespace parcours::vault {
namespace {

Result<records::ProgrammeKey> key_of_vault(const VaultPlace& vault,
                                           const records::KeySource& source) {
  ASSIGN_OR_RETURN(Catalog catalog, Catalog::open(vault, Sqlite::Access::read));
  ASSIGN_OR_RETURN(const CatalogContents contents, catalog.read());
  return records::known_key(source, contents.key, vault.path());
}

}  // namespace

// All steps of an import share it, so they stay in one file.
struct Import::State {
  VaultPlace vault;
  ImportOptions options;
  FileLock lock;
  records::ProgrammeKey key;
  Catalog catalog;
  CatalogContents contents;
  Staging staging;
  Day day;

  records::KeyedHash practice_names = records::practice_hash(key);
  records::NamesMet names_met;  // until the rows are written, of those that were
  rows::PackageId first_package = static_cast<rows::PackageId>(contents.packages.size());
  const formalities::KnownPermit* permit = nullptr;  // of an import that names one for all
  EarlierSends sends{contents, day};
  Admission admission{contents, first_package, day};
  std::vector<Objector> objections{};
  std::vector<Objector> withdrawn{};
  std::vector<rows::PackageId> receipts{};  // that are kept no more

  std::mutex names;
  std::map<std::string, records::PracticeId, std::less<>> practices;
  std::vector<bool> covered = std::vector<bool>(contents.practices.size());  // by PracticeId
  std::map<std::pair<records::PracticeId, std::string>, rows::PackageId> package_ids;
  std::vector<Package> packages;

  RowStore<rows::PatientRow> patient_rows{contents.buckets};
  RowStore<rows::EventRow> event_rows{contents.buckets};
  Tallies tallies{first_package};
  std::vector<BucketFileWriter> writers;  // one for each thread
  std::vector<records::NamesMet> met_by;  // what each of them has written
  std::mutex written_mutex;
  std::vector<BucketFile> written;
  int round = 0;  // how many times the rows went to disk
  // By bucket, where a fact can be too old: of whom one has entered. Then patients wait until all
  // facts are known (admission.h).
  std::vector<records::PatientId> outlived{};  // of all rows, once no more come
  std::vector<PatientSet> heard =
      std::vector<PatientSet>(static_cast<std::size_t>(contents.buckets));

  bool full() const {
    // The rest of the memory is for sorting a bucket and for Parquet's own buffers.
    const std::size_t most = static_cast<std::size_t>(options.memory_megabytes) * 1'000'000 / 5 * 3;
    const std::size_t patients = admission.by_fact() ? 0 : patient_rows.bytes();
    return patients + event_rows.bytes() >= most;
  }

  template <class Row>
  Status drain(columns::Source& source, RowStore<Row>& store, const Stop& stop);
  // `last`: no more rows come.
  Status write_out(const Stop& stop, bool last);
  // Takes out the patients who do not enter, as their facts were too old.
  void drop_silent(std::vector<rows::PatientRow>& rows, std::size_t bucket);
  template <class Row>
  Status write_bucket(RowStore<Row>& store, int bucket, std::size_t worker);
  records::StoredNames stored() const {
    return records::stored_names(names_met, contents.codes, contents.practices.size());
  }
  CatalogChange change();
  void add_package(rows::PackageId id, records::PracticeId practice, std::string_view period,
                   const formalities::KnownPermit& of, std::optional<Delivery> delivery);
};

void Import::State::add_package(rows::PackageId id, records::PracticeId practice,
                                std::string_view period, const formalities::KnownPermit& of,
                                std::optional<Delivery> delivery) {
  const std::string& reference = of.permit.reference;
  packages.push_back({.id = id,
                      .practice = practice,
                      .period = std::string(period),
                      .imported_at = utc_now(),
                      .permit = reference,
                      .delivery = std::move(delivery)});
  admission.add_package(of, covered[practice],
                        sends.first_fact_if_sent(practice, period, reference));
}

template <class Row>
Status Import::State::drain(columns::Source& source, RowStore<Row>& store, const Stop& stop) {
  const int threads = std::clamp(source.most_threads(), 1, options.threads);
  std::vector<Drain<Row>> drains;
  drains.reserve(static_cast<std::size_t>(threads));
  for (int i = 0; i < threads; ++i) {
    drains.emplace_back(source, store, admission, contents.codes, first_package);
  }
  while (!std::ranges::all_of(drains, &Drain<Row>::ended)) {
    RETURN_IF_ERROR(at_once(threads, [&](int worker) {
      return drains[static_cast<std::size_t>(worker)].run(stop, [this] { return full(); });
    }));
    if (full()) {
      RETURN_IF_ERROR(write_out(stop, false));
    }
  }
  for (const Drain<Row>& one : drains) {
    tallies.add(one.tallies);
    admission.take(one.judge);
  }
  return {};
}

// Writes all waiting rows to files aside, a bucket at a time on each thread.
Status Import::State::write_out(const Stop& stop, bool last) {
  const bool patients_too = last || !admission.by_fact();
  if (last) {
    outlived = admission.outlived();
  }
  while (std::ssize(writers) < options.threads) {
    ASSIGN_OR_RETURN(BucketFileWriter writer, BucketFileWriter::open(vault, contents.calendar));
    writers.push_back(std::move(writer));
    met_by.emplace_back();
  }
  std::atomic<int> next = 0;
  Status status = at_once(options.threads, [&](int number) -> Status {
    const auto worker = static_cast<std::size_t>(number);
    for (int bucket = next++; bucket < contents.buckets; bucket = next++) {
      if (stop.requested()) {
        return stopped();
      }
      RETURN_IF_ERROR(write_bucket(event_rows, bucket, worker));
      if (patients_too) {
        RETURN_IF_ERROR(write_bucket(patient_rows, bucket, worker));
      }
    }
    return {};
  });
  for (records::NamesMet& met : met_by) {
    names_met.merge(std::exchange(met, {}));
  }
  ++round;
  return status;
}

template <class Row>
Status Import::State::write_bucket(RowStore<Row>& store, int bucket, std::size_t worker) {
  std::vector<Row> rows = store.take_out(bucket);
  if constexpr (std::is_same_v<Row, rows::PatientRow>) {
    drop_silent(rows, static_cast<std::size_t>(bucket));
  } else if (admission.by_fact()) {
    for (const Row& row : rows) {
      heard[static_cast<std::size_t>(bucket)].add(row.patient);
    }
  }
  if (rows.empty()) {
    return {};
  }
  for (const Row& row : rows) {
    note(met_by[worker], row);
  }
  BucketFile file =
      writers[worker].describe(std::span<const Row>(rows), bucket, contents.sequence + 1, round);
  RETURN_IF_ERROR(writers[worker].write(std::span<const Row>(rows), staging.path_of(file), file));
  const std::lock_guard guard(written_mutex);
  written.push_back(std::move(file));
  return {};
}

void Import::State::drop_silent(std::vector<rows::PatientRow>& rows, std::size_t bucket) {
  if (outlived.empty()) {
    return;
  }
  const std::vector<records::PatientId>& spoke = heard[bucket].sort();
  const std::lock_guard guard(written_mutex);
  std::erase_if(rows, [&](const rows::PatientRow& row) {
    const records::PatientId& id = row.patient.id;
    const bool silent =
        std::ranges::binary_search(outlived, id) && !std::ranges::binary_search(spoke, id);
    if (silent) {
      tallies.drop(row);
    }
    return silent;
  });
}

CatalogChange Import::State::change() {
  CatalogChange change;
  change.practices.assign(
      contents.practices.begin() + static_cast<std::ptrdiff_t>(names_met.known_practices),
      contents.practices.end());
  // A code of which every row was refused leaves its number and nothing more.
  for (std::size_t id = names_met.known_codes; id < contents.codes.size(); ++id) {
    const auto code = static_cast<vocabulary::CodeId>(id);
    const bool used = names_met.codes.users(code) != records::NameUse::Users::none;
    change.codes.push_back(used ? contents.codes.at(code) : vocabulary::Code());
  }
  const std::vector<PackageCounts> counts = tallies.of_packages(packages.size());
  change.packages = packages;
  for (std::size_t i = 0; i < packages.size(); ++i) {
    change.packages[i].counts = counts[i];
  }
  change.added = written;
  change.objections = objections;
  change.withdrawn = withdrawn;
  change.receipts = receipts;
  return change;
}

Import::Import(std::unique_ptr<State> state) : state_(std::move(state)) {}
Import::Import(Import&&) noexcept = default;
Import::~Import() = default;

Result<Import> Import::begin(const VaultPlace& vault, const records::KeySource& source,
                             const ImportOptions& options) {
  // Asked first, so that a folder that is no vault is told as such and gets no lock file; and the
  // key may have to be typed, during which nobody need wait for the lock.
  ASSIGN_OR_RETURN(records::ProgrammeKey key, key_of_vault(vault, source));
  return begin(vault, std::move(key), options);
}

Result<Import> Import::begin(const VaultPlace& vault, records::ProgrammeKey key,
                             const ImportOptions& options) {
  PARCOURS_CHECK(options.threads > 0 && options.memory_megabytes > 0);
  ASSIGN_OR_RETURN(FileLock lock, FileLock::take(writer_lock_path(vault.path())));
  ASSIGN_OR_RETURN(Catalog catalog, Catalog::open(vault, Sqlite::Access::write));
  ASSIGN_OR_RETURN(CatalogContents contents, catalog.read());
  if (!records::fits(contents.key, key)) {
    return machine_fault("another vault replaced this one meanwhile", vault.path().string(),
                         "run the command again");
  }
  ASSIGN_OR_RETURN(const Day day, day_of(contents, options.day, vault.path()));
  RETURN_IF_ERROR(check_files(vault.path(), contents.files));
  RETURN_IF_ERROR(sweep(vault.path(), contents.files));
  ASSIGN_OR_RETURN(Staging staging, Staging::make(vault.path()));

  auto state = std::unique_ptr<State>(new State{.vault = vault,
                                                .options = options,
                                                .lock = std::move(lock),
                                                .key = std::move(key),
                                                .catalog = std::move(catalog),
                                                .contents = std::move(contents),
                                                .staging = std::move(staging),
                                                .day = day});
  state->sends.index();
  state->names_met.known_codes = state->contents.codes.size();
  state->names_met.known_practices = state->contents.practices.size();
  if (!options.deliveries) {
    Result<const formalities::KnownPermit*> permit =
        state->contents.formalities.to_collect(options.permit, day);
    if (!permit) {
      permit.error().where = vault.path().string();
      return std::unexpected(std::move(permit).error());
    }
    state->permit = *permit;
    if (!days_fit(state->permit->permit.covers, state->contents.calendar)) {
      return refused("the permit's days are not of the vault's calendar", vault.path().string(),
                     "enter a permit whose days are written as the vault has them");
    }
  }
  for (std::size_t id = 0; id < state->contents.practices.size(); ++id) {
    if (!state->contents.practices[id].empty()) {
      state->practices.emplace(state->contents.practices[id], static_cast<records::PracticeId>(id));
    }
  }
  return Import(std::move(state));
}

Calendar Import::calendar() const {
  return state_->contents.calendar;
}
const records::ProgrammeKey& Import::key() const {
  return state_->key;
}
const formalities::KnownPermit& Import::permit() const {
  PARCOURS_CHECK(state_->permit != nullptr);
  return *state_->permit;
}
const CatalogContents& Import::contents() const {
  return state_->contents;
}
vocabulary::CodeBook& Import::codes() {
  return state_->contents.codes;
}

records::PracticeId Import::practice(std::string_view source_code) {
  const std::string name = records::practice_name(state_->practice_names, source_code);
  const std::lock_guard guard(state_->names);
  const bool covered = state_->permit == nullptr ||
                       formalities::covers_practice(state_->permit->permit.covers, source_code) ||
                       formalities::covers_practice(state_->permit->permit.covers, name);
  if (const auto known = state_->practices.find(name); known != state_->practices.end()) {
    state_->covered[known->second] = covered;
    return known->second;
  }
  const auto id = static_cast<records::PracticeId>(state_->contents.practices.size());
  state_->contents.practices.emplace_back(name);
  state_->practices.emplace(name, id);
  state_->covered.push_back(covered);
  return id;
}

rows::PackageId Import::package(records::PracticeId practice, std::string_view period) {
  const std::lock_guard guard(state_->names);
  PARCOURS_CHECK(practice < state_->contents.practices.size());
  const auto id = static_cast<rows::PackageId>(state_->first_package + state_->packages.size());
  PARCOURS_CHECK(id < rows::most_packages);
  const auto [entry, fresh] =
      state_->package_ids.try_emplace(std::pair(practice, std::string(period)), id);
  if (fresh) {
    PARCOURS_CHECK(state_->permit != nullptr);
    state_->add_package(id, practice, period, *state_->permit, {});
  }
  return entry->second;
}

rows::PackageId Import::deliver(records::PracticeId practice, std::string_view period,
                                const formalities::KnownPermit& permit, Delivery delivery) {
  const std::lock_guard guard(state_->names);
  const auto id = static_cast<rows::PackageId>(state_->first_package + state_->packages.size());
  PARCOURS_CHECK(id < rows::most_packages);
  const bool fresh =
      state_->package_ids.try_emplace(std::pair(practice, std::string(period)), id).second;
  PARCOURS_CHECK(fresh);
  state_->add_package(id, practice, period, permit, std::move(delivery));
  return id;
}

void Import::drop_receipt(rows::PackageId package) {
  state_->receipts.push_back(package);
}

void Import::object(const Objector& who) {
  state_->objections.push_back(who);
  state_->admission.object(who.patient);
}

void Import::withdraw(const Objector& who) {
  std::vector<Objector>& withdrawn = state_->withdrawn;
  withdrawn.push_back(who);
  const auto of_patient = std::ranges::equal_range(
      state_->contents.objections, who.patient, {},
      [](const Objection& one) -> const records::PatientId& { return one.who.patient; });
  const bool objects = std::ranges::any_of(of_patient, [&](const Objection& one) {
    return one.stands() && std::ranges::find(withdrawn, one.who) == withdrawn.end();
  });
  if (!objects) {
    state_->admission.withdraw(who.patient);
  }
}

Status Import::patients(columns::Source& rows, Stop& stop) {
  return state_->drain(rows, state_->patient_rows, stop);
}

Status Import::events(columns::Source& rows, Stop& stop) {
  return state_->drain(rows, state_->event_rows, stop);
}

Result<records::StoredNames> Import::names(const Stop& stop) {
  RETURN_IF_ERROR(state_->write_out(stop, true));
  return state_->stored();
}

Result<ImportSummary> Import::commit(const records::NamesAllowed& allowed, const Stop& stop) && {
  RETURN_IF_ERROR(state_->write_out(stop, true));
  RETURN_IF_ERROR(records::check_names(state_->stored(), allowed));
  RETURN_IF_ERROR(state_->admission.check());
  const CatalogChange change = state_->change();
  RETURN_IF_ERROR(state_->staging.place(change.added, stop));
  const Sequence before = state_->contents.sequence;
  const Result<std::uint64_t> replaced = state_->catalog.commit(change, before);
  if (!replaced) {
    // Where even the failure is in doubt the catalog decides, now or at the next sweep.
    if (const auto now = state_->catalog.read(); now && now->sequence == before) {
      state_->staging.withdraw(change.added);
    }
    return std::unexpected(replaced.error());
  }
  ImportSummary summary{
      .patients = 0, .events = 0, .packages = change.packages.size(), .replaced = *replaced};
  for (const CutRows& cut : state_->admission.cut()) {
    summary.cut += cut;
  }
  for (const Package& package : change.packages) {
    summary.patients += package.counts.patients;
    summary.events += package.counts.all_events();
  }
  return summary;
}

}  // namespace parcours::vault
