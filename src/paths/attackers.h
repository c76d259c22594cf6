// Attackers in a file (TOML): who might know something of a patient, and what. Six come with the
// program (attackers/default.toml, which also explains each key); users write their own.
//
//   [[attacker]]
//   id     = "employer"
//   title  = { en = "An employer", fr = "Un employeur" }
//   who    = { en = "Has the first day of every sick leave.", fr = "..." }
//   person = ["age", "sex"]               # fields of the person that they know; may be []
//   timing = "days"                       # paths/knowledge.h
//   within = 0                            # in the timing's unit; 0 for order and none
//   detail = "kind"                       # code, kind, nothing
//   knows  = [{ events = ["sick_leave:*"], how_many = "all" }]
//
//   [kinds]                               # what an export calls our kinds; may be left out
//   sick_leave = ["arret", "AT"]
//
// Nothing has a default; an error says file, line, what was found, and the nearest known name.
// G1: a file is read whole or refused; the error is its first mistake, and says how many more there
//     are.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "paths/knowledge.h"
#include "paths/read_paths.h"

namespace parcours::paths {

// "prescription:R03*"; no kind and no code: every event.
struct EventPattern {
  std::string kind;
  std::string code;
  bool prefix = true;  // the code goes on
};

struct Sight {
  std::vector<EventPattern> events;
  std::optional<std::uint32_t> how_many;  // nothing: all of them
};

enum class Detail : std::uint8_t { code, kind, nothing };

struct Attacker {
  std::string id;
  Text title;
  Text who;
  std::vector<std::string> person;
  Timing timing = Timing::days;
  std::int32_t within = 0;
  Detail detail = Detail::code;
  std::vector<Sight> knows;  // an event counts under the first that it fits
};

// What an export calls a kind, and what it is.
struct KindName {
  std::string name;  // in lower case
  std::string kind;
};

struct Attackers {
  std::vector<Attacker> attackers;
  std::vector<KindName> kinds;
};

Result<Attackers> parse_attackers(std::string_view text, const std::filesystem::path& file);
Result<Attackers> read_attackers(const std::filesystem::path& file);

// Those that come with the program.
Attackers default_attackers();

// Our kind for what a code's kind is called; empty where nobody knows it.
std::string kind_of(const Attackers& attackers, const PathCode& code);

// Whether an event of our kind `kind` fits. Case counts in codes.
bool fits(const EventPattern& pattern, std::string_view kind, std::string_view code);

}  // namespace parcours::paths
