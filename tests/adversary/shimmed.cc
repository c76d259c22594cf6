#include "adversary/shimmed.h"

#include <cstdlib>
#include <map>
#include <mutex>

#include "base/files.h"

namespace parcours::adversary {

namespace fs = std::filesystem;

Shimmed run_shimmed(const Trial& trial, const std::string& family, long nth,
                    const std::string& deed) {
  // Beside the trial's folder, so that it is nobody's leftover.
  const fs::path told = trial.folder().string() + ".told";
  Shimmed shimmed;
  shimmed.ran =
      trial.run({.environment = {"LD_PRELOAD=" ADVERSARY_SHIM, "ADVERSARY_CALL=" + family,
                                 "ADVERSARY_UNDER=" + trial.folder().string(),
                                 "ADVERSARY_NTH=" + std::to_string(nth), "ADVERSARY_DO=" + deed,
                                 "ADVERSARY_TOLD=" + told.string()}});
  if (const auto text = read_file(told)) {
    shimmed.fired = text->starts_with("fired");
    shimmed.calls = std::atol(text->c_str());
  }
  fs::remove(told);
  return shimmed;
}

long calls_of(const World& world, const Call& call, const std::string& family, Tally& tally) {
  static std::mutex mutex;
  static std::map<std::string, long> known;
  const std::string name = call.name + "/" + family;
  {
    const std::lock_guard lock(mutex);
    if (known.contains(name)) {
      return known[name];
    }
  }
  const Trial trial(world, call, 0, tally);
  const long calls = run_shimmed(trial, family, 0, "EIO").calls;
  const std::lock_guard lock(mutex);
  return known[name] = calls;
}

}  // namespace parcours::adversary
