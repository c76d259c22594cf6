// Whether a sanitizer watches the test.
//
// It makes every step several times slower. What it looks for shows in a few cases of a kind: tests
// with hundreds of cases take fewer of them there.
#pragma once

namespace parcours {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool under_sanitizer = true;
#else
inline constexpr bool under_sanitizer = false;
#endif

}  // namespace parcours
