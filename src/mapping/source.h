// The rows of a mapping as two tables: patients and events.
//
//   ASSIGN_OR_RETURN(Mapping mapping, read_mapping("mapping.toml"));
//   ASSIGN_OR_RETURN(const Plan plan, make_plan(std::move(mapping), "data", parquet_text));
//   Quarantine quarantine(plan.mapping->max_bad_rows);
//   const Reading reading{registry, quarantine, stop, &progress, 2};
//   std::atomic<std::uint64_t> consulted{0};
//   PatientSource patients(plan, reading, consulted);
//   EventSource events(plan, reading, consulted);
//
// An error that a reader returns (too many bad rows, a damaged file, Ctrl-C) ends all readers of
// the source.
//
// G1: every row of every file is imported whole, skipped by `where`, in quarantine, or left out of
//     a section and counted in `consulted`, as it was only consulted.
#pragma once

#include <atomic>

#include "ingest/intake.h"
#include "mapping/file_queue.h"

namespace parcours::mapping {

// What both have; all that is handed over must outlive the source.
class FileSource : public ingest::RowSource {
 public:
  std::uint64_t rows() const override { return rows_.load(std::memory_order_relaxed); }

 protected:
  FileSource(const Plan& plan, const std::vector<FilePlan>& files, const ingest::Reading& reading,
             std::atomic<std::uint64_t>& consulted);

  template <class Rows>
  class Cursor;

  const Plan& plan_;
  const ingest::Reading reading_;
  FileQueue queue_;
  std::vector<std::uint32_t> file_numbers_;  // in quarantine
  std::atomic<std::uint64_t> rows_{0};
  std::atomic<std::uint64_t>& consulted_;
};

class PatientSource : public FileSource {
 public:
  PatientSource(const Plan& plan, const ingest::Reading& reading,
                std::atomic<std::uint64_t>& consulted)
      : FileSource(plan, plan.patient_files, reading, consulted) {}

  std::vector<columns::Column> columns() const override;
  int most_threads() const override { return 1; }  // the first row of a patient is the file's first
  std::unique_ptr<Reader> reader() override;

 private:
  class PatientReader;
};

class EventSource : public FileSource {
 public:
  EventSource(const Plan& plan, const ingest::Reading& reading,
              std::atomic<std::uint64_t>& consulted)
      : FileSource(plan, plan.event_files, reading, consulted) {}

  std::vector<columns::Column> columns() const override;
  int most_threads() const override { return reading_.threads; }
  std::unique_ptr<Reader> reader() override;

 private:
  class EventReader;
};

}  // namespace parcours::mapping
