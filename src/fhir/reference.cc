#include "fhir/reference.h"

#include <algorithm>

namespace parcours::fhir {
namespace {

bool is_type_name(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

}  // namespace

std::string_view Reference::type() const {
  return form == Form::relative || form == Form::absolute ? path.substr(0, path.find('/'))
                                                          : std::string_view();
}

Reference read_reference(std::string_view text) {
  if (text.starts_with('#')) {
    return {Reference::Form::contained, {}, text.substr(1)};
  }
  if (text.starts_with("urn:")) {
    return {Reference::Form::urn, {}, text};
  }
  if (text.find('?') != std::string_view::npos) {
    return {Reference::Form::search, {}, text};
  }
  text = text.substr(0, text.find("/_history/"));
  const std::size_t before_id = text.rfind('/');
  if (before_id == std::string_view::npos || before_id == 0 || before_id + 1 == text.size()) {
    return {};
  }
  const std::size_t before_type = text.rfind('/', before_id - 1);
  const std::size_t type_at = before_type == std::string_view::npos ? 0 : before_type + 1;
  if (!is_type_name(text.substr(type_at, before_id - type_at))) {
    return {};
  }
  if (type_at == 0) {
    return {Reference::Form::relative, {}, text};
  }
  const std::string_view base = text.substr(0, before_type);
  if (!base.starts_with("http://") && !base.starts_with("https://")) {
    return {};
  }
  return {Reference::Form::absolute, base, text.substr(type_at)};
}

}  // namespace parcours::fhir
