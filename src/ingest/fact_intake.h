// A form of source that makes persons and facts, as an Intake. A form implements Format; the rest
// is the same for all.
#pragma once

#include <atomic>
#include <memory>
#include <optional>

#include "ingest/fact_rows.h"
#include "ingest/intake.h"

namespace parcours::ingest {

// One thread's reading of facts.
class FactReader {
 public:
  virtual ~FactReader() = default;
  // Puts the facts of the next part of the source (some lines, a document) into `rows`. False at
  // the end of all parts.
  virtual Result<bool> next(FactRows& rows) = 0;
};

class Format {
 public:
  virtual ~Format() = default;
  virtual std::uint64_t bytes() const = 0;  // of both readings together, for progress
  virtual std::vector<std::filesystem::path> files() const = 0;

  // The first reading, on one thread.
  virtual Status read_people(const Reading& reading, People& people) = 0;
  // The second reading; called once for each thread. The parts are shared among them: each is read
  // by one. When one of them has met an error, next() of the others says that it is the end.
  virtual std::unique_ptr<FactReader> reader(const Reading& reading, People& people) = 0;
};

class FactIntake : public Intake {
 public:
  FactIntake(std::unique_ptr<Format> format, Choices choices)
      : format_(std::move(format)), choices_(std::move(choices)) {}

  std::uint64_t bytes() const override { return format_->bytes(); }
  std::vector<std::filesystem::path> files() const override;
  std::unique_ptr<RowSource> patients(const Reading& reading) override;
  std::unique_ptr<RowSource> events(const Reading& reading) override;  // after the patients
  std::vector<SectionCount> sections() const override { return ledger_.sections(); }
  std::vector<ReasonCount> left_out() const override { return ledger_.left_out(); }
  // After the reading: facts whose code no map of the choices has.
  std::uint64_t unmapped() const override { return ledger_.unmapped(); }

 private:
  class PersonSource;
  class EventSource;

  std::unique_ptr<Format> format_;
  Choices choices_;
  Ledger ledger_;
  std::optional<People> people_;
};

}  // namespace parcours::ingest
