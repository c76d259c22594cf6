#include "synth/tables.h"

#include <charconv>
#include <map>

#include "base/check.h"

namespace parcours::synth {

std::string_view synth_ages_csv();
std::string_view synth_backgrounds_csv();
std::string_view synth_checks_csv();
std::string_view synth_growth_csv();
std::string_view synth_illnesses_csv();
std::string_view synth_measures_csv();
std::string_view synth_places_csv();
std::string_view synth_seasons_csv();

vocabulary::TextTable table(std::string_view name) {
  static const std::map<std::string_view, std::string_view (*)()> files = {
      {"ages", synth_ages_csv},           {"backgrounds", synth_backgrounds_csv},
      {"checks", synth_checks_csv},       {"growth", synth_growth_csv},
      {"illnesses", synth_illnesses_csv}, {"measures", synth_measures_csv},
      {"places", synth_places_csv},       {"seasons", synth_seasons_csv}};
  const auto file = files.find(name);
  PARCOURS_CHECK(file != files.end());
  Result<vocabulary::TextTable> read =
      vocabulary::parse_text_table(file->second(), std::string(name));
  PARCOURS_CHECK(read);
  for (const vocabulary::TextTable::Row& row : read->rows) {
    PARCOURS_CHECK(row.fields.size() == read->header.size());
  }
  return *std::move(read);
}

double number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  PARCOURS_CHECK(error == std::errc() && end == text.data() + text.size());
  return value;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

Rates::Rates(const std::vector<std::string>& fields, std::size_t sex_column) {
  const std::string& sex = fields.at(sex_column);
  if (sex == "f" || sex == "m") {
    women_ = sex == "f" ? 1 : 0;
    men_ = sex == "m" ? 1 : 0;
  } else {
    const double ratio = number(sex);
    women_ = 2 * ratio / (1 + ratio);
    men_ = 2 / (1 + ratio);
  }
  for (std::size_t band = 0; band < rate_ages.size(); ++band) {
    by_age_.at(band) = number(fields.at(sex_column + 1 + band)) / 1000;
  }
}

int rate_band(int age) {
  int band = static_cast<int>(rate_ages.size()) - 1;
  while (band > 0 && age < rate_ages.at(static_cast<std::size_t>(band))) {
    --band;
  }
  return band;
}

}  // namespace parcours::synth
