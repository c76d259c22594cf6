// The audit's answers in words, in English and French, for text, JSON and page alike.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "audit/audit.h"

namespace parcours::audit {

// "3 of 41 hidden cells can be worked out exactly", and the other findings, each in
// one sentence.
std::vector<tables::Label> summary(const PublishedSystem& published, const TableAudit& audit,
                                   std::optional<std::int64_t> width);

// Its first sentence.
tables::Label answer(const TableAudit& audit);

// "known to within 5": what is called narrow.
tables::Label narrow_in_words(std::optional<std::int64_t> width);

// One term of a derivation: "-", "2 x 14", "age 30-39, sex M", "deaths.csv:11".
struct SpokenTerm {
  char sign;
  std::string number;
  std::string name;
  std::string where;
  std::uint32_t cell;
  bool zero;
};
// What is added first, then what is taken away; the larger ones first.
std::vector<SpokenTerm> spoken(const PublishedSystem& published, const Derivation& derivation);

std::string derived_value(const PublishedSystem& published, const Derivation& derivation);

// "1 to 3"; "5 or more"; "?" where it was not looked at.
tables::Label interval_text(const PublishedSystem& published, const Disclosure& disclosure);

// Narrower than the user's width; without one, known to within 5.
bool is_narrow(const PublishedSystem& published, const Disclosure& disclosure,
               std::optional<std::int64_t> width);

}  // namespace parcours::audit
