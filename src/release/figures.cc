#include "release/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace parcours {

const std::string& in(Language language, const Label& label) {
  return language == Language::english || label.fr.empty() ? label.en : label.fr;
}

std::string grouped(std::uint64_t number) {
  const std::string digits = fmt::format("{}", number);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) {
      text += "\u202f";
    }
    text += digits[i];
  }
  return text;
}

Label decimal(double number, int decimals) {
  const std::string en = fmt::format("{:.{}f}", number, decimals);
  std::string fr = en;
  std::replace(fr.begin(), fr.end(), '.', ',');
  return {en, fr};
}

Label percentage(double part) {
  double percent = std::round(part * 1000) / 10;
  if (part < 1) {
    percent = std::min(percent, 99.9);
  }
  if (part > 0) {
    percent = std::max(percent, 0.1);
  }
  const Label number = decimal(percent, percent == std::floor(percent) ? 0 : 1);
  return {number.en + "\u00a0%", number.fr + "\u00a0%"};
}

Label mean_text(double mean) {
  const double size = std::abs(mean);
  return decimal(mean, size >= 100 ? 1 : size >= 1 ? 2 : 3);
}

CellCount count_cells(std::span<const Table> tables) {
  CellCount count;
  for (const Table& table : tables) {
    count.cells += table.cells.size();
    for (const Cell& cell : table.cells) {
      count.published += cell.status == CellStatus::published ? 1 : 0;
      count.means += cell.mean ? 1 : 0;
    }
  }
  return count;
}

std::optional<Shown> shown(const Table& table) {
  const Cell& total = table.cells.back();
  if (total.status != CellStatus::published ||
      !std::ranges::all_of(table.dimensions, &Dimension::additive)) {
    return std::nullopt;
  }
  Shown figure{0, static_cast<std::uint64_t>(total.patients)};
  for (std::size_t i = 0; i < table.cells.size(); ++i) {
    if (table.inner(i)) {
      figure.patients += static_cast<std::uint64_t>(table.cells[i].patients);
    }
  }
  return figure;
}

Shown shown(std::span<const Table> tables) {
  Shown all;
  for (const Table& table : tables) {
    if (const std::optional<Shown> one = shown(table)) {
      all.patients += one->patients;
      all.of += one->of;
    }
  }
  return all;
}

}  // namespace parcours
