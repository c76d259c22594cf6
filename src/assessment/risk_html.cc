// The report's template, built into the program.
#include "page/embed.h"

EMBED(risk_html, PARCOURS_RISK_HTML)
