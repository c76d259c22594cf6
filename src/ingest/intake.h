// A source of records, whatever its form: what the vault's Import and a trial read. A form is a
// module of its own (mapping, fhir, cda, omop) that makes an Intake of files.
//
//   const Reading reading{registry, quarantine, stop, &progress, threads};
//   if (const auto patients = intake.patients(reading)) {
//     RETURN_IF_ERROR(import.patients(*patients, stop));
//   }
//   if (const auto events = intake.events(reading)) {
//     RETURN_IF_ERROR(import.events(*events, stop));
//   }
//
// The tables have the columns of rows/row_columns.h.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/progress.h"
#include "base/stop.h"
#include "columns/columns.h"
#include "ingest/quarantine.h"
#include "ingest/registry.h"

namespace parcours::ingest {

// What reading takes. It must outlive the tables that are read with it.
struct Reading {
  const Registry& registry;
  Quarantine& quarantine;
  const Stop& stop;
  Progress* progress = nullptr;  // counts bytes
  int threads = 1;
};

class RowSource : public columns::Source {
 public:
  virtual std::uint64_t rows() const = 0;  // of the source, read so far
};

// Why an item is left out that the practice only looked at: the doctor did not make it part of the
// record. The same words for every form of source.
inline constexpr std::string_view only_consulted =
    "only consulted elsewhere (as the insurer's history of reimbursements is)";

// What became of the items of one section of a source. An item is what could become a patient or an
// event; each became one, was refused (quarantine.h says why), or was left out because it is not
// meant to be read.
struct SectionCount {
  std::string section;  // "Observation", "VSM problems", "drug_exposure"
  std::uint64_t items = 0;
  std::uint64_t patients = 0;
  std::uint64_t events = 0;
  std::uint64_t refused = 0;
  std::uint64_t left_out = 0;
};

class Intake {
 public:
  virtual ~Intake() = default;

  virtual Calendar calendar() const { return Calendar::dates; }
  virtual std::uint64_t bytes() const = 0;  // that will be read, as they lie on the disk
  virtual std::vector<std::filesystem::path> files() const = 0;

  // Nothing where the source has none. The patients come first, and each comes once.
  virtual std::unique_ptr<RowSource> patients(const Reading& reading) = 0;
  virtual std::unique_ptr<RowSource> events(const Reading& reading) = 0;

  // After the reading, in order of section; nothing of a form that has no sections.
  virtual std::vector<SectionCount> sections() const { return {}; }
  // What was left out, and why, most first.
  virtual std::vector<ReasonCount> left_out() const { return {}; }
  // Codes that the user's map of their system does not have.
  virtual std::uint64_t unmapped() const { return 0; }
};

}  // namespace parcours::ingest
