#include "release/embedded.h"

#include <cstddef>

// The assembler copies a file as it is between two labels. The paths come from CMakeLists.txt.
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
  namespace parcours::embedded {                                                                  \
  std::string_view name() {                                                                       \
    return {parcours_embedded_##name,                                                             \
            static_cast<std::size_t>(parcours_embedded_##name##_end - parcours_embedded_##name)}; \
  }                                                                                               \
  }

EMBED(report_html, PARCOURS_REPORT_HTML)
EMBED(report_css, PARCOURS_REPORT_CSS)
EMBED(report_js, PARCOURS_REPORT_JS)
EMBED(vega_js, PARCOURS_VEGA_JS)
EMBED(vega_lite_js, PARCOURS_VEGA_LITE_JS)
EMBED(vega_embed_js, PARCOURS_VEGA_EMBED_JS)

namespace parcours::embedded {

std::string_view software() {
  return PARCOURS_SOFTWARE;
}

}  // namespace parcours::embedded
