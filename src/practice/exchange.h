// What goes to and fro between the practice and the vault once a package is made: it is handed out,
// and its receipt comes back.
//
// G1: a package leaves the practice's computer with the receipt that answers it (state.h says which
//     does), and not before.
// G2: a receipt counts only if the vault of the card has signed it for the very package that was
//     packed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "base/error.h"
#include "post/receipt.h"
#include "practice/office.h"

namespace parcours::practice {

struct Sent {
  std::uint64_t number = 0;
  std::filesystem::path file;
};

// Copies every package that waits into a folder: "cabinet-012-000001.package", there as a whole or
// not at all. A package that is there already is written again.
Result<std::vector<Sent>> send(Office& office, const std::filesystem::path& to);

struct Answered {
  post::Receipt receipt;
  bool waits = false;  // the package is kept, to be sent again
};

// Errors of Fault::rule: it is not signed by the vault, or not for a package that waits.
Result<Answered> take_receipt(Office& office, const std::filesystem::path& file);

}  // namespace parcours::practice
