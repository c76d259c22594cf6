// Files that a mapping describes, as an Intake.
#pragma once

#include <atomic>
#include <cstdint>
#include <utility>
#include <vector>

#include "ingest/intake.h"
#include "mapping/plan.h"

namespace parcours::mapping {

class MappedFiles : public ingest::Intake {
 public:
  explicit MappedFiles(Plan plan) : plan_(std::move(plan)) {}

  Calendar calendar() const override { return plan_.mapping->calendar; }
  std::uint64_t bytes() const override { return plan_.bytes(); }
  std::vector<std::filesystem::path> files() const override;

  std::unique_ptr<ingest::RowSource> patients(const ingest::Reading& reading) override;
  std::unique_ptr<ingest::RowSource> events(const ingest::Reading& reading) override;
  std::vector<ingest::ReasonCount> left_out() const override;

 private:
  Plan plan_;
  std::atomic<std::uint64_t> consulted_{0};
};

}  // namespace parcours::mapping
