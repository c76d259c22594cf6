// Generating the panel, beside the time and the memory that it may take.

#include "bench/bench.h"
#include "bench/panel.h"

namespace parcours::bench {

Status synth_bench(const Setting& setting, Figures& figures) {
  ASSIGN_OR_RETURN(const Measured measured, generate(setting));
  figures.add("synth.time", measured.seconds, "s", "3 minutes", 180, 1);
  figures.add("synth.memory", measured.megabytes, "MB", "2 GB", 2048, 1);
  return {};
}

}  // namespace parcours::bench
