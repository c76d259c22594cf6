#include "vault/catalog_objections.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "base/hex.h"
#include "vault/catalog_row.h"

namespace parcours::vault {
namespace {

// To the first two parameters.
void bind(SqliteStatement& statement, const Objector& who) {
  statement.bind(1, fmt::format("{:016x}{:016x}", who.patient.high, who.patient.low));
  statement.bind(2, who.told_by);
}

}  // namespace

Status add_objections(Sqlite& database, const std::vector<Objector>& who) {
  ASSIGN_OR_RETURN(
      SqliteStatement insert,
      database.prepare("INSERT INTO objections (patient, told_by, noted_at) VALUES (?1, ?2, ?3) ON "
                       "CONFLICT DO UPDATE SET noted_at = ?3, withdrawn_at = NULL, dead_below = "
                       "NULL, purged = 0 WHERE withdrawn_at IS NOT NULL"));
  const std::string now = utc_now();
  for (const Objector& one : who) {
    bind(insert, one);
    insert.bind(3, now);
    RETURN_IF_ERROR(insert.run());
  }
  return {};
}

Status withdraw_objections(Sqlite& database, const std::vector<Objector>& who) {
  ASSIGN_OR_RETURN(SqliteStatement remove,
                   database.prepare("DELETE FROM objections WHERE patient = ? AND told_by = ? AND "
                                    "purged = 1"));
  ASSIGN_OR_RETURN(
      SqliteStatement withdraw,
      database.prepare(
          "UPDATE objections SET withdrawn_at = ?3, dead_below = (SELECT count(*) FROM "
          "packages) WHERE patient = ?1 AND told_by = ?2 AND withdrawn_at IS NULL"));
  const std::string now = utc_now();
  for (const Objector& one : who) {
    bind(remove, one);
    RETURN_IF_ERROR(remove.run());
    bind(withdraw, one);
    withdraw.bind(3, now);
    RETURN_IF_ERROR(withdraw.run());
  }
  return {};
}

Status purge_objections(Sqlite& database) {
  RETURN_IF_ERROR(database.run("DELETE FROM objections WHERE withdrawn_at IS NOT NULL"));
  return database.run("UPDATE objections SET purged = 1");
}

Status take_over_objections(Sqlite& database, const std::vector<records::PracticeId>& practices) {
  // Where both told an objection of one patient, the one stays under which more is dead.
  for (
      const char* sql :
      {"DELETE FROM objections WHERE told_by = '' AND withdrawn_at IS NOT NULL AND EXISTS (SELECT 1 "
       "FROM objections AS other WHERE other.patient = objections.patient AND other.told_by = "
       "(SELECT name FROM practices WHERE id = ?) AND (other.withdrawn_at IS NULL OR "
       "other.dead_below > objections.dead_below))",
       "UPDATE OR IGNORE objections SET told_by = '' WHERE told_by = (SELECT name FROM practices "
       "WHERE id = ?)",
       "DELETE FROM objections WHERE told_by = (SELECT name FROM practices WHERE id = ?)"}) {
    ASSIGN_OR_RETURN(SqliteStatement statement, database.prepare(sql));
    for (const records::PracticeId practice : practices) {
      statement.bind(1, std::int64_t{practice});
      RETURN_IF_ERROR(statement.run());
    }
  }
  return {};
}

Status read_objections(Sqlite& database, CatalogContents& contents,
                       const std::filesystem::path& file) {
  return for_rows(
      database,
      "SELECT patient, told_by, noted_at, withdrawn_at, dead_below, purged FROM objections ORDER "
      "BY patient, told_by",
      [&](const SqliteStatement& statement) -> Status {
        CatalogRow row(statement, file);
        std::array<unsigned char, 16> bytes{};
        row.hold(from_hex(row.text(0, "who objected"), bytes), "who objected");
        Objection one{.who = {.patient = {}, .told_by = row.text(1, "who told an objection")},
                      .noted_at = row.text(2, "the time of an objection"),
                      .withdrawn_at = {},
                      .purged = row.number(5, 0, 1, "the mark of an objection") == 1};
        for (std::size_t i = 0; i < 8; ++i) {
          one.who.patient.high = one.who.patient.high << 8 | bytes[i];
          one.who.patient.low = one.who.patient.low << 8 | bytes[i + 8];
        }
        row.hold(row.null(3) == row.null(4), "the withdrawal of an objection");
        if (!row.null(3)) {
          one.withdrawn_at = row.text(3, "the withdrawal of an objection");
          one.dead_below = static_cast<rows::PackageId>(
              row.number(4, 0, static_cast<std::int64_t>(contents.packages.size()),
                         "the withdrawal of an objection"));
          row.hold(!one.withdrawn_at.empty(), "the withdrawal of an objection");
        }
        contents.objections.push_back(std::move(one));
        return row.status();
      });
}

bool stands(const std::vector<Objection>& noted, const Objector& who) {
  const auto found = std::ranges::lower_bound(noted, who, {}, &Objection::who);
  return found != noted.end() && found->who == who && found->stands();
}

std::vector<records::PatientId> objecting(const std::vector<Objection>& noted) {
  std::vector<records::PatientId> all;
  for (const Objection& one : noted) {
    if (one.stands() && (all.empty() || all.back() != one.who.patient)) {
      all.push_back(one.who.patient);
    }
  }
  return all;
}

}  // namespace parcours::vault
