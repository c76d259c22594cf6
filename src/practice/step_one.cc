#include "practice/step_one.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "records/key_text.h"
#include "records/private_file.h"

namespace parcours::practice {

namespace fs = std::filesystem;

std::string label_of(formalities::NewKeys new_keys, Day day) {
  const std::string date = to_string(day, Calendar::dates);
  switch (new_keys) {
    case formalities::NewKeys::year:
      return date.substr(0, 4);
    case formalities::NewKeys::month:
      return date.substr(0, 7);
    case formalities::NewKeys::never:
      break;
  }
  return "all";
}

bool is_label(std::string_view text) {
  const auto digits = [](std::string_view some) {
    return std::ranges::all_of(some, [](char c) { return c >= '0' && c <= '9'; });
  };
  return text == "all" || (text.size() == 4 && digits(text)) ||
         (text.size() == 7 && text[4] == '-' && digits(text.substr(0, 4)) &&
          digits(text.substr(5)));
}

fs::path key_file(const fs::path& folder, std::string_view label) {
  return folder / "keys" / fmt::format("{}.key", label);
}

Result<records::ProgrammeKey> read_key(const fs::path& file) {
  ASSIGN_OR_RETURN(const records::Secret text, records::read_private_file(file));
  return records::key_of(text.text(), file.string());
}

Status write_key(const fs::path& file, const records::ProgrammeKey& key) {
  return records::write_private_file(file, records::text_of(key));
}

}  // namespace parcours::practice
