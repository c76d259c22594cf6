// The report's template, built into the program.
#include "page/embed.h"

namespace parcours::release {

EMBED(report_html, PARCOURS_REPORT_HTML)

}  // namespace parcours::release
