#include "paths/field_stand_ins.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "base/letters.h"
#include "exports/impossible_numbers.h"

namespace parcours::paths {
namespace {

std::vector<std::string_view> texts_of(const PersonField& field) {
  return {field.labels.begin(), field.labels.end()};
}

// Those of `marks` that the field has.
void note(const PersonField& field, const std::set<std::string_view>& marks,
          std::vector<StandIn>& found) {
  for (std::uint32_t label = 0; label < field.labels.size(); ++label) {
    if (marks.contains(field.labels[label])) {
      const auto patients = std::ranges::count(field.values, label);
      found.push_back({field.name, field.labels[label], static_cast<std::uint64_t>(patients)});
    }
  }
}

std::set<std::string_view> marks_among(const std::vector<std::string_view>& texts) {
  std::set<std::string_view> marks;
  for (const std::uint32_t place : parcours::stand_ins(texts)) {
    marks.insert(texts[place]);
  }
  return marks;
}

exports::ColumnRole role_of(const PersonField& field,
                            std::span<const exports::PersonColumn> columns) {
  for (const exports::PersonColumn& column : columns) {
    if (column.guess.name == field.name) {
      return column.guess.role;
    }
  }
  const auto named = exports::role_named(field.name);
  return named.value_or(exports::ColumnRole::quasi);
}

}  // namespace

std::vector<StandIn> stand_ins(const People& people,
                               std::span<const exports::PersonColumn> columns) {
  std::vector<StandIn> found;
  for (const PersonField& field : people) {
    const std::vector<std::string_view> texts = texts_of(field);
    std::set<std::string_view> marks = marks_among(texts);
    for (const std::uint32_t place :
         exports::impossible_stand_ins(role_of(field, columns), texts)) {
      marks.insert(texts[place]);
    }
    note(field, marks, found);
  }
  return found;
}

People without_stand_ins(People people, const std::vector<StandIn>& found) {
  for (PersonField& field : people) {
    const auto is_mark = [&](const std::string& label) {
      return std::ranges::any_of(found, [&](const StandIn& one) {
        return one.column == field.name && one.value == label;
      });
    };
    std::vector<std::string> labels;
    std::vector<std::uint32_t> numbers;  // by number of before; 0: not known
    for (const std::string& label : field.labels) {
      const bool mark = is_mark(label);
      numbers.push_back(mark ? 0 : static_cast<std::uint32_t>(labels.size()));
      if (!mark) {
        labels.push_back(label);
      }
    }
    if (labels.size() == field.labels.size()) {
      continue;
    }
    field.labels = std::move(labels);
    for (std::uint32_t& value : field.values) {
      value = numbers[value];
    }
  }
  return people;
}

SharedFields without_shared_stand_ins(const People& first, const People& second) {
  SharedFields shared;
  for (const PersonField& field : first) {
    const auto other = std::ranges::find_if(
        second, [&](const PersonField& one) { return lower(one.name) == lower(field.name); });
    if (other == second.end()) {
      continue;
    }
    std::set<std::string_view> all;
    for (const PersonField* one : {&field, &*other}) {
      all.insert(one->labels.begin(), one->labels.end());
    }
    const std::set<std::string_view> marks = marks_among({all.begin(), all.end()});
    note(field, marks, shared.found_first);
    note(*other, marks, shared.found_second);
  }
  shared.first = without_stand_ins(first, shared.found_first);
  shared.second = without_stand_ins(second, shared.found_second);
  return shared;
}

}  // namespace parcours::paths
