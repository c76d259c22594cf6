#include "microdata/stand_ins.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "base/missing.h"
#include "exports/impossible_numbers.h"

namespace parcours::microdata {
namespace {

std::vector<std::string_view> texts_of(const Dictionary& dictionary) {
  std::vector<std::string_view> texts;
  for (std::uint32_t code = 0; code < dictionary.size(); ++code) {
    texts.push_back(dictionary.reveal(code));
  }
  return texts;
}

std::set<std::string_view> marks_among(const std::vector<std::string_view>& texts) {
  std::set<std::string_view> marks;
  for (const std::uint32_t place : parcours::stand_ins(texts)) {
    marks.insert(texts[place]);
  }
  return marks;
}

// Those of `marks` that the column has.
void note(const MicrodataColumn& column, const std::set<std::string_view>& marks,
          std::vector<StandIn>& found) {
  for (std::uint32_t code = 0; code < column.dictionary.size(); ++code) {
    const std::string_view text = column.dictionary.reveal(code);
    if (marks.contains(text)) {
      const auto records = std::ranges::count(column.codes, code);
      found.push_back({column.name, std::string(text), static_cast<std::uint64_t>(records)});
    }
  }
}

const MicrodataColumn* column_called(const Microdata& data, const std::string& name) {
  const auto found = std::ranges::find(data.columns, name, &MicrodataColumn::name);
  return found == data.columns.end() ? nullptr : &*found;
}

}  // namespace

std::vector<StandIn> stand_ins(const Microdata& data) {
  std::vector<StandIn> found;
  for (const MicrodataColumn& column : data.columns) {
    note(column, marks_among(texts_of(column.dictionary)), found);
  }
  return found;
}

SharedStandIns shared_stand_ins(const Microdata& first, const Microdata& second,
                                std::span<const std::string> columns) {
  SharedStandIns found;
  for (const std::string& name : columns) {
    const MicrodataColumn* one = column_called(first, name);
    const MicrodataColumn* other = column_called(second, name);
    if (one == nullptr || other == nullptr) {
      continue;
    }
    const std::vector<std::string_view> here = texts_of(one->dictionary);
    const std::vector<std::string_view> there = texts_of(other->dictionary);
    std::set<std::string_view> all(here.begin(), here.end());
    all.insert(there.begin(), there.end());
    std::set<std::string_view> marks = marks_among({all.begin(), all.end()});
    marks.merge(marks_among(here));
    marks.merge(marks_among(there));
    note(*one, marks, found.first);
    note(*other, marks, found.second);
  }
  return found;
}

std::vector<StandIn> naming_nobody(const Microdata& data, const std::string& column) {
  std::vector<StandIn> found;
  if (const MicrodataColumn* names = column_called(data, column)) {
    std::set<std::string_view> marks;
    for (const std::string_view text : texts_of(names->dictionary)) {
      if (!text.empty() && (is_missing(text) || is_negative_mark(text))) {
        marks.insert(text);
      }
    }
    note(*names, marks, found);
  }
  return found;
}

std::vector<StandIn> stand_ins_of_role(const Microdata& data, const std::string& column,
                                       exports::ColumnRole role) {
  std::vector<StandIn> found;
  if (const MicrodataColumn* values = column_called(data, column)) {
    const std::vector<std::string_view> texts = texts_of(values->dictionary);
    std::set<std::string_view> marks;
    for (const std::uint32_t place : exports::impossible_stand_ins(role, texts)) {
      marks.insert(texts[place]);
    }
    note(*values, marks, found);
  }
  return found;
}

Microdata without_stand_ins(Microdata data, const std::vector<StandIn>& found) {
  for (MicrodataColumn& column : data.columns) {
    std::set<std::string_view> values;
    for (const StandIn& one : found) {
      if (one.column == column.name) {
        values.insert(one.value);
      }
    }
    if (values.empty()) {
      continue;
    }
    // Codes are in the order in which the texts came, so they are given anew.
    Dictionary texts;
    for (std::uint32_t& code : column.codes) {
      const std::string_view text = column.dictionary.reveal(code);
      code = texts.add(values.contains(text) ? std::string_view() : text);
    }
    column.dictionary = std::move(texts);
  }
  return data;
}

}  // namespace parcours::microdata
