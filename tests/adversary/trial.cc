#include "adversary/trial.h"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>

namespace parcours::adversary {

namespace fs = std::filesystem;

void Tally::failed(const std::string& what) {
  ++failures_;
  const std::lock_guard lock(mutex_);
  fmt::print(stderr, "adversary: {}: {}\n", part_, what);
}

bool Tally::tell() const {
  fmt::print("adversary: {:<10} {:>6} trials  {:>4} failures\n", part_, trials_.load(),
             failures_.load());
  std::fflush(stdout);
  return trials_ > 0 && failures_ == 0;
}

Trial::Trial(const World& world, const Call& call, std::uint64_t seed, Tally& tally)
    : world_(world), call_(call), seed_(seed), tally_(tally) {
  std::string name = world.folder().parent_path() / "trial-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) {
    std::abort();
  }
  folder_ = name;
  for (const std::string& copy : call.copies) {
    fs::copy(world.folder() / copy, folder_ / copy, fs::copy_options::recursive);
  }
  first_ = files();
  used_ = name + ".used";
  for (const std::string& word : call.words) {
    words_.push_back(word.starts_with('@') ? used(word.substr(1)) : fs::path(word));
  }
  words_.emplace_back("--quiet");
}

fs::path Trial::used(const std::string& name) const {
  const fs::path in_world = world_.folder() / name;
  if (in_world.extension() != ".vault") {
    return in_world;
  }
  fs::create_directories(used_);
  fs::copy(in_world, used_ / name, fs::copy_options::recursive);
  return used_ / name;
}

Trial::~Trial() {
  std::error_code ignored;
  if (failed_) {
    const fs::path kept = tally_.found() / fmt::format("{}-{}", tally_.part(), seed_);
    fs::remove_all(kept, ignored);
    fs::create_directories(kept.parent_path(), ignored);
    fs::copy(folder_, kept, fs::copy_options::recursive, ignored);
  }
  fs::remove_all(folder_, ignored);
  fs::remove_all(used_, ignored);
}

Ran Trial::run(RunOptions options) const {
  options.folder = folder_;
  options.environment.push_back("TMPDIR=" + folder_.string());
  options.most_seconds = 60;
  return run_parcours(words_, options);
}

std::set<std::string> Trial::files() const {
  std::set<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
    names.insert(entry.path().lexically_relative(folder_));
  }
  return names;
}

std::set<std::string> Trial::fresh_files() const {
  std::set<std::string> names = files();
  std::erase_if(names, [&](const std::string& name) { return first_.contains(name); });
  return names;
}

void Trial::fail(const std::string& what) {
  tally_.failed(fmt::format("{} (seed {}): {}", call_.name, seed_, what));
  std::ofstream(folder_ / "how.txt") << fmt::format("{}\nparcours '{}'\nscripts/adversary 10 {}\n",
                                                    what, fmt::join(words_, "' '"), seed_);
  failed_ = true;
}

}  // namespace parcours::adversary
