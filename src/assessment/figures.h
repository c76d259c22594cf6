// Everything that an assessment says in one number, in one list.
//
//   for (const Figure& figure : figures(assessment)) ...
//   // singled_out_by_2     71.00 %  "patients singled out by two known dated events"
//   // in_groups_below_11   41.13 %  "people in a group of fewer than 11 alike in all fields"
//
// What --limit can be set on, JSON's `measures`, the terminal's lines and the page's tiles are
// written from this list alone. Tables (the curve, attackers, groups, columns, ways to join) are
// written from the answers themselves (assessment.h).
//
// To add a figure, add it here: events and tables in figures.cc, people and exports of people in
// figures_of_people.cc. Its `id` is what users write in pipelines, and never changes its meaning.
//
// G1: no two figures have the same id. G2: every figure has its words in both languages.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "assessment/assessment.h"
#include "base/share.h"
#include "tables/table.h"

namespace parcours::assessment {

// What a figure is about, and so beside what it is shown.
enum class Section : std::uint8_t {
  everybody,
  events,
  joined_events,
  people,
  population,
  joined_people,
  tables
};

enum class Form : std::uint8_t {
  share,   // "71.00 %"
  people,  // "1,234", and "41.13 %"
  count,   // "1,234": share.some
  points,  // "+10.00 points": by how much one share is more than another
};

struct Figure {
  std::string id;
  Section section = Section::everybody;
  Form form = Form::share;
  tables::Label what;  // "people in the file"
  Share share;
  // --limit and JSON's measures have it; otherwise it is a number of people or tables, and no risk
  bool limit = true;
  bool line = false;  // the terminal has a line for it, since no table says it
  bool tile = false;  // worth a place at the top of the page, which has room for four

  // What programs are told and limits are held against: a share as a part of one, a count as it is.
  double value() const { return form == Form::count ? share.some : share.value(); }
  // The end of its 95 % interval where it is drawn, else the value.
  double high() const { return form == Form::count ? share.some : share.high; }
};

std::vector<Figure> figures(const Assessment& assessment);

// The figures about lines of people, their population and another export of people: for figures()
// alone.
std::vector<Figure> figures_of(const PeopleAnswer& people, bool beside_events);
std::vector<Figure> figures_of(const LinkageAnswer& linkage);

// Nothing where it was not measured here.
const Figure* find_figure(const std::vector<Figure>& figures, const std::string& id);

}  // namespace parcours::assessment
