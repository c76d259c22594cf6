#include "practice/entry.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "page/json_text.h"

namespace parcours::practice {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 14> deed_names = {
    "join", "agree", "withdraw", "make-key", "destroy-key", "object", "take-back",
    "pack", "send",  "receipt",  "leave",    "ask",         "read",   "card"};

struct TextField {
  const char* name;
  std::string Entry::*field;
};
constexpr TextField text_fields[] = {{"practice", &Entry::practice}, {"vault", &Entry::vault},
                                     {"permit", &Entry::permit},     {"doctor", &Entry::doctor},
                                     {"key", &Entry::key},           {"period", &Entry::period},
                                     {"outcome", &Entry::outcome},   {"reason", &Entry::reason}};

struct DigestField {
  const char* name;
  records::Digest Entry::*field;
};
constexpr DigestField digest_fields[] = {{"permit_digest", &Entry::permit_digest},
                                         {"package", &Entry::package},
                                         {"receipt", &Entry::receipt}};

struct CountField {
  const char* name;
  std::uint64_t Entry::*field;
};
constexpr CountField count_fields[] = {{"number", &Entry::number},
                                       {"patients", &Entry::patients},
                                       {"events", &Entry::events},
                                       {"cut", &Entry::cut},
                                       {"objections", &Entry::objections},
                                       {"withdrawn", &Entry::withdrawn},
                                       {"next", &Entry::next}};

}  // namespace

std::string_view to_string(Deed deed) {
  return deed_names[static_cast<std::size_t>(deed)];
}

std::string line_of(const Entry& entry) {
  Json line = {{"at", entry.at}, {"did", to_string(entry.deed)}};
  for (const auto& [name, field] : text_fields) {
    if (!(entry.*field).empty()) {
      line[name] = entry.*field;
    }
  }
  for (const auto& [name, field] : digest_fields) {
    if (entry.*field != records::Digest()) {
      line[name] = (entry.*field).hex();
    }
  }
  for (const auto& [name, field] : count_fields) {
    if (entry.*field != 0) {
      line[name] = entry.*field;
    }
  }
  return page::json_text(line);
}

std::optional<Entry> entry_of(std::string_view text) {
  const Json line = Json::parse(text, nullptr, false);
  if (!line.is_object() || !line.contains("at") || !line["at"].is_string() ||
      !line.contains("did") || !line["did"].is_string()) {
    return std::nullopt;
  }
  Entry entry;
  entry.at = line["at"].get<std::string>();
  const auto deed = std::ranges::find(deed_names, line["did"].get<std::string>());
  if (deed == deed_names.end()) {
    return std::nullopt;
  }
  entry.deed = static_cast<Deed>(deed - deed_names.begin());
  for (const auto& [name, field] : text_fields) {
    if (line.contains(name)) {
      if (!line[name].is_string()) {
        return std::nullopt;
      }
      entry.*field = line[name].get<std::string>();
    }
  }
  for (const auto& [name, field] : digest_fields) {
    if (line.contains(name)) {
      const auto digest = line[name].is_string()
                              ? records::Digest::parse(line[name].get<std::string>())
                              : std::nullopt;
      if (!digest) {
        return std::nullopt;
      }
      entry.*field = *digest;
    }
  }
  for (const auto& [name, field] : count_fields) {
    if (line.contains(name)) {
      if (!line[name].is_number_unsigned()) {
        return std::nullopt;
      }
      entry.*field = line[name].get<std::uint64_t>();
    }
  }
  return entry;
}

}  // namespace parcours::practice
