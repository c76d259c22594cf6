// The small generated world that every trial begins from: a folder with an input of each kind, made
// once by the command itself, and the calls of its verbs.
//
//   send/ send2/       a panel as practices send it, and the same practices' second send
//   panel.vault        send/ imported; mixed.vault: and send2/, so that there is something to
//                      compact
//   export.csv ...     lines about people, with a column of planted names; also packed and as
//                      Parquet
//   table.csv ...      published tables; study, rules, mapping, attackers, columns, facts
//   release/           a release of panel.vault
//
// In a call's words a file that begins with '@' is used as the world has it; others lie in the
// trial's folder, in which the command runs. No trial changes the world.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "command.h"

namespace parcours::adversary {

struct Call {
  std::string name;
  std::vector<std::string> words;
  // What lies in the trial's folder, copied from the world: inputs to mutate, or a vault that
  // changes.
  std::vector<std::string> copies;
  std::string makes;  // a file or a folder that the call is to make; may be empty
};

class World {
 public:
  // Makes it in `folder`, which is empty. Aborts, telling why, where the command does not do that.
  World(std::filesystem::path folder, int patients);

  const std::filesystem::path& folder() const { return folder_; }

  std::vector<Call> reading() const;   // calls whose inputs can be mutated
  std::vector<Call> changing() const;  // calls that change a vault or make something

  // What a vault says when it is asked: the counts of a study and its status, without what may
  // differ (times, files on disk, packages that were replaced). An error is an answer as well.
  std::string answer_of(const std::filesystem::path& vault) const;

 private:
  Ran run(std::vector<std::string> words) const;
  void write_files() const;
  std::filesystem::path folder_;
};

}  // namespace parcours::adversary
