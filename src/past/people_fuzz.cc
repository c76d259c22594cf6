// Whatever bytes the memory of releases finds of its people, they are people or refused.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/bytes.h"
#include "base/check.h"
#include "past/people.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parcours;
  ByteReader from({reinterpret_cast<const char*>(data), size});
  past::PastRoll roll;
  roll.people.resize(from.number(64));
  past::People people;
  if (!people.add(from.text())) {
    return 0;
  }
  const std::string bytes = from.text();
  if (past::read_people(bytes, people.count(), roll)) {
    past::PastRoll again{std::vector<std::uint32_t>(roll.patients()), {}, {}};
    PARCOURS_CHECK(past::read_people(past::people_to_bytes(roll), people.count(), again));
    PARCOURS_CHECK(again == roll);
  }
  return 0;
}
