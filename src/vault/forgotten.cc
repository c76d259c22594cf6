#include "vault/forgotten.h"

#include <fmt/format.h>

#include <algorithm>

#include "vault/catalog.h"
#include "vault/catalog_objections.h"
#include "vault/catalog_rows.h"

namespace parcours::vault {
namespace {

// Runs a statement of one parameter on each of the numbers.
Status on_each(Sqlite& database, const char* sql, const std::vector<std::uint32_t>& numbers) {
  ASSIGN_OR_RETURN(SqliteStatement statement, database.prepare(sql));
  for (const std::uint32_t number : numbers) {
    statement.bind(1, std::int64_t{number});
    RETURN_IF_ERROR(statement.run());
  }
  return {};
}

Status count_again(Sqlite& database, const std::vector<Package>& packages) {
  ASSIGN_OR_RETURN(
      SqliteStatement days,
      database.prepare(
          "UPDATE packages SET first_day = ?2, last_day = ?3, patients = ?4 WHERE id = ?1"));
  ASSIGN_OR_RETURN(SqliteStatement clear,
                   database.prepare("DELETE FROM package_events WHERE package = ?"));
  for (const Package& package : packages) {
    days.bind(1, std::int64_t{package.id});
    bind_days(days, 2, package.counts.days);
    days.bind(4, static_cast<std::int64_t>(package.counts.patients));
    RETURN_IF_ERROR(days.run());
    clear.bind(1, std::int64_t{package.id});
    RETURN_IF_ERROR(clear.run());
  }
  return add_package_events(database, packages);
}

}  // namespace

Status take_out(Sqlite& database, const Forgotten& forgotten) {
  RETURN_IF_ERROR(count_again(database, forgotten.recounted));
  RETURN_IF_ERROR(
      on_each(database, "DELETE FROM package_events WHERE package = ?", forgotten.packages));
  RETURN_IF_ERROR(on_each(database,
                          "UPDATE packages SET period = '', imported_at = '', patients = 0, "
                          "first_day = NULL, last_day = NULL, forgotten = 1 WHERE id = ?",
                          forgotten.packages));
  RETURN_IF_ERROR(on_each(database, "DELETE FROM receipts WHERE package = ?", forgotten.packages));
  RETURN_IF_ERROR(take_over_objections(database, forgotten.practices));
  RETURN_IF_ERROR(
      on_each(database, "UPDATE practices SET name = NULL WHERE id = ?", forgotten.practices));
  return on_each(database, "UPDATE codes SET kind = NULL, system = '', code = '' WHERE id = ?",
                 forgotten.codes);
}

Forgotten unused_names(const CatalogContents& contents, const std::vector<bool>& used) {
  Forgotten unused;
  for (vocabulary::CodeId id = 0; id < contents.codes.size(); ++id) {
    if (!contents.codes.at(id).forgotten() && (id >= used.size() || !used[id])) {
      unused.codes.push_back(id);
    }
  }
  std::vector<bool> sends(contents.practices.size(), false);
  for (const Package& package : contents.packages) {
    if (!package.forgotten) {
      sends[package.practice] = true;
    }
  }
  for (records::PracticeId id = 0; id < contents.practices.size(); ++id) {
    if (!contents.practices[id].empty() && !sends[id]) {
      unused.practices.push_back(id);
    }
  }
  return unused;
}

}  // namespace parcours::vault
