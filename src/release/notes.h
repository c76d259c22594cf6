// What the gate does not judge. Every release states it.
#pragma once

#include <string>
#include <vector>

#include "protect/rules.h"
#include "release/asked.h"
#include "tables/table.h"

namespace parcours {

struct Note {
  std::string id;  // stable
  Label head;
  Label text;
};

std::vector<Note> not_judged(const Asked& asked, const Rules& rules);

}  // namespace parcours
