#include <cstdint>
#include <map>

#include "audit/hierarchy.h"
#include "base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parcours;
  const auto read =
      audit::parse_hierarchy(std::string(reinterpret_cast<const char*>(data), size), "fuzz.csv");
  if (read) {
    // Each code once, and after what it is part of.
    std::map<std::string, bool> seen;
    for (const audit::Hierarchy::Edge& edge : read->edges) {
      PARCOURS_CHECK(edge.parent.empty() || seen.contains(edge.parent));
      PARCOURS_CHECK(seen.emplace(edge.child, true).second);
    }
  }
  return 0;
}
