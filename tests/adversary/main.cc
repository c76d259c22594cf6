// The adversary: tries for a while to break the command, and counts (README.md).
//
//   adversary FOLDER SECONDS SEED PATIENTS [PART]
#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

#include "adversary/parts.h"

namespace {

struct Part {
  const char* name;
  double share;  // of the time
  bool (*run)(const parcours::adversary::Share&);
};

constexpr std::array<Part, 4> parts = {{{"inputs", 0.4, parcours::adversary::change_inputs},
                                        {"kills", 0.25, parcours::adversary::kill_it},
                                        {"faults", 0.25, parcours::adversary::break_the_disk},
                                        {"stops", 0.1, parcours::adversary::stop_it}}};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) {
    fmt::print(stderr, "adversary FOLDER SECONDS SEED PATIENTS [PART]\n");
    return 2;
  }
  namespace fs = std::filesystem;
  const fs::path folder = fs::absolute(argv[1]);
  const double seconds = std::atof(argv[2]);
  const std::uint64_t seed = std::strtoull(argv[3], nullptr, 10);
  const std::string only = argc > 5 ? argv[5] : "";
  fs::remove_all(folder);
  fs::create_directories(folder / "work" / "world");
  const parcours::adversary::World world(folder / "work" / "world", std::atoi(argv[4]));
  bool good = true;
  for (const Part& part : parts) {
    if (only.empty() || only == part.name) {
      const double share = only.empty() ? part.share : 1;
      const int threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
      good = part.run({world, folder / "found", seconds * share, seed, threads}) && good;
    }
  }
  fs::remove_all(folder / "work");
  return good ? 0 : 1;
}
