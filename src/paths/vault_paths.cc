#include "paths/vault_paths.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "vault/walk.h"

namespace parcours {
namespace {

// The codes in order of their texts, as an export's are, and each CodeId's place in it.
std::pair<std::vector<PathCode>, std::vector<std::uint32_t>> codes_of(const CodeBook& book) {
  std::vector<CodeId> order(book.size());
  std::iota(order.begin(), order.end(), 0);
  const auto kind = [&](CodeId id) {
    return book.at(id).kind ? kinds()[*book.at(id).kind] : std::string();
  };
  std::ranges::stable_sort(order, [&](CodeId a, CodeId b) {
    const int by_code = book.at(a).code.compare(book.at(b).code);
    return by_code != 0 ? by_code < 0 : kind(a) < kind(b);
  });
  std::vector<PathCode> codes;
  std::vector<std::uint32_t> ranks(book.size());
  for (const CodeId id : order) {
    ranks[id] = static_cast<std::uint32_t>(codes.size());
    codes.push_back({kind(id), book.at(id).code});
  }
  return {std::move(codes), std::move(ranks)};
}

}  // namespace

Result<PathsRead> read_paths(const Vault& vault, Progress& progress, const Stop& stop) {
  PathsBuilder builder;
  std::uint32_t patients = 0;
  const auto take = [&](const Bucket& bucket) {
    for (std::size_t i = 0; i < bucket.patients(); ++i) {
      const Record record = bucket.record(i);
      for (std::size_t event = 0; event < record.size(); ++event) {
        builder.add(patients, record.codes[event], record.days[event].number);
      }
      patients += record.size() > 0 ? 1 : 0;
    }
  };
  RETURN_IF_ERROR(for_buckets(vault, {.day = true}, "reading the vault", progress, stop, take));
  if (patients == 0) {
    return bad_input("the vault holds no event", vault.path().string());
  }
  const std::uint64_t events = builder.events();
  auto [codes, ranks] = codes_of(vault.codes());
  ASSIGN_OR_RETURN(Paths paths, std::move(builder).build({}, ranks, stop));
  return PathsRead{.paths = std::move(paths),
                   .events = events,
                   .calendar = vault.calendar(),
                   .codes = std::move(codes)};
}

}  // namespace parcours
