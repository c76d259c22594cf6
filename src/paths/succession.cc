#include "paths/succession.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>

#include "base/check.h"
#include "paths/uniqueness.h"

namespace parcours {
namespace {

// Some of the events, their patients numbered anew.
class Part {
 public:
  explicit Part(std::size_t patients) : numbers_(patients, no_partner) {}

  void add(std::uint32_t patient, std::uint32_t code, std::int32_t day) {
    if (numbers_[patient] == no_partner) {
      numbers_[patient] = next_++;
    }
    builder_.add(numbers_[patient], code, day);
  }
  const std::vector<std::uint32_t>& numbers() const { return numbers_; }
  Result<Paths> build(const Stop& stop) && { return std::move(builder_).build({}, {}, stop); }

 private:
  std::vector<std::uint32_t> numbers_;  // by patient of the whole
  std::uint32_t next_ = 0;
  PathsBuilder builder_;
};

// From `from` until before `end`; 64 bits, so that the last has an end.
struct Span {
  std::int64_t from;
  std::int64_t end;
};

Part part_of(const Paths& paths, const Span& span) {
  Part part(paths.patients());
  for (std::uint32_t patient = 0; patient < paths.patients(); ++patient) {
    for (const std::uint32_t pair : paths.record(patient)) {
      const std::int32_t day = paths.pair_days[pair];
      if (day >= span.from && day < span.end) {
        part.add(patient, paths.pair_codes[pair], day);
      }
    }
  }
  return part;
}

Result<TwoExports> exports_of(const Paths& paths, const Span& first, const Span& second,
                              const Stop& stop) {
  Part before = part_of(paths, first);
  Part after = part_of(paths, second);
  TwoExports result;
  for (std::size_t patient = 0; patient < paths.patients(); ++patient) {
    if (before.numbers()[patient] != no_partner) {
      result.partners.push_back(after.numbers()[patient]);
    }
  }
  ASSIGN_OR_RETURN(result.first, std::move(before).build(stop));
  ASSIGN_OR_RETURN(result.second, std::move(after).build(stop));
  return result;
}

constexpr std::int64_t no_day = std::int64_t{1} << 40;

// The period that begins at starts[p].
Span span_of(const std::vector<std::int32_t>& starts, std::size_t p) {
  return {starts[p], p + 1 == starts.size() ? no_day : starts[p + 1]};
}

struct UniqueOf {
  std::uint64_t patients;
  double share;
};

Result<UniqueOf> unique_in(const Paths& paths, const Span& span, int threads, Progress& progress,
                           const Stop& stop) {
  ASSIGN_OR_RETURN(const Paths part, part_of(paths, span).build(stop));
  if (part.patients() == 0) {
    return UniqueOf{0, 0};
  }
  ASSIGN_OR_RETURN(const auto curve,
                   uniqueness_curve(part, {{std::nullopt}, {0}, 1, 1, threads}, progress, stop));
  return UniqueOf{part.patients(), curve[0].unique_share};
}

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
  ASSIGN_OR_RETURN(TwoExports cut, exports_of(paths, {-no_day, day}, {day, no_day}, stop));
  if (cut.first.patients() == 0 || cut.second.patients() == 0) {
    return bad_input("no event on one side of the day", {}, "take a day between the events");
  }
  return cut;
}

Result<std::vector<std::optional<LinkFigures>>> joined_periods(
    const Paths& paths, const std::vector<std::int32_t>& starts, const LinkQuestion& link,
    Progress& progress, const Stop& stop) {
  std::vector<std::optional<LinkFigures>> joined;
  for (std::size_t p = 0; p < starts.size(); ++p) {
    joined.emplace_back();
    if (p == 0) {
      continue;
    }
    ASSIGN_OR_RETURN(const TwoExports dated,
                     exports_of(paths, {starts[p - 1], starts[p]}, span_of(starts, p), stop));
    if (dated.first.patients() == 0 || dated.second.patients() == 0) {
      continue;
    }
    ASSIGN_OR_RETURN(const TwoExports codes,
                     known_exports(dated, Timing::none, Calendar::dates, stop));
    LinkQuestion question = link;
    question.within_days = 0;
    ASSIGN_OR_RETURN(joined.back(), parcours::link(codes, question, progress, stop));
  }
  return joined;
}

Result<std::vector<PeriodFigures>> succession(const Paths& paths,
                                              const std::vector<std::int32_t>& starts,
                                              const LinkQuestion& link, Progress& progress,
                                              const Stop& stop) {
  PARCOURS_CHECK(!starts.empty() && std::ranges::is_sorted(starts));
  ASSIGN_OR_RETURN(const auto joined, joined_periods(paths, starts, link, progress, stop));
  std::vector<PeriodFigures> periods;
  for (std::size_t p = 0; p < starts.size(); ++p) {
    const Span here = span_of(starts, p);
    ASSIGN_OR_RETURN(const UniqueOf alone, unique_in(paths, here, link.threads, progress, stop));
    ASSIGN_OR_RETURN(const UniqueOf so_far,
                     unique_in(paths, {starts[0], here.end}, link.threads, progress, stop));
    periods.push_back(
        {starts[p], alone.patients, alone.share, so_far.patients, so_far.share, joined[p]});
  }
  return periods;
}

}  // namespace parcours
