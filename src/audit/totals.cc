#include "audit/totals.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

#include "base/int128.h"
#include "tables/table.h"

namespace parcours::audit {
namespace {

constexpr std::array<const char*, 23> usual = {
    "_t",      "_any",       "total",     "totals",        "totaux",        "all",
    "tot",     "sum",        "ensemble",  "ens",           "gesamt",        "overall",
    "t",       "*",          "all ages",  "all persons",   "all patients",  "all sexes",
    "persons", "both sexes", "tous âges", "tous les âges", "les deux sexes"};

}  // namespace

std::vector<std::string> totals_by_name(std::span<const std::string> codes) {
  std::vector<std::string> found;
  for (const std::string& code : codes) {
    std::string lower = code;
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
    lower.resize(std::min(lower.size(), lower.find(':')));
    if (code != "t" && std::ranges::find(usual, lower) != usual.end()) {
      found.push_back(code);
    }
  }
  if (found.empty() && codes.size() > 1 && std::ranges::find(codes, "") != codes.end()) {
    found.emplace_back();
  }
  return found;
}

bool are_one_total(std::span<const std::string> names) {
  return std::ranges::count_if(
             names, [](const std::string& name) { return name != tables::any_code; }) <= 1;
}

std::vector<std::string> totals_by_adding(const PublishedTable& table, std::size_t dimension) {
  // Lines that differ in this dimension alone.
  std::map<std::vector<std::uint32_t>, std::vector<std::size_t>> groups;
  for (std::size_t row = 0; row < table.ranges.size(); ++row) {
    groups[table.other_codes(row, dimension)].push_back(row);
  }
  const TextColumn& column = table.dimension(dimension);
  std::vector<bool> confirmed(column.words.size(), false);
  std::vector<bool> refuted(column.words.size(), false);
  for (const auto& [others, rows] : groups) {
    Int128 sum = 0;  // of what is printed as it is
    bool whole = true;
    for (const std::size_t row : rows) {
      const bool known = table.listings[row] == Listing::exact;
      sum += known ? table.ranges[row].low : 0;
      whole = whole && known;
    }
    for (const std::size_t row : rows) {
      const std::uint32_t code = column.rows[row];
      if (table.listings[row] != Listing::exact) {
        continue;
      }
      const Int128 twice = static_cast<Int128>(2) * table.ranges[row].low;
      if (rows.size() > 2 && whole && twice == sum && sum != 0) {
        confirmed[code] = true;
      }
      const bool parts_exceed_it = !table.below_zero && twice < sum;
      if (parts_exceed_it || (whole && rows.size() > 2 && twice != sum)) {
        refuted[code] = true;
      }
    }
  }
  std::vector<std::string> found;
  for (std::size_t code = 0; code < column.words.size(); ++code) {
    if (confirmed[code] && !refuted[code]) {
      found.push_back(column.words[code]);
    }
  }
  return found;
}

}  // namespace parcours::audit
