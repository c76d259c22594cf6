#include "vault/testing/worlds.h"

#include <unistd.h>

#include "base/check.h"
#include "rows/row_columns.h"
#include "vault/catalog.h"
#include "vault/testing/permits.h"
#include "vocabulary/kinds.h"

namespace parcours::vault {
namespace {

// Rows in a list, handed over by one thread.
template <class Row>
class ListSource : public columns::Source {
 public:
  explicit ListSource(std::vector<Row> rows) : rows_(std::move(rows)) {}
  std::vector<columns::Column> columns() const override { return rows::source_columns<Row>(); }
  int most_threads() const override { return 1; }
  std::unique_ptr<Reader> reader() override { return std::make_unique<Cursor>(rows_); }

 private:
  class Cursor : public Reader {
   public:
    explicit Cursor(const std::vector<Row>& all) : all_(all) {}
    Result<std::size_t> fill(columns::Sink& sink) override {
      rows::RowWriter<Row> to(sink);
      std::size_t rows = 0;
      for (; rows < sink.capacity() && next_ < all_.size(); ++rows, ++next_) {
        to.put(rows, all_[next_]);
      }
      return rows;
    }

   private:
    const std::vector<Row>& all_;
    std::size_t next_ = 0;
  };

  std::vector<Row> rows_;
};

}  // namespace

Result<ImportSummary> import_packages(const VaultPlace& vault, const records::KeySource& key,
                                      const std::vector<SmallPackage>& packages,
                                      const ImportOptions& options, bool stop_at_the_end) {
  ASSIGN_OR_RETURN(Import import, Import::begin(vault, key, options));
  std::vector<rows::PatientRow> patients;
  std::vector<rows::EventRow> events;
  for (const SmallPackage& package : packages) {
    const records::PracticeId practice = import.practice(package.practice);
    const rows::PackageId id = import.package(practice, package.period);
    for (const SmallPatient& patient : package.patients) {
      const vocabulary::CodeId place =
          patient.place.empty() ? vocabulary::no_code
                                : import.codes().intern({{}, "fr-department", patient.place});
      patients.push_back({{patient.id, practice, patient.birth_year, patient.sex, place}, id});
    }
    for (const SmallEvent& event : package.events) {
      const std::optional<vocabulary::KindId> kind = vocabulary::find_kind(event.kind);
      PARCOURS_CHECK(kind);
      rows::EventRow& row = events.emplace_back();
      row.patient = event.patient;
      row.value = event.value;
      row.practice = practice;
      row.day = Day{event.day};
      row.code = import.codes().intern({kind, "icd10", event.code});
      row.package = id & (rows::most_packages - 1);
      row.kind = *kind & 0x3fU;
      row.provenance = static_cast<std::uint32_t>(event.provenance) & 0x3U;
    }
  }
  ListSource patient_source(std::move(patients));
  ListSource event_source(std::move(events));
  Stop stop;
  RETURN_IF_ERROR(import.patients(patient_source, stop));
  RETURN_IF_ERROR(import.events(event_source, stop));
  if (stop_at_the_end) {
    stop.request();
  }
  return std::move(import).commit({{"icd10", "fr-department"}, "a small world"}, stop);
}

std::vector<std::string> files_holding(const std::filesystem::path& folder,
                                       const std::string& text) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      const Result<std::string> bytes = read_file(entry.path());
      PARCOURS_CHECK(bytes.has_value());
      if (bytes->find(text) != std::string::npos) {
        names.push_back(entry.path().filename());
      }
    }
  }
  return names;
}

Result<SmallVault> SmallVault::make(const VaultOptions& options, AtRest at_rest) {
  // In memory where the system offers it: flushing to a disk is most of the time of a small import.
  const std::filesystem::path memory = "/dev/shm";
  ASSIGN_OR_RETURN(
      ScratchFolder folder,
      ScratchFolder::make(
          ::access(memory.c_str(), W_OK) == 0 ? memory : std::filesystem::temp_directory_path(),
          "parcours-vault-"));
  SmallVault small(std::move(folder));
  ASSIGN_OR_RETURN(const records::NewKey key, records::new_key(small.key(), small.path()));
  if (at_rest == AtRest::encrypted) {
    ASSIGN_OR_RETURN(const records::NewKey vault_key,
                     records::new_key(small.vault_key(), small.path(), records::KeyOf::vault));
    small.place_ = encrypted_place(small.path(), vault_key);
  }
  RETURN_IF_ERROR(Vault::create(small.place(), key.check, options));
  RETURN_IF_ERROR(make_formal(small.place()));
  return small;
}

std::string SmallVault::practice(const std::string& source_code) const {
  const Result<records::ProgrammeKey> known =
      records::known_key(key(), open()->catalog().key, path());
  PARCOURS_CHECK(known.has_value());
  return records::practice_name(records::practice_hash(*known), source_code);
}

Result<ImportSummary> SmallVault::import(const std::vector<SmallPackage>& packages) const {
  return import_packages(place(), key(), packages, {.threads = 1, .memory_megabytes = 100});
}

}  // namespace parcours::vault
