#include "assessment/assess_release.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "attacks/outside_attacks.h"
#include "attacks/release_tables.h"
#include "base/files.h"
#include "base/utf8.h"

namespace parcours::assessment {
namespace {

constexpr std::size_t people_tried = 1000;  // of the attack that looks for people
constexpr std::uint64_t largest_threshold = 1'000'000;
constexpr std::size_t largest_evidence = std::size_t{1} << 26;

Result<std::int64_t> threshold_of(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / "evidence.json";
  ASSIGN_OR_RETURN(const std::string text, read_file(file, largest_evidence));
  const auto evidence = nlohmann::json::parse(text, nullptr, false);
  const nlohmann::json* rules =
      evidence.is_object() && evidence.contains("rules") ? &evidence["rules"] : nullptr;
  if (rules == nullptr || !rules->is_object() || !rules->contains("patients_min") ||
      !(*rules)["patients_min"].is_number_unsigned() ||
      (*rules)["patients_min"].get<std::uint64_t>() > largest_threshold) {
    return bad_input("the evidence does not say the fewest patients of a published group",
                     file.string(), "say it: --threshold 11");
  }
  return (*rules)["patients_min"].get<std::int64_t>();
}

}  // namespace

Result<Assessment> assess_release(const std::filesystem::path& folder,
                                  std::optional<std::int64_t> threshold, std::uint64_t seed) {
  ASSIGN_OR_RETURN(const std::vector<tables::Table> tables, attacks::read_release_tables(folder));
  if (!threshold) {
    ASSIGN_OR_RETURN(threshold, threshold_of(folder));
  }
  Assessment assessment;
  const auto name = folder.filename().empty() ? folder.parent_path().filename() : folder.filename();
  assessment.what = as_utf8(name.string());
  attacks::OutsideAttacks attacks = attacks::attack_from_outside(
      tables, {.threshold = *threshold, .people = people_tried, .seed = seed, .sensitive = {}});
  if (std::ranges::find(attacks.by_anybody, "bounds", &attacks::AttackOutcome::id) ==
      attacks.by_anybody.end()) {
    return bad_input("the tables contradict each other: no counts fit all their sums together",
                     (folder / "tables").string(),
                     "name a release as it was written; parcours audit shows which lines disagree");
  }
  assessment.tables = TablesAnswer{tables.size(), *threshold, std::move(attacks.by_anybody),
                                   std::move(attacks.by_insiders)};
  return assessment;
}

}  // namespace parcours::assessment
