#include "bench/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "base/files.h"

namespace parcours::bench {

void Figures::add(const std::string& name, double figure, const std::string& unit,
                  const std::string& compared_with, double other, double bar) {
  const Figure made{name,           figure,
                    unit,           fmt::format("{}, {:.2f} {}", compared_with, other, unit),
                    figure / other, bar};
  fmt::print("{:<22} {:>9.2f} {:<3} beside {:<46} ratio {:>7.3f}   bar {:<5} {}\n", made.name,
             made.figure, made.unit, made.compared_with, made.ratio, made.bar,
             made.met() ? "met" : "NOT met");
  std::fflush(stdout);
  figures_.push_back(made);
}

bool Figures::all_met() const {
  return std::ranges::all_of(figures_, &Figure::met);
}

Status Figures::write(const std::filesystem::path& file) const {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Figure& figure : figures_) {
    list.push_back({{"name", figure.name},
                    {"figure", figure.figure},
                    {"unit", figure.unit},
                    {"compared_with", figure.compared_with},
                    {"ratio", figure.ratio},
                    {"bar", figure.bar}});
  }
  return write_file(file, list.dump(2) + "\n");
}

}  // namespace parcours::bench
