#include "synth/illness.h"

#include <algorithm>

#include "base/check.h"

namespace parcours::synth {
namespace {

std::vector<Drug> drugs_of(std::string_view text, const Codes& codes) {
  std::vector<Drug> drugs;
  for (const std::string& item : split(text, ' ')) {
    const std::vector<std::string> parts = split(item, ':');
    Drug drug{{}, number(parts.at(1))};
    for (const std::string& code : split(parts.at(0), '|')) {
      drug.drugs.push_back(codes.number_of("prescription", code));
    }
    drugs.push_back(std::move(drug));
  }
  return drugs;
}

std::vector<Test> tests_of(std::string_view text, const Measures& measures) {
  std::vector<Test> tests;
  for (const std::string& item : split(text, ' ')) {
    const std::vector<std::string> parts = split(item, ':');
    tests.push_back({measures.number_of(parts.at(0)), number(parts.at(1))});
  }
  return tests;
}

Illness illness_of(const vocabulary::TextTable& table, const vocabulary::TextTable::Row& row,
                   const Codes& codes, const Measures& measures, const Seasons& seasons) {
  const auto field = [&](std::string_view column) -> const std::string& {
    return row.fields[*table.column(column, "illnesses")];
  };
  Illness illness{.diagnosis = codes.number_of("diagnosis", field("code")),
                  .chronic = field("course") == "chronic",
                  .rates = Rates(row.fields, *table.column("sex", "illnesses")),
                  .season = seasons.number_of(field("season")),
                  .again_chance = 0,
                  .again_days = 0,
                  .spread = number(field("spread")),
                  .drugs = drugs_of(field("drugs"), codes),
                  .tests = tests_of(field("tests"), measures),
                  .leave = std::nullopt,
                  .long_term = std::nullopt};
  const std::vector<std::string> again = split(field("again"), ':');
  illness.again_days = static_cast<int>(number(again.back()));
  illness.again_chance = again.size() == 2 ? number(again.front()) : 0;
  if (const auto leave = split(field("leave"), ':'); !leave.empty()) {
    illness.leave = {codes.number_of("sick_leave", leave.at(0)), number(leave.at(1)),
                     number(leave.at(2))};
  }
  if (const auto status = split(field("long_term"), ':'); !status.empty()) {
    illness.long_term = {codes.number_of("history", status.at(0)), number(status.at(1))};
  }
  return illness;
}

}  // namespace

Illnesses::Illnesses(const Codes& codes, const Measures& measures, const Seasons& seasons)
    : acute_(seasons.size()), sums_(seasons.size() * 2 * rate_ages.size()) {
  const vocabulary::TextTable table = synth::table("illnesses");
  for (const vocabulary::TextTable::Row& row : table.rows) {
    const auto number = static_cast<IllnessNumber>(all_.size());
    all_.push_back(illness_of(table, row, codes, measures, seasons));
    const Illness& illness = all_.back();
    (illness.chronic ? chronic_ : acute_[illness.season]).push_back(number);
    if (illness.chronic) {
      continue;
    }
    for (const records::Sex sex : {records::Sex::female, records::Sex::male}) {
      for (int band = 0; band < static_cast<int>(rate_ages.size()); ++band) {
        std::vector<double>& sums = sums_[place(illness.season, sex, band)];
        sums.push_back((sums.empty() ? 0 : sums.back()) + illness.rates.at(sex, band));
      }
    }
  }
}

IllnessNumber Illnesses::number_of(CodeNumber diagnosis) const {
  const auto found = std::ranges::find(all_, diagnosis, &Illness::diagnosis);
  PARCOURS_CHECK(found != all_.end());
  return static_cast<IllnessNumber>(found - all_.begin());
}

IllnessNumber Illnesses::draw_acute(SeasonNumber season, records::Sex sex, int band,
                                    Random& random) const {
  const std::vector<double>& sums = sums_[place(season, sex, band)];
  const auto found = std::ranges::upper_bound(sums, random.unit() * sums.back());
  return acute_[season][static_cast<std::size_t>(
      std::min<std::ptrdiff_t>(found - sums.begin(), std::ssize(sums) - 1))];
}

}  // namespace parcours::synth
