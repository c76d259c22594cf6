#include "exports/column_keys.h"

#include "exports/column_choice.h"
#include "exports/column_names.h"
#include "exports/column_reasons.h"

namespace parcours::exports {
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
        decide(look, ColumnRole::drop, said(Reason::counts_lines));
      } else if (key_named) {
        decide(look, ColumnRole::drop, said(Reason::key_of_line));
      } else if (profile.whole_numbers() == 1 && profile.values() >= enough_to_ask) {
        decide(look, ColumnRole::drop, said(Reason::number_of_line));
        look.guess.asked_about = true;
      }
    } else if (events && patient != nullptr && key_named &&
               is_key_within_patients(look, *patient)) {
      decide(look, ColumnRole::drop, said(Reason::key_of_patient));
    }
  }
}

}  // namespace parcours::exports
