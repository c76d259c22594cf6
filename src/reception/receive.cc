#include "reception/receive.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>
#include <system_error>

#include "post/vault_keys.h"
#include "reception/answer.h"
#include "reception/inbox.h"
#include "reception/round.h"
#include "reception/sealing.h"
#include "records/stored_names.h"
#include "vault/catalog.h"
#include "vault/catalog_sealing.h"
#include "vault/clock.h"
#include "vault/formal.h"
#include "vault/import.h"
#include "vocabulary/code_systems.h"

namespace parcours::reception {
namespace {

namespace fs = std::filesystem;
using reception::Answer;
using reception::Inbox;
using reception::Round;
using reception::Waiting;

records::ProgrammeKey copy_of(const records::ProgrammeKey& key) {
  records::Secret bytes(records::ProgrammeKey::size);
  std::ranges::copy(key.bytes(), bytes.data());
  return records::ProgrammeKey(std::move(bytes));
}

Status need_folder(const fs::path& folder, const char* what) {
  std::error_code unseen;
  return fs::is_directory(folder, unseen)
             ? Status()
             : bad_input("this is not a folder", folder.string(), what);
}

records::NamesAllowed allowed_names() {
  records::NamesAllowed allowed{.not_identifiers = {}, .where = "the packages"};
  for (const vocabulary::CodeSystem& system : vocabulary::code_systems()) {
    if (vocabulary::form_excludes_identifiers(system)) {
      allowed.not_identifiers.push_back(system.name);
    }
  }
  return allowed;
}

struct Reception {
  vault::VaultPlace vault;
  records::ProgrammeKey key;
  post::VaultKeys keys;
  fs::path receipts;
  ReceiveOptions options;
  Day day;
  records::NamesAllowed allowed;
  std::size_t most = std::numeric_limits<std::size_t>::max();  // packages that a round takes
  ReceiveSummary summary;

  // What is left for the next one.
  Result<std::vector<Waiting>> round(std::vector<Waiting> waiting, Progress& progress, Stop& stop);
  Status answer(const std::vector<Answer>& answers, Progress& progress);
  // Imports what a round takes. What is waiting again where it could not.
  Result<std::vector<Waiting>> take(vault::Import& import, Round& round, Progress& progress,
                                    Stop& stop);
};

// The key's own and the vault's number.
Result<Reception> opened(const vault::VaultPlace& vault, const records::KeySource& source,
                         const fs::path& receipts, const ReceiveOptions& options) {
  ASSIGN_OR_RETURN(vault::Catalog catalog,
                   vault::Catalog::open(vault, vault::Sqlite::Access::read));
  ASSIGN_OR_RETURN(const vault::CatalogContents contents, catalog.read());
  ASSIGN_OR_RETURN(records::ProgrammeKey key,
                   records::known_key(source, contents.key, vault.path()));
  ASSIGN_OR_RETURN(const Day day, vault::day_of(contents, options.day, vault.path()));
  ASSIGN_OR_RETURN(post::VaultKeys keys, reception::keys_of(key, contents, day));
  if (keys.pairs().empty()) {
    return refused("the vault has no sealing key yet, so nobody can have sealed a package to it",
                   vault.path().string(), "make one: parcours vault card --renew");
  }
  if (!vault::closed_by(contents, day).empty()) {
    RETURN_IF_ERROR(reception::destroy_old_keys(vault, day));
  }
  return Reception{.vault = vault,
                   .key = std::move(key),
                   .keys = std::move(keys),
                   .receipts = receipts,
                   .options = options,
                   .day = day,
                   .allowed = allowed_names(),
                   .summary = {}};
}

Status Reception::answer(const std::vector<Answer>& answers, Progress& progress) {
  for (const Answer& one : answers) {
    if (one.receipt.refused) {
      ++summary.refused.at(static_cast<std::size_t>(one.receipt.refused->why));
    }
  }
  progress.add(answers.size());
  return reception::write_answers(answers, keys.receipts(), receipts, options.threads);
}

Result<std::vector<Waiting>> Reception::take(vault::Import& import, Round& round,
                                             Progress& progress, Stop& stop) {
  RETURN_IF_ERROR(round.fill(stop));
  ASSIGN_OR_RETURN(const records::StoredNames names, import.names(stop));
  if (const Status allowed_all = records::check_names(names, allowed); !allowed_all) {
    if (round.taken().size() == 1) {
      RETURN_IF_ERROR(answer({round.refused_instead(allowed_all.error())}, progress));
      return std::vector<Waiting>();
    }
    // Some package brings what looks like identifiers: fewer at once, until it is alone.
    most = round.taken().size() / 2;
    std::vector<Waiting> again;
    for (const Round::Taken& one : round.taken()) {
      again.push_back(one.waiting);
    }
    return again;
  }
  ASSIGN_OR_RETURN(const vault::ImportSummary imported, std::move(import).commit(allowed, stop));
  most = most > std::numeric_limits<std::size_t>::max() / 2 ? most : 2 * most;
  const vault::CutRows cut = round.cut();
  summary.taken += imported.packages;
  summary.patients += imported.patients;
  summary.events += imported.events;
  summary.replaced += imported.replaced;
  summary.cut += cut.not_covered();
  summary.objected += cut.objected;
  summary.objections += round.new_objections();
  summary.withdrawn += round.withdrawn();
  RETURN_IF_ERROR(answer(round.taken_answers(), progress));
  return std::vector<Waiting>();
}

Result<std::vector<Waiting>> Reception::round(std::vector<Waiting> waiting, Progress& progress,
                                              Stop& stop) {
  ++summary.rounds;
  ASSIGN_OR_RETURN(vault::Import begun,
                   vault::Import::begin(vault, copy_of(key),
                                        {.threads = options.threads,
                                         .memory_megabytes = options.memory_megabytes,
                                         .day = day,
                                         .deliveries = true}));
  std::optional<vault::Import> import(std::move(begun));
  if (import->contents().formalities.vault() != keys.vault()) {
    return machine_fault("another vault replaced this one meanwhile", vault.path().string(),
                         "run the command again");
  }
  Round round(*import, keys,
              {.packages = most,
               .rows = std::max<std::uint64_t>(options.round_rows, 1),
               .threads = options.threads,
               .day = day});
  RETURN_IF_ERROR(round.decide(std::move(waiting), stop));
  summary.answered_again += round.again();
  summary.passed_over += round.vanished();
  std::vector<Waiting> left = round.left();
  if (!round.taken().empty()) {
    ASSIGN_OR_RETURN(std::vector<Waiting> again, take(*import, round, progress, stop));
    // Before what followed it: of a practice the lower numbers come first.
    left.insert(left.begin(), std::make_move_iterator(again.begin()),
                std::make_move_iterator(again.end()));
  }
  import.reset();  // and with it the vault's lock
  if (!round.refused_objections().empty()) {
    ASSIGN_OR_RETURN(const std::uint64_t noted,
                     vault::note_told_objections(vault, round.refused_objections()));
    summary.objections += noted;
  }
  RETURN_IF_ERROR(answer(round.answers(), progress));
  return left;
}

}  // namespace

std::uint64_t ReceiveSummary::all_refused() const {
  return std::accumulate(refused.begin(), refused.end(), std::uint64_t{0});
}

Result<ReceiveSummary> receive(const vault::VaultPlace& vault, const records::KeySource& key,
                               const fs::path& inbox, const fs::path& receipts,
                               const ReceiveOptions& options, Progress& progress, Stop& stop) {
  ASSIGN_OR_RETURN(Reception reception, opened(vault, key, receipts, options));
  RETURN_IF_ERROR(need_folder(inbox, "name the folder into which the packages come"));
  RETURN_IF_ERROR(need_folder(receipts, "create the folder for the receipts"));
  ASSIGN_OR_RETURN(Inbox found, reception::read_inbox(inbox, options.threads, stop));
  reception.summary.passed_over = found.passed_over;
  std::vector<Waiting> waiting = std::move(found.waiting);
  progress.begin("receiving", waiting.size());
  while (!waiting.empty()) {
    if (stop.requested()) {
      return stopped();
    }
    ASSIGN_OR_RETURN(waiting, reception.round(std::move(waiting), progress, stop));
  }
  progress.end();
  return reception.summary;
}

}  // namespace parcours::reception
