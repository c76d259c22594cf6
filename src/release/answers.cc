#include "release/answers.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "release/figures.h"
#include "release/picture.h"
#include "study/labels.h"

namespace parcours::release {
namespace {

constexpr std::size_t few_categories = 3;  // told one by one; of more the largest
constexpr std::size_t most_margins = 3;
constexpr double worth_telling = 0.5;  // of the patients

struct Count {
  tables::Label name;
  const tables::Cell* cell;
};

// The categories of the last dimension, all others at their totals.
std::vector<Count> last_totals(const tables::Table& table) {
  const std::size_t last = table.dimensions.size() - 1;
  const Names english(table.dimensions[last], page::Language::english);
  const Names french(table.dimensions[last], page::Language::french);
  std::vector<Count> counts;
  for (const std::size_t place : places_with_people(table, last)) {
    const std::pair<std::size_t, std::size_t> at[] = {{last, place}};
    counts.push_back({{english(place), french(place)}, &table.cells[cell_at(table, at)]});
  }
  return counts;
}

tables::Label told(const Count& count, std::uint64_t all) {
  if (count.cell->status != tables::CellStatus::published) {
    return {count.name.en + ": confidential", count.name.fr + " : confidentiel"};
  }
  const auto patients = static_cast<std::uint64_t>(count.cell->patients);
  const std::string number = page::grouped(patients);
  const tables::Label part = page::percentage(page::part_of(patients, all));
  return {fmt::format("{}: {} ({})", count.name.en, number, part.en),
          fmt::format("{} : {} ({})", count.name.fr, number, part.fr)};
}

tables::Label joined(const std::vector<tables::Label>& parts) {
  tables::Label all;
  for (const tables::Label& part : parts) {
    all.en += (all.en.empty() ? "" : "; ") + part.en;
    all.fr += (all.fr.empty() ? "" : " ; ") + part.fr;
  }
  return all;
}

std::optional<tables::Label> mean_of_all(const tables::Table& table, const std::string& patients) {
  if (!table.cells.back().mean) {
    return std::nullopt;
  }
  const tables::Label mean = mean_text(*table.cells.back().mean);
  return tables::Label{fmt::format("{} on average ({} patients).", mean.en, patients),
                       fmt::format("{} en moyenne ({} patients).", mean.fr, patients)};
}

// A margin of some dimensions, and the share of the patients that its published cells count.
struct MarginShare {
  std::uint32_t set = 0;  // a bit a dimension
  std::vector<std::size_t> dimensions;
  double share = 0;
};

// Drops what a finer margin that shows as much says already.
std::vector<MarginShare> telling(const std::vector<MarginShare>& margins) {
  std::vector<MarginShare> kept;
  for (const MarginShare& margin : margins) {
    const auto says_more = [&](const MarginShare& finer) {
      return (margin.set & finer.set) == margin.set && finer.share >= margin.share;
    };
    if (std::ranges::none_of(kept, says_more)) {
      kept.push_back(margin);
    }
  }
  return kept;
}

std::vector<std::size_t> dimensions_in(std::uint32_t set, std::size_t count) {
  std::vector<std::size_t> dimensions;
  for (std::size_t d = 0; d < count; ++d) {
    if ((set >> d & 1U) != 0) {
      dimensions.push_back(d);
    }
  }
  return dimensions;
}

// The share by set of dimensions, a bit a dimension.
std::vector<double> shares_of_margins(const tables::Table& table) {
  const std::size_t many = table.dimensions.size();
  std::vector<std::uint64_t> counted(std::size_t{1} << many, 0);
  for (std::size_t i = 0; i < table.cells.size(); ++i) {
    const std::vector<std::size_t> places = table.places(i);
    std::uint32_t set = 0;
    for (std::size_t d = 0; d < many; ++d) {
      set |= places[d] == table.dimensions[d].total() ? 0U : 1U << d;
    }
    if (table.cells[i].status == tables::CellStatus::published) {
      counted[set] += static_cast<std::uint64_t>(table.cells[i].patients);
    }
  }
  const auto all = static_cast<std::uint64_t>(table.cells.back().patients);
  std::vector<double> shares;
  for (const std::uint64_t patients : counted) {
    shares.push_back(page::part_of(patients, all));
  }
  return shares;
}

}  // namespace

std::optional<tables::Label> answer_of(const tables::Table& table) {
  const tables::Cell& total = table.cells.back();
  if (total.status != tables::CellStatus::published || total.patients == 0) {
    return std::nullopt;
  }
  const auto all = static_cast<std::uint64_t>(total.patients);
  const std::string patients = page::grouped(all);
  if (table.dimensions.empty()) {
    return std::nullopt;  // the one figure is told as the population
  }
  if (table.mean_of) {
    return mean_of_all(table, patients);
  }
  std::vector<Count> counts = last_totals(table);
  const bool largest_alone = counts.size() > few_categories;
  bool of_shown = false;  // whether a hidden category may be larger
  if (largest_alone) {
    const std::size_t categories = counts.size();
    std::erase_if(counts,
                  [](const Count& c) { return c.cell->status != tables::CellStatus::published; });
    of_shown = counts.size() < categories;
    std::ranges::stable_sort(counts, std::greater(),
                             [](const Count& c) { return c.cell->patients; });
    counts.resize(std::min(counts.size(), few_categories));
  }
  if (counts.empty()) {
    return std::nullopt;
  }
  std::vector<tables::Label> parts;
  for (const Count& count : counts) {
    parts.push_back(told(count, all));
  }
  const tables::Label list = joined(parts);
  // Who stands in several categories or in none is not counted by their total.
  const tables::Label who = table.dimensions.back().additive
                                ? tables::Label{"patients", "patients"}
                                : tables::Label{"patients with any of these", "patients concernés"};
  const tables::Label often = of_shown
                                  ? tables::Label{"among the categories shown, most often ",
                                                  "parmi les modalités publiées, le plus souvent "}
                              : largest_alone ? tables::Label{"most often ", "le plus souvent "}
                                              : tables::Label{};
  return tables::Label{fmt::format("Of {} {}, {}{}.", patients, who.en, often.en, list.en),
                       fmt::format("Sur {} {}, {}{}.", patients, who.fr, often.fr, list.fr)};
}

std::optional<tables::Label> margins_that_show(const tables::Table& table) {
  const std::size_t many = table.dimensions.size();
  const tables::Cell& total = table.cells.back();
  if (many < 2 || total.status != tables::CellStatus::published || total.patients == 0 ||
      !std::ranges::all_of(table.dimensions, &tables::Dimension::additive)) {
    return std::nullopt;
  }
  const std::vector<double> shares = shares_of_margins(table);
  std::vector<MarginShare> margins;
  for (std::uint32_t set = 1; set + 1 < shares.size(); ++set) {
    if (shares[set] >= worth_telling) {
      margins.push_back({set, dimensions_in(set, many), shares[set]});
    }
  }
  if (margins.empty()) {
    return std::nullopt;
  }
  // The finest first; of equally fine ones those that show most.
  std::ranges::stable_sort(margins, std::greater(), [](const MarginShare& margin) {
    return std::pair(margin.dimensions.size(), margin.share);
  });
  margins = telling(margins);
  margins.resize(std::min(margins.size(), most_margins));
  std::vector<tables::Label> parts;
  for (const MarginShare& margin : margins) {
    std::vector<tables::Label> names;
    for (const std::size_t d : margin.dimensions) {
      names.push_back(table.dimensions[d].label);
    }
    const tables::Label by = study::listed(names);
    const tables::Label share = page::percentage(margin.share);
    parts.push_back(
        {fmt::format("{}: {}", by.en, share.en), fmt::format("{} : {}", by.fr, share.fr)});
  }
  return joined(parts);
}

}  // namespace parcours::release
