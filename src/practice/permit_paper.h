// The signed permit at the practice: read from a file, checked, and taken in the place of the one
// that is there.
//
// G1: the practice works under no permit that a permit-keeper of its card has not signed: it is
//     checked when it is taken, and each time the folder is opened.
// G2: if the program stops while it takes a permit, the folder has the old one or the new one,
//     with its own signature.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"
#include "formalities/permit.h"
#include "post/vault_card.h"
#include "practice/language.h"

namespace parcours::practice {

class Office;

struct PermitPaper {
  std::string text;
  std::string signature;
  formalities::Permit permit;
};

// The signature lies beside the file, as FILE.sig.
Result<PermitPaper> read_permit_paper(const std::filesystem::path& file);

// Error (Fault::rule): no permit-keeper of the card has signed it. `file` is for errors.
Status check_signed(const PermitPaper& paper, const post::VaultCard& card,
                    const std::filesystem::path& file, Language language);
// Error (Fault::rule): it allows no collection, does not cover the practice, or is over.
Status check_covers(const formalities::Permit& permit, std::string_view practice,
                    const std::string& where, Language language);

// Takes a permit in the place of the one that is there. What the doctor has agreed to does not hold
// for it. Error: it follows patients otherwise, so that pseudonyms would change: then the practice
// joins again.
Status take_permit(Office& office, const std::filesystem::path& file);

// Finishes what a stopped program began.
Status finish_taking(const std::filesystem::path& folder);

}  // namespace parcours::practice
