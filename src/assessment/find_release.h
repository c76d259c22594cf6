// The exercise of the case, played on a release: what somebody with a few facts about a person gets
// from its tables.
//
// A release has no lines of patients, so nobody can be read out of it. What is left to an intruder
// is to find the smallest published group that the person must stand in. Fact after fact, that
// group is looked for: a fact that no table has a dimension for (a diagnosis, the week of a visit)
// leads nowhere.
//
// An age fits the band that holds it; a sex, a region or any other field the category of that code.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "exercise/facts.h"
#include "tables/table.h"

namespace parcours {

struct ReleaseStep {
  std::string fact;        // as it was said
  bool in_tables = false;  // some table tells people apart by it
  std::optional<std::int64_t>
      people;  // in the smallest published group that fits all facts so far, or some of them
};

struct ReleaseFunnel {
  std::size_t tables = 0;
  std::vector<ReleaseStep> steps;  // one for each fact
};

// Whether `folder` is a release: it holds evidence.json and tables/.
bool is_release(const std::filesystem::path& folder);

Result<ReleaseFunnel> find_in_release(const std::filesystem::path& folder,
                                      const std::vector<Fact>& facts);

// The same on tables in memory.
ReleaseFunnel find_in_tables(const std::vector<Table>& tables, const std::vector<Fact>& facts);

}  // namespace parcours
