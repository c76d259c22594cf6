#include "cli/figures_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "base/printable.h"
#include "base/share.h"
#include "page/numbers.h"

namespace parcours::cli {

std::string grouped_text(std::uint64_t number) {
  return page::thousands(number).en;
}

std::string counted_text(std::uint64_t number, const std::string& one, const std::string& many) {
  return grouped_text(number) + " " + (number == 1 ? one : many.empty() ? one + "s" : many);
}

std::string share_text(std::uint64_t some, std::uint64_t all) {
  return text_of(Share::exact(static_cast<double>(some), static_cast<double>(all)));
}

std::string lines_text(const std::vector<assessment::Figure>& figures,
                       assessment::Section section) {
  std::string text;
  for (const assessment::Figure& figure : figures) {
    if (figure.section != section || !figure.line) {
      continue;
    }
    const bool counted =
        figure.form == assessment::Form::people || figure.form == assessment::Form::count;
    const std::string number =
        counted ? grouped_text(static_cast<std::uint64_t>(figure.share.some)) : "";
    std::string share;
    if (figure.form == assessment::Form::points) {
      share = fmt::format("{:+.2f} points", 100 * figure.share.value());
    } else if (figure.form != assessment::Form::count) {
      share = text_of(figure.share);
    }
    text += fmt::format("  {:<76}{:>12}", printable(figure.what.en), number);
    text += share.empty() ? "\n" : fmt::format("{:>27}\n", share);
  }
  return text;
}

std::string names_text(const std::vector<std::string>& names) {
  constexpr std::size_t most = 12;
  std::string text;
  for (const std::string& name : std::span(names).first(std::min(names.size(), most))) {
    text += (text.empty() ? "" : ", ") + printable(name);
  }
  return names.size() <= most ? text : fmt::format("{} and {} more", text, names.size() - most);
}

}  // namespace parcours::cli
