// What was taken for granted when tables were read, in sentences: with each the way to correct it.
// The answer in text, JSON and the page are written from them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tables/table.h"

namespace parcours::assumed {

// Of a dimension.
Label total_by_name(const std::string& dimension, const std::vector<std::string>& codes);
Label total_by_adding(const std::string& dimension, const std::string& code);
Label no_total(const std::string& dimension);
Label several_times(const std::string& dimension, std::string_view any);
Label tree_of_prefixes(const std::string& dimension);
Label flat(const std::vector<std::string>& dimensions);

// Of a file's columns and values.
Label value_column(const std::string& file, const std::string& column);
Label status_column(const std::string& file, const std::string& column, bool confidentiality);
Label same_content(const std::string& file, const std::string& column, const std::string& as);
Label no_dimensions(const std::string& file, const std::vector<std::string>& columns);
Label of_release(const std::string& file);
Label usual_mark(const std::string& file, const std::string& mark, const Label& office);
Label rounded(const std::string& file, std::int64_t base, std::string_view beside);

// Of several files together.
Label other_people(const std::string& file, bool of_means);
Label without_a_line(std::uint64_t combinations, bool zero);

// The sentences in English, as the terminal and JSON give them.
std::vector<std::string> english(const std::vector<Label>& sentences);

}  // namespace parcours::assumed
