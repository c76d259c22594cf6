// Assessments for tests, with something in every part that a reader is told.
#pragma once

#include "assessment/assessment.h"

namespace parcours::example {

Assessment of_events(double by_two, double with_fields);

Assessment with_attackers();

Assessment of_links();

Assessment of_people();

Assessment of_tables(std::uint64_t found);

// Events, people and what their columns were taken for.
Assessment of_both();

}  // namespace parcours::example
