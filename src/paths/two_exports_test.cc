#include "paths/two_exports.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace parcours::paths {
namespace {

using PatientEvents = std::initializer_list<std::pair<std::uint32_t, std::int32_t>>;  // code, day

Paths paths_with(std::initializer_list<PatientEvents> patients) {
  PathsBuilder builder;
  std::uint32_t patient = 0;
  for (const PatientEvents& events : patients) {
    for (const auto& [code, day] : events) {
      builder.add(patient, code, day);
    }
    ++patient;
  }
  const Stop stop;
  return *std::move(builder).build({}, {}, stop);
}

// Which codes a patient has, those of an order too.
std::vector<std::uint32_t> codes_of(const Paths& paths, std::size_t patient) {
  std::vector<std::uint32_t> codes;
  for (const std::uint32_t pair : paths.record(patient)) {
    codes.push_back(paths.pair_codes[pair]);
  }
  std::ranges::sort(codes);
  return codes;
}

TEST(TwoExports, AnOrderIsTheCodesAndWhichCameNextAfterWhich) {
  const Stop stop;
  // The first of both has the same order on other days; the second of both has it turned round.
  const TwoExports known = *known_exports({paths_with({{{0, 1}, {1, 5}, {0, 9}}, {{0, 1}, {1, 5}}}),
                                           paths_with({{{0, 70}, {1, 71}}, {{1, 2}, {0, 8}}}),
                                           {}},
                                          Timing::order, Calendar::dates, Precision::days, stop);
  EXPECT_EQ(codes_of(known.first, 0), (std::vector<std::uint32_t>{0, 1, 2}));
  EXPECT_EQ(codes_of(known.first, 1), codes_of(known.first, 0));
  EXPECT_EQ(codes_of(known.second, 0), codes_of(known.first, 0));
  EXPECT_EQ(codes_of(known.second, 1), (std::vector<std::uint32_t>{0, 1, 3}));
}

TEST(TwoExports, ATextThatNamesNobodyMakesNoPartners) {
  const PersonField first = {"nir", {"", "-9", "123", "UNKNOWN"}, {1, 2, 3}};
  const PersonField second = {"nir", {"", "-9", "123", "UNKNOWN"}, {3, 1, 2}};
  EXPECT_EQ(partners_by(first, second), (std::vector<std::uint32_t>{no_partner, 2, no_partner}));
}

TEST(TwoExports, DaysAreKnownAsTheLessPreciseExportHasThem) {
  const Stop stop;
  const auto day = [](int month, unsigned of_month) {
    return day_of(2023, static_cast<unsigned>(month), of_month)->number;
  };
  const TwoExports exports = *as_precise(
      {paths_with({{{0, day(5, 1)}}}), paths_with({{{0, day(5, 17)}, {0, day(5, 30)}}}), {}},
      Precision::months, Precision::days, stop);
  EXPECT_EQ(exports.first.pair_days, exports.second.pair_days);
  EXPECT_EQ(exports.second.pair_days, std::vector<std::int32_t>{day(5, 1)});
}

}  // namespace
}  // namespace parcours::paths
