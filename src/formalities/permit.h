// A permit: the formality under which records may be collected and studied, as its file says it
// (docs/permits.md). What a permit does not name it does not allow; nothing has a default.
//
//   [permit]
//   reference = "2026-DR-014"
//   kind      = "authorisation"              # frameworks.csv has the kinds, each with its article
//   title     = { en = "...", fr = "..." }
//   holder    = "Observatoire des soins de ville"
//   purposes  = ["public-health-research"]   # purposes.csv; banned ones are refused by name
//   valid     = [2026-01-01, 2029-12-31]
//   uses      = ["collection", "studies"]
//   askers    = ["Observatoire des soins de ville"]   # who may ask studies
//   leaves    = ["counts", "means"]          # what a release may hold
//   rules     = ["france-2026"]              # a release obeys one of these rules files
//   signatures = ["data-team", "checker"]    # roles that sign a study before its release; may be
//                                            # left out: then none does
//   supersedes = "2023-DR-002"               # may be left out
//   takes_over_from = "Ancien observatoire"  # the holder of the superseded permit, where it is
//                                            # another one; else left out
//
//   [covers]
//   kinds      = ["consultation", "diagnosis", "prescription"]
//   codes      = ["diagnosis:J*", "prescription:R03*", "consultation:*"]   # "*": all of the kinds
//   fields     = ["birth_year", "sex", "place"]
//   days       = [2020-01-01, 2029-12-31]    # of the facts; of relative days [-3650, 3650]
//   practices  = "all"                       # or names
//   provenance = ["entered", "received", "imported"]   # "consulted" is never allowed
//   otherwise  = "cut"                       # or "refuse": what comes that is not covered
//   follow     = "practice"                  # a patient is followed within one practice, or across
//                                            # practices: "programme"
//   new_keys   = "never"                     # or "year", "month": pseudonyms begin anew
//
//   [retention]
//   years = 10
//   from  = "collection"                     # or "fact"
//
//   [demands]                                # rules of a rules file, at least so strict
//   patients_min = 11
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/day.h"
#include "base/error.h"
#include "base/text.h"
#include "records/digest.h"
#include "records/provenance.h"
#include "vocabulary/kinds.h"
#include "vocabulary/pattern.h"

namespace parcours::formalities {

// A kind of formality, from frameworks.csv.
struct Framework {
  std::string id;  // "authorisation"
  Text name;
  std::string law;  // "Loi n° 78-17 du 6 janvier 1978, article 66"
};
const std::vector<Framework>& frameworks();

// What records are used for, from purposes.csv.
struct Purpose {
  std::string id;  // "public-health-research"
  Text name;
  bool banned = false;
  std::string law;  // of a banned one: the article that bans it
};
const std::vector<Purpose>& purposes();
const Purpose* find_purpose(std::string_view id);
const Framework* find_framework(std::string_view id);
// Why records may not be used for it: unknown (Fault::input), or banned (Fault::rule, with the
// article). Nothing where they may, under a permit that names it.
std::optional<Error> wrong_purpose(std::string_view id, const std::string& where);

struct Days {
  Day first;
  Day last;  // both included
  friend bool operator==(const Days&, const Days&) = default;
};

enum class Otherwise : std::uint8_t { cut, refuse };
enum class Follow : std::uint8_t { practice, programme };
enum class NewKeys : std::uint8_t { never, year, month };
enum class RetentionFrom : std::uint8_t { collection, fact };

struct Covers {
  std::vector<bool> kinds;  // by KindId
  std::vector<vocabulary::Pattern> codes;
  std::vector<std::string> fields;
  Calendar calendar = Calendar::dates;
  Days days;
  bool all_practices = false;
  std::vector<std::string> practices;
  std::vector<bool> provenance;  // by Provenance
  Otherwise otherwise = Otherwise::refuse;
  Follow follow = Follow::practice;
  NewKeys new_keys = NewKeys::never;
};

struct Retention {
  int years = 0;
  RetentionFrom from = RetentionFrom::collection;
};

struct Demand {
  std::string rule;  // "patients_min"
  double value = 0;  // flags: 0 or 1
};

struct Permit {
  std::string reference;
  std::string kind;
  Text title;
  std::string holder;
  std::vector<std::string> purposes;
  Days valid;
  bool collection = false;
  bool studies = false;
  std::vector<std::string> askers;
  std::vector<std::string> leaves;
  std::vector<std::string> rules;
  std::vector<std::string> signatures;  // of roles: "data-team", "checker"
  std::string supersedes;               // empty: none
  std::string takes_over_from;          // the holder of that one; empty: the same holder
  Covers covers;
  Retention retention;
  std::vector<Demand> demands;
  records::Digest digest;  // of its text
};

inline constexpr std::size_t largest_permit_file = std::size_t{1} << 18;  // bytes

// The rules that [demands] may name, and what their values are.
enum class DemandKind : std::uint8_t { at_least, at_most, flag };
struct DemandRule {
  std::string rule;
  DemandKind kind = DemandKind::at_least;
};
const std::vector<DemandRule>& demand_rules();

// Errors name the file and the line; of several mistakes the first, and how many more. A banned
// purpose is an error of Fault::rule that names the article.
Result<Permit> parse_permit(std::string_view text, const std::filesystem::path& file);

// The permit in plain sentences, for its keeper to read before signing it.
std::vector<Text> sentences(const Permit& permit);

}  // namespace parcours::formalities
