#include "vault/clock.h"

#include <fmt/format.h>

#include "vault/catalog_row.h"
#include "vault/catalog_seal.h"

namespace parcours::vault {

Result<Day> today_of(const CatalogContents& contents, const std::filesystem::path& vault) {
  const Day clock = today();
  const Day noted = day_of_moment(contents.noted_at).value_or(clock);
  if (clock >= noted) {
    return clock;
  }
  return machine_fault(
      fmt::format("the machine's clock says {}, but the vault was written to on {}: records whose "
                  "time is over could be read again",
                  to_string(clock, Calendar::dates), to_string(noted, Calendar::dates)),
      vault.string(),
      "set the clock right; if it was ahead on that day, a permit-keeper corrects what the vault "
      "has noted: parcours vault clock");
}

Result<Day> day_of(const CatalogContents& contents, std::optional<Day> asked,
                   const std::filesystem::path& vault) {
  return asked ? Result<Day>(*asked) : today_of(contents, vault);
}

Status note_moment(Sqlite& database, const std::string& moment) {
  ASSIGN_OR_RETURN(SqliteStatement note,
                   database.prepare("UPDATE clock SET noted = ?1 WHERE noted < ?1"));
  note.bind(1, moment);
  RETURN_IF_ERROR(note.run());
  return seal(database, {"clock"});
}

Status read_clock(Sqlite& database, CatalogContents& contents, const std::filesystem::path& file) {
  int found = 0;
  RETURN_IF_ERROR(for_rows(
      database, "SELECT noted FROM clock", [&](const SqliteStatement& statement) -> Status {
        CatalogRow row(statement, file);
        contents.noted_at = row.text(0, "the newest moment");
        row.hold(day_of_moment(contents.noted_at).has_value(), "the newest moment");
        ++found;
        return row.status();
      }));
  return found == 1 ? Status()
                    : damaged_catalog(file, "it does not have exactly one row about the clock");
}

Status correct_moments(Sqlite& database, const std::string& moment) {
  for (const char* sql :
       {"UPDATE packages SET imported_at = ?1 WHERE imported_at > ?1",
        "UPDATE objections SET noted_at = ?1 WHERE noted_at > ?1",
        "UPDATE objections SET withdrawn_at = ?1 WHERE withdrawn_at > ?1",
        "UPDATE answers SET at = ?1 WHERE at > ?1", "UPDATE clock SET noted = ?1"}) {
    ASSIGN_OR_RETURN(SqliteStatement correct, database.prepare(sql));
    correct.bind(1, moment);
    RETURN_IF_ERROR(correct.run());
  }
  return seal(database, {"packages", "objections", "answers", "clock"});
}

Status check_correction(const CatalogContents& contents, const formalities::ClockAct& act,
                        const std::string& where) {
  const std::optional<Day> noted = day_of_moment(contents.noted_at);
  if (noted == act.newest) {
    return {};
  }
  return refused(
      fmt::format("the act says that the vault was last written to on {}, and it was on {}",
                  to_string(act.newest, Calendar::dates), contents.noted_at.substr(0, 10)),
      where, "run 'parcours vault clock' again, and sign what it writes");
}

}  // namespace parcours::vault
