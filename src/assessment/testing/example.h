// Assessments for tests, with something in every part that a reader is told.
#pragma once

#include "assessment/assessment.h"

namespace parcours::example {

assessment::Assessment of_events(double by_two, double with_fields);

assessment::Assessment with_attackers();

assessment::Assessment of_links();

assessment::Assessment of_people();

assessment::Assessment of_tables(std::uint64_t found);

// Events, people and what their columns were taken for.
assessment::Assessment of_both();

}  // namespace parcours::example
