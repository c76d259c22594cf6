// The report's template, built into the program.
#include "page/embed.h"

EMBED(report_html, PARCOURS_REPORT_HTML)
