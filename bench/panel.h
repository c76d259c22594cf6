// The panel that counting is measured on: made up, seeded, written straight into a vault. Its codes are many (the generator of
// `parcours synth` has some 300), so that age band x sex x code has about 240,000 cells, all of them met.
#pragma once

#include <cstdint>
#include <filesystem>

#include "base/error.h"

namespace parcours::bench {

struct PanelSize {
  std::uint32_t patients;
  std::uint32_t practices;
  std::uint32_t codes;
  std::uint32_t events_each;  // on average
};

// Makes the vault unless one is there from before. Takes threads: call it in a child process.
Status make_panel(const std::filesystem::path& vault, const PanelSize& size);

}  // namespace parcours::bench
