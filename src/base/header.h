// Judges whether the first row of a table holds column names or data. The same judgement applies to
// every file that a user gives: an export, a send, a published table.
//
//   id,birth,sex          names: 'birth' is no number, and what stands below it are numbers
//   7,1985,F
//   9,1974,M
//
//   7,1985,F              data: numbers over numbers, and F comes again below
//   9,1974,M
//   12,1991,F
//
//   region,2019,2020      names: numbers that go on from column to column are years, bands or
//                         places
//   north,14,15           in a wide table
//
// Each column votes, as in Python's csv.Sniffer.has_header (its documentation: a first row that
// breaks the type or the length that the rows below agree in is a header) and in DuckDB's CSV
// sniffer (duckdb.org, "CSV auto detection": a header is a first row that does not fit the types of
// the rest). Both take a file of text alone for one with a header; here what else is known of data
// votes too:
//   for data     a value of the same kind as nearly all below (a number, a date, a code, a key); a
//                text that comes again below it; twice as much where no name looks so: seven and
//                more digits, an e-mail address, a pseudonym
//   for names    a text over numbers, dates or codes (twice as much); a word that columns are
//                usually called; a text that is none of the few that come again and again below
// Numbers in a row of columns that differ by the same step do not vote. Missing values (empty, NA,
// null, ?, *, -, "<11") do not either.
//
// G1: a row that is judged to be data is never shown: the error of first_row_is_data() quotes
//     nothing.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace parcours {

enum class FirstRow : std::uint8_t {
  names,   // something below tells so
  unsure,  // taken for names, and not to be listed (column_names.h)
  data,
};

// So many rows below it, and so many of their cells, are enough.
inline constexpr std::size_t rows_to_judge = 500;
inline constexpr std::size_t cells_to_judge = 200'000;

// Rows of another length than the first do not vote.
FirstRow judge_first_row(std::span<const std::string> first,
                         std::span<const std::vector<std::string>> below);

// Whether a first row of three cells or more holds something in one of them alone: the title above
// a table, as spreadsheets are saved.
bool is_title(std::span<const std::string> first);
std::unexpected<Error> first_row_is_title(std::string where);

// Whether one of a name's words ("date", "naissance" of "date_naissance" and "DateNaissance") is
// one that columns are usually called.
bool has_usual_word(std::string_view name);

// "the first line looks like data, not like column names"; `where` is the file and the line.
// and `remedy` what to do about it; empty: add a line of names.
std::unexpected<Error> first_row_is_data(std::string where, std::string remedy = {});
// The same of a file that carries its columns' names aside, as Parquet does.
std::unexpected<Error> names_are_data(std::string file);

// More columns than this are refused (docs/formats.md): a spreadsheet ends at 16,384, and what is
// done with columns one by one or two by two must end within minutes.
inline constexpr std::size_t most_columns = 10'000;
std::unexpected<Error> too_many_columns(std::size_t columns, std::string where);

}  // namespace parcours
