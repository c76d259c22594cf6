// A check of a precondition that only a bug can break. If it fails, the program aborts and prints
// the place in the code, but no value.
#pragma once

#include <cstdio>
#include <cstdlib>

#define PARCOURS_CHECK(condition)                                                               \
  do {                                                                                          \
    if (!(condition)) {                                                                         \
      std::fprintf(stderr, "%s:%d: broken precondition: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                             \
    }                                                                                           \
  } while (false)
