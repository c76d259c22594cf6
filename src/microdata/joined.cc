#include "microdata/joined.h"

#include "base/stand_ins.h"

namespace parcours::microdata {
namespace {

// And nothing else but the empty text.
bool holds_numbers(const Dictionary& texts) {
  for (std::uint32_t code = 0; code < texts.size(); ++code) {
    const std::string_view text = texts.reveal(code);
    if (!text.empty() && !is_number(text)) {
      return false;
    }
  }
  return true;
}

}  // namespace

Result<SharedColumns> share_columns(const Microdata& first, std::span<const std::size_t> chosen,
                                    const Microdata& second) {
  std::vector<std::string> names;
  for (const std::size_t place : chosen) {
    names.push_back(first.columns[place].name);
  }
  ASSIGN_OR_RETURN(const ColumnChoice others, columns_named(second, names));
  SharedColumns shared;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const Dictionary& known = first.columns[chosen[i]].dictionary;
    const MicrodataColumn& other = second.columns[others[i]];
    std::uint32_t values = known.size();
    std::vector<std::uint32_t> to;
    for (const auto& code : other.dictionary.codes_in(known)) {
      to.push_back(code ? *code : values++);
    }
    std::vector<std::uint32_t> codes;
    codes.reserve(second.records);
    for (const std::uint32_t code : other.codes) {
      codes.push_back(to[code]);
    }
    shared.second.push_back(std::move(codes));
    shared.values.push_back(values);
    const std::optional<std::uint32_t> there = other.dictionary.missing();
    const std::optional<std::uint32_t> here = known.missing();
    const bool numbers = holds_numbers(known) && holds_numbers(other.dictionary);
    shared.unknown.push_back(!numbers ? std::nullopt
                             : here   ? here
                             : there  ? std::optional(to[*there])
                                      : std::nullopt);
  }
  return shared;
}

JoinedClasses join_classes(const Microdata& first, std::span<const std::size_t> chosen,
                           const SharedColumns& shared, int threads) {
  const std::size_t others = shared.second.empty() ? 0 : shared.second.front().size();
  std::vector<std::vector<std::uint32_t>> both;
  std::vector<CodeColumn> columns;
  both.reserve(chosen.size());
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    both.push_back(first.columns[chosen[i]].codes);
    both.back().insert(both.back().end(), shared.second[i].begin(), shared.second[i].end());
    columns.push_back({both.back(), shared.values[i]});
  }
  const Classes grouping = group(columns, first.records + others, threads);
  const auto middle = grouping.class_of.begin() + static_cast<std::ptrdiff_t>(first.records);
  JoinedClasses joined;
  joined.of_first.assign(grouping.class_of.begin(), middle);
  joined.of_second.assign(middle, grouping.class_of.end());
  joined.in_first.resize(grouping.sizes.size());
  joined.in_second.resize(grouping.sizes.size());
  for (const std::uint32_t number : joined.of_first) {
    ++joined.in_first[number];
  }
  for (const std::uint32_t number : joined.of_second) {
    ++joined.in_second[number];
  }
  return joined;
}

Result<JoinedClasses> join_classes(const Microdata& first, std::span<const std::size_t> chosen,
                                   const Microdata& second, int threads) {
  ASSIGN_OR_RETURN(const SharedColumns shared, share_columns(first, chosen, second));
  return join_classes(first, chosen, shared, threads);
}

}  // namespace parcours::microdata
