#include <algorithm>
#include <filesystem>

#include "adversary/mutation.h"
#include "adversary/parts.h"
#include "adversary/verdict.h"
#include "base/files.h"

namespace parcours::adversary {
namespace {

namespace fs = std::filesystem;

// A file of those that were copied; of a folder, any in it.
fs::path some_file(const Trial& trial, const Call& call, Random& random) {
  const fs::path chosen =
      trial.folder() / call.copies[random.below(static_cast<std::uint32_t>(call.copies.size()))];
  if (!fs::is_directory(chosen)) {
    return chosen;
  }
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(chosen)) {
    if (entry.is_regular_file() && entry.file_size() > 0) {
      files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  return files[random.below(static_cast<std::uint32_t>(files.size()))];
}

void attempt(const Share& share, const Call& call, Random& random, std::uint64_t seed,
             Tally& tally) {
  Trial trial(share.world, call, seed, tally);
  const fs::path file = some_file(trial, call, random);
  mutate_file(file, random);
  const Ran ran = trial.run();
  tally.tried();
  if (const std::string wrong = complaint(ran); !wrong.empty()) {
    trial.fail(wrong + ", with " + file.lexically_relative(trial.folder()).string() +
               " changed: " + ran.err.substr(0, 300));
    return;
  }
  for (const std::string& fresh : trial.fresh_files()) {
    const auto text = read_file(trial.folder() / fresh);
    if (text && text->find(planted) != std::string::npos) {
      trial.fail("a planted name is written to " + fresh);
      return;
    }
  }
}

}  // namespace

bool change_inputs(const Share& share) {
  Tally tally("inputs", share.found);
  const std::vector<Call> calls = share.world.reading();
  until_over(share, [&](Random& random, std::uint64_t seed) {
    attempt(share, calls[seed % calls.size()], random, seed, tally);
  });
  return tally.tell();
}

}  // namespace parcours::adversary
