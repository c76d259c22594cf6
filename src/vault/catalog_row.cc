#include "vault/catalog_row.h"

#include "base/utf8.h"
#include "vault/verified_file.h"

namespace parcours::vault {

std::unexpected<Error> damaged_catalog(const std::filesystem::path& file, const std::string& what) {
  return bad_input("the catalog is damaged: " + what, file.string(), restore_hint);
}

std::int64_t CatalogRow::number(int column, std::int64_t least, std::int64_t most,
                                const char* what) {
  const std::int64_t number = row_.integer(column);
  hold(row_.stored(column) == SqliteStatement::Stored::integer && number >= least && number <= most,
       what);
  return number;
}

std::string CatalogRow::text(int column, const char* what) {
  std::string text = row_.text(column);
  hold(row_.stored(column) == SqliteStatement::Stored::text && valid_utf8(text) &&
           text.find('\0') == std::string::npos,
       what);
  return text;
}

void CatalogRow::hold(bool good, const char* what) {
  if (!good && status_) {
    status_ = damaged_catalog(file_, std::string(what) + " is not valid");
  }
}

}  // namespace parcours::vault
