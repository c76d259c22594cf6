#include "published/disagreements.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/int128.h"

namespace parcours {
namespace {

// What a sum can be: no limit where the flag says so.
struct Reach {
  Int128 low = 0;
  Int128 high = 0;
  bool no_low = false;
  bool no_high = false;

  void add(const Range& range, std::int32_t times) {
    const bool bottomless = range.low <= lowest_value;
    const bool limitless = range.high == no_limit;
    const Int128 a = static_cast<Int128>(times) * (times > 0 ? range.low : range.high);
    const Int128 b = static_cast<Int128>(times) * (times > 0 ? range.high : range.low);
    no_low = no_low || (times > 0 ? bottomless : limitless);
    no_high = no_high || (times > 0 ? limitless : bottomless);
    low += no_low ? 0 : a;
    high += no_high ? 0 : b;
  }
  bool misses_zero() const { return (!no_low && low > 0) || (!no_high && high < 0); }

  std::string text(int places) const {
    const auto number = [&](Int128 n) {
      return decimal_text(static_cast<std::int64_t>(n), places);
    };
    if (no_high) {
      return no_low ? "anything" : fmt::format("{} or more", number(low));
    }
    return low == high ? number(low) : fmt::format("{} to {}", number(low), number(high));
  }
};

class Finder {
 public:
  explicit Finder(const PublishedSystem& published) : published_(published) {}

  std::vector<Disagreement> run() {
    for (const Clash& clash : published_.clashes) {
      const std::uint32_t cell = published_.drawings[clash.other.table].cells[clash.other.at];
      found_.push_back(
          {published_.where(clash.other),
           fmt::format("{} is {} here and {} in {}", published_.name(cell), said(clash.other),
                       said(clash.one), published_.where(clash.one)),
           {cell}});
    }
    for (std::size_t r = 0; r < published_.system.relations.size(); ++r) {
      Reach balance;
      for (const Relation::Term& term : published_.system.relations[r].terms) {
        balance.add(published_.system.ranges[term.cell], term.coefficient);
      }
      if (balance.misses_zero()) {
        add(r);
      }
    }
    return std::move(found_);
  }

 private:
  // What one line says of its cell.
  std::string said(const Listed& listed) const {
    const std::uint32_t line = published_.drawings[listed.table].layout.lines[listed.at];
    const PublishedTable& table = published_.tables[listed.table];
    if (line == 0) {
      return "not listed, taken as 0,";
    }
    const std::string_view word = table.text.columns[table.value].at(line - 1);
    return word.empty() ? "hidden" : std::string(word);
  }

  void add(std::size_t r) {
    const Origin& origin = published_.origins[r];
    const std::string& dimension = published_.tables[origin.table].dimension(origin.dimension).name;
    std::vector<std::uint32_t> cells;
    Reach whole;
    Reach parts;
    std::size_t part_count = 0;
    const std::int32_t sign = origin.kind == Origin::Kind::at_most_the_sum ? -1 : 1;
    for (const Relation::Term& term : published_.system.relations[r].terms) {
      if (term.cell >= published_.proper_cells) {
        continue;
      }
      const bool sum = term.coefficient * sign > 0;
      (sum ? whole : parts).add(published_.system.ranges[term.cell], std::abs(term.coefficient));
      part_count += sum ? 0 : 1;
      cells.insert(sum ? cells.begin() : cells.end(), term.cell);
    }
    const std::uint32_t head = cells.front();
    const std::string is =
        fmt::format("{} is {}", published_.name(head), whole.text(published_.places));
    const std::string make = parts.text(published_.places);
    std::string sentence;
    switch (origin.kind) {
      case Origin::Kind::sum:
        sentence =
            fmt::format("{}, but its {} part{} by {} make{} {}", is, part_count,
                        part_count == 1 ? "" : "s", dimension, part_count == 1 ? "s" : "", make);
        break;
      case Origin::Kind::at_least_a_part:
        sentence =
            fmt::format("{}, less than its part {}, {}", is, published_.name(cells.back()), make);
        break;
      case Origin::Kind::at_most_the_sum:
        sentence =
            fmt::format("{}, more than all its parts by {} together, {}", is, dimension, make);
        break;
    }
    found_.push_back({published_.where(head), std::move(sentence), std::move(cells)});
  }

  const PublishedSystem& published_;
  std::vector<Disagreement> found_;
};

}  // namespace

std::vector<Disagreement> disagreements(const PublishedSystem& published) {
  return Finder(published).run();
}

}  // namespace parcours
