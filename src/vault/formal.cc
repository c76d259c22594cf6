#include "vault/formal.h"

#include <algorithm>
#include <utility>

#include "vault/catalog.h"
#include "vault/staging.h"

namespace parcours {
namespace {

struct Held {
  FileLock lock;
  Catalog catalog;
};

Result<Held> hold(const VaultPlace& vault) {
  RETURN_IF_ERROR(Catalog::open(vault, Sqlite::Access::read));
  ASSIGN_OR_RETURN(FileLock lock, FileLock::take(writer_lock_path(vault.path())));
  ASSIGN_OR_RETURN(Catalog catalog, Catalog::open(vault, Sqlite::Access::write));
  return Held{std::move(lock), std::move(catalog)};
}

}  // namespace

Result<Formalities> formalities_of(const VaultPlace& vault) {
  ASSIGN_OR_RETURN(Catalog catalog, Catalog::open(vault, Sqlite::Access::read));
  ASSIGN_OR_RETURN(CatalogContents contents, catalog.read());
  return std::move(contents.formalities);
}

Status enter_act(const VaultPlace& vault, std::string text, std::string signature,
                 const std::string& where) {
  ASSIGN_OR_RETURN(Held held, hold(vault));
  return held.catalog.enter({std::move(text), std::move(signature), utc_now()}, where);
}

Result<std::uint64_t> note_objections(const VaultPlace& vault,
                                      const std::vector<PatientId>& patients) {
  ASSIGN_OR_RETURN(Held held, hold(vault));
  ASSIGN_OR_RETURN(const CatalogContents contents, held.catalog.read());
  CatalogChange change;
  for (const PatientId& patient : patients) {
    if (!std::ranges::binary_search(contents.objections, patient, {}, &Objection::patient)) {
      change.objections.push_back(patient);
    }
  }
  std::ranges::sort(change.objections);
  const auto again = std::ranges::unique(change.objections);
  change.objections.erase(again.begin(), again.end());
  if (!change.objections.empty()) {
    RETURN_IF_ERROR(held.catalog.commit(change, contents.sequence));
  }
  return change.objections.size();
}

Status note_answer(const VaultPlace& vault, const PublicKey& asker) {
  ASSIGN_OR_RETURN(Held held, hold(vault));
  return held.catalog.note({.at = utc_now(), .asker = fingerprint(asker)});
}

}  // namespace parcours
