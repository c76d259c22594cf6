#include "draft/section.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>

#include "base/toml.h"

namespace parcours::draft {

std::string list(const std::vector<std::string>& texts) {
  std::vector<std::string> all;
  std::ranges::transform(texts, std::back_inserter(all), toml_text);
  return fmt::format("[{}]", fmt::join(all, ", "));
}

void Section::line(const std::string& key, const std::string& value, std::string_view why) {
  const std::string assignment = fmt::format("{:<10} = {}", key, value);
  text += why.empty() ? assignment + "\n" : fmt::format("{:<56}  # {}\n", assignment, why);
}

void Section::practice(const SeenFile& file) {
  if (const exports::ColumnGuess* found = practice_of(file.guess)) {
    line("practice", toml_text(found->name), "named like the practice");
  } else if (file.joined != nullptr && practice_of(file.joined->guess) != nullptr) {
    line("practice", called(file, practice_of(file.joined->guess)->name),
         "named like the practice");
  } else {
    line("practice", "{ constant = \"all\" }", "no column is named like the practice");
    doubts.push_back(file.name + ": no column is named like the practice, so all rows are of one");
  }
}

}  // namespace parcours::draft
