// Takes the packages that lie in a folder into a vault, and answers each with a signed receipt.
//
//   ASSIGN_OR_RETURN(const ReceiveSummary summary,
//                    receive(vault, KeyFile{"programme.key"}, "inbox", "receipts", {}, progress,
//                    stop));
//
// It works in rounds. A round decides on the packages in order of practice and number, imports all
// that it takes in one commit, writes the receipts, and deletes the answered packages. What cannot
// be decided before that commit waits for the next round: a second package of one practice and
// period, and what follows it.
//
// G1: of each practice, packages are taken in order of number, each once (post/sequence.h).
// G2: a crash at any point loses nothing and takes nothing twice: a package lies in the folder
//     until its receipt is on the disk, and one that was taken gets the same receipt again.
// G3: no row enters that the permit of its package does not cover, or of a patient who objected;
//     also if the objection came in another package of the same round.
// G4: a bad package does not keep a good one of another practice out.
// G5: nothing that an unproved sender wrote changes the vault or the answer to anybody else.
//
// A receipt says how many objections its package names; all of them hold from then on. How many
// rows of these patients earlier packages had brought is not counted (Receipt's rows_of_objectors
// stays 0), as that would mean to read the vault; the next compaction deletes these rows.
// A refused package that its practice signed brings its objections all the same, and nothing else:
// if the practice made it after the last one that was taken. An older one would bring back what was
// withdrawn since.
//
// Who withdraws an objection tells it through the practice that told the objection. It holds for
// packages from then on, that very one included; what came before stays dead.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>

#include "base/day.h"
#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "post/refusal.h"
#include "records/key_source.h"
#include "vault/place.h"

namespace parcours::reception {

struct ReceiveOptions {
  int threads = 2;
  int memory_megabytes = 3000;  // of the import
  std::optional<Day> day = {};  // on which a permit must be in force; nothing: today
  // A round takes no further package once it has so many rows, which lie in memory.
  std::uint64_t round_rows = 4'000'000;
};

struct ReceiveSummary {
  std::uint64_t taken = 0;
  std::uint64_t answered_again = 0;
  std::array<std::uint64_t, post::refusals> refused{};  // by Refusal
  std::uint64_t passed_over = 0;  // in the folder: other files, and what cannot be read
  std::uint64_t rounds = 0;
  std::uint64_t patients = 0;  // rows that entered
  std::uint64_t events = 0;
  std::uint64_t cut = 0;         // rows that the permits do not cover
  std::uint64_t objected = 0;    // rows of patients who objected
  std::uint64_t objections = 0;  // that are new
  std::uint64_t withdrawn = 0;   // objections that stood
  std::uint64_t replaced = 0;    // packages of the same practice and period

  std::uint64_t all_refused() const;
};

// Errors: the key is not the vault's; a folder is missing; a receipt cannot be written (what was
// taken is taken, and its package stays until the next run answers it); the user asked to stop.
Result<ReceiveSummary> receive(const vault::VaultPlace& vault, const records::KeySource& key,
                               const std::filesystem::path& inbox,
                               const std::filesystem::path& receipts, const ReceiveOptions& options,
                               Progress& progress, Stop& stop);

}  // namespace parcours::reception
