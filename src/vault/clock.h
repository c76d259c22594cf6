// The day of a vault. Permits end, retentions are over and old keys close on a day, and the day is
// that of the machine's clock. So the catalog notes the newest moment at which anything was written
// into the vault, and a clock that stands before that day is not believed.
//
//   ASSIGN_OR_RETURN(const Day today, today_of(contents, vault.path()));
//
// The clock may have been ahead once, and then that moment is the wrong one. A permit-keeper says
// so in an act (formalities/act_text.h, ClockAct): what was noted as later than the act then counts
// as noted with it.
//
// G1: by a clock that stands before the newest day that the vault has noted, nothing is read,
//     entered or deleted that depends on the day.
// Who sets the clock back to a day between the last write and today is not found out. Every
// compaction notes its moment, so whoever compacts each night loses one day at most.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/day.h"
#include "base/error.h"
#include "formalities/act_text.h"
#include "vault/catalog.h"

namespace parcours::vault {

// Today by the machine's clock; the one place that asks it for a vault. Error (Fault::machine): it
// stands before the newest day that the vault has noted.
Result<Day> today_of(const CatalogContents& contents, const std::filesystem::path& vault);
// The same, for who may ask about another day: that day, whatever the clock says.
Result<Day> day_of(const CatalogContents& contents, std::optional<Day> asked,
                   const std::filesystem::path& vault);

// Notes a moment in the catalog, where none that is later is noted.
Status note_moment(Sqlite& database, const std::string& moment);
Status read_clock(Sqlite& database, CatalogContents& contents, const std::filesystem::path& file);
// What was noted as later than this moment counts as noted at it: packages, objections, answers,
// and the newest moment. Acts say it of themselves (formalities/acts.h).
Status correct_moments(Sqlite& database, const std::string& moment);
// Whether an act corrects what the vault has noted. Error (Fault::rule): it was signed for another
// day.
Status check_correction(const CatalogContents& contents, const formalities::ClockAct& act,
                        const std::string& where);

}  // namespace parcours::vault
