// The names of a file's columns, and which of them an error may show.
//
// We take a file's first row for column names (header.h), but it may be a person's data. So we show
// a name only if it reads like a column name: it is printable and short, is not a number, a date or
// an address, and is not all in capitals unless one of its words is a usual column name (NOM, not
// DUPONT). We list the names ("known: id, sex, region") only if the rows below show that the first
// row is not data.
//
//   return bad_input("no column 'sxe'", file, names.hint("sxe"));    // did you mean 'sex'?
//
// G1: hint() shows no other name.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/header.h"

namespace parcours {

// Whether a text may be shown as a column's name.
bool reads_as_name(std::string_view text);

// "the column 'sex'", or "column 3" where it may not be shown.
std::string column_called(std::string_view name, std::size_t place);

// The nearest of `names` that may be shown; where none is near the first dozen of them, if they may
// be listed.
std::string column_hint(std::string_view wanted, std::span<const std::string> names,
                        bool may_be_listed);

class ColumnNames {
 public:
  ColumnNames() = default;
  ColumnNames(std::vector<std::string> names, FirstRow judged)
      : names_(std::move(names)), may_be_listed_(judged == FirstRow::names) {}

  std::size_t size() const { return names_.size(); }
  const std::string& operator[](std::size_t column) const { return names_[column]; }
  bool may_be_listed() const { return may_be_listed_; }

  // The names, to be compared with others. Not to be put into a message.
  const std::vector<std::string>& reveal() const { return names_; }

  std::string hint(std::string_view wanted) const {
    return column_hint(wanted, names_, may_be_listed_);
  }

  friend bool operator==(const ColumnNames& a, const ColumnNames& b) {
    return a.names_ == b.names_;
  }

 private:
  std::vector<std::string> names_;
  bool may_be_listed_ = false;
};

}  // namespace parcours
