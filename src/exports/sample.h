// How many lines of an export are read to guess the roles of its columns.
#pragma once

#include <cstddef>
#include <filesystem>

namespace parcours::exports {

// Lines of a sample: 20,000, and of a file of very many columns fewer, down to 1,000, so that about
// five million cells are looked at.
std::size_t sample_lines(std::size_t columns);

// Whether so little lies in the file that all of it is read for a sample: 64 MB at most, of a
// compressed file both as it lies on the disk and unpacked.
bool is_small(const std::filesystem::path& path);

}  // namespace parcours::exports
