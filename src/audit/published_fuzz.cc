// Any text as a published table, read and audited for what can be worked out. The first byte says
// how.
#include <cstdint>

#include "audit/audit.h"
#include "audit/read_published.h"
#include "base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parcours;
  if (size == 0 || size > 4096) {
    return 0;
  }
  const std::uint8_t how = data[0];
  audit::Reading reading;
  reading.marks = {{"c", {}, {}}, {"<11", 1, 10}};
  reading.absent = (how & 1) != 0 ? audit::Absent::zero : audit::Absent::hidden;
  if ((how & 2) != 0) {
    reading.rounding = audit::Rounding{{5, (how & 4) != 0 ? 1 : 0},
                                       (how & 64) != 0  ? audit::RoundedTo::midpoint
                                       : (how & 8) != 0 ? audit::RoundedTo::random
                                                        : audit::RoundedTo::nearest};
  } else if ((how & 4) != 0) {
    reading.percent_of = (how & 8) != 0 ? "base" : "40";
  }
  reading.decimal_mark = (how & 16) != 0 ? ',' : '.';
  if ((how & 32) != 0) {
    reading.prefixes = {"icd"};
  }
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto published = audit::parse_published({{"fuzz.csv", text}}, reading);
  if (!published || published->system.ranges.size() > 3000) {
    return 0;
  }
  Progress progress(Progress::Manner::none);
  const Stop stop;
  const auto found = audit::audit(*published, {.intervals = false, .programs = 0}, progress, stop);
  PARCOURS_CHECK(found.has_value());
  for (const audit::Disclosure& disclosure : found->disclosures) {
    PARCOURS_CHECK(disclosure.exposure != audit::HowKnown::worked_out || disclosure.derivation);
  }
  return 0;
}
