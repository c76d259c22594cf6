#include "duck/fault.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/memory.h"
#include "base/utf8.h"
#include "duck/file_table.h"

namespace parcours::duck {
namespace {

// What DuckDB's first words say that the error is about. Kinds that are not here are about data.
enum class About { data, statement, form, machine, mistake, stop };

struct Kind {
  std::string_view words;
  About about;
};

constexpr std::array<Kind, 11> kinds = {{
    {"Binder Error: ", About::statement},
    {"Catalog Error: ", About::statement},
    {"Parser Error: ", About::statement},
    {"Syntax Error: ", About::statement},
    {"Not implemented Error: ", About::form},
    {"Missing Extension Error: ", About::statement},
    {"IO Error: ", About::machine},
    {"Permission Error: ", About::machine},
    {"FATAL Error: ", About::mistake},
    {"INTERNAL Error: ", About::mistake},
    {"INTERRUPT Error: ", About::stop},
}};

struct Phrase {
  std::string_view theirs;
  std::string_view said;
  std::string_view right;
};

const std::string long_line = fmt::format("a line is longer than {} bytes", most_line_bytes);
constexpr const char* long_line_hint = "is a quote missing, or is this not a CSV file?";

// How a file is made, where DuckDB says that it does not read that.
const std::array<Phrase, 1> form_phrases = {
    {{"full read on this file", long_line, long_line_hint}}};

const std::array<Phrase, 4> line_phrases = {{
    {"\nExpected Number of Columns: ", "the wrong number of columns", {}},
    {"\nValue with unterminated quote found", "a quote is stray or not closed", {}},
    {"\nInvalid unicode", "the text is not UTF-8", utf8_hint},
    {"\nMaximum line size", long_line, long_line_hint},
}};

constexpr std::array<Phrase, 11> data_phrases = {{
    {"not valid UTF8", "the text is not UTF-8", {}},
    {"No magic bytes", "this is not a complete Parquet file", {}},
    {"too small to be a Parquet file", "this is not a complete Parquet file", {}},
    {"Footer length error", "this is not a complete Parquet file", {}},
    {"decompression failure", "the Parquet file is damaged", {}},
    {"Out of buffer", "the Parquet file is damaged", {}},
    {"don't know what type", "the Parquet file is damaged", {}},
    {"Error when sniffing file", "this cannot be read as CSV", {}},
    {"Conversion Error: ", "a value has the wrong type", {}},
    {"Mismatch Type Error: ", "a value has the wrong type", {}},
    {"Out of Range Error: ", "a number is out of range", {}},
}};

constexpr std::string_view line_words = "Invalid Input Error: CSV Error on Line: ";
// Before an error of ours: its fault's number and a colon follow, then its sentence. Only where
// DuckDB begins, so that no text in the data can pass for one.
constexpr std::string_view our_words = "Invalid Input Error: parcours:";

std::string first_line(std::string_view text) {
  return std::string(text.substr(0, text.find('\n')));
}

// Without the descriptor that stands for the file whose name the error has already:
// 'Could not write file "/proc/self/fd/8": File too large' says no more than its beginning and end.
std::string without_descriptors(std::string text) {
  constexpr std::string_view place = "/proc/self/fd/";
  for (std::size_t at = text.find(place); at != std::string::npos; at = text.find(place, at)) {
    std::size_t end = text.find_first_not_of("0123456789", at + place.size());
    end = std::min(end, text.size());
    const bool quoted = at > 0 && end < text.size() && text[at - 1] == text[end];
    at -= quoted ? 1 : 0;
    end += quoted ? 1 : 0;
    at -= at > 0 && text[at - 1] == ' ' ? 1 : 0;
    text.erase(at, end - at);
  }
  return text;
}

Error said(std::span<const Phrase> phrases, std::string_view text, const std::string& place,
           std::string_view otherwise) {
  const auto found = std::ranges::find_if(phrases, [&](const Phrase& phrase) {
    return text.find(phrase.theirs) != std::string_view::npos;
  });
  const Phrase phrase = found == phrases.end() ? Phrase{{}, otherwise, {}} : *found;
  return {Fault::input, std::string(phrase.said), place, std::string(phrase.right)};
}

std::uint64_t number_at(std::string_view text) {
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Error about_data(std::string_view text, const std::string& where) {
  if (text.starts_with(line_words)) {
    const std::uint64_t line = number_at(text.substr(line_words.size()));
    const std::string place =
        where.empty() ? fmt::format("line {}", line) : fmt::format("{}:{}", where, line);
    return said(line_phrases, text, place, "a line cannot be read as CSV");
  }
  return said(data_phrases, text, where, "the data cannot be read");
}

// Our statements are right for the columns that a file usually has.
Error about_statement(std::string_view text, const std::string& where) {
  if (where.empty()) {
    return {Fault::machine, first_line(text), {}, {}};
  }
  return {Fault::input, "its columns do not have the types that are needed", where,
          "use columns of text, whole numbers, decimal numbers or dates"};
}

// Its own kind of error, and what it says elsewhere where an allocation failed. Only before what it
// may quote: at the beginning.
bool tells_of_memory(std::string_view text) {
  constexpr std::array<std::string_view, 3> words = {"bad_alloc", "bad allocation",
                                                     "ailed to allocate"};
  const std::string_view begin = text.substr(0, 80);
  return text.starts_with("Out of Memory Error: ") ||
         std::ranges::any_of(words, [&](std::string_view one) {
           return begin.find(one) != std::string_view::npos;
         });
}

}  // namespace

Error error_of(const char* message, const std::string& where) {
  const std::string_view text = message == nullptr ? "IO Error: no reason given" : message;
  if (text.starts_with(our_words)) {
    const std::string_view ours = text.substr(our_words.size());
    return {static_cast<Fault>(number_at(ours)),
            first_line(ours.substr(ours.find(':') + 1)),
            where,
            {}};
  }
  if (tells_of_memory(text)) {
    return out_of_memory();
  }
  const auto kind =
      std::ranges::find_if(kinds, [&](const Kind& known) { return text.starts_with(known.words); });
  switch (kind == kinds.end() ? About::data : kind->about) {
    case About::statement:
      return about_statement(text, where);
    case About::form:
      return said(form_phrases, text, where, "this form of file cannot be read");
    case About::machine:
      return {Fault::machine, without_descriptors(first_line(text)), where, {}};
    case About::mistake:
      return {Fault::machine, "DuckDB failed with an internal error", where, {}};
    case About::stop:
      return stopped().error();
    case About::data:
      break;
  }
  return about_data(text, where);
}

std::string carried(const Error& error) {
  return fmt::format("parcours:{}:{}", static_cast<int>(error.fault), error.sentence());
}

}  // namespace parcours::duck
