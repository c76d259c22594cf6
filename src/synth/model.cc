#include "synth/model.h"

#include "synth/tables.h"

namespace parcours::synth {

Model::Model(Day first_day, Day last_day, std::uint64_t panel_seed)
    : first(first_day),
      last(last_day),
      seed(panel_seed),
      seasons(first, last, seed),
      measures(codes),
      illnesses(codes, measures, seasons),
      check_ups(synth::check_ups(codes, seasons)) {
  for (const vocabulary::TextTable::Row& row : table("backgrounds").rows) {
    backgrounds.push_back({codes.number_of(row.fields[0], row.fields[1]), Rates(row.fields, 2)});
  }
}

}  // namespace parcours::synth
