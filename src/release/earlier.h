// Figures of earlier editions, as files have them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "past/editions.h"
#include "tables/table.h"

namespace parcours::release {

// A line a figure: the code of each dimension of `table`, as tables::csv() writes them; `patients`;
// `mean` in a table of means; `period`, of which the figure is (empty if its study has none); and
// `released_on`, the day of its edition.
std::string earlier_csv(const tables::Table& table, const std::vector<past::EarlierFigure>& figures,
                        const std::vector<past::Edition>& editions);

// What a page calls an edition: "a" to "z", "aa" and so on.
std::string letter_of(std::size_t edition);

// By edition, how many of the figures are of it.
std::vector<std::uint64_t> figures_by_edition(const past::EarlierFigures& earlier);

}  // namespace parcours::release
