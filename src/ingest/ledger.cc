#include "ingest/ledger.h"

#include <algorithm>

#include "ingest/numbering.h"

namespace parcours::ingest {

SectionId Ledger::section(std::string_view name) {
  const std::lock_guard lock(mutex_);
  const SectionId id = number_of(sections_, name);
  counts_.resize(sections_.size());
  return id;
}

ReasonId Ledger::leaving(std::string_view why) {
  const std::lock_guard lock(mutex_);
  const ReasonId id = number_of(leavings_, why);
  leaving_counts_.resize(leavings_.size());
  return id;
}

std::vector<SectionCount> Ledger::sections() const {
  const std::lock_guard lock(mutex_);
  std::vector<SectionCount> all;
  for (std::size_t i = 0; i < sections_.size(); ++i) {
    const auto [patients, events, refused, left_out] = counts_[i];
    const std::uint64_t items = patients + events + refused + left_out;
    if (items > 0) {
      all.push_back({sections_[i], items, patients, events, refused, left_out});
    }
  }
  std::ranges::sort(all, {}, &SectionCount::section);
  return all;
}

std::vector<ReasonCount> Ledger::left_out() const {
  const std::lock_guard lock(mutex_);
  std::vector<ReasonCount> all;
  for (std::size_t i = 0; i < leavings_.size(); ++i) {
    if (leaving_counts_[i] > 0) {
      all.push_back({leavings_[i], leaving_counts_[i], ""});
    }
  }
  std::ranges::sort(all, [](const ReasonCount& a, const ReasonCount& b) {
    return a.rows != b.rows ? a.rows > b.rows : a.reason < b.reason;
  });
  return all;
}

std::uint64_t Ledger::items() const {
  std::uint64_t sum = 0;
  for (const SectionCount& section : sections()) {
    sum += section.items;
  }
  return sum;
}

void Tally::leave_out(SectionId section, ReasonId leaving, std::uint64_t items) {
  if (items == 0) {
    return;
  }
  take(Fate::left_out, section);
  counts_[section][static_cast<std::size_t>(Fate::left_out)] += items - 1;
  if (leaving >= leavings_.size()) {
    leavings_.resize(leaving + 1);
  }
  leavings_[leaving] += items;
}

void Tally::flush() {
  ledger_.unmapped_ += std::exchange(unmapped_, 0);
  const std::lock_guard lock(ledger_.mutex_);
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    for (std::size_t fate = 0; fate < counts_[i].size(); ++fate) {
      ledger_.counts_[i][fate] += std::exchange(counts_[i][fate], 0);
    }
  }
  for (std::size_t i = 0; i < leavings_.size(); ++i) {
    ledger_.leaving_counts_[i] += std::exchange(leavings_[i], 0);
  }
}

}  // namespace parcours::ingest
