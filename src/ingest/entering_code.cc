#include "ingest/entering_code.h"

#include "ingest/registry.h"

namespace parcours::ingest {
namespace {

bool has_a_form(const CodeOrigin& origin) {
  return origin.form != nullptr && !origin.form->form.empty();
}

// How many characters of a code stand before its point; 0: its system writes none. Of ICD-9-CM,
// procedures have two ("45.13"), causes from outside four ("E885.9").
std::size_t before_point(const CodeOrigin& origin, std::string_view code) {
  static const std::optional<vocabulary::KindId> procedure = vocabulary::find_kind("procedure");
  if (origin.form->form == "icd9") {
    return origin.kind && origin.kind == procedure ? 2 : code.starts_with('E') ? 4 : 3;
  }
  return origin.form->form == "icd10" ? 3 : 0;
}

std::string in_capitals(std::string_view code) {
  std::string text(code);
  for (char& c : text) {
    c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return text;
}

}  // namespace

std::string canonical_code(const CodeOrigin& origin, std::string_view code) {
  if (!has_a_form(origin)) {
    return std::string(code);
  }
  std::string text = in_capitals(code);
  const std::size_t point = before_point(origin, text);
  if (point > 0 && text.size() > point && text.find('.') == std::string::npos) {
    text.insert(point, 1, '.');
  }
  return text;
}

EnteringCode entering_code(const CodeOrigin& origin, std::string_view text,
                           const PersonRules& rules) {
  if (text.size() > longest_code) {
    return {CodeFault::too_long, PersonLike::nothing, {}};
  }
  if (has_a_form(origin) && !vocabulary::has_form(*origin.form, in_capitals(text))) {
    return {CodeFault::form, PersonLike::nothing, {}};
  }
  std::string canonical = canonical_code(origin, text);
  const PersonLike like =
      person_like_code(origin.system, canonical, rules.not_identifiers, rules.names);
  if (like != PersonLike::nothing) {
    return {CodeFault::person, like, {}};
  }
  return {CodeFault::none, PersonLike::nothing, std::move(canonical)};
}

}  // namespace parcours::ingest
