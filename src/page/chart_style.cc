#include "page/chart_style.h"

namespace parcours::page {

using nlohmann::ordered_json;

ordered_json chart_colours() {
  return {"#2f7f93", "#e0923f", "#7aa95c", "#a85a86", "#6f79b8", "#a08a55"};
}

ordered_json chart_locale(Language language) {
  const bool french = language == Language::french;
  return {{"number",
           {{"decimal", french ? "," : "."},
            {"thousands", french ? "\u202f" : ","},
            {"grouping", {3}},
            {"currency", {"", ""}},
            {"percent", "\u00a0%"}}}};
}

}  // namespace parcours::page
