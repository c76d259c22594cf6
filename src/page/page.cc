#include "page/page.h"

#include "page/embedded.h"
#include "page/escape.h"
#include "page/french.h"
#include "page/json_text.h"
#include "page/template.h"

namespace parcours::page {

Result<std::string> page(std::string_view html, nlohmann::json content) {
  content["css"] = page_css();
  content["vega"] = script_escaped(vega_js());
  content["vega_lite"] = script_escaped(vega_lite_js());
  content["vega_embed"] = script_escaped(vega_embed_js());
  content["js"] = script_escaped(page_js());
  return fill(html, content);
}

nlohmann::json both(const tables::Label& label) {
  const bool same = label.fr.empty() || label.fr == label.en;  // a name, a number
  return {{"en", label.en}, {"fr", same ? label.en : french_spaces(label.fr)}};
}

std::string drawn(const nlohmann::ordered_json& specification) {
  return json_escaped(json_text(specification));
}

}  // namespace parcours::page
