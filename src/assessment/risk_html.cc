// The report's template, built into the program.
#include "page/embed.h"

namespace parcours::assessment {

EMBED(risk_html, PARCOURS_RISK_HTML)

}  // namespace parcours::assessment
