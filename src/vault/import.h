// One import. It writes rows to a folder aside, and the catalog's transaction commits them. Until
// commit() nothing in the vault has changed; without it, the destructor deletes what was written
// aside.
//
// While it reads, the caller interns codes and practices, and names the package of each row:
//
//   ASSIGN_OR_RETURN(Import import, Import::begin(path, KeyFile{"programme.key"}, {}));
//   ... import.codes().intern(...); import.package(import.practice("012"), "2024") ...
//   RETURN_IF_ERROR(import.patients(patients, stop));
//   RETURN_IF_ERROR(import.events(events, stop));
//   ASSIGN_OR_RETURN(const StoredNames names, import.names(stop));  // what commit() would store
//   ASSIGN_OR_RETURN(const ImportSummary summary, std::move(import).commit(allowed, stop));
//
// G1: a crash at any point leaves the vault as it was before or as it is after commit().
// G2: a package sent again (same practice, same period) replaces the one before.
// G3: a practice's code at its source is not stored, only its name under the key (records/keys.h).
// G4: names that look like identifiers of people are not stored (records/stored_names.h), nor is a
//     code that no row has.
// G5: no row enters without a permit in force that covers it (vault/admission.h).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "base/day.h"
#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "columns/columns.h"
#include "records/key_source.h"
#include "records/keys.h"
#include "records/stored_names.h"
#include "rows/row.h"
#include "vault/admission.h"
#include "vault/catalog.h"
#include "vault/place.h"
#include "vocabulary/code_book.h"

namespace parcours::vault {

struct ImportSummary {
  std::uint64_t patients;
  std::uint64_t events;
  std::uint64_t packages;
  std::uint64_t replaced;  // packages that this import replaced
  CutRows cut{};           // rows that the permit does not cover, or of patients who objected
};

struct ImportOptions {
  int threads = 2;
  int memory_megabytes = 3000;
  std::string permit = {};      // the reference of the one to collect under; empty: the only one in
                                // force
  std::optional<Day> day = {};  // on which a permit must be in force; nothing: today (clock.h)
  // Packages that practices sealed (deliver()) name their permits themselves.
  bool deliveries = false;
};

class Import {
 public:
  // Takes the vault's lock: a second import is refused while this one lives. A key that is not the
  // vault's is refused before anything else is done.
  static Result<Import> begin(const VaultPlace& vault, const records::KeySource& key,
                              const ImportOptions& options);
  // The same with the key itself, for who imports several times and asks for the key once.
  static Result<Import> begin(const VaultPlace& vault, records::ProgrammeKey key,
                              const ImportOptions& options);
  Import(Import&&) noexcept;
  ~Import();

  Calendar calendar() const;
  const records::ProgrammeKey& key() const;
  // As of the beginning.
  const CatalogContents& contents() const;
  // The one that is collected under; not with deliveries.
  const formalities::KnownPermit& permit() const;

  // All three are safe to call from several threads.
  vocabulary::CodeBook& codes();
  records::PracticeId practice(std::string_view source_code);
  rows::PackageId package(records::PracticeId practice, std::string_view period);

  // A package that a practice sealed. One a practice and period in an import.
  rows::PackageId deliver(records::PracticeId practice, std::string_view period,
                          const formalities::KnownPermit& permit, Delivery delivery);
  // The practice has the receipt of a package that came before this import: it is kept no more.
  void drop_receipt(rows::PackageId package);
  // Nothing of this patient enters or lives from now on.
  void object(const Objector& who);
  // This objection, which stands, does so no more for the packages of this import. Before object().
  void withdraw(const Objector& who);

  // The sources have the columns of source_columns<PatientRow>() and source_columns<EventRow>()
  // (rows/row_columns.h). events() may be called several times.
  Status patients(columns::Source& rows, Stop& stop);
  Status events(columns::Source& rows, Stop& stop);

  // The codes, places and practices that the rows so far bring.
  Result<records::StoredNames> names(const Stop& stop);

  // Error (Fault::rule): the names may not be stored. Ctrl-C stops it until the catalog's
  // transaction begins; everything done by then is undone.
  Result<ImportSummary> commit(const records::NamesAllowed& allowed, const Stop& stop) &&;

 private:
  struct State;
  explicit Import(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace parcours::vault
