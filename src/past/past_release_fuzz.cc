// Whatever bytes the memory of releases finds, they are a release or one clear error.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "past/past_release.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto release = parcours::past::past_release_of({reinterpret_cast<const char*>(data), size});
  if (release) {
    static_cast<void>(parcours::past::to_bytes(*release));
  }
  return 0;
}
