// What a receipt says of a package that was taken.
#pragma once

#include "post/receipt.h"
#include "reception/judged.h"
#include "vault/catalog.h"

namespace parcours::reception {

// Of the rows that are left of it; those that the practice cut and those that the vault cut are one
// count for each reason.
post::TakenPackage taken_of(const Judged& judged);
// What the vault still knows of a package whose receipt it does not keep.
post::TakenPackage taken_of(const vault::PackageCounts& counts);

}  // namespace parcours::reception
