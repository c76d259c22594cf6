// What every attack on some files got, brought together: figures alone, no value of a record.
//
//   answer(assessment)     "9 of 10 patients are singled out by two known dated events."
//   measures(assessment)   singled_out 0.91; average_match 0.64; ...: what limits can be set on, by name
//
// To single out is the first of the three criteria of the Article 29 Working Party's opinion 05/2014 (WP216): whoever holds the
// file and knows a few facts about a person finds that person's lines and nobody else's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "assessment/inputs.h"
#include "base/day.h"
#include "microdata/classes.h"
#include "microdata/flat_risk.h"
#include "paths/uniqueness.h"
#include "risk/published.h"

namespace parcours {

// Lines about people, all that is known of a person on one line.
struct PeopleAnswer {
  std::string file;
  std::vector<std::string> columns;   // what attackers know
  std::vector<std::string> named_by;  // columns that name people by themselves; not attacked
  bool from_events = false;           // the fields of a file of events that are the person's
  bool several_lines = false;         // a patient has several lines, and each is attacked by itself
  ClassSizes alike;                   // by how many people have the same in all columns
  MatchRisk prosecutor;
  std::optional<KMap> population;  // where a file of the population or weights were given
  std::string population_from;
};

// Dated events.
struct PathsAnswer {
  std::uint64_t patients = 0;
  std::uint64_t events = 0;
  std::uint64_t left_out = 0;  // lines without a patient, a day or a code
  Calendar calendar = Calendar::dates;
  CurveQuestion question;
  std::vector<CurvePoint> curve;
};

// Published tables.
struct TablesAnswer {
  std::size_t tables = 0;
  std::int64_t threshold = 0;
  std::vector<AttackOutcome> attacks;
};

struct Assessment {
  std::string what;  // the files' names
  std::vector<FileGuess> files;
  std::optional<Link> link;
  std::optional<PeopleAnswer> people;
  std::optional<PathsAnswer> paths;
  std::optional<TablesAnswer> tables;
};

// Group sizes that are told of: 2 is a person alone; 11 is asked for of French hospital statistics (ATIH, CASD) and, as a chance of
// 0.09, of clinical trials' data (EMA policy 0070); the others are usual.
inline constexpr std::uint64_t group_sizes[] = {2, 3, 5, 11, 20};

struct Measure {
  std::string name;
  double value = 0;
  std::string what;  // in a few words
};
std::vector<Measure> measures(const Assessment& assessment);

// One sentence; the first thing that a reader reads.
std::string answer(const Assessment& assessment);

// "9 of 10", "31 of 1,000", "no", "all": a share as people say it, and how many that is for the verb.
struct SaidShare {
  std::string text;  // "9 of 10 patients"
  bool plural = true;
};
SaidShare said(double share, const std::string& people);

// "two known dated events"
std::string known_in_words(std::optional<std::uint32_t> known);

}  // namespace parcours
