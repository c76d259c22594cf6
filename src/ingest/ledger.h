// What became of every item of a source, by section. An item is what could become a patient or an
// event: it becomes one, is refused because something is wrong with it (quarantine.h has its place
// and the reason), or is left out because it is not meant to be read.
//
// G1: of every section, items = patients + events + refused + left out.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/intake.h"
#include "ingest/quarantine.h"

namespace parcours::ingest {

using SectionId = std::uint32_t;

// Where an item stands.
struct ItemPlace {
  SectionId section = 0;
  std::uint32_t file = 0;  // Quarantine::file
  std::uint64_t line = 0;
};

enum class Fate : std::uint8_t { patient, event, refused, left_out };

class Ledger {
 public:
  // Both are safe to call from several threads, and slow: a reader asks once for each name.
  SectionId section(std::string_view name);
  // Why items are left out, in words for the user.
  ReasonId leaving(std::string_view why);

  std::vector<SectionCount> sections() const;  // in order of name
  std::vector<ReasonCount> left_out() const;   // most first
  std::uint64_t items() const;
  // Facts whose code a map of the choices should have had and has not; they stay what they are.
  std::uint64_t unmapped() const { return unmapped_.load(); }

 private:
  friend class Tally;
  using Counts = std::array<std::uint64_t, 4>;  // by Fate

  mutable std::mutex mutex_;
  std::vector<std::string> sections_;
  std::vector<std::string> leavings_;
  std::vector<Counts> counts_;                 // by section
  std::vector<std::uint64_t> leaving_counts_;  // by ReasonId of leaving()
  std::atomic<std::uint64_t> unmapped_{0};
};

// One thread's counting; flush() hands it to the ledger.
class Tally {
 public:
  Tally(Ledger& ledger, Quarantine& quarantine) : ledger_(ledger), quarantine_(quarantine) {}

  void take(Fate fate, SectionId section) {
    if (section >= counts_.size()) {
      counts_.resize(section + 1);
    }
    ++counts_[section][static_cast<std::size_t>(fate)];
  }
  // An error when more is refused than may be.
  Status refuse(const ItemPlace& at, ReasonId reason) {
    take(Fate::refused, at.section);
    return quarantine_.add(at.file, at.line, reason);
  }
  void leave_out(SectionId section, ReasonId leaving, std::uint64_t items = 1);
  void note_unmapped() { ++unmapped_; }

  void flush();

 private:
  Ledger& ledger_;
  Quarantine& quarantine_;
  std::vector<Ledger::Counts> counts_;
  std::vector<std::uint64_t> leavings_;
  std::uint64_t unmapped_ = 0;
};

}  // namespace parcours::ingest
