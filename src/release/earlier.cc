#include "release/earlier.h"

#include <fmt/format.h>

#include "base/csv_text.h"

namespace parcours::release {

std::string earlier_csv(const tables::Table& table, const std::vector<past::EarlierFigure>& figures,
                        const std::vector<past::Edition>& editions) {
  std::string text;
  for (const tables::Dimension& dimension : table.dimensions) {
    text += csv_field(dimension.id) + ',';
  }
  text += table.mean_of ? "patients,mean,period,released_on\n" : "patients,period,released_on\n";
  for (const past::EarlierFigure& figure : figures) {
    const std::vector<std::size_t> places = table.places(figure.cell);
    for (std::size_t d = 0; d < places.size(); ++d) {
      text += csv_field(table.dimensions[d].code(places[d])) + ',';
    }
    text += fmt::format("{},", figure.figure.patients);
    if (table.mean_of) {
      text += figure.figure.mean ? fmt::format("{},", *figure.figure.mean) : ",";
    }
    const past::Edition& edition = editions[figure.edition];
    text += fmt::format("{},{}\n", edition.period, edition.day);
  }
  return text;
}

std::string letter_of(std::size_t edition) {
  std::string letters(1, static_cast<char>('a' + edition % 26));
  return edition < 26 ? letters : letter_of(edition / 26 - 1) + letters;
}

std::vector<std::uint64_t> figures_by_edition(const past::EarlierFigures& earlier) {
  std::vector<std::uint64_t> figures(earlier.editions.size(), 0);
  for (const std::vector<past::EarlierFigure>& table : earlier.tables) {
    for (const past::EarlierFigure& figure : table) {
      ++figures[figure.edition];
    }
  }
  return figures;
}

}  // namespace parcours::release
