#include "paths/groups.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "base/check.h"

namespace parcours::paths {
namespace {

struct Sum {
  std::uint64_t patients = 0;  // in the group
  std::uint64_t asked = 0;     // of them, with a share
  double shares = 0;

  void add(const Sum& other) {
    patients += other.patients;
    asked += other.asked;
    shares += other.shares;
  }
};

std::vector<Sum> sums_of(const PatientShares& shares, const Grouping& grouping) {
  std::vector<Sum> sums(grouping.labels.size());
  for (const std::uint32_t group : grouping.groups) {
    ++sums[group].patients;
  }
  for (std::size_t i = 0; i < shares.shares.size(); ++i) {
    const std::size_t patient = shares.patients.empty() ? i : shares.patients[i];
    Sum& sum = sums[grouping.groups[patient]];
    ++sum.asked;
    sum.shares += shares.shares[i];
  }
  return sums;
}

GroupRisk risk_of(std::string group, const Sum& sum, const PatientShares& shares) {
  const auto asked = static_cast<double>(sum.asked);
  return {std::move(group), sum.patients,
          shares.point.share.is_exact
              ? Share::exact(sum.shares, asked)
              : Share::drawn(sum.shares, asked, asked * static_cast<double>(shares.draws_each))};
}

Status check(const Grouping& grouping, std::uint64_t threshold) {
  for (const std::uint32_t group : grouping.groups) {
    PARCOURS_CHECK(group < grouping.labels.size());
  }
  if (threshold < 2) {
    return bad_input(fmt::format("a threshold of {}", threshold), {},
                     "a group of one patient says something of a patient");
  }
  return {};
}

}  // namespace

Result<GroupRisks> group_risks(const PatientShares& shares, const Grouping& grouping,
                               std::uint64_t threshold) {
  RETURN_IF_ERROR(check(grouping, threshold));
  const std::vector<Sum> sums = sums_of(shares, grouping);
  std::vector<std::size_t> shown;
  Sum others;
  GroupRisks result{.by = grouping.by};
  for (std::size_t group = 0; group < sums.size(); ++group) {
    if (sums[group].patients >= threshold) {
      shown.push_back(group);
    } else if (sums[group].patients > 0) {
      others.add(sums[group]);
      ++result.put_together;
    }
  }
  while (others.patients > 0 && others.patients < threshold && !shown.empty()) {
    const auto smallest = std::ranges::min_element(
        shown, {}, [&](std::size_t group) { return sums[group].patients; });
    others.add(sums[*smallest]);
    ++result.put_together;
    shown.erase(smallest);
  }
  for (const std::size_t group : shown) {
    result.groups.push_back(risk_of(grouping.labels[group], sums[group], shares));
  }
  if (others.patients >= threshold) {
    result.others = risk_of({}, others, shares);
  }
  return result;
}

Result<std::optional<Spread>> group_spread(const PatientShares& shares, const Grouping& grouping,
                                           std::uint64_t threshold) {
  RETURN_IF_ERROR(check(grouping, threshold));
  if (!shares.point.share.is_exact) {
    return std::optional<Spread>();  // it would be that of the drawing as well
  }
  Spread spread;
  std::vector<double> means;
  for (const Sum& sum : sums_of(shares, grouping)) {
    if (sum.asked >= threshold) {
      means.push_back(sum.shares / static_cast<double>(sum.asked));
    } else {
      spread.too_small += sum.patients > 0 ? 1 : 0;
    }
  }
  spread.groups = means.size();
  if (means.size() < threshold) {
    return std::optional<Spread>();
  }
  std::ranges::sort(means);
  const auto quantile = [&](double share) {
    const auto rank =
        static_cast<std::size_t>(std::ceil(share * static_cast<double>(means.size())));
    return means[rank - 1];
  };
  spread.p10 = quantile(0.1);
  spread.median = quantile(0.5);
  spread.p90 = quantile(0.9);
  return std::optional(spread);
}

Grouping grouping_of(const PersonField& field) {
  return {field.name, field.labels, field.values};
}

Grouping age_bands(const PersonField& field, std::optional<int> year,
                   const std::vector<int>& bands) {
  PARCOURS_CHECK(!bands.empty() && std::ranges::is_sorted(bands));
  Grouping result{.by = "age", .labels = {""}};
  for (std::size_t band = 0; band < bands.size(); ++band) {
    result.labels.push_back(band + 1 == bands.size()
                                ? fmt::format("{}+", bands[band])
                                : fmt::format("{}-{}", bands[band], bands[band + 1] - 1));
  }
  std::vector<std::uint32_t> band_of;  // by label of the field
  for (const std::string& label : field.labels) {
    int number = 0;
    const auto [end, error] = std::from_chars(label.data(), label.data() + label.size(), number);
    const bool known = error == std::errc() && !label.empty();
    const std::int64_t age = year ? std::int64_t{*year} - number : number;
    const auto above = std::ranges::upper_bound(bands, age) - bands.begin();
    band_of.push_back(known ? static_cast<std::uint32_t>(above) : 0);
  }
  for (const std::uint32_t value : field.values) {
    result.groups.push_back(band_of[value]);
  }
  return result;
}

Grouping rarity_bands(const Paths& paths) {
  Grouping result{.by = "rarest code",
                  .labels = {"1", "2-10", "11-100", "101-1,000", "over 1,000"}};
  const std::size_t codes = paths.pair_codes.empty() ? 0 : std::ranges::max(paths.pair_codes) + 1u;
  std::vector<std::uint32_t> patients_of(codes, 0);
  const auto for_codes = [&](std::size_t patient, const auto& each) {
    std::uint32_t last = std::numeric_limits<std::uint32_t>::max();
    for (const std::uint32_t pair : paths.record(patient)) {
      const std::uint32_t code = paths.pair_codes[pair];
      if (code != last) {  // pairs of one code stand together
        each(code);
      }
      last = code;
    }
  };
  for (std::size_t patient = 0; patient < paths.patients(); ++patient) {
    for_codes(patient, [&](std::uint32_t code) { ++patients_of[code]; });
  }
  for (std::size_t patient = 0; patient < paths.patients(); ++patient) {
    std::uint32_t rarest = std::numeric_limits<std::uint32_t>::max();
    for_codes(patient, [&](std::uint32_t code) { rarest = std::min(rarest, patients_of[code]); });
    std::uint32_t band = 0;
    for (std::uint64_t most = 1; band < 4 && rarest > most; most *= 10) {
      ++band;
    }
    result.groups.push_back(band);
  }
  return result;
}

}  // namespace parcours::paths
