// The lists that permits choose from, as their files have them.

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/check.h"
#include "base/nearest.h"
#include "formalities/permit.h"
#include "vocabulary/text_table.h"

namespace parcours::formalities {

std::string_view frameworks_csv();  // frameworks.csv
std::string_view purposes_csv();    // purposes.csv

namespace {

template <class Made, class Make>
std::vector<Made> read_list(std::string_view csv, std::size_t columns, Make make) {
  const Result<vocabulary::TextTable> table =
      vocabulary::parse_text_table(csv, "a list of formalities");
  PARCOURS_CHECK(table && table->header.size() == columns);
  std::vector<Made> made;
  for (const vocabulary::TextTable::Row& row : table->rows) {
    PARCOURS_CHECK(row.fields.size() == columns);
    made.push_back(make(row.fields));
  }
  return made;
}

template <class Listed>
const Listed* with_id(const std::vector<Listed>& list, std::string_view id) {
  const auto found = std::ranges::find(list, id, &Listed::id);
  return found == list.end() ? nullptr : &*found;
}

}  // namespace

const std::vector<Framework>& frameworks() {
  static const auto list =
      read_list<Framework>(frameworks_csv(), 4, [](const std::vector<std::string>& fields) {
        return Framework{fields[0], {fields[1], fields[2]}, fields[3]};
      });
  return list;
}

const Framework* find_framework(std::string_view id) {
  return with_id(frameworks(), id);
}

const std::vector<Purpose>& purposes() {
  static const auto list =
      read_list<Purpose>(purposes_csv(), 5, [](const std::vector<std::string>& fields) {
        const bool banned = fields[3] == "yes";
        PARCOURS_CHECK((banned || fields[3] == "no") && banned == !fields[4].empty());
        return Purpose{fields[0], {fields[1], fields[2]}, banned, fields[4]};
      });
  return list;
}

const Purpose* find_purpose(std::string_view id) {
  return with_id(purposes(), id);
}

std::optional<Error> wrong_purpose(std::string_view id, const std::string& where) {
  const Purpose* purpose = find_purpose(id);
  if (purpose == nullptr) {
    std::vector<std::string> allowed;
    for (const Purpose& one : purposes()) {
      if (!one.banned) {
        allowed.push_back(one.id);
      }
    }
    return Error{Fault::input, fmt::format("unknown purpose '{}'", id), where,
                 nearest_hint(id, allowed)};
  }
  if (purpose->banned) {
    return Error{Fault::rule,
                 fmt::format("the law bans the purpose '{}': {}", id, purpose->name.en), where,
                 purpose->law};
  }
  return std::nullopt;
}

const std::vector<DemandRule>& demand_rules() {
  static const std::vector<DemandRule> rules = {
      {"patients_min", DemandKind::at_least},
      {"complement_min", DemandKind::at_least},
      {"practices_min", DemandKind::at_least},
      {"largest_practice_share_below", DemandKind::at_most},
      {"without_largest_practice_min", DemandKind::at_least},
      {"largest_value_share_below", DemandKind::at_most},
      {"mean_rounding_patients", DemandKind::at_least},
      {"hide_group_disclosure", DemandKind::flag},
      {"width_min", DemandKind::at_least},
      {"cover_insiders", DemandKind::flag}};
  return rules;
}

}  // namespace parcours::formalities
