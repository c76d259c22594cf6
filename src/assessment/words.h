// Figures of an assessment in words, in English and French, for the command's text and the page.
//
//   known_in_words(2)        "two known dated events", "deux événements datés connus"
//   in_words(Timing::weeks)  "the week of each event", "la semaine de chaque événement"
//
// French takes its words from the European authorities' opinion 05/2014 (WP216) as it stands in
// French: individualisation, corrélation, inférence.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "assessment/assessment.h"
#include "tables/table.h"

namespace parcours::assessment {

// Of a vault's answer: that it is no release.
tables::Label stays_inside();

// "two known dated events"; "all their dated events".
tables::Label known_in_words(std::optional<std::uint32_t> known);

// "on the day", "in the month", "to within 7 days": how well the day is known of a file that has it
// that precisely.
tables::Label tolerance_in_words(std::int32_t within_days, Precision precision);

// ", each known to within 7 days"; nothing of days known as they are.
tables::Label within_in_words(std::int32_t within_days);

// ", each known by its month", of a file that says no more; nothing of days.
tables::Label period_in_words(Precision precision);

// "on the day, and sex and region": the first tolerance, for an attacker who knows the fields as
// well.
tables::Label with_fields_in_words(const PathsAnswer& paths);

// "the week of each event": what an attacker with this timing knows of a file of that precision.
tables::Label in_words(paths::Timing timing, Precision precision);

// "the same codes within 7 days, and the fields": what patients of two exports are joined by.
tables::Label in_words(const LinkWay& way);

// "birth_year, sex and region", or "9 fields" where they are many. Columns are called as the file
// calls them.
tables::Label fields_in_words(const std::vector<std::string>& fields);

// "region and kind": what attackers know and the export does not have; empty where it has all.
tables::Label not_there_in_words(const paths::AttackFigure& figure);

// Attackers who know enough of no patient: an employer, if no patient was on sick leave.
struct Idle {
  tables::Label titles;            // "An employer and an insurer"; empty: none
  bool for_want_of_kinds = false;  // since no event says of what kind it is
};
Idle idle_attackers(const PathsAnswer& paths);

// Groups as a reader sees them, the worst off first, and the small ones among them as "all others".
struct ToldGroup {
  tables::Label name;
  paths::GroupRisk risk;
};
std::vector<ToldGroup> worst_first(const paths::GroupRisks& risks);

// What groups are told apart by: "sex"; "rarest code (how many patients have it)".
tables::Label grouping_in_words(const std::string& by);

}  // namespace parcours::assessment
