// A verdict states that tables passed every check of the gate. There is no negative verdict: a
// refusal is an error that names the rule and the check. Only judge() can make a verdict, and the
// verdict holds the tables that were judged.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attacks/table_attacks.h"
#include "crowds/crowd_table.h"
#include "protect/protect.h"
#include "protect/rules.h"
#include "study/study.h"

namespace parcours::release {

// A check that was passed. Its figures may count unsafe cells: they stay inside (inside.h), and a
// release says what said_checks.h says of it.
struct Check {
  std::string id;      // "rules", "hidden-cells", "closeness", "attacks", "nothing-but-tables"
  tables::Label what;  // what was looked at, with figures
  std::uint64_t looked_at = 0;
};

class Verdict {
 public:
  const std::vector<tables::Table>& tables() const { return made_.tables; }
  const protect::ProtectionSummary& hidden() const { return made_.summary; }
  const protect::Rules& rules() const { return rules_; }
  const std::vector<attacks::AttackRun>& attacks() const { return attacks_; }
  const std::vector<Check>& checks() const { return checks_; }
  // How many patients the study is about; nothing if it must not be said, because a few came or
  // left since a release said it.
  std::optional<std::uint64_t> population() const { return population_; }
  // What the releases before were found to leave too narrow: to be remembered with this one.
  const std::vector<crowds::NarrowBefore>& narrow_before() const { return narrow_before_; }

 private:
  friend Result<Verdict> judge(const crowds::Counted&, protect::Protected, const protect::Rules&,
                               std::vector<attacks::AttackRun>, const study::Study&);
  Verdict(protect::Protected made, protect::Rules rules, std::vector<attacks::AttackRun> attacks,
          std::vector<Check> checks, std::optional<std::uint64_t> population,
          std::vector<crowds::NarrowBefore> narrow_before)
      : made_(std::move(made)),
        rules_(std::move(rules)),
        attacks_(std::move(attacks)),
        checks_(std::move(checks)),
        population_(population),
        narrow_before_(std::move(narrow_before)) {}

  protect::Protected made_;
  protect::Rules rules_;
  std::vector<attacks::AttackRun> attacks_;
  std::vector<Check> checks_;
  std::optional<std::uint64_t> population_;
  std::vector<crowds::NarrowBefore> narrow_before_;
};

}  // namespace parcours::release
