#include "vault/formal.h"

#include <algorithm>
#include <set>
#include <utility>
#include <variant>

#include "vault/catalog.h"
#include "vault/catalog_objections.h"
#include "vault/clock.h"
#include "vault/staging.h"

namespace parcours::vault {
namespace {

struct Held {
  FileLock lock;
  Catalog catalog;
  CatalogContents contents;
};

Result<Held> hold(const VaultPlace& vault) {
  RETURN_IF_ERROR(Catalog::open(vault, Sqlite::Access::read));
  ASSIGN_OR_RETURN(FileLock lock, FileLock::take(writer_lock_path(vault.path())));
  ASSIGN_OR_RETURN(Catalog catalog, Catalog::open(vault, Sqlite::Access::write));
  ASSIGN_OR_RETURN(CatalogContents contents, catalog.read());
  return Held{std::move(lock), std::move(catalog), std::move(contents)};
}

// The same, where the machine's clock can be believed.
Result<Held> hold_today(const VaultPlace& vault) {
  ASSIGN_OR_RETURN(Held held, hold(vault));
  RETURN_IF_ERROR(today_of(held.contents, vault.path()));
  return held;
}

bool corrects_the_clock(const std::string& text) {
  const auto act = formalities::parse_act(text, "the act");
  return act && std::holds_alternative<formalities::ClockAct>(*act);
}

}  // namespace

Result<formalities::Formalities> formalities_of(const VaultPlace& vault) {
  ASSIGN_OR_RETURN(Catalog catalog, Catalog::open(vault, Sqlite::Access::read));
  ASSIGN_OR_RETURN(CatalogContents contents, catalog.read());
  return std::move(contents.formalities);
}

Status enter_act(const VaultPlace& vault, std::string text, std::string signature,
                 const std::string& where) {
  ASSIGN_OR_RETURN(Held held, corrects_the_clock(text) ? hold(vault) : hold_today(vault));
  return held.catalog.enter({std::move(text), std::move(signature), utc_now()}, where);
}

Status keep_sealing_secret(const VaultPlace& vault, const SealingSecret& secret) {
  ASSIGN_OR_RETURN(Held held, hold_today(vault));
  return held.catalog.keep(secret);
}

Result<std::uint64_t> destroy_closed_secrets(const VaultPlace& vault, Day day) {
  ASSIGN_OR_RETURN(Held held, hold(vault));
  return held.catalog.destroy_closed(day);
}

Result<std::uint64_t> note_objections(const VaultPlace& vault,
                                      const std::vector<records::PatientId>& patients) {
  std::vector<Objector> who;
  for (const records::PatientId& patient : patients) {
    who.push_back({patient});
  }
  return note_told_objections(vault, std::move(who));
}

Result<std::uint64_t> note_told_objections(const VaultPlace& vault, std::vector<Objector> who) {
  ASSIGN_OR_RETURN(Held held, hold_today(vault));
  const CatalogContents& contents = held.contents;
  std::erase_if(who, [&](const Objector& one) { return stands(contents.objections, one); });
  const std::vector<records::PatientId> before = objecting(contents.objections);
  std::set<records::PatientId> fresh;
  for (const Objector& one : who) {
    if (!std::ranges::binary_search(before, one.patient)) {
      fresh.insert(one.patient);
    }
  }
  if (!who.empty()) {
    RETURN_IF_ERROR(held.catalog.commit({.objections = std::move(who)}, contents.sequence));
  }
  return fresh.size();
}

Result<WithdrawnObjections> withdraw_objections(const VaultPlace& vault,
                                                const std::vector<records::PatientId>& patients) {
  ASSIGN_OR_RETURN(Held held, hold_today(vault));
  const CatalogContents& contents = held.contents;
  const std::set<records::PatientId> named(patients.begin(), patients.end());
  CatalogChange change;
  std::set<records::PatientId> still;
  for (const Objection& one : contents.objections) {
    if (!one.stands() || !named.contains(one.who.patient)) {
      continue;
    }
    if (one.who.told_by.empty()) {
      change.withdrawn.push_back(one.who);
    } else {
      still.insert(one.who.patient);
    }
  }
  if (!change.withdrawn.empty()) {
    RETURN_IF_ERROR(held.catalog.commit(change, contents.sequence));
  }
  return WithdrawnObjections{.withdrawn = change.withdrawn.size(), .still = still.size()};
}

Status note_answer(const VaultPlace& vault, const formalities::PublicKey& asker) {
  ASSIGN_OR_RETURN(Held held, hold_today(vault));
  return held.catalog.note({.at = utc_now(), .asker = formalities::fingerprint(asker)});
}

}  // namespace parcours::vault
