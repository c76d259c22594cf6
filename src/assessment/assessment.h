// The results of all attacks on some files. They are figures; none is a value of a record.
//
//   figures(assessment)    singled_out 0.91; average_match 0.64; ...: all that is said in one
//                          number (figures.h)
//   answers(assessment)    what a reader reads first (answer.h)
//
// To single out is the first of the three criteria of the Article 29 Working Party's opinion
// 05/2014 (WP216): whoever holds the file and knows a few facts about a person finds that person's
// lines and nobody else's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "assessment/inputs.h"
#include "attacks/table_attacks.h"
#include "base/day.h"
#include "base/share.h"
#include "microdata/classes.h"
#include "microdata/flat_risk.h"
#include "microdata/inference.h"
#include "microdata/linkage.h"
#include "microdata/population_uniques.h"
#include "microdata/presence.h"
#include "microdata/singling_out.h"
#include "microdata/stand_ins.h"
#include "paths/attack.h"
#include "paths/attackers.h"
#include "paths/groups.h"
#include "paths/knowledge.h"
#include "paths/linkage.h"
#include "paths/succession.h"
#include "paths/uniqueness.h"
#include "tables/table.h"

namespace parcours::assessment {

// What one column brings.
struct FieldAnswer {
  std::string column;
  std::uint32_t values = 0;  // different ones
  double suda_share = 0;  // of all SUDA scores, what the smallest singling-out sets with it bring
  std::uint64_t alone_without = 0;  // people still singled out when it is dropped
  // The gentlest coarser form that helps nearly as much as the most helpful: "bands of 10"; empty:
  // none.
  tables::Label coarser;
  std::uint64_t alone_coarser = 0;  // people still singled out with that
};

// Columns dropped one after another, each the one that then helps most.
struct DropStep {
  std::string column;
  std::uint64_t alone_left = 0;
};

// People whom some `fields` well-chosen fields single out, or fewer.
struct AloneBy {
  std::size_t fields = 0;
  Share people;  // of all, drawn where PeopleAnswer::drawn says so
};

// What can be learnt of a sensitive column from all the others.
struct SensitiveAnswer {
  std::string column;
  Share
      learnt;  // of people in groups of two and more, those in groups that all have the same value
  std::uint32_t fewest_values = 0;  // l-diversity: of different values, in any group
  double effective_values = 0;  // the same by entropy: as varied as so many equally frequent ones
  double farthest = 0;          // t-closeness: how far a group's values can be from everybody's
  std::optional<microdata::Inference>
      guessed;  // with the file cut in halves, where it is not too large
};

// Lines about people, all that is known of a person on one line.
struct PeopleAnswer {
  std::string file;
  std::vector<std::string> columns;   // what attackers know
  std::vector<std::string> named_by;  // columns that name people by themselves; not attacked
  bool from_events = false;           // the fields of a file of events that are the person's
  bool several_lines = false;         // a patient has several lines, and each is attacked by itself
  // Values that were taken for empty cells, and those of the file of the population.
  std::vector<StandIn> stand_ins;
  std::vector<StandIn> population_stand_ins;
  microdata::ClassSizes alike;  // by how many people have the same in all columns
  microdata::MatchRisk prosecutor;
  std::vector<FieldAnswer> fields;  // what brings most first
  std::vector<AloneBy> alone_by;    // empty where the search was too large
  // Of those singled out so many were drawn, and alone_by and suda_share are estimated from them;
  // nothing: all were looked at.
  std::optional<std::uint64_t> drawn;
  std::vector<DropStep> drop_order;
  std::vector<SensitiveAnswer> sensitive;
  std::optional<microdata::Membership> membership;
  std::optional<microdata::SinglingOut>
      described;  // by descriptions of `described_by` fields, drawn
  std::size_t described_by = 0;
  std::optional<microdata::Presence> presence;  // where a file of the population was given
  std::optional<microdata::KMap>
      population;  // where a file of the population or weights were given
  tables::Label population_from;
  std::optional<double> fraction;  // of the population that the file is, where it is known
  std::optional<microdata::PopulationUniques> population_uniques;
};

// The same events for an attacker who knows less of their time.
struct TimingAnswer {
  paths::Timing timing = paths::Timing::days;
  std::vector<paths::CurvePoint> curve;  // the headline's number of events, and all; no tolerance
  paths::WholePaths whole;
};

struct AttackerAnswer {
  paths::Attacker attacker;
  paths::AttackFigure figure;
};

// Groups of patients by how many of them the headline's events single out. No group of fewer than
// `threshold` is among them.
struct WorstOff {
  paths::CurvePoint point;
  std::uint64_t threshold = 0;
  std::vector<paths::GroupRisks> groupings;
  std::optional<paths::Spread>
      practices;  // where practices are known, and enough of them are large enough
};

// One period of successive exports: what is known of it, and of the person besides.
struct PeriodAnswer {
  paths::PeriodFigures figures;
  bool told = true;  // not where the period has patients, but fewer than the threshold
  std::optional<paths::LinkFigures> joined_with_fields;  // as figures.joined, by the fields as well
};

struct SuccessionAnswer {
  std::vector<PeriodAnswer> periods;
  std::vector<std::string> fields;  // those of joined_with_fields; may be none
};

// Dated events.
struct PathsAnswer {
  std::uint64_t patients = 0;
  std::uint64_t events = 0;
  paths::LeftOut left_out;
  Calendar calendar = Calendar::dates;
  Precision precision = Precision::days;  // of the file
  paths::CurveQuestion question;
  std::vector<paths::CurvePoint> curve;
  // The same for an attacker who also knows the person's fields, at the first tolerance; empty if
  // there are no fields.
  std::vector<paths::CurvePoint> with_fields;
  std::vector<std::string> fields;
  std::vector<TimingAnswer> timings;
  std::vector<AttackerAnswer> attackers;       // in the order of their file
  std::optional<WorstOff> worst_off;           // where a threshold is given
  std::optional<SuccessionAnswer> succession;  // where periods are asked for
};

// How patients of two exports of events are joined: by the codes of their events, and by what else.
struct LinkWay {
  paths::Timing timing = paths::Timing::days;  // days, since_first, order or none
  Precision precision = Precision::days;       // of the less precise export
  std::int32_t within_days = 0;
  bool with_fields = false;  // and by the fields of the person that both have
  paths::LinkFigures found;
};

// Another export of events, joined with this one by what both say of patients, whatever they call
// them.
struct PathsLinkageAnswer {
  std::string other;
  std::uint64_t patients_of_other = 0;
  std::uint64_t same_codes =
      0;  // patients' own codes that both have, whether or not they mean the same people
  // If a column that says who is who was named, and says it of at least one patient.
  std::optional<std::uint64_t> in_both;
  bool nobody_in_both = false;  // by that column
  std::string known_by;         // that column
  // By their whole dated paths, where these are alike to the last event; nothing where the
  // calendars differ.
  std::optional<paths::ExactJoins> whole;
  std::vector<std::string> fields;
  // Values of these fields that were taken for not known, in this export and in the other.
  std::vector<StandIn> stand_ins;
  std::vector<StandIn> stand_ins_of_other;
  std::vector<LinkWay> ways;
};

// Another export of people, joined with this one by the columns that both have.
struct LinkageAnswer {
  std::string other;
  std::vector<std::string> columns;
  microdata::Linkage found;
  // Values of these columns that were taken for empty cells, in this export and in the other.
  std::vector<StandIn> stand_ins;
  std::vector<StandIn> stand_ins_of_other;
};

// Published tables.
struct TablesAnswer {
  std::size_t tables = 0;
  std::int64_t threshold = 0;
  std::vector<attacks::AttackOutcome> attacks;   // by anybody who has the tables
  std::vector<attacks::AttackOutcome> insiders;  // by an insider, if there is one
};

struct Assessment {
  std::string what;  // the files' names
  // Of a vault: the figures are about people whose records a permit let in, for what it names. The
  // answer stays inside (words.h).
  bool of_vault = false;
  std::vector<exports::FileGuess> files;
  std::optional<Link> link;
  std::optional<PeopleAnswer> people;
  std::optional<LinkageAnswer> linkage;
  std::optional<PathsAnswer> paths;
  std::optional<PathsLinkageAnswer> paths_linkage;
  std::optional<TablesAnswer> tables;
};

// Group sizes that are told of: 2 is a person alone; 11 is asked for of French hospital statistics
// (ATIH, CASD) and, as a chance of 0.09, of clinical trials' data (EMA policy 0070); the others are
// usual.
inline constexpr std::uint64_t group_sizes[] = {2, 3, 5, 11, 20};

// Whether the columns of `drop_order`, dropped, would halve the number singled out; true where
// nobody is.
bool enough(const PeopleAnswer& people);

// Whether dropping them leaves nearly as many singled out as before: fewer than one in a hundred
// less.
bool of_no_use(const PeopleAnswer& people);

// The point of a curve that answers are about: two events on their days, else the first.
const paths::CurvePoint& headline(const std::vector<paths::CurvePoint>& curve);

// The same point of a curve where the person's fields are known as well, else its first.
const paths::CurvePoint& headline_with_fields(const PathsAnswer& paths);

}  // namespace parcours::assessment
