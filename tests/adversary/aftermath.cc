#include "adversary/aftermath.h"

#include <algorithm>
#include <cstdlib>

#include "adversary/verdict.h"
#include "base/files.h"

namespace parcours::adversary {
namespace {

namespace fs = std::filesystem;

bool changes_a_vault(const Call& call) {
  return !call.copies.empty();
}

// What a call made is there whole: a page to its end, a release as its sums say.
bool whole(const fs::path& made) {
  if (fs::is_directory(made)) {
    return std::system(
               ("cd '" + made.string() + "' && sha256sum --check --status SHA256SUMS").c_str()) ==
           0;
  }
  const auto text = read_file(made);
  return text && text->find("</html>") != std::string::npos;
}

// The names that may lie in a vault, besides the files of its buckets.
bool known_in_a_vault(const fs::path& path) {
  const std::string name = path.filename();
  const bool bucket = path.extension() == ".parquet" &&
                      path.parent_path().filename().string().starts_with("bucket=");
  return bucket || fs::is_directory(path) || name == "catalog.sqlite" || name.ends_with(".lock");
}

// Empty, or the first thing that is left over beside what the call was to make.
std::string left_over(const Trial& trial, const Call& call) {
  for (const std::string& fresh : trial.fresh_files()) {
    const bool made =
        !call.makes.empty() && (fresh == call.makes || fresh.starts_with(call.makes + "/"));
    const bool in_vault = changes_a_vault(call) && fresh.starts_with(call.copies.front() + "/");
    const bool aside = fresh.find("aside-") != std::string::npos;
    if (!made && (!in_vault || aside || !known_in_a_vault(trial.folder() / fresh))) {
      return fresh;
    }
  }
  return {};
}

// How many bucket files the vault has more than its catalog names.
int strangers(const fs::path& vault) {
  const Ran ran = run_parcours({"vault", "status", vault, "--json"});
  const std::size_t at = ran.out.find("\"files\": ");
  if (at == std::string::npos) {
    return 0;  // its answer is judged by itself
  }
  const auto parquet = [](const fs::directory_entry& entry) {
    return entry.path().extension() == ".parquet";
  };
  return static_cast<int>(std::count_if(fs::recursive_directory_iterator(vault), {}, parquet)) -
         std::atoi(ran.out.c_str() + at + 9);
}

}  // namespace

Aftermath::Aftermath(const World& world, const fs::path& found)
    : world_(world), calls_(world.changing()) {
  Tally unharmed("unharmed", found);
  for (const Call& call : calls_) {
    const Trial trial(world, call, 0, unharmed);
    if (changes_a_vault(call)) {
      before_[call.name] = world.answer_of(trial.folder() / call.copies.front());
    }
    const Ran ran = trial.run();
    seconds_[call.name] = ran.seconds;
    if (ran.exit > 1) {
      unharmed.failed(call.name + ": " + ran.err);
      std::exit(3);
    }
    if (changes_a_vault(call)) {
      after_[call.name] = world.answer_of(trial.folder() / call.copies.front());
    }
  }
}

void Aftermath::judge(Trial& trial, const Call& call, bool done) const {
  const fs::path vault = changes_a_vault(call) ? trial.folder() / call.copies.front() : fs::path();
  const fs::path made = call.makes.empty() ? fs::path() : trial.folder() / call.makes;
  if (!vault.empty()) {
    const std::string answer = world_.answer_of(vault);
    if (answer != after_.at(call.name) && (done || answer != before_.at(call.name))) {
      trial.fail(std::string("the vault says neither what it said before nor after: ") + answer);
      return;
    }
  }
  if (!made.empty() && (fs::exists(made) ? !whole(made) : done)) {
    trial.fail(call.makes + " is not whole");
    return;
  }
  if (!made.empty()) {
    fs::remove_all(made);
  }
  const Ran again = trial.run();
  if (again.exit > 1 || !complaint(again).empty()) {
    trial.fail("made again it fails: " + again.err);
    return;
  }
  if (!vault.empty() && world_.answer_of(vault) != after_.at(call.name)) {
    trial.fail("made again it says something else");
    return;
  }
  if (const std::string left = left_over(trial, call); !left.empty()) {
    trial.fail("left over after the next run: " + left);
    return;
  }
  if (!vault.empty() && strangers(vault) != 0) {
    trial.fail(std::to_string(strangers(vault)) + " bucket files that the catalog does not name");
  }
}

}  // namespace parcours::adversary
