// parcours_bench: measures the hot paths beside what a reader would use instead, says each figure,
// and writes bench.json.

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "bench/bench.h"

namespace parcours::bench {
namespace {

struct Bench {
  const char* name;
  Status (*run)(const Setting&, Figures&);
};

constexpr Bench benches[] = {{"synth", synth_bench},
                             {"import", import_bench},
                             {"receive", receive_bench},
                             {"fhir", fhir_bench},
                             {"cda", cda_bench},
                             {"omop", omop_bench},
                             {"count", count_bench},
                             {"reading", reading_bench},
                             {"formalities", formalities_bench},
                             {"encryption", encryption_bench},
                             {"microdata", microdata_bench},
                             {"protect", protect_bench},
                             {"releases", releases_bench},
                             {"paths", paths_bench},
                             {"wide", wide_bench}};

Status run(const Setting& setting, const std::string& only, const std::string& json) {
  std::filesystem::create_directories(setting.folder / "scratch");
  Figures figures;
  for (const Bench& bench : benches) {
    if (only.empty() || only == bench.name) {
      RETURN_IF_ERROR(bench.run(setting, figures));
    }
  }
  RETURN_IF_ERROR(
      figures.write(json.empty() ? setting.folder / "bench.json" : std::filesystem::path(json)));
  // The bars are of the full panel; in the small one what does not grow with it weighs more.
  if (setting.full && !figures.all_met()) {
    return refused("a figure is over its bar");
  }
  return {};
}

int run_main(int argc, char** argv) {
  CLI::App app("Measures Parcours beside what one would use instead");
  std::string size = "full";
  std::string folder = "build/bench";
  std::string only;
  std::string json;
  app.add_option("--size", size, "small (200,000 patients) or full (4 million)")
      ->check(CLI::IsMember({"small", "full"}));
  app.add_option("--dir", folder, "Where the data is kept from one run to the next");
  app.add_option("--only", only, "One bench alone");
  app.add_option("--json", json, "Where the figures go; bench.json in --dir without it");
  CLI11_PARSE(app, argc, argv);
  const Status status = run({.folder = folder, .full = size == "full"}, only, json);
  if (!status) {
    fmt::print(stderr, "{}\n", status.error().sentence());
    return static_cast<int>(status.error().fault);
  }
  return 0;
}

}  // namespace
}  // namespace parcours::bench

int main(int argc, char** argv) {
  return parcours::bench::run_main(argc, argv);
}
