#include "paths/two_exports.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "vocabulary/kinds.h"

namespace parcours {
namespace {

bool has_kinds(const PathsRead& read) {
  return std::ranges::any_of(read.codes, [](const PathCode& code) { return !code.kind.empty(); });
}

// The same text for kinds that are the same.
std::string kind_as_called(const std::string& kind) {
  const auto found = kind_called(kind);
  return found ? kinds()[*found] : kind;
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
    alone.erase("");
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

Result<TwoExports> known_exports(const TwoExports& exports, Timing timing, Calendar calendar,
                                 Precision precision, const Stop& stop) {
  TwoExports known{{}, {}, exports.partners};
  ASSIGN_OR_RETURN(known.first, known_paths(exports.first, timing, calendar, precision, stop));
  ASSIGN_OR_RETURN(known.second, known_paths(exports.second, timing, calendar, precision, stop));
  return known;
}

}  // namespace parcours
