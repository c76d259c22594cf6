// Why a document is refused as a whole. Each is one item of the section "documents".
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace parcours::cda {

enum class Defect : std::uint8_t {
  none,
  malformed,
  cut_short,
  encoding,
  doctype,
  too_deep,
  long_token,
  too_large,
  too_many_elements,
  bomb,
  not_cda,
  two_documents,
  several_patients,
  damaged,
  encrypted,
  zip_in_zip,
  too_many_members,
  missing_member,
  count_
};

inline constexpr std::size_t defects = static_cast<std::size_t>(Defect::count_);

// What was found and what would be right.
std::string to_string(Defect defect);

// A document's defect and its line.
struct DefectAt {
  Defect defect = Defect::none;
  std::uint64_t line = 1;
  bool good() const { return defect == Defect::none; }
};

// Limits on what a file may make this program do. They lie far above what real documents need: the
// health agency's examples have up to 50 levels and 1.5 MB.
inline constexpr std::size_t most_levels = 250;
inline constexpr std::size_t longest_token = std::size_t{1} << 20;         // a tag or a comment
inline constexpr std::uint64_t largest_document = std::uint64_t{1} << 28;  // unpacked
inline constexpr std::size_t most_elements = 2'000'000;  // that are read, of a document
inline constexpr std::uint64_t most_members = 200'000;   // of a zip archive
// A packed file of over a megabyte unpacked may not grow by more than this.
inline constexpr std::uint64_t most_growth = 250;
inline constexpr std::uint64_t growth_from = std::uint64_t{1} << 20;

}  // namespace parcours::cda
