// A file, changed as an adversary or an accident changes it: bytes, lines, numbers, structure.
#pragma once

#include <filesystem>
#include <string>

#include "base/random.h"

namespace parcours::adversary {

// One to four changes; the same random numbers make the same changes.
std::string mutated(std::string text, Random& random);

// The same of a file in its place.
void mutate_file(const std::filesystem::path& file, Random& random);

}  // namespace parcours::adversary
