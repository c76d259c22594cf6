// What was taken for granted when tables were read, in sentences: with each the way to correct it.
// The answer in text, JSON and the page are written from them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tables/table.h"

namespace parcours::audit::assumed {

// Of a dimension.
tables::Label total_by_name(const std::string& dimension, const std::vector<std::string>& codes);
tables::Label total_by_adding(const std::string& dimension, const std::string& code);
tables::Label no_total(const std::string& dimension);
tables::Label several_times(const std::string& dimension, std::string_view any);
tables::Label tree_of_prefixes(const std::string& dimension);
tables::Label flat(const std::vector<std::string>& dimensions);

// Of a file's columns and values.
tables::Label value_column(const std::string& file, const std::string& column);
tables::Label status_column(const std::string& file, const std::string& column,
                            bool confidentiality);
tables::Label same_content(const std::string& file, const std::string& column,
                           const std::string& as);
tables::Label no_dimensions(const std::string& file, const std::vector<std::string>& columns);
tables::Label of_release(const std::string& file);
tables::Label usual_mark(const std::string& file, const std::string& column,
                         const std::string& mark, std::uint64_t lines, const tables::Label& office);
tables::Label empty_value(const std::string& file, const std::string& column, std::uint64_t lines);
tables::Label rounded(const std::string& file, std::int64_t base, std::string_view beside);

// Of several files together.
tables::Label other_people(const std::string& file, bool of_means);
tables::Label without_a_line(std::uint64_t combinations, bool zero);

// What a reader must check first: values that were taken for hidden, or may be. `lines` have them.
tables::Label not_known(const std::string& file, const std::string& column,
                        const std::vector<std::string>& words, std::uint64_t lines);
enum class DoubtfulAs : std::uint8_t {
  hidden_below_zero,  // no other value is below 0
  hidden_by_sums,     // the sums are far off with it
  hidden_far_above,   // of all other values, and no sum holds with it
  number_by_sums,     // a sum holds with it
  number_far_above,   // the same, but it may be one
};
tables::Label doubtful(const std::string& file, const std::string& column,
                       const std::string& number, std::uint64_t lines, DoubtfulAs as);

// The sentences in English, as the terminal and JSON give them.
std::vector<std::string> english(const std::vector<tables::Label>& sentences);

}  // namespace parcours::audit::assumed
