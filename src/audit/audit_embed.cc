// The page's template, style and script, built into the program.
#include "page/embed.h"

namespace parcours::audit {

EMBED(audit_html, PARCOURS_AUDIT_HTML)
EMBED(audit_css, PARCOURS_AUDIT_CSS)
EMBED(audit_js, PARCOURS_AUDIT_JS)

}  // namespace parcours::audit
