#include "vault/testing/worlds.h"

#include <unistd.h>

#include "base/check.h"
#include "vault/catalog.h"
#include "vocabulary/kinds.h"

namespace parcours {
namespace {

// One call of put(row, sink, place) for each row, from one thread.
template <class Row, class Put>
class ListSource : public duck::Source {
 public:
  ListSource(std::vector<duck::Column> columns, std::vector<Row> rows, Put put)
      : columns_(std::move(columns)), rows_(std::move(rows)), put_(put) {}
  std::vector<duck::Column> columns() const override { return columns_; }
  int most_threads() const override { return 1; }
  std::unique_ptr<Reader> reader() override { return std::make_unique<Cursor>(*this); }

 private:
  class Cursor : public Reader {
   public:
    explicit Cursor(const ListSource& source) : source_(source) {}
    Result<std::size_t> fill(duck::Sink& sink) override {
      std::size_t rows = 0;
      for (; rows < sink.capacity() && next_ < source_.rows_.size(); ++rows, ++next_) {
        source_.put_(source_.rows_[next_], sink, rows);
      }
      return rows;
    }

   private:
    const ListSource& source_;
    std::size_t next_ = 0;
  };

  std::vector<duck::Column> columns_;
  std::vector<Row> rows_;
  Put put_;
};

struct NumberedPatient {
  SmallPatient patient;
  PracticeId practice;
  CodeId place;
  PackageId package;
};

struct NumberedEvent {
  SmallEvent event;
  PracticeId practice;
  KindId kind;
  CodeId code;
  PackageId package;
};

void put_patient(const NumberedPatient& row, duck::Sink& sink, std::size_t at) {
  sink.column<duck::Wide>(0)[at] = duck::uuid(row.patient.id.high, row.patient.id.low);
  sink.column<PracticeId>(1)[at] = row.practice;
  sink.column<std::int32_t>(2)[at] = row.patient.birth_year;
  sink.column<Sex>(3)[at] = row.patient.sex;
  sink.column<CodeId>(4)[at] = row.place;
  sink.column<PackageId>(5)[at] = row.package;
  if (row.patient.birth_year == no_birth_year) {
    sink.set_null(2, at);
  }
  if (row.place == no_code) {
    sink.set_null(4, at);
  }
}

void put_event(const NumberedEvent& row, duck::Sink& sink, std::size_t at) {
  sink.column<duck::Wide>(0)[at] = duck::uuid(row.event.patient.high, row.event.patient.low);
  sink.column<PracticeId>(1)[at] = row.practice;
  sink.column<std::int32_t>(2)[at] = row.event.day;
  sink.column<KindId>(3)[at] = row.kind;
  sink.column<CodeId>(4)[at] = row.code;
  sink.column<double>(5)[at] = row.event.value;
  sink.column<PackageId>(6)[at] = row.package;
  if (!has_value(row.event.value)) {
    sink.set_null(5, at);
  }
}

}  // namespace

Result<ImportSummary> import_packages(const std::filesystem::path& vault, const KeySource& key,
                                      const std::vector<SmallPackage>& packages,
                                      const ImportOptions& options, bool stop_at_the_end) {
  ASSIGN_OR_RETURN(Import import, Import::begin(vault, key, options));
  std::vector<NumberedPatient> patients;
  std::vector<NumberedEvent> events;
  for (const SmallPackage& package : packages) {
    const PracticeId practice = import.practice(package.practice);
    const PackageId id = import.package(practice, package.period);
    for (const SmallPatient& patient : package.patients) {
      const CodeId place = patient.place.empty()
                               ? no_code
                               : import.codes().intern({{}, "fr-department", patient.place});
      patients.push_back({patient, practice, place, id});
    }
    for (const SmallEvent& event : package.events) {
      const std::optional<KindId> kind = find_kind(event.kind);
      PARCOURS_CHECK(kind);
      events.push_back(
          {event, practice, *kind, import.codes().intern({kind, "icd10", event.code}), id});
    }
  }
  using duck::Type;
  ListSource patient_source({{"patient", Type::uuid},
                             {"practice", Type::integer},
                             {"birth_year", Type::integer},
                             {"sex", Type::tiny},
                             {"place", Type::integer},
                             {"package", Type::integer}},
                            std::move(patients), put_patient);
  ListSource event_source({{"patient", Type::uuid},
                           {"practice", Type::integer},
                           {"day", Type::integer},
                           {"kind", Type::tiny},
                           {"code", Type::integer},
                           {"value", Type::real},
                           {"package", Type::integer}},
                          std::move(events), put_event);
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

Result<SmallVault> SmallVault::make(const VaultOptions& options) {
  // In memory where the system offers it: flushing to a disk is most of the time of a small import.
  const std::filesystem::path memory = "/dev/shm";
  ASSIGN_OR_RETURN(
      ScratchFolder folder,
      ScratchFolder::make(
          ::access(memory.c_str(), W_OK) == 0 ? memory : std::filesystem::temp_directory_path(),
          "parcours-vault-"));
  SmallVault small(std::move(folder));
  ASSIGN_OR_RETURN(const NewKey key, new_key(small.key(), small.path()));
  RETURN_IF_ERROR(Vault::create(small.path(), key.check, options));
  return small;
}

std::string SmallVault::practice(const std::string& source_code) const {
  const Result<ProgrammeKey> known = known_key(key(), open()->catalog().key, path());
  PARCOURS_CHECK(known.has_value());
  return practice_name(practice_hash(*known), source_code);
}

Result<ImportSummary> SmallVault::import(const std::vector<SmallPackage>& packages) const {
  return import_packages(path(), key(), packages, {.threads = 1, .memory_megabytes = 100});
}

}  // namespace parcours
