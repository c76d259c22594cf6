#include "cli/man_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "program/described.h"

namespace parcours::cli {
namespace {

std::string with_hyphens(std::string words) {
  std::ranges::replace(words, ' ', '-');
  return words;
}

// roff takes a backslash for a command, a hyphen for one that may break the line, and a line that
// begins with a dot or an apostrophe for a request.
std::string roff(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    if ((c == '.' || c == '\'') && (safe.empty() || safe.back() == '\n')) {
      safe += "\\&";
    }
    safe += c == '\\' ? "\\e" : c == '-' ? "\\-" : std::string(1, c);
  }
  return safe;
}

std::string option_name(const CLI::Option& option) {
  return option.get_positional() ? option.get_name(true, false) : option.get_name(false, true);
}

std::string man_option(const CLI::Option& option) {
  std::string value = option.get_type_name();
  if (const std::string standard = option.get_default_str(); !standard.empty()) {
    value += (value.empty() ? "default " : ", default ") + standard;
  }
  const std::string names = roff(option_name(option));
  return fmt::format(".TP\n.B {}{}\n{}\n", names, value.empty() ? "" : " (" + roff(value) + ")",
                     roff(option.get_description()));
}

std::string synopsis(const CLI::App& app) {
  std::string line = ".B " + roff(program::words_to(app)) + "\n";
  if (!program::verbs_of(app).empty()) {
    return line + ".I verb\n...\n";
  }
  line += "[\n.I options\n]\n";
  for (const CLI::Option* option : program::options_of(app)) {
    if (option->get_positional()) {
      const std::string name = ".I " + roff(option->get_name(true, false)) + "\n";
      line += option->get_required() ? name : "[\n" + name + "]\n";
    }
  }
  return line;
}

ManPage man_page(const CLI::App& app) {
  const std::string name = with_hyphens(program::words_to(app));
  std::string text = fmt::format(".TH {} 1\n.SH NAME\n{} \\- {}\n.SH SYNOPSIS\n{}", roff(name),
                                 roff(name), roff(app.get_description()), synopsis(app));
  if (!program::verbs_of(app).empty()) {
    text += ".SH VERBS\n";
    for (const CLI::App* verb : program::verbs_of(app)) {
      text +=
          fmt::format(".TP\n.B {}\n{}\n", roff(verb->get_name()), roff(verb->get_description()));
    }
  }
  text += ".SH OPTIONS\n";
  for (const CLI::Option* option : program::options_of(app)) {
    text += man_option(*option);
  }
  text +=
      ".SH EXIT STATUS\n0 done, 1 refused by a rule, 2 wrong use or input, 3 a fault of the "
      "machine, 130 stopped on request.\n";
  if (const std::string footer = app.get_footer(); !footer.empty()) {
    text += ".SH EXAMPLE\n.nf\n" + roff(footer.substr(footer.find('\n') + 1)) + "\n.fi\n";
  }
  return {name + ".1", std::move(text)};
}

void add_pages(const CLI::App& app, std::vector<ManPage>& pages) {
  pages.push_back(man_page(app));
  for (const CLI::App* verb : program::verbs_of(app)) {
    add_pages(*verb, pages);
  }
}

}  // namespace

std::vector<ManPage> man_pages(const CLI::App& root) {
  std::vector<ManPage> pages;
  add_pages(root, pages);
  return pages;
}

}  // namespace parcours::cli
