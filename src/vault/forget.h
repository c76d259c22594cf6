// Forgetting deletes a package, a practice, a send or codes from the catalog and from the disk,
// because they were imported by mistake or may not be kept.
//
// Numbers stay: a forgotten package, practice or code leaves an empty entry in the catalog's lists,
// so that the others keep the numbers that the rows store. Codes and practices that nothing uses
// any more are deleted too.
//
// G1: after it has succeeded, no file in the vault's folder holds a row or a text of what was
//     forgotten, free pages of the catalog included.
// G2: a crash at any point leaves the vault as it was before or as it is after; the next forget
//     then deletes what is left on the disk, whatever it forgets itself.
// G3: it holds one bucket in memory, whatever the size of the vault. The disk holds the changed
//     buckets twice until all are written.
//
// It cannot delete what the file system keeps of deleted files (snapshots, copies, worn blocks).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "base/day.h"
#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "vault/place.h"

namespace parcours::vault {

// All that a practice sent. The name is the one that the vault has for it (records/keys.h).
struct PracticeToForget {
  std::string name;
};
// What a practice sent for a period.
struct PackageToForget {
  std::string practice;
  std::string period;
};
// What all practices sent for a period.
struct PeriodToForget {
  std::string period;
};
// A code of a system, or all of them: their events go, and the places of residence are not known
// any more.
struct CodesToForget {
  std::string system;
  std::optional<std::string> code;
};
using ToForget = std::variant<PracticeToForget, PackageToForget, PeriodToForget, CodesToForget>;

// What a forgetting removed.
struct ForgetSummary {
  std::uint64_t packages = 0;
  std::uint64_t practices = 0;
  std::uint64_t codes = 0;           // places among them
  std::uint64_t rows_removed = 0;    // of patients and events, living or not
  std::uint64_t places_removed = 0;  // rows of patients whose place is not known any more
};

// Takes the vault's lock, as an import does, and is refused while anybody has the vault open: it
// could not keep its promise. An error where the vault holds nothing of the kind.
Result<ForgetSummary> forget(const VaultPlace& vault, const ToForget& what, Progress& progress,
                             const Stop& stop);

// Forgets the rows that by a permit, a retention or an objection do not live on a day and never
// will again (Living::kept_on()). Does nothing, and needs nobody to close the vault, where there
// are none.
Result<ForgetSummary> purge(const VaultPlace& vault, Day day, Progress& progress, const Stop& stop);

}  // namespace parcours::vault
