// What the gate does not judge. Every release states it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "protect/rules.h"
#include "release/asked.h"
#include "release/release.h"
#include "tables/table.h"

namespace parcours::release {

struct Note {
  std::string id;  // stable
  tables::Label head;
  tables::Label text;
};

// What a reader must know first of a release that shows few of its patients, and how to show more;
// nothing for others.
std::optional<Note> shows_little_note(const Release& release);

std::vector<Note> not_judged(const Asked& asked, const protect::Rules& rules);

}  // namespace parcours::release
