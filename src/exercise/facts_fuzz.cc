// Any bytes are facts or an error with a place and an answer; facts parse again from their own
// text.
#include <cstdint>

#include "base/check.h"
#include "exercise/facts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parcours;
  const auto facts = exercise::parse_facts({reinterpret_cast<const char*>(data), size});
  if (!facts) {
    PARCOURS_CHECK(!facts.error().found.empty());
    return 0;
  }
  PARCOURS_CHECK(!facts->empty());
  for (const exercise::Fact& fact : *facts) {
    const auto again = exercise::parse_facts(fact.text);
    PARCOURS_CHECK(again && again->size() == 1 &&
                   again->front().known.index() == fact.known.index());
  }
  return 0;
}
