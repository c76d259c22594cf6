#include "paths/vault_paths.h"

#include <algorithm>
#include <array>
#include <compare>
#include <numeric>
#include <utility>

#include "base/huge_pages.h"
#include "base/random.h"
#include "base/threads.h"
#include "vault/walk.h"

namespace parcours::paths {
namespace {

// The codes in order of their texts, as an export's are, and each CodeId's place in it.
std::pair<std::vector<PathCode>, std::vector<std::uint32_t>> codes_of(
    const vocabulary::CodeBook& book) {
  std::vector<vocabulary::CodeId> order(book.size());
  std::iota(order.begin(), order.end(), 0);
  const auto kind = [&](vocabulary::CodeId id) {
    return book.at(id).kind ? vocabulary::kinds()[*book.at(id).kind] : std::string();
  };
  std::ranges::stable_sort(order, [&](vocabulary::CodeId a, vocabulary::CodeId b) {
    const int by_code = book.at(a).code.compare(book.at(b).code);
    return by_code != 0 ? by_code < 0 : kind(a) < kind(b);
  });
  std::vector<PathCode> codes;
  std::vector<std::uint32_t> ranks(book.size());
  for (const vocabulary::CodeId id : order) {
    ranks[id] = static_cast<std::uint32_t>(codes.size());
    codes.push_back({kind(id), book.at(id).code});
  }
  return {std::move(codes), std::move(ranks)};
}

// A patient's place among all is decided by two hashes, so that patients who differ in anything but
// their practice hardly ever share one; whose practices alone differ are the same to every attack.
using Content = std::pair<std::uint64_t, std::uint64_t>;

// What each code says, by CodeId: a vault numbers its codes as they came.
std::vector<std::uint64_t> hashes_of(const vocabulary::CodeBook& book) {
  std::vector<std::uint64_t> hashes(book.size());
  for (vocabulary::CodeId id = 0; id < book.size(); ++id) {
    const auto& entry = book.at(id);
    std::uint64_t hash = entry.kind ? *entry.kind + 1 : 0;
    for (const std::string* text : {&entry.system, &entry.code}) {
      for (const char c : *text) {
        hash = mixed(hash ^ static_cast<unsigned char>(c));
      }
      hash = mixed(hash + 1);
    }
    hashes[id] = hash;
  }
  return hashes;
}

Content content_of(const records::Patient& patient, const records::Record& record,
                   const std::vector<std::uint64_t>& codes) {
  std::uint64_t one = mixed(static_cast<std::uint64_t>(patient.sex) << 32 |
                            static_cast<std::uint16_t>(patient.birth_year));
  one = mixed(one + (patient.place == vocabulary::no_code ? 0 : codes[patient.place]));
  std::uint64_t other = mixed(one);
  for (std::size_t event = 0; event < record.size(); ++event) {
    const auto day = static_cast<std::uint32_t>(record.days[event].number);
    const std::uint64_t hash = mixed(codes[record.codes[event]] + day);
    one += hash;  // events of one day come in the order of their codes' numbers
    other += mixed(hash);
  }
  return {one, other};
}

// What a bucket holds, its patients numbered as they came.
struct BucketRead {
  PathsBuilder builder;
  std::vector<Content> contents;
};

BucketRead read_bucket(const vault::Bucket& bucket, const std::vector<std::uint64_t>& hashes) {
  BucketRead result;
  result.contents.reserve(bucket.patients());
  for (std::size_t i = 0; i < bucket.patients(); ++i) {
    const records::Record record = bucket.record(i);
    const auto patient = static_cast<std::uint32_t>(result.contents.size());
    for (std::size_t event = 0; event < record.size(); ++event) {
      result.builder.add(patient, record.codes[event], record.days[event].number);
    }
    if (record.size() > 0) {
      result.contents.push_back(content_of(bucket.people[i], record, hashes));
    }
  }
  result.builder.settle();
  return result;
}

// By patient as they came, bucket after bucket: their place among all. The contents are gone then.
std::vector<std::uint32_t> ranks_of(std::vector<BucketRead>& buckets, int threads) {
  struct Came {
    std::uint64_t one = 0;  // the content's hashes
    std::uint64_t other = 0;
    std::uint32_t patient = 0;
    auto operator<=>(const Came&) const = default;
  };
  // Sorted a range of hashes at a time: they are spread evenly.
  constexpr unsigned range_bits = 8;
  constexpr std::size_t ranges = std::size_t{1} << range_bits;
  const auto range_of = [](const Content& content) { return content.first >> (64 - range_bits); };
  std::array<std::size_t, ranges + 1> starts{};
  for (const BucketRead& bucket : buckets) {
    for (const Content& content : bucket.contents) {
      ++starts[range_of(content) + 1];
    }
  }
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  auto order = in_huge_pages<Came>(starts.back(), threads);
  auto next = starts;
  std::uint32_t patient = 0;
  for (BucketRead& bucket : buckets) {
    for (const Content& content : bucket.contents) {
      order[next[range_of(content)]++] = {content.first, content.second, patient++};
    }
    bucket.contents = {};
  }
  std::vector<std::uint32_t> ranks(order.size());
  each_on_threads(ranges, threads, [&](std::size_t range) {
    const auto begin = order.begin();
    std::sort(begin + static_cast<std::ptrdiff_t>(starts[range]),
              begin + static_cast<std::ptrdiff_t>(starts[range + 1]));
    for (std::size_t rank = starts[range]; rank < starts[range + 1]; ++rank) {
      ranks[order[rank].patient] = static_cast<std::uint32_t>(rank);
    }
  });
  return ranks;
}

}  // namespace

Result<PathsRead> read_paths(const vault::Vault& vault, int threads, Progress& progress,
                             const Stop& stop) {
  const std::vector<std::uint64_t> hashes = hashes_of(vault.codes());
  std::vector<BucketRead> buckets(static_cast<std::size_t>(vault.buckets()));
  progress.begin("reading the vault", buckets.size());
  vault::BucketWalk walk(vault, {.day = true}, progress, stop);
  RETURN_IF_ERROR(at_once(std::max(threads, 1), [&](int) {
    return walk.share([&](int number, const vault::Bucket& bucket) {
      buckets[static_cast<std::size_t>(number)] = read_bucket(bucket, hashes);
    });
  }));
  progress.end();

  std::vector<std::uint32_t> ranks = ranks_of(buckets, threads);
  if (ranks.empty()) {
    const bool empty = vault.codes().size() == 0;
    return empty ? bad_input("the vault holds no event", vault.path().string())
                 : refused("no event of the vault may be read today", vault.path().string(),
                           "a permit that covers it must be in force: parcours permit list");
  }
  PathsBuilder builder;
  for (BucketRead& bucket : buckets) {
    builder.append(std::move(bucket.builder));
  }
  const std::uint64_t events = builder.events();
  auto [codes, code_ranks] = codes_of(vault.codes());
  ASSIGN_OR_RETURN(Paths paths, std::move(builder).build(ranks, code_ranks, stop, threads));
  return PathsRead{.paths = std::move(paths),
                   .events = events,
                   .calendar = vault.calendar(),
                   .codes = std::move(codes),
                   .patients = {.numbers = {}, .ranks = std::move(ranks)}};
}

}  // namespace parcours::paths
