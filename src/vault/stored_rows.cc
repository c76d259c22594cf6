#include "vault/stored_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>
#include <vector>

#include "vault/row_store.h"

namespace parcours::vault {
namespace {

namespace fs = std::filesystem;

template <class Chunk>
std::vector<columns::Column> columns_of(Calendar calendar, EventFields fields);

template <>
std::vector<columns::Column> columns_of<StoredEvents>(Calendar calendar, EventFields fields) {
  std::vector<rows::RowColumn> read = {rows::event_columns[rows::event_column::patient],
                                       rows::event_columns[rows::event_column::code]};
  const auto add = [&](bool wanted, rows::event_column::Place place) {
    if (wanted) {
      read.push_back(rows::event_columns[place]);
    }
  };
  add(fields.day, rows::event_column::day);
  add(fields.practice, rows::event_column::practice);
  add(fields.value, rows::event_column::value);
  add(fields.kind, rows::event_column::kind);
  add(fields.package, rows::event_column::package);
  add(fields.provenance, rows::event_column::provenance);
  return rows::typed_columns(read, calendar);
}

template <>
std::vector<columns::Column> columns_of<StoredPatients>(Calendar calendar, EventFields) {
  return rows::stored_columns<rows::PatientRow>(calendar);
}

bool may_be_missing(const std::string& name) {
  const auto missing = [&](const rows::RowColumn& column) {
    return column.may_be_missing && column.name == name;
  };
  return std::ranges::any_of(rows::event_columns, missing) ||
         std::ranges::any_of(rows::patient_columns, missing);
}

// DuckDB's own words are of little use here, and may quote the file. Its bytes are in memory
// already: a failure to read is of what they say.
Error unreadable(Error error) {
  if (error.fault == Fault::input || error.found.starts_with("IO Error")) {
    error.fault = Fault::input;
    error.found = "the file does not have the columns of a vault's file";
    error.right = restore_hint;
  }
  return error;
}

std::string select(const std::vector<columns::Column>& columns, const duck::FileTable& table) {
  std::string names;
  for (const columns::Column& column : columns) {
    names += (names.empty() ? "" : ", ") + column.name;
  }
  return "SELECT " + names + " FROM " + table.sql();
}

bool same(columns::Wide a, columns::Wide b) {
  return a.lower == b.lower && a.upper == b.upper;
}

// UUIDs lie in memory so that they compare as signed numbers.
bool before(columns::Wide a, columns::Wide b) {
  return a.upper != b.upper ? a.upper < b.upper : a.lower < b.lower;
}

bool all_set(const std::uint64_t* given, std::size_t rows) {
  for (std::size_t row = 0; given != nullptr && row < rows; row += 64) {
    const std::size_t left = rows - row;
    const std::uint64_t wanted = left >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << left) - 1;
    if ((given[row / 64] & wanted) != wanted) {
      return false;
    }
  }
  return true;
}

}  // namespace

Result<FileReader> FileReader::make() {
  ASSIGN_OR_RETURN(VerifiedFile bytes, VerifiedFile::make());
  ASSIGN_OR_RETURN(duck::Database database, duck::Database::open({.threads = 1, .in_order = true}));
  ASSIGN_OR_RETURN(duck::Connection duck, database.connect());
  return FileReader(std::move(bytes), std::move(duck));
}

template <class Chunk>
Result<StoredRows<Chunk>> StoredRows<Chunk>::open(FileReader& reader, const VaultPlace& vault,
                                                  const BucketFile& file, const RowLimits& limits,
                                                  EventFields fields) {
  std::string where = file.path(vault.path()).string();
  RETURN_IF_ERROR(reader.bytes_.read(vault, file));
  const std::vector<columns::Column> columns = columns_of<Chunk>(limits.calendar(), fields);
  const duck::FileTable& table = reader.bytes_.table();
  Result<duck::Stream> stream = reader.duck_.stream(select(columns, table), table.files(), where);
  if (!stream) {
    return std::unexpected(unreadable(std::move(stream).error()));
  }
  if (Status fits = stream->expect(columns); !fits) {
    fits.error().right = restore_hint;
    return std::unexpected(std::move(fits).error());
  }
  return StoredRows(*std::move(stream), file, limits, fields, std::move(where));
}

template <>
void StoredRows<StoredEvents>::take_columns() {
  chunk_ = {};
  chunk_.patients = stream_.column<columns::Wide>(0);
  chunk_.codes = stream_.column<vocabulary::CodeId>(1);
  std::size_t next = 2;
  if (fields_.day) {
    chunk_.days = stream_.column<Day>(next++);
  }
  if (fields_.practice) {
    chunk_.practices = stream_.column<records::PracticeId>(next++);
  }
  if (fields_.value) {
    chunk_.values = stream_.column<double>(next);
    chunk_.values_given = stream_.validity(next++);
  }
  if (fields_.kind) {
    chunk_.kinds = stream_.column<vocabulary::KindId>(next++);
  }
  if (fields_.package) {
    chunk_.packages = stream_.column<rows::PackageId>(next++);
  }
  if (fields_.provenance) {
    chunk_.provenances = stream_.column<records::Provenance>(next++);
  }
}

template <>
void StoredRows<StoredPatients>::take_columns() {
  chunk_.patients = stream_.column<columns::Wide>(rows::patient_column::patient);
  chunk_.practices = stream_.column<records::PracticeId>(rows::patient_column::practice);
  chunk_.birth_years = stream_.column<std::int32_t>(rows::patient_column::birth_year);
  chunk_.birth_years_given = stream_.validity(rows::patient_column::birth_year);
  chunk_.sexes = stream_.column<records::Sex>(rows::patient_column::sex);
  chunk_.places = stream_.column<vocabulary::CodeId>(rows::patient_column::place);
  chunk_.places_given = stream_.validity(rows::patient_column::place);
  chunk_.packages = stream_.column<rows::PackageId>(rows::patient_column::package);
}

template <class Chunk>
Status StoredRows<Chunk>::check_given() const {
  for (std::size_t column = 0; column < stream_.columns(); ++column) {
    if (!may_be_missing(stream_.name(column)) &&
        !all_set(stream_.validity(column), stream_.rows())) {
      return bad_input(fmt::format("a row has no value in column '{}'", stream_.name(column)),
                       where_, restore_hint);
    }
  }
  return {};
}

template <class Chunk>
Status StoredRows<Chunk>::check_order() {
  firsts_.clear();
  for (std::size_t row = 0; row < chunk_.patients.size(); ++row) {
    const columns::Wide patient = chunk_.patients[row];
    const bool first = rows_ + row == 0;
    if (same(patient, last_) && !first) {
      continue;
    }
    if (!first && before(patient, last_)) {
      return bad_input(fmt::format("row {} is not in order of patient", rows_ + row + 1), where_,
                       restore_hint);
    }
    if (bucket_of(rows::patient_id(patient), static_cast<int>(limits_->buckets())) !=
        file_.bucket) {
      return bad_input(
          fmt::format("row {} belongs to a patient of another bucket", rows_ + row + 1), where_,
          restore_hint);
    }
    last_ = patient;
    firsts_.push_back(static_cast<std::uint32_t>(row));
  }
  chunk_.firsts = firsts_;
  return {};
}

template <class Chunk>
Result<const Chunk*> StoredRows<Chunk>::next() {
  rows_ += chunk_.patients.size();
  Result<bool> more = stream_.next();
  if (!more) {
    return std::unexpected(unreadable(std::move(more).error()));
  }
  const std::uint64_t rows = rows_ + (*more ? stream_.rows() : 0);
  if (rows > file_.rows || (!*more && rows < file_.rows)) {
    return bad_input(fmt::format("the file has {} rows than the catalog says",
                                 rows > file_.rows ? "more" : "fewer"),
                     where_, restore_hint);
  }
  if (!*more) {
    chunk_ = {};
    return nullptr;
  }
  take_columns();
  RETURN_IF_ERROR(check_given());
  RETURN_IF_ERROR(limits_->check(chunk_, file_, rows_, where_));
  RETURN_IF_ERROR(check_order());
  return &chunk_;
}

template class StoredRows<StoredEvents>;
template class StoredRows<StoredPatients>;

}  // namespace parcours::vault
