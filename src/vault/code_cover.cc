#include "vault/code_cover.h"

#include <algorithm>
#include <mutex>
#include <thread>

#include "base/threads.h"
#include "vault/catalog.h"
#include "vault/walk.h"
#include "vocabulary/levels.h"

namespace parcours::vault {
namespace {

// By CodeId.
Result<std::vector<std::uint64_t>> events_by_code(const Vault& vault) {
  Progress none(Progress::Manner::none);
  const Stop never;
  BucketWalk walk(vault, {}, none, never);
  std::vector<std::uint64_t> events(vault.catalog().codes.size());
  std::mutex mutex;
  const int workers =
      std::clamp<int>(static_cast<int>(std::thread::hardware_concurrency()), 1, vault.buckets());
  RETURN_IF_ERROR(at_once(workers, [&](int) {
    std::vector<std::uint64_t> mine(events.size());
    const Status walked = walk.share([&](const Bucket& bucket) {
      for (std::size_t i = 0; i < bucket.patients(); ++i) {
        for (const vocabulary::CodeId code : bucket.record(i).codes) {
          ++mine[code];
        }
      }
    });
    const std::lock_guard lock(mutex);
    for (std::size_t i = 0; i < mine.size(); ++i) {
      events[i] += mine[i];
    }
    return walked;
  }));
  return events;
}

bool has_group(const vocabulary::Code& code) {
  return std::ranges::any_of(vocabulary::levels_of(code.system), [&](const std::string& level) {
    return level != "code" && vocabulary::at_level(code.system, code.code, level) != code.code;
  });
}

void add(Covered& sum, std::uint64_t events) {
  sum.codes += 1;
  sum.events += events;
}

}  // namespace

Result<std::vector<KindCover>> code_cover(const Vault& vault,
                                          const vocabulary::Vocabulary& vocabulary) {
  ASSIGN_OR_RETURN(const std::vector<std::uint64_t> events, events_by_code(vault));
  std::vector<KindCover> cover;
  for (const std::string& kind : vocabulary::kinds()) {
    cover.push_back({.kind = kind, .all = {}, .named = {}, .grouped = {}});
  }
  for (vocabulary::CodeId id = 0; id < events.size(); ++id) {
    const vocabulary::Code& code = vault.catalog().codes.at(id);
    if (events[id] == 0 || !code.kind) {
      continue;
    }
    KindCover& kind = cover[*code.kind];
    add(kind.all, events[id]);
    if (vocabulary.label(code.system, code.code)) {
      add(kind.named, events[id]);
    }
    if (has_group(code)) {
      add(kind.grouped, events[id]);
    }
  }
  std::erase_if(cover, [](const KindCover& kind) { return kind.all.events == 0; });
  return cover;
}

}  // namespace parcours::vault
