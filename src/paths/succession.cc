#include "paths/succession.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>

#include "base/check.h"
#include "paths/uniqueness.h"

namespace parcours::paths {
namespace {

// From `from` until before `end`; 64 bits, so that the last has an end.
struct Span {
  std::int64_t from;
  std::int64_t end;
};

// The events of a span, their patients numbered anew.
struct Part {
  Paths paths;
  std::vector<std::uint32_t>
      numbers;  // by patient of the whole; no_partner for who has no event here
};

Result<Part> part_of(const Paths& paths, const Span& span, const Stop& stop) {
  Part part{{}, std::vector<std::uint32_t>(paths.patients(), no_partner)};
  PathsBuilder builder;
  std::uint32_t next = 0;
  for (std::uint32_t patient = 0; patient < paths.patients(); ++patient) {
    for (const std::uint32_t pair : paths.record(patient)) {
      const std::int32_t day = paths.pair_days[pair];
      if (day < span.from || day >= span.end) {
        continue;
      }
      if (part.numbers[patient] == no_partner) {
        part.numbers[patient] = next++;
      }
      builder.add(part.numbers[patient], paths.pair_codes[pair], day);
    }
  }
  ASSIGN_OR_RETURN(part.paths, std::move(builder).build({}, {}, stop));
  return part;
}

// By patient of the first part: the same person in the second.
std::vector<std::uint32_t> partners_of(const Part& first, const Part& second) {
  std::vector<std::uint32_t> partners;
  for (std::size_t patient = 0; patient < first.numbers.size(); ++patient) {
    if (first.numbers[patient] != no_partner) {
      partners.push_back(second.numbers[patient]);
    }
  }
  return partners;
}

constexpr std::int64_t no_day = std::int64_t{1} << 40;

// The period that begins at starts[p].
Span span_of(const std::vector<std::int32_t>& starts, std::size_t p) {
  return {starts[p], p + 1 == starts.size() ? no_day : starts[p + 1]};
}

struct UniqueOf {
  std::uint64_t patients;
  Share share;
};

Result<UniqueOf> unique_in(const Paths& part, int threads, Progress& progress, const Stop& stop) {
  if (part.patients() == 0) {
    return UniqueOf{0, {}};
  }
  ASSIGN_OR_RETURN(const auto curve,
                   uniqueness_curve(part, {{std::nullopt}, {0}, 1, 1, threads}, progress, stop));
  return UniqueOf{part.patients(), curve[0].share};
}

// Periods one after another, each laid out once: every one is joined with the one before by which
// codes patients have.
class Joiner {
 public:
  explicit Joiner(const LinkQuestion& link) : question_(link) { question_.within_days = 0; }

  // Nothing for the first, or where this period or the one before holds nothing.
  Result<std::optional<LinkFigures>> join(Part period, Progress& progress, const Stop& stop) {
    std::optional<Part> before = std::exchange(before_, std::nullopt);
    if (period.paths.patients() == 0) {
      return std::nullopt;
    }
    ASSIGN_OR_RETURN(period.paths, known_paths(period.paths, Timing::none, Calendar::dates,
                                               Precision::days, stop));
    std::optional<LinkFigures> joined;
    if (before) {
      TwoExports exports{std::move(before->paths), std::move(period.paths),
                         partners_of(*before, period)};
      ASSIGN_OR_RETURN(joined, link(exports, question_, progress, stop));
      period.paths = std::move(exports.second);
    }
    before_ = std::move(period);
    return joined;
  }

 private:
  LinkQuestion question_;
  std::optional<Part> before_;  // the codes of the period before, without days
};

std::chrono::year_month month_of(std::int32_t day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  return date.year() / date.month();
}

std::int32_t first_of(std::chrono::year_month month) {
  return static_cast<std::int32_t>(std::chrono::sys_days{month / 1}.time_since_epoch().count());
}

// The first month of the period of so many months that `month` lies in; periods begin with a year.
std::chrono::year_month start_of(std::chrono::year_month month, std::int32_t months) {
  const unsigned place = (static_cast<unsigned>(month.month()) - 1) % static_cast<unsigned>(months);
  return month - std::chrono::months{place};
}

}  // namespace

std::optional<PeriodLength> period_length(std::string_view text) {
  constexpr std::int32_t quarter = 3;
  constexpr std::int32_t year = 12;
  if (text == "month") {
    return PeriodLength{.months = 1};
  }
  if (text == "quarter") {
    return PeriodLength{.months = quarter};
  }
  if (text == "year") {
    return PeriodLength{.months = year};
  }
  std::int32_t days = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
  return error == std::errc() && end == text.data() + text.size() && days > 0
             ? std::optional(PeriodLength{.days = days})
             : std::nullopt;
}

Result<std::vector<std::int32_t>> period_starts(const Paths& paths, Calendar calendar,
                                                const PeriodLength& length, std::size_t most) {
  if (length.months > 0 && calendar != Calendar::dates) {
    return bad_input("days are numbers here, and no months or years", {},
                     "say how many days a period has");
  }
  const auto [first, last] = std::ranges::minmax(paths.pair_days);
  std::vector<std::int32_t> starts;
  const auto add = [&](std::int32_t day) {
    starts.push_back(day);
    return starts.size() <= most;
  };
  if (length.months > 0) {
    for (std::chrono::year_month month = start_of(month_of(first), length.months);
         first_of(month) <= last && add(first_of(month));
         month += std::chrono::months{length.months}) {
    }
  } else {
    // The same days whatever the first event is, so that none of a patient's days is told.
    const std::int64_t before =
        std::int64_t{first} - ((first % length.days) + length.days) % length.days;
    for (std::int64_t day = before; day <= last && add(static_cast<std::int32_t>(day));
         day += length.days) {
    }
  }
  if (starts.size() > most) {
    return bad_input(fmt::format("more than {} periods", most), {}, "take longer ones");
  }
  return starts;
}

Result<TwoExports> split_by_day(const Paths& paths, std::int32_t day, const Stop& stop) {
  ASSIGN_OR_RETURN(Part first, part_of(paths, {-no_day, day}, stop));
  ASSIGN_OR_RETURN(Part second, part_of(paths, {day, no_day}, stop));
  if (first.paths.patients() == 0 || second.paths.patients() == 0) {
    return bad_input("no event on one side of the day", {}, "take a day between the events");
  }
  std::vector<std::uint32_t> partners = partners_of(first, second);
  return TwoExports{std::move(first.paths), std::move(second.paths), std::move(partners)};
}

Result<std::vector<std::optional<LinkFigures>>> joined_periods(
    const Paths& paths, const std::vector<std::int32_t>& starts, const LinkQuestion& link,
    Progress& progress, const Stop& stop) {
  Joiner joiner(link);
  std::vector<std::optional<LinkFigures>> joined;
  for (std::size_t p = 0; p < starts.size(); ++p) {
    ASSIGN_OR_RETURN(Part period, part_of(paths, span_of(starts, p), stop));
    ASSIGN_OR_RETURN(joined.emplace_back(), joiner.join(std::move(period), progress, stop));
  }
  return joined;
}

Result<std::vector<PeriodFigures>> succession(const Paths& paths,
                                              const std::vector<std::int32_t>& starts,
                                              const LinkQuestion& link, Progress& progress,
                                              const Stop& stop) {
  PARCOURS_CHECK(!starts.empty() && std::ranges::is_sorted(starts));
  Joiner joiner(link);
  std::vector<PeriodFigures> periods;
  for (std::size_t p = 0; p < starts.size(); ++p) {
    const Span here = span_of(starts, p);
    ASSIGN_OR_RETURN(Part period, part_of(paths, here, stop));
    ASSIGN_OR_RETURN(const UniqueOf alone, unique_in(period.paths, link.threads, progress, stop));
    UniqueOf so_far = alone;
    if (p > 0) {
      ASSIGN_OR_RETURN(const Part all, part_of(paths, {starts[0], here.end}, stop));
      ASSIGN_OR_RETURN(so_far, unique_in(all.paths, link.threads, progress, stop));
    }
    ASSIGN_OR_RETURN(auto joined, joiner.join(std::move(period), progress, stop));
    periods.push_back(
        {starts[p], alone.patients, alone.share, so_far.patients, so_far.share, std::move(joined)});
  }
  return periods;
}

}  // namespace parcours::paths
