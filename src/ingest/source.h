// The rows of a mapping as the two tables that the vault's Import reads: patients and events.
//
//   ASSIGN_OR_RETURN(Mapping mapping, read_mapping("mapping.toml"));
//   ASSIGN_OR_RETURN(const Plan plan, make_plan(std::move(mapping), "data"));
//   Quarantine quarantine(plan.mapping->max_bad_rows);
//   PatientSource patients(plan, registry, quarantine, stop, &progress);
//   EventSource events(plan, registry, quarantine, stop, &progress, 2);
//
// Their columns are those of rows/row_columns.h. An error that a reader returns (too many bad rows,
// a damaged file, Ctrl-C) ends all readers of the source.
//
// G1: every row of every file is imported whole, skipped by `where`, or in quarantine.
#pragma once

#include <atomic>

#include "duck/duck.h"
#include "ingest/file_queue.h"
#include "ingest/quarantine.h"
#include "ingest/registry.h"

namespace parcours::ingest {

// What both have; all that is handed over must outlive the source.
class RowSource : public duck::Source {
 public:
  std::uint64_t rows() const { return rows_.load(std::memory_order_relaxed); }  // read so far

 protected:
  RowSource(const Plan& plan, const std::vector<FilePlan>& files, const Registry& registry,
            Quarantine& quarantine, const Stop& stop, Progress* progress);

  template <class Rows>
  class Cursor;

  const Plan& plan_;
  const Registry& registry_;
  Quarantine& quarantine_;
  FileQueue queue_;
  std::vector<std::uint32_t> file_numbers_;  // in quarantine
  std::atomic<std::uint64_t> rows_{0};
};

class PatientSource : public RowSource {
 public:
  PatientSource(const Plan& plan, const Registry& registry, Quarantine& quarantine,
                const Stop& stop, Progress* progress)
      : RowSource(plan, plan.patient_files, registry, quarantine, stop, progress) {}

  std::vector<duck::Column> columns() const override;
  int most_threads() const override { return 1; }  // the first row of a patient is the file's first
  std::unique_ptr<Reader> reader() override;

 private:
  class PatientReader;
};

class EventSource : public RowSource {
 public:
  EventSource(const Plan& plan, const Registry& registry, Quarantine& quarantine, const Stop& stop,
              Progress* progress, int threads)
      : RowSource(plan, plan.event_files, registry, quarantine, stop, progress),
        threads_(threads) {}

  std::vector<duck::Column> columns() const override;
  int most_threads() const override { return threads_; }
  std::unique_ptr<Reader> reader() override;

 private:
  class EventReader;
  int threads_;
};

}  // namespace parcours::ingest
