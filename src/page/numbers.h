// Formats numbers for pages, in English and French.
#pragma once

#include <cstdint>
#include <string>

#include "tables/table.h"

namespace parcours::page {

enum class Language { english, french };

const std::string& in(Language language, const tables::Label& label);

// "12 345", the thousands apart by a narrow space that does not break: the same in English and in
// French.
std::string grouped(std::uint64_t number);

// The same as each language writes it: "12,345", and "12 345" with that space.
tables::Label thousands(std::uint64_t number);

// A number to `decimals` places: "6.5" in English, "6,5" in French.
tables::Label decimal(double number, int decimals);
// Some of all as a part of one; 0 of nothing.
double part_of(std::uint64_t some, std::uint64_t all);

// A part of one as a percentage: "93.4 %" and "93,4 %", to two places below 1 %, and to two digits
// where that would be nothing, or all. What is not quite all or nothing is never shown as if it
// were.
tables::Label percentage(double part);

}  // namespace parcours::page
