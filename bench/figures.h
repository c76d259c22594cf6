// The figures that `make bench` prints and writes to bench.json: each beside something that the
// reader knows.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"

namespace parcours::bench {

struct Figure {
  std::string name;  // "count.time"
  double figure;
  std::string unit;           // "s", "MB"
  std::string compared_with;  // "DuckDB SQL, 28.1 s"
  double ratio;               // figure / what it is compared with
  double bar;                 // the ratio that it should stay at or under
  bool met() const { return ratio <= bar; }
};

// Says when a figure is there, keeps all, and writes them in the end.
class Figures {
 public:
  // A figure beside another one of the same unit.
  void add(const std::string& name, double figure, const std::string& unit,
           const std::string& compared_with, double other, double bar);

  bool all_met() const;
  Status write(const std::filesystem::path& file) const;

 private:
  std::vector<Figure> figures_;
};

}  // namespace parcours::bench
