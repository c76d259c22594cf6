// Audits a set of published tables: for every cell that a table hides or rounds, can an outsider
// work it out, and how?
//
// A cell is looked at once, however many tables have it. It is
//
//   shown        hidden in one table (or under one code), printed in another
//   worked_out   determined: a sum of published cells gives it
//   pinned       one whole number alone fits the sums and what is known of each cell (no count is
//                below 0, a mark means what it says), though the sums by themselves do not give it
//   bounded      known to lie in an interval; the narrowest that any outsider can derive
//
// G1: what is worked out comes with its sum (derivation.h), and its value fits what is known of it.
// G2: tables that contradict themselves are not audited: `disagreements` says where, and nothing
//     else is said.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "audit/derivation.h"
#include "audit/disagreements.h"
#include "audit/published_system.h"
#include "base/progress.h"
#include "base/stop.h"
#include "sums/insiders.h"
#include "sums/intervals.h"

namespace parcours::audit {

enum class HowKnown : std::uint8_t { shown, worked_out, pinned, bounded };

struct Disclosure {
  std::uint32_t cell = 0;
  HowKnown exposure = HowKnown::bounded;
  bool rounded = false;             // no table hides it; it is printed rounded or as a percentage
  std::optional<Listed> hidden_in;  // the first table that hides it
  std::optional<Derivation> derivation;    // of what is worked out
  std::optional<sums::Interval> interval;  // of what is pinned or bounded; none where not asked for
};

struct TableAudit {
  std::vector<Disclosure> disclosures;  // by cell, ascending
  std::vector<Disagreement> disagreements;
  sums::Insiders insiders;

  std::size_t count(HowKnown exposure, bool rounded) const;
  std::size_t known(bool rounded) const;  // all but the bounded ones
  std::size_t hidden() const;             // cells that some table hides
  std::size_t rounded() const;            // cells that none hides and some round
};

struct AuditQuestion {
  bool intervals = true;
  std::uint64_t programs = 20'000;  // how many linear programs at most
};

Result<TableAudit> audit(const PublishedSystem& published, const AuditQuestion& question,
                         Progress& progress, const Stop& stop);

// Whether less is left open than `width`: fewer than so many whole numbers apart are its bounds,
// and they are narrower than what its mark alone says. Of hidden cells alone.
bool narrower(const PublishedSystem& published, const Disclosure& disclosure, std::int64_t width);

}  // namespace parcours::audit
