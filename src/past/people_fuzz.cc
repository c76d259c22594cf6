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
  past::People people;
  crowds::Roll roll;
  roll.ids.resize(from.number(64));
  roll.practices.resize(roll.patients());
  if (!people.add(from.text())) {
    return 0;
  }
  people.sort();
  if (people.complete(from.text(), roll)) {
    std::vector<std::uint32_t> numbers = people.number(roll);
    people.roll_to_bytes(past::in_order_of_numbers(std::move(numbers), roll), roll);
  }
  return 0;
}
