#include "vault/catalog_receipts.h"

#include <cstdint>
#include <string>
#include <utility>

#include "vault/catalog_row.h"

namespace parcours::vault {

Status add_receipts(Sqlite& database, const std::vector<Package>& packages) {
  ASSIGN_OR_RETURN(SqliteStatement insert,
                   database.prepare("INSERT INTO receipts (package, text) VALUES (?, ?)"));
  for (const Package& package : packages) {
    if (package.delivery && !package.delivery->receipt.empty()) {
      insert.bind(1, std::int64_t{package.id});
      insert.bind(2, package.delivery->receipt);
      RETURN_IF_ERROR(insert.run());
    }
  }
  return {};
}

Status drop_receipts(Sqlite& database, const std::vector<rows::PackageId>& packages) {
  ASSIGN_OR_RETURN(SqliteStatement drop,
                   database.prepare("DELETE FROM receipts WHERE package = ?"));
  for (const rows::PackageId package : packages) {
    drop.bind(1, std::int64_t{package});
    RETURN_IF_ERROR(drop.run());
  }
  return {};
}

Status read_receipts(Sqlite& database, CatalogContents& contents,
                     const std::filesystem::path& file) {
  return for_rows(database, "SELECT package, text FROM receipts",
                  [&](const SqliteStatement& statement) -> Status {
                    CatalogRow row(statement, file);
                    const auto package =
                        row.number(0, 0, static_cast<std::int64_t>(contents.packages.size()) - 1,
                                   "the package of a receipt");
                    std::string text = row.text(1, "a package's receipt");
                    RETURN_IF_ERROR(row.status());
                    Package& of = contents.packages[static_cast<std::size_t>(package)];
                    row.hold(of.delivery && !of.forgotten && !text.empty(), "a package's receipt");
                    if (of.delivery) {
                      of.delivery->receipt = std::move(text);
                    }
                    return row.status();
                  });
}

}  // namespace parcours::vault
