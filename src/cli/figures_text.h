// Figures as the text of an answer shows them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "assessment/figures.h"
#include "base/share.h"

namespace parcours::cli {

// "12,345"
std::string grouped_text(std::uint64_t number);

// "93.42 %" of some among all; "-" of nobody.
// "1,234 events", "1 event"; `many` where it does not end in s.
std::string counted_text(std::uint64_t number, const std::string& one,
                         const std::string& many = {});

std::string share_text(std::uint64_t some, std::uint64_t all);

// Of a section the figures that no table says, a line each: what it is, how many people, and the
// share of them all.
std::string lines_text(const std::vector<assessment::Figure>& figures, assessment::Section section);

// Names with commas between, as many as a person reads.
std::string names_text(const std::vector<std::string>& names);

}  // namespace parcours::cli
