// Reads whatever bytes as a column's values, one a line: as numbers, days and codes, and coarsens
// them by all that is worth a try.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "microdata/coarsening.h"
#include "microdata/order.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parcours;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  microdata::Dictionary column;
  for (std::size_t begin = 0; begin <= bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
    column.add(bytes.substr(begin, end - begin));
    begin = end + 1;
  }
  if (const auto order = microdata::order_of(column)) {
    PARCOURS_CHECK(order->size() == column.size());
  }
  for (const microdata::Coarsening& coarsening : microdata::coarsenings_for(column, false)) {
    const microdata::CoarseCodes coarse = microdata::coarsen(column, coarsening);
    PARCOURS_CHECK(coarse.of.size() == column.size() && coarse.values < column.size());
    for (const std::uint32_t code : coarse.of) {
      PARCOURS_CHECK(code < coarse.values);
    }
  }
  return 0;
}
