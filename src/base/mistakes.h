// Everything that is wrong with one file that a person wrote: one look names all of it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"

namespace parcours {

class Mistakes {
 public:
  explicit Mistakes(std::filesystem::path file) : file_(std::move(file)) {}

  // Both make one line of what the file says, whatever characters it has.
  void add(int line, std::string found, std::string right = {});
  void add(Error error, int line);

  std::string place(int line) const;  // "study.toml:12"
  bool none() const { return noted_.empty(); }

  // In order of line.
  std::vector<Error> in_order() const;

 private:
  std::filesystem::path file_;
  std::vector<std::pair<int, Error>> noted_;
};

// Of several mistakes (at least one), the first, and how many more: "(and 2 more)". `naming_all` is
// the command that names all of them, where there is one.
Error first_of(std::vector<Error> mistakes, std::string_view naming_all = {});

}  // namespace parcours
