#include "program/wrong_use.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/nearest.h"
#include "program/described.h"

namespace parcours::program {
namespace {

struct Complaint {
  std::string what;
  std::string right;  // empty: only where help is
};

// The verb that was named, as far as its words are known.
const CLI::App& named_verb(const CLI::App& app) {
  const CLI::App* at = &app;
  while (!at->get_subcommands().empty()) {
    at = at->get_subcommands().front();
  }
  return *at;
}

std::vector<std::string> names_of_verbs(const CLI::App& at) {
  std::vector<std::string> names;
  for (const CLI::App* verb : verbs_of(at)) {
    names.push_back(verb->get_name());
  }
  return names;
}

std::vector<std::string> names_of_options(const CLI::App& at) {
  std::vector<std::string> names;
  for (const CLI::Option* option : options_of(at)) {
    for (const std::string& name : option->get_lnames()) {
      names.push_back("--" + name);
    }
  }
  return names;
}

// The two sides of the first `between` in a text.
std::optional<std::pair<std::string, std::string>> sides(std::string_view text,
                                                         std::string_view between) {
  const std::size_t at = text.find(between);
  return at == std::string_view::npos
             ? std::nullopt
             : std::optional(std::pair(std::string(text.substr(0, at)),
                                       std::string(text.substr(at + between.size()))));
}

// Words that no verb or option took.
std::optional<Complaint> of_unknown_words(const CLI::App& at) {
  const std::vector<std::string> words = at.remaining();
  const std::vector<std::string> verbs = names_of_verbs(at);
  if (!verbs.empty() && !words.empty() && !words.front().starts_with('-')) {
    return Complaint{fmt::format("there is no verb '{}'", words.front()),
                     nearest_hint(words.front(), verbs)};
  }
  const auto option =
      std::ranges::find_if(words, [](const std::string& word) { return word.starts_with("--"); });
  if (option != words.end()) {
    const std::string name = option->substr(0, option->find('='));
    const auto near = nearest(name, names_of_options(at));
    return Complaint{fmt::format("there is no option '{}'", name),
                     near ? fmt::format("did you mean '{}'?", *near) : ""};
  }
  if (words.empty()) {
    return std::nullopt;
  }
  return Complaint{
      words.front().starts_with('-')
          ? fmt::format("there is no option '{}'", words.front().substr(0, 2))
          : fmt::format("{} word{} too many", words.size(), words.size() == 1 ? "" : "s"),
      ""};
}

Complaint of_required(const CLI::App& at, const std::string& text) {
  const std::vector<std::string> verbs = names_of_verbs(at);
  if (!verbs.empty()) {
    return {"no verb is named", fmt::format("known: {}", fmt::join(verbs, ", "))};
  }
  const auto missing = sides(text, " is required");
  return {missing ? fmt::format("{} is missing", missing->first) : text, ""};
}

// "--threads: Value 1025 not in range 1 to 1024", "--decimal: x not in {.,,}"
Complaint of_value(const std::string& text) {
  const auto option = sides(text, ": ");
  if (!option) {
    return {text, ""};
  }
  if (const auto range = sides(option->second, " not in range ")) {
    const auto value = sides(range->first, "Value ");
    return {fmt::format("{}: {} is not from {}", option->first,
                        value ? value->second : range->first, range->second),
            ""};
  }
  if (const auto set = sides(option->second, " not in {"); set && set->second.ends_with('}')) {
    return {fmt::format("{}: '{}' is none of its values", option->first, set->first),
            fmt::format("one of {}", set->second.substr(0, set->second.size() - 1))};
  }
  return {text, ""};
}

Complaint of_kind(const CLI::App& at, const CLI::ParseError& error) {
  std::string text = error.what();
  std::ranges::replace(text, '\n', ' ');
  const std::string kind = error.get_name();
  if (kind == "RequiredError") {
    return of_required(at, text);
  }
  if (kind == "ValidationError") {
    return of_value(text);
  }
  if (const auto both = sides(text, " excludes "); both && kind == "ExcludesError") {
    return {fmt::format("{} and {} cannot be used together", both->first, both->second), ""};
  }
  if (const auto both = sides(text, " requires "); both && kind == "RequiresError") {
    return {fmt::format("{} needs {} as well", both->first, both->second), ""};
  }
  if (const auto option = sides(text, ": "); option && kind == "ArgumentMismatch") {
    return {fmt::format("{} needs {}", option->first,
                        option->second.ends_with(" missing") ? "a value" : "one value alone"),
            ""};
  }
  if (const auto value = sides(text, " = "); value && kind == "ConversionError") {
    const auto option = sides(value->first, "Could not convert: ");
    return {fmt::format("{}: '{}' is not a number", option ? option->second : value->first,
                        value->second),
            ""};
  }
  return {text, ""};
}

}  // namespace

Error wrong_use(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& at = named_verb(app);
  const std::optional<Complaint> unknown = of_unknown_words(at);
  const Complaint complaint = unknown ? *unknown : of_kind(at, error);
  const std::string help = fmt::format("see {} --help", words_to(at));
  return bad_input(complaint.what, {},
                   complaint.right.empty() ? help : complaint.right + "; " + help)
      .error();
}

}  // namespace parcours::program
