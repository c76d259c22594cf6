// EMBED(name, path) builds a file into the program unchanged; name(), of the
// namespace around it, returns its text. Use it in .cc files that are not precompiled and whose
// CMakeLists.txt gives the path (parcours_embed).
#pragma once

#include <cstddef>
#include <string_view>

// The assembler copies the file between two labels.
#define EMBED(name, path)                                                                         \
  __asm__(                                                                                        \
      ".pushsection .rodata\n"                                                                    \
      ".balign 16\n"                                                                              \
      ".global parcours_embedded_" #name                                                          \
      "\n"                                                                                        \
      "parcours_embedded_" #name                                                                  \
      ":\n"                                                                                       \
      ".incbin \"" path                                                                           \
      "\"\n"                                                                                      \
      ".global parcours_embedded_" #name                                                          \
      "_end\n"                                                                                    \
      "parcours_embedded_" #name                                                                  \
      "_end:\n"                                                                                   \
      ".byte 0\n"                                                                                 \
      ".popsection\n");                                                                           \
  extern "C" const char parcours_embedded_##name[];                                               \
  extern "C" const char parcours_embedded_##name##_end[];                                         \
  std::string_view name() {                                                                       \
    return {parcours_embedded_##name,                                                             \
            static_cast<std::size_t>(parcours_embedded_##name##_end - parcours_embedded_##name)}; \
  }
