#include "formalities/testing/permit_text.h"

#include <array>
#include <utility>

namespace parcours::formalities {
namespace {

using Line = std::pair<const char*, const char*>;

constexpr std::array<Line, 24> right = {{
    {"permit.reference", "\"2026-DR-014\""},
    {"permit.kind", "\"authorisation\""},
    {"permit.title", "{ en = \"Asthma\", fr = \"Asthme\" }"},
    {"permit.holder", "\"Observatoire\""},
    {"permit.purposes", "[\"public-health-research\"]"},
    {"permit.valid", "[2026-01-01, 2029-12-31]"},
    {"permit.uses", "[\"collection\", \"studies\"]"},
    {"permit.askers", "[\"Observatoire\"]"},
    {"permit.leaves", "[\"counts\", \"means\"]"},
    {"permit.rules", "[\"france-2026\"]"},
    {"permit.supersedes", ""},
    {"covers.kinds", "[\"consultation\", \"diagnosis\"]"},
    {"covers.codes", "[\"consultation:*\", \"diagnosis:J*\"]"},
    {"covers.fields", "[\"birth_year\", \"sex\", \"place\"]"},
    {"covers.days", "[2020-01-01, 2029-12-31]"},
    {"covers.practices", "\"all\""},
    {"covers.provenance", "[\"entered\", \"received\"]"},
    {"covers.otherwise", "\"cut\""},
    {"covers.follow", "\"practice\""},
    {"covers.new_keys", "\"never\""},
    {"retention.years", "10"},
    {"retention.from", "\"collection\""},
    {"demands.patients_min", "11"},
    {"demands.cover_insiders", ""},
}};

}  // namespace

std::string permit_text(const std::map<std::string, std::string>& changes) {
  std::map<std::string, std::string> rest = changes;
  std::map<std::string, std::string> tables;
  const auto put = [&](const std::string& name, const std::string& value) {
    const std::size_t dot = name.find('.');
    tables[name.substr(0, dot)] += value.empty() ? "" : name.substr(dot + 1) + " = " + value + "\n";
  };
  for (const auto& [name, value] : right) {
    const auto changed = rest.find(name);
    put(name, changed == rest.end() ? value : changed->second);
    if (changed != rest.end()) {
      rest.erase(changed);
    }
  }
  for (const auto& [name, value] : rest) {
    put(name, value);
  }
  std::string text;
  for (const auto& [table, lines] : tables) {
    text += lines.empty() ? "" : "[" + table + "]\n" + lines;
  }
  return text;
}

}  // namespace parcours::formalities
