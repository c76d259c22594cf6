#include "page/embedded.h"

#include "page/embed.h"

namespace parcours::page {

EMBED(page_css, PARCOURS_PAGE_CSS)
EMBED(page_js, PARCOURS_PAGE_JS)
EMBED(vega_js, PARCOURS_VEGA_JS)
EMBED(vega_lite_js, PARCOURS_VEGA_LITE_JS)
EMBED(vega_embed_js, PARCOURS_VEGA_EMBED_JS)

std::string_view software() {
  return PARCOURS_SOFTWARE;
}

}  // namespace parcours::page
