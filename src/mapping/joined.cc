#include "mapping/joined.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "base/letters.h"

namespace parcours::mapping {
namespace {

std::size_t hash_of(std::string_view key) {
  return std::hash<std::string_view>()(key);
}

Result<std::size_t> place_in(const CsvFile& file, const std::filesystem::path& path,
                             const std::string& name, const std::string& where) {
  const std::vector<std::string>& names = file.header().reveal();
  const auto found =
      std::ranges::find_if(names, [&](const std::string& each) { return trimmed(each) == name; });
  if (found == names.end()) {
    return bad_input(fmt::format("{} has no column '{}'", path.filename().string(), name), where,
                     file.header().hint(name));
  }
  return static_cast<std::size_t>(found - names.begin());
}

}  // namespace

Result<JoinedTable> JoinedTable::read(const std::filesystem::path& path, const RowFileForm& form,
                                      const std::string& key,
                                      const std::vector<std::string>& columns,
                                      const std::string& where) {
  Result<CsvFile> file = open_row_file(path, form);
  if (!file) {
    Error error = file.error();
    error.found = error.where + ": " + error.found;
    error.where = where;
    return std::unexpected(std::move(error));
  }
  std::vector<std::size_t> places;
  ASSIGN_OR_RETURN(const std::size_t key_place, place_in(*file, path, key, where));
  places.push_back(key_place);
  for (const std::string& column : columns) {
    ASSIGN_OR_RETURN(const std::size_t place, place_in(*file, path, column, where));
    places.push_back(place);
  }
  JoinedTable made;
  made.columns_ = places.size();
  CsvRows rows(file->separator(), file->header().size());
  RETURN_IF_ERROR(for_rows(*file, rows, [&]() -> Status {
    if (rows.defect() != CsvDefect::none || trimmed(rows.field(key_place)).empty()) {
      return {};  // nothing is joined to it
    }
    const std::string_view id = trimmed(rows.field(key_place));
    if (made.find(id)) {
      return bad_input(fmt::format("two rows have the same key in column '{}'", key),
                       fmt::format("{}:{}", path.string(), rows.line()),
                       "join by a column that tells the rows apart");
    }
    const auto row = static_cast<std::uint32_t>(made.ends_.size() / made.columns_);
    made.rows_.emplace(hash_of(id), row);
    for (const std::size_t place : places) {
      made.text_ += trimmed(rows.field(place));
      made.ends_.push_back(made.text_.size());
    }
    return {};
  }));
  return made;
}

std::optional<std::uint32_t> JoinedTable::find(std::string_view key) const {
  const auto [first, last] = rows_.equal_range(hash_of(key));
  for (auto at = first; at != last; ++at) {
    if (field(at->second, 0) == key) {
      return at->second;
    }
  }
  return std::nullopt;
}

std::string_view JoinedTable::field(std::uint32_t row, std::size_t column) const {
  const std::size_t at = std::size_t{row} * columns_ + column;
  const std::uint64_t begin = at == 0 ? 0 : ends_[at - 1];
  return std::string_view(text_).substr(begin, ends_[at] - begin);
}

std::string_view FileRow::joined(const JoinedColumn& column) const {
  const Join& join = joins_[column.join];
  const auto row = join.table->find(trimmed(row_.field(join.key)));
  return row ? join.table->field(*row, column.column + 1) : std::string_view();
}

}  // namespace parcours::mapping
