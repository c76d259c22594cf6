// Looks for one person in the tables of a release: what does an attacker with a few facts about the
// person learn?
//
// A release has no lines of patients, so an attacker cannot read a person's line. The attacker
// looks, fact after fact, for the smallest published group that the person must belong to. If no
// table has a dimension for a fact (a diagnosis, the week of a visit), the fact does not help.
//
// An age fits the band that holds it; a sex, a region or any other field the category of that code.
// If a table has the field but no category for the value (age 20 where all are over 65), or if a
// field's name is nearly that of a table's, the fact is a mistake, and an error says what the
// tables know.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "exercise/facts.h"
#include "tables/table.h"

namespace parcours::assessment {

struct ReleaseStep {
  std::string fact;        // as it was said
  bool in_tables = false;  // some table tells people apart by it
  std::optional<std::int64_t>
      people;  // in the smallest published group that fits all facts so far, or some of them
};

struct ReleaseFunnel {
  std::size_t tables = 0;
  std::vector<std::string> fields;  // what the tables tell people apart by, each once
  std::vector<ReleaseStep> steps;   // one for each fact
};

// Whether `folder` is a release: it holds evidence.json and tables/.
bool is_release(const std::filesystem::path& folder);

Result<ReleaseFunnel> find_in_release(const std::filesystem::path& folder,
                                      const std::vector<exercise::Fact>& facts);

// The same on tables in memory.
Result<ReleaseFunnel> find_in_tables(const std::vector<tables::Table>& tables,
                                     const std::vector<exercise::Fact>& facts);

}  // namespace parcours::assessment
