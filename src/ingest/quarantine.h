// The bad rows of an import: the place of each and the reason, never its values.
//
// G1: a reason names a column or a rule, not a value: a quarantine holds nothing of a row. Files
//     stand in it as people are told (base/named_file.h).
// G2: one bad row more than allowed ends the import.
#pragma once

#include <compare>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.h"

namespace parcours::ingest {

using ReasonId = std::uint32_t;

// What reading a row gives beside its content: nothing is wrong, or why it cannot be taken.
inline constexpr ReasonId taken = ~ReasonId{0};

struct ReasonCount {
  std::string reason;
  std::uint64_t rows = 0;
  std::string first;  // "events.csv:17"
};

// Safe to call from several threads.
class Quarantine {
 public:
  explicit Quarantine(std::uint64_t most_bad_rows) : most_(most_bad_rows) {}

  std::uint32_t file(std::string_view name);
  ReasonId reason(std::string_view text);

  // A row counts once, with its first reason.
  Status add(std::uint32_t file, std::uint64_t line, ReasonId reason);

  std::uint64_t rows() const;
  std::vector<std::uint64_t> lines(std::uint32_t file) const;  // in order
  std::vector<ReasonCount> by_reason() const;                  // most frequent first

  // CSV: file, line, reason; in order of file and line.
  Status write(const std::filesystem::path& path) const;

 private:
  struct Entry {
    std::uint32_t file;
    std::uint64_t line;
    ReasonId reason;
    friend bool operator<(const Entry& a, const Entry& b) {
      return a.file != b.file ? a.file < b.file : a.line < b.line;
    }
  };

  std::unexpected<Error> too_many() const;
  std::vector<ReasonCount> counts() const;

  const std::uint64_t most_;
  mutable std::mutex mutex_;
  std::vector<std::string> files_;
  std::unordered_map<std::string, std::uint32_t> file_numbers_;
  std::vector<std::string> reasons_;
  std::set<Entry> rows_;
};

}  // namespace parcours::ingest
