// The vault's card at the practice, and its renewal: the signed act by which the vault has a new
// key to seal packages to (formalities/act_text.h).
//
// G1: a key is taken only by the act of a permit-keeper whom the card names already, for this
// vault,
//     and never one that is older than the card's. The keepers and the key of receipts stay.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/error.h"
#include "practice/office.h"

namespace parcours::practice {

struct RenewedCard {
  std::uint64_t number = 0;  // of the key that stands on the card now
  std::string fingerprint;   // of the card
  int old_days = 0;          // that the vault still takes what is sealed to the key before
  std::size_t waiting = 0;   // packages that are
};

// `renewal`: the act; its signature lies beside it, as FILE.sig.
Result<RenewedCard> renew_card(Office& office, const std::filesystem::path& renewal);

}  // namespace parcours::practice
