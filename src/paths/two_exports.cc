#include "paths/two_exports.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/missing.h"
#include "base/stand_ins.h"
#include "vocabulary/kinds.h"

namespace parcours::paths {
namespace {

bool has_kinds(const PathsRead& read) {
  return std::ranges::any_of(read.codes, [](const PathCode& code) { return !code.kind.empty(); });
}

// The same text for kinds that are the same.
std::string kind_as_called(const std::string& kind) {
  const auto found = vocabulary::kind_called(kind);
  return found ? vocabulary::kinds()[*found] : kind;
}

// The patient's codes, in order of their first day; codes of one day in order of their number.
std::vector<std::uint32_t> codes_in_order(const Paths& paths, std::uint32_t patient) {
  std::map<std::uint32_t, std::int32_t> first;
  for (const std::uint32_t pair : paths.record(patient)) {
    const auto [at, is_new] = first.try_emplace(paths.pair_codes[pair], paths.pair_days[pair]);
    at->second = is_new ? at->second : std::min(at->second, paths.pair_days[pair]);
  }
  std::vector<std::pair<std::int32_t, std::uint32_t>> days;
  for (const auto& [code, day] : first) {
    days.emplace_back(day, code);
  }
  std::ranges::sort(days);
  std::vector<std::uint32_t> codes;
  for (const auto& [day, code] : days) {
    codes.push_back(code);
  }
  return codes;
}

// Codes, and two codes of which one came next after the other as a code of its own.
Result<TwoExports> followed(const TwoExports& exports, const Stop& stop) {
  std::uint32_t codes = 0;
  for (const Paths* paths : {&exports.first, &exports.second}) {
    for (const std::uint32_t code : paths->pair_codes) {
      codes = std::max(codes, code + 1);
    }
  }
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> next_codes;
  const auto build = [&](const Paths& paths) -> Result<Paths> {
    PathsBuilder builder;
    for (std::uint32_t patient = 0; patient < paths.patients(); ++patient) {
      const std::vector<std::uint32_t> order = codes_in_order(paths, patient);
      for (std::size_t i = 0; i < order.size(); ++i) {
        builder.add(patient, order[i], 0);
        if (i > 0) {
          const auto number = codes + static_cast<std::uint32_t>(next_codes.size());
          builder.add(patient,
                      next_codes.try_emplace({order[i - 1], order[i]}, number).first->second, 0);
        }
      }
      if (stop.requested()) {
        return stopped();
      }
    }
    return std::move(builder).build({}, {}, stop);
  };
  TwoExports known{{}, {}, exports.partners};
  ASSIGN_OR_RETURN(known.first, build(exports.first));
  ASSIGN_OR_RETURN(known.second, build(exports.second));
  return known;
}

}  // namespace

std::uint64_t common_codes(const TwoExports& exports) {
  const auto codes = [](const Paths& paths) {
    std::vector<std::uint32_t> found(paths.pair_codes);
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  };
  std::vector<std::uint32_t> both;
  std::ranges::set_intersection(codes(exports.first), codes(exports.second),
                                std::back_inserter(both));
  return both.size();
}

Result<TwoExports> align(const PathsRead& first, const PathsRead& second, const Stop& stop) {
  const bool by_kind = has_kinds(first) && has_kinds(second);
  std::map<std::pair<std::string, std::string>, std::uint32_t> codes;
  const auto numbers_of = [&](const PathsRead& read) {
    std::vector<std::uint32_t> numbers;
    for (const PathCode& code : read.codes) {
      const auto next = static_cast<std::uint32_t>(codes.size());
      const std::string kind = by_kind ? kind_as_called(code.kind) : std::string();
      numbers.push_back(codes.try_emplace({code.code, kind}, next).first->second);
    }
    return numbers;
  };
  const auto recoded = [&](const PathsRead& read) {
    const std::vector<std::uint32_t> numbers = numbers_of(read);
    PathsBuilder builder;
    for (std::uint32_t patient = 0; patient < read.paths.patients(); ++patient) {
      for (const std::uint32_t pair : read.paths.record(patient)) {
        builder.add(patient, numbers[read.paths.pair_codes[pair]], read.paths.pair_days[pair]);
      }
    }
    return std::move(builder).build({}, {}, stop);
  };
  TwoExports result;
  ASSIGN_OR_RETURN(result.first, recoded(first));
  ASSIGN_OR_RETURN(result.second, recoded(second));
  result.partners.assign(result.first.patients(), no_partner);
  const auto& ranks = first.patients.ranks;
  for (std::uint32_t number = 0; number < ranks.size(); ++number) {
    if (const auto other = second.patients.numbers.find(first.patients.numbers.hash(number))) {
      result.partners[ranks[number]] = second.patients.ranks[*other];
    }
  }
  return result;
}

std::vector<std::uint32_t> partners_by(const PersonField& first, const PersonField& second) {
  // Who alone has a text: their number; no_partner for a text of several, and for none.
  const auto owners = [](const PersonField& field) {
    std::map<std::string_view, std::uint32_t> alone;
    for (std::uint32_t patient = 0; patient < field.values.size(); ++patient) {
      const auto [at, is_new] = alone.try_emplace(field.labels[field.values[patient]], patient);
      at->second = is_new ? patient : no_partner;
    }
    std::erase_if(alone, [](const auto& one) {
      return is_missing(one.first) || is_negative_mark(one.first);
    });
    return alone;
  };
  std::vector<std::uint32_t> partners(first.values.size(), no_partner);
  const auto of_second = owners(second);
  for (const auto& [text, patient] : owners(first)) {
    const auto other = of_second.find(text);
    if (patient != no_partner && other != of_second.end()) {
      partners[patient] = other->second;
    }
  }
  return partners;
}

Result<TwoExports> as_precise(const TwoExports& exports, Precision first, Precision second,
                              const Stop& stop) {
  const Precision common = std::max(first, second);
  const auto coarser = [&](const Paths& paths) {
    PathsBuilder builder;
    for (std::uint32_t patient = 0; patient < paths.patients(); ++patient) {
      for (const std::uint32_t pair : paths.record(patient)) {
        builder.add(patient, paths.pair_codes[pair],
                    first_day(Day{paths.pair_days[pair]}, common).number);
      }
    }
    return std::move(builder).build({}, {}, stop);
  };
  TwoExports result{{}, {}, exports.partners};
  ASSIGN_OR_RETURN(result.first, coarser(exports.first));
  ASSIGN_OR_RETURN(result.second, coarser(exports.second));
  return result;
}

Result<TwoExports> known_exports(const TwoExports& exports, Timing timing, Calendar calendar,
                                 Precision precision, const Stop& stop) {
  if (timing == Timing::order) {
    return followed(exports, stop);
  }
  TwoExports known{{}, {}, exports.partners};
  ASSIGN_OR_RETURN(known.first, known_paths(exports.first, timing, calendar, precision, stop));
  ASSIGN_OR_RETURN(known.second, known_paths(exports.second, timing, calendar, precision, stop));
  return known;
}

}  // namespace parcours::paths
