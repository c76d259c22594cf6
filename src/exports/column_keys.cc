#include "exports/column_keys.h"

#include "exports/column_choice.h"
#include "exports/column_names.h"

namespace parcours {
namespace {

constexpr std::uint64_t enough_to_see = 20;  // values, each on one line alone
constexpr std::uint64_t enough_to_ask = 50;  // whole numbers

}  // namespace

void leave_out_keys(std::vector<Look>& looks, const Look* patient, bool events) {
  for (Look& look : looks) {
    const ColumnProfile& profile = look.profile;
    const bool key_named = says_identifier(look.column.name) || profile.keys() >= nearly_all;
    if (look.guess.role != ColumnRole::quasi || look.named || !look.guess.day_format.empty()) {
      continue;
    }
    if (profile.distinct_share() == 1 && profile.values() >= enough_to_see) {
      if (profile.counts_up()) {
        decide(look, ColumnRole::drop, "numbers the lines one after another");
      } else if (key_named) {
        decide(look, ColumnRole::drop,
               "a number or key of the line: a different value on every line");
      } else if (profile.whole_numbers() == 1 && profile.values() >= enough_to_ask) {
        decide(look, ColumnRole::drop,
               "left out as a number of the line: a different one on every line");
        look.guess.asked_about = true;
      }
    } else if (events && patient != nullptr && key_named &&
               is_key_within_patients(look, *patient)) {
      decide(look, ColumnRole::drop, "a number or key of the patient's: no two patients share one");
    }
  }
}

}  // namespace parcours
