#include "ingest/reasons.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/check.h"
#include "vocabulary/text_table.h"

namespace parcours::ingest {
std::string_view reasons_csv();  // reasons.csv
}  // namespace parcours::ingest

namespace parcours::ingest {
namespace {

using French = std::map<std::string, std::string, std::less<>>;

const French& french() {
  static const French all = [] {
    const Result<vocabulary::TextTable> table =
        vocabulary::parse_text_table(reasons_csv(), "reasons.csv");
    PARCOURS_CHECK(table && table->header.size() == 2);
    French made;
    for (const vocabulary::TextTable::Row& row : table->rows) {
      PARCOURS_CHECK(row.fields.size() == 2);
      PARCOURS_CHECK(made.emplace(row.fields[0], row.fields[1]).second);
    }
    return made;
  }();
  return all;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The reason with {} for each of its numbers, which are `numbers`.
std::string without_numbers(std::string_view reason, std::vector<std::string>& numbers) {
  std::string form;
  for (std::size_t i = 0; i < reason.size();) {
    if (!is_digit(reason[i])) {
      form += reason[i++];
      continue;
    }
    const auto end =
        std::find_if_not(reason.begin() + static_cast<std::ptrdiff_t>(i), reason.end(), is_digit);
    const auto next = static_cast<std::size_t>(end - reason.begin());
    numbers.emplace_back(reason.substr(i, next - i));
    form += "{}";
    i = next;
  }
  return form;
}

std::string with_numbers(std::string form, const std::vector<std::string>& numbers) {
  std::size_t at = 0;
  for (const std::string& number : numbers) {
    at = form.find("{}", at);
    if (at == std::string::npos) {
      break;
    }
    form.replace(at, 2, number);
    at += number.size();
  }
  return form;
}

// Of a reason that is a line of the list.
std::optional<std::string> listed(std::string_view reason) {
  if (const auto known = french().find(reason); known != french().end()) {
    return known->second;
  }
  std::vector<std::string> numbers;
  const auto known = french().find(without_numbers(reason, numbers));
  return known == french().end() ? std::nullopt
                                 : std::optional(with_numbers(known->second, numbers));
}

// "a code that looks like a phone number"
std::optional<std::string> person_like_said(std::string_view reason) {
  constexpr std::string_view that = " that ";
  const std::size_t at = reason.find(that);
  if (at == std::string_view::npos) {
    return {};
  }
  const auto what = listed(reason.substr(0, at));
  const auto looks = listed(reason.substr(at + that.size()));
  return what && looks ? std::optional(fmt::format("{} qui {}", *what, *looks)) : std::nullopt;
}

std::optional<std::string> in_french(std::string_view reason) {
  if (auto whole = listed(reason)) {
    return whole;
  }
  return person_like_said(reason);
}

}  // namespace

Text said(std::string_view reason) {
  constexpr std::string_view in_column = " in column '";
  constexpr std::string_view in_mapping = " in the mapping";
  const std::string en(reason);
  if (const std::size_t at = reason.find(in_column); at != std::string_view::npos) {
    const auto what = in_french(reason.substr(0, at));
    const std::string_view column = reason.substr(at + in_column.size());  // and its quote
    return {en, what ? fmt::format("{} (colonne '{})", *what, column) : en};
  }
  if (reason.ends_with(in_mapping)) {
    const auto what = in_french(reason.substr(0, reason.size() - in_mapping.size()));
    return {en, what ? fmt::format("{} (dans le mapping)", *what) : en};
  }
  return {en, in_french(reason).value_or(en)};
}

}  // namespace parcours::ingest
