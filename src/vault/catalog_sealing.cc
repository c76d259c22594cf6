#include "vault/catalog_sealing.h"

#include <algorithm>
#include <utility>

#include "base/hex.h"
#include "vault/catalog_row.h"

namespace parcours::vault {
namespace {

bool is_named(const formalities::Formalities& formalities, const formalities::SealKey& key) {
  const std::vector<formalities::SealingKey>& named = formalities.sealing_keys();
  return std::ranges::find(named, key, &formalities::SealingKey::key) != named.end();
}

bool is_hex(std::string_view text) {
  std::vector<unsigned char> bytes(text.size() / 2);
  return !text.empty() && text.size() % 2 == 0 && from_hex(text, bytes);
}

}  // namespace

Status keep_sealing(Sqlite& database, const CatalogContents& contents,
                    const SealingSecret& secret) {
  std::vector<formalities::SealKey> waiting;
  for (const SealingSecret& one : contents.sealing) {
    if (!is_named(contents.formalities, one.key)) {
      waiting.push_back(one.key);
    }
  }
  RETURN_IF_ERROR(drop_sealing(database, waiting));
  ASSIGN_OR_RETURN(SqliteStatement insert,
                   database.prepare("INSERT INTO sealing (key, closed) VALUES (?, ?)"));
  insert.bind(1, to_hex(secret.key));
  insert.bind(2, secret.closed);
  return insert.run();
}

Status drop_sealing(Sqlite& database, const std::vector<formalities::SealKey>& keys) {
  ASSIGN_OR_RETURN(SqliteStatement drop, database.prepare("DELETE FROM sealing WHERE key = ?"));
  for (const formalities::SealKey& key : keys) {
    drop.bind(1, to_hex(key));
    RETURN_IF_ERROR(drop.run());
  }
  return {};
}

Status read_sealing(Sqlite& database, CatalogContents& contents,
                    const std::filesystem::path& file) {
  return for_rows(database, "SELECT key, closed FROM sealing ORDER BY key",
                  [&](const SqliteStatement& statement) -> Status {
                    CatalogRow row(statement, file);
                    SealingSecret one;
                    row.hold(from_hex(row.text(0, "a sealing key"), one.key), "a sealing key");
                    one.closed = row.text(1, "the secret of a sealing key");
                    row.hold(is_hex(one.closed), "the secret of a sealing key");
                    contents.sealing.push_back(std::move(one));
                    return row.status();
                  });
}

std::vector<formalities::SealKey> closed_by(const CatalogContents& contents, Day day) {
  const std::vector<formalities::SealingKey>& named = contents.formalities.sealing_keys();
  std::vector<formalities::SealKey> closed;
  for (const SealingSecret& one : contents.sealing) {
    const auto place =
        std::ranges::find(named, one.key, &formalities::SealingKey::key) - named.begin();
    if (place < std::ssize(named) &&
        !contents.formalities.opens(static_cast<std::size_t>(place), day)) {
      closed.push_back(one.key);
    }
  }
  return closed;
}

Status check_sealing(const CatalogContents& contents, const std::string& where) {
  const std::vector<formalities::SealingKey>& named = contents.formalities.sealing_keys();
  if (named.empty() || std::ranges::find(contents.sealing, named.back().key, &SealingSecret::key) !=
                           contents.sealing.end()) {
    return {};
  }
  return refused("the vault does not have the secret half of this sealing key", where,
                 "run 'parcours vault card --renew', which makes both halves and the act");
}

}  // namespace parcours::vault
