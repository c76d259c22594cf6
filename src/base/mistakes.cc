#include "base/mistakes.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"

namespace parcours {
namespace {

std::string without_controls(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, '?');
  return text;
}

}  // namespace

void Mistakes::add(int line, std::string found, std::string right) {
  add(Error{Fault::input, std::move(found), place(line), std::move(right)}, line);
}

void Mistakes::add(Error error, int line) {
  error.found = without_controls(std::move(error.found));
  error.right = without_controls(std::move(error.right));
  noted_.emplace_back(line, std::move(error));
}

std::string Mistakes::place(int line) const {
  return fmt::format("{}:{}", file_.string(), line);
}

std::vector<Error> Mistakes::in_order() const {
  std::vector<std::pair<int, Error>> sorted = noted_;
  std::ranges::stable_sort(sorted, {}, &std::pair<int, Error>::first);
  std::vector<Error> errors;
  errors.reserve(sorted.size());
  for (auto& noted : sorted) {
    errors.push_back(std::move(noted.second));
  }
  return errors;
}

Error first_of(std::vector<Error> mistakes, std::string_view naming_all) {
  PARCOURS_CHECK(!mistakes.empty());
  Error first = std::move(mistakes.front());
  if (mistakes.size() > 1) {
    std::string& last = first.right.empty() ? first.found : first.right;
    last += fmt::format(" (and {} more{}{})", mistakes.size() - 1, naming_all.empty() ? "" : "; ",
                        naming_all);
  }
  return first;
}

}  // namespace parcours
