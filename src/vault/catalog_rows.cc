#include "vault/catalog_rows.h"

#include "vocabulary/kinds.h"

namespace parcours::vault {

void bind_days(SqliteStatement& statement, int parameter, const DaySpan& days) {
  const auto day = [&](Day of) {
    return days.empty() ? std::optional<std::int64_t>() : std::optional<std::int64_t>(of.number);
  };
  statement.bind(parameter, day(days.first()));
  statement.bind(parameter + 1, day(days.last()));
}

Status add_package_events(Sqlite& database, const std::vector<Package>& packages) {
  ASSIGN_OR_RETURN(
      SqliteStatement insert,
      database.prepare("INSERT INTO package_events (package, kind, events) VALUES (?, ?, ?)"));
  for (const Package& package : packages) {
    for (std::size_t kind = 0; kind < vocabulary::kinds().size(); ++kind) {
      if (package.counts.events[kind] > 0) {
        insert.bind(1, std::int64_t{package.id});
        insert.bind(2, vocabulary::kinds()[kind]);
        insert.bind(3, static_cast<std::int64_t>(package.counts.events[kind]));
        RETURN_IF_ERROR(insert.run());
      }
    }
  }
  return {};
}

}  // namespace parcours::vault
