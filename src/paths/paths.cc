#include "paths/paths.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <limits>
#include <mutex>
#include <numeric>
#include <utility>

#include "base/huge_pages.h"
#include "base/threads.h"

namespace parcours::paths {
namespace {

// A set of (code, day) that tells each member's place in order. One bit for each day of each code
// between its first and last day, and a running count for every 64 bits.
class DayBits {
 public:
  explicit DayBits(std::span<const CodeDays> spans) : spans_(spans) {
    std::uint64_t words = 0;
    for (const CodeDays& span : spans) {
      starts_.push_back(words);
      words += words_of(span);
    }
    bits_.resize(words);
  }

  static std::uint64_t words_of(const CodeDays& span) {
    if (span.last < span.first) {
      return 0;
    }
    return static_cast<std::uint64_t>(std::int64_t{span.last} - span.first) / 64 + 1;
  }

  // From any thread.
  void insert(std::uint32_t code, std::int32_t day) {
    const std::uint64_t at = offset(code, day);
    const std::atomic_ref word(bits_[starts_[code] + at / 64]);
    const std::uint64_t bit = std::uint64_t{1} << (at % 64);
    if ((word.load(std::memory_order_relaxed) & bit) == 0) {
      word.fetch_or(bit, std::memory_order_relaxed);
    }
  }

  // After the last insert.
  void count() {
    std::uint32_t before = 0;
    before_.reserve(bits_.size());
    for (const std::uint64_t word : bits_) {
      before_.push_back(before);
      before += static_cast<std::uint32_t>(std::popcount(word));
    }
    size_ = before;
  }

  std::uint32_t place(std::uint32_t code, std::int32_t day) const {
    const std::uint64_t at = offset(code, day);
    const std::uint64_t word = starts_[code] + at / 64;
    const std::uint64_t below = (std::uint64_t{1} << (at % 64)) - 1;
    return before_[word] + static_cast<std::uint32_t>(std::popcount(bits_[word] & below));
  }

  void list_into(Paths& paths) const {
    paths.pair_codes.reserve(size_);
    paths.pair_days.reserve(size_);
    for (std::uint32_t code = 0; code < spans_.size(); ++code) {
      for (std::uint64_t word = 0; word < words_of(spans_[code]); ++word) {
        for (std::uint64_t left = bits_[starts_[code] + word]; left != 0; left &= left - 1) {
          const auto at = static_cast<std::int64_t>(word * 64) + std::countr_zero(left);
          paths.pair_codes.push_back(code);
          paths.pair_days.push_back(static_cast<std::int32_t>(spans_[code].first + at));
        }
      }
    }
  }

 private:
  std::uint64_t offset(std::uint32_t code, std::int32_t day) const {
    return static_cast<std::uint64_t>(std::int64_t{day} - spans_[code].first);
  }

  std::span<const CodeDays> spans_;
  std::vector<std::uint64_t> starts_;
  std::vector<std::uint64_t> bits_;
  std::vector<std::uint32_t> before_;
  std::size_t size_ = 0;
};

std::uint64_t sort_key(std::uint32_t code, std::int32_t day) {
  return (std::uint64_t{code} << 32) | (static_cast<std::uint32_t>(day) ^ 0x80000000u);
}

// Records without their repeats; the starts move with them.
void sort_and_dedupe(int threads, Paths& paths) {
  constexpr std::size_t piece = 1 << 14;  // patients
  const std::size_t patients = paths.patients();
  std::vector<std::uint32_t> sizes(patients);
  each_on_threads((patients + piece - 1) / piece, threads, [&](std::size_t number) {
    const std::size_t end = std::min(patients, (number + 1) * piece);
    for (std::size_t patient = number * piece; patient < end; ++patient) {
      const auto first = paths.record_pairs.begin() + paths.record_starts[patient];
      const auto last = paths.record_pairs.begin() + paths.record_starts[patient + 1];
      std::sort(first, last);
      sizes[patient] = static_cast<std::uint32_t>(std::unique(first, last) - first);
    }
  });
  std::uint32_t kept = 0;
  for (std::size_t patient = 0; patient < patients; ++patient) {
    const auto first = paths.record_pairs.begin() + paths.record_starts[patient];
    if (kept != paths.record_starts[patient]) {
      std::copy(first, first + sizes[patient], paths.record_pairs.begin() + kept);
    }
    paths.record_starts[patient] = kept;
    kept += sizes[patient];
  }
  paths.record_starts.back() = kept;
  paths.record_pairs.resize(kept);
}

// Where to cut the pairs into parts that have about as many entries each, as a few codes have most
// of them: the first pair of each part, and the one after the last. What it looks at are every so
// many entries.
std::vector<std::uint32_t> even_parts(const Paths& paths, std::size_t parts) {
  constexpr std::size_t step = 1009;
  std::vector<std::uint32_t> seen;
  for (std::size_t entry = 0; entry < paths.record_pairs.size(); entry += step) {
    seen.push_back(paths.record_pairs[entry]);
  }
  std::ranges::sort(seen);
  std::vector<std::uint32_t> firsts(parts + 1, 0);
  for (std::size_t part = 1; part < parts; ++part) {
    firsts[part] = seen.empty() ? 0 : seen[seen.size() * part / parts];
  }
  firsts[parts] = static_cast<std::uint32_t>(paths.pairs());
  return firsts;
}

// The transpose of the records, by counting. A thread writes neighbouring pairs, of all records, so
// no two write to the same place.
void build_index(int threads, Paths& paths) {
  const auto parts = static_cast<std::size_t>(std::max(threads, 1));
  const std::vector<std::uint32_t> first_pairs = even_parts(paths, parts);
  paths.index_starts = in_huge_pages<std::uint32_t>(paths.pairs() + 1);
  each_on_threads(parts, threads, [&](std::size_t part) {
    const std::uint32_t first = first_pairs[part];
    const std::uint32_t end = first_pairs[part + 1];
    std::uint32_t* const counts = paths.index_starts.data();
    for (const std::uint32_t pair : paths.record_pairs) {
      if (pair >= first && pair < end) {
        ++counts[pair];
      }
    }
  });
  std::uint32_t sum = 0;
  for (std::uint32_t& start : paths.index_starts) {
    sum += start;
    start = sum;
  }
  paths.index_patients = in_huge_pages<std::uint32_t>(paths.record_pairs.size(), threads);
  each_on_threads(parts, threads, [&](std::size_t part) {
    const std::uint32_t first = first_pairs[part];
    const std::uint32_t end = first_pairs[part + 1];
    std::uint32_t* const starts = paths.index_starts.data();
    std::uint32_t* const patients = paths.index_patients.data();
    for (std::size_t patient = paths.patients(); patient-- > 0;) {
      for (const std::uint32_t pair : paths.record(patient)) {
        if (pair >= first && pair < end) {
          patients[--starts[pair]] = static_cast<std::uint32_t>(patient);
        }
      }
    }
  });
}

}  // namespace

std::uint32_t Paths::place(std::size_t patient, std::uint32_t pair) const {
  const auto at = std::ranges::lower_bound(record(patient), pair) - record(patient).begin();
  return record_places[record_starts[patient] + static_cast<std::size_t>(at)];
}

namespace {

std::uint64_t recent_slot(std::uint32_t patient, std::uint32_t code, std::int32_t day) {
  constexpr std::uint64_t odd = 0x9E3779B97F4A7C15U;  // 2^64 over the golden ratio
  const std::uint64_t all = (std::uint64_t{patient} << 32 | code) * odd;
  return ((all ^ (all >> 29)) + static_cast<std::uint32_t>(day)) * odd;
}

}  // namespace

void PathsBuilder::add(std::uint32_t patient, std::uint32_t code, std::int32_t day) {
  if (recent_.empty()) {
    recent_.assign(std::size_t{1} << recent_bits, {~std::uint32_t{0}, 0, 0});
  }
  ++events_;
  if (code >= with_code_.size()) {
    with_code_.resize(std::max<std::size_t>(code + std::size_t{1}, with_code_.size() * 2), 0);
  }
  ++with_code_[code];
  const Event event{patient, code, day};
  Event& recent = recent_[recent_slot(patient, code, day) >> (64 - recent_bits)];
  if (recent == event) {
    return;
  }
  recent = event;
  if (blocks_.empty() || blocks_.back().events.size() == block_size) {
    blocks_.emplace_back().events.reserve(block_size);
  }
  blocks_.back().events.push_back(event);
  ++held_;
  patients_ = std::max(patients_, patient + 1);
  codes_ = std::max(codes_, code + 1);
}

void PathsBuilder::append(PathsBuilder other) {
  for (Block& block : other.blocks_) {
    block.first_patient += patients_;
    blocks_.push_back(std::move(block));
  }
  with_code_.resize(std::max(with_code_.size(), other.with_code_.size()), 0);
  for (std::size_t code = 0; code < other.with_code_.size(); ++code) {
    with_code_[code] += other.with_code_[code];
  }
  events_ += other.events_;
  held_ += other.held_;
  patients_ += other.patients_;
  codes_ = std::max(codes_, other.codes_);
}

// Which code each new number stands for.
std::vector<std::uint32_t> PathsBuilder::rare_codes_first(
    std::span<const std::uint32_t> code_ranks) const {
  std::vector<std::uint64_t> events(codes_, 0);
  for (std::uint32_t code = 0; code < std::min<std::size_t>(codes_, with_code_.size()); ++code) {
    events[code_ranks.empty() ? code : code_ranks[code]] = with_code_[code];
  }
  std::vector<std::uint32_t> codes(codes_);
  std::iota(codes.begin(), codes.end(), 0);
  std::ranges::stable_sort(codes, {}, [&](std::uint32_t code) { return events[code]; });
  return codes;
}

// Gives the events' patients and codes their new numbers, and says on which days each code is.
std::vector<CodeDays> PathsBuilder::renumber(std::span<const std::uint32_t> patient_ranks,
                                             std::span<const std::uint32_t> code_ranks,
                                             std::span<const std::uint32_t> codes, int threads) {
  std::vector<std::uint32_t> of_rank(codes_);
  for (std::uint32_t number = 0; number < codes_; ++number) {
    of_rank[codes[number]] = number;
  }
  std::vector<CodeDays> spans(codes_);
  std::mutex mutex;
  std::atomic<std::size_t> next{0};
  on_threads(threads, [&](int) {
    std::vector<CodeDays> mine(codes_);
    for (std::size_t i = next++; i < blocks_.size(); i = next++) {
      Block& block = blocks_[i];
      for (Event& event : block.events) {
        event.patient += block.first_patient;
        event.patient = patient_ranks.empty() ? event.patient : patient_ranks[event.patient];
        event.code = of_rank[code_ranks.empty() ? event.code : code_ranks[event.code]];
        CodeDays& span = mine[event.code];
        span.first = std::min(span.first, event.day);
        span.last = std::max(span.last, event.day);
      }
      block.first_patient = 0;
    }
    const std::lock_guard lock(mutex);
    for (std::uint32_t code = 0; code < codes_; ++code) {
      spans[code].first = std::min(spans[code].first, mine[code].first);
      spans[code].last = std::max(spans[code].last, mine[code].last);
    }
  });
  return spans;
}

void PathsBuilder::number_pairs(std::span<const CodeDays> spans, int threads, Paths& paths) {
  // Puts the events by their pairs in the place of those by code and day.
  const auto number_by = [&](const auto& pair_of) {
    each_on_threads(blocks_.size(), threads, [&](std::size_t i) {
      Block& block = blocks_[i];
      block.numbered.reserve(block.events.size());
      for (const Event& event : block.events) {
        block.numbered.push_back({event.patient, pair_of(event)});
      }
      decltype(block.events)().swap(block.events);
    });
  };
  std::uint64_t words = 0;
  for (const CodeDays& span : spans) {
    words += DayBits::words_of(span);
  }

  constexpr std::uint64_t always_fine = 1 << 20;
  if (words <= std::max(always_fine, held_)) {
    DayBits bits(spans);
    each_on_threads(blocks_.size(), threads, [&](std::size_t i) {
      for (const Event& event : blocks_[i].events) {
        bits.insert(event.code, event.day);
      }
    });
    bits.count();
    bits.list_into(paths);
    number_by([&](const Event& event) { return bits.place(event.code, event.day); });
    return;
  }

  // Very many codes, far apart in time: the bits would be mostly empty.
  std::vector<std::uint64_t> keys;
  keys.reserve(held_);
  for (const Block& block : blocks_) {
    for (const Event& event : block.events) {
      keys.push_back(sort_key(event.code, event.day));
    }
  }
  std::ranges::sort(keys);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  for (const std::uint64_t key : keys) {
    paths.pair_codes.push_back(static_cast<std::uint32_t>(key >> 32));
    paths.pair_days.push_back(
        static_cast<std::int32_t>(static_cast<std::uint32_t>(key) ^ 0x80000000u));
  }
  number_by([&](const Event& event) {
    const auto found = std::ranges::lower_bound(keys, sort_key(event.code, event.day));
    return static_cast<std::uint32_t>(found - keys.begin());
  });
}

void PathsBuilder::sort_into_records(int threads, Paths& paths) {
  paths.record_starts = in_huge_pages<std::uint32_t>(patients_ + std::size_t{1});
  // Events that came one after another are often one patient's: they are placed together.
  const auto each_run = [&](std::size_t i, const auto& place) {
    const auto& events = blocks_[i].numbered;
    for (std::size_t first = 0, end = 0; first < events.size(); first = end) {
      while (end < events.size() && events[end].patient == events[first].patient) {
        ++end;
      }
      place(std::atomic_ref(paths.record_starts[events[first].patient]),
            std::span(events).subspan(first, end - first));
    }
  };
  each_on_threads(blocks_.size(), threads, [&](std::size_t i) {
    each_run(i, [](std::atomic_ref<std::uint32_t> start, std::span<const Numbered> run) {
      start.fetch_add(static_cast<std::uint32_t>(run.size()), std::memory_order_relaxed);
    });
  });
  std::uint32_t sum = 0;
  for (std::uint32_t& start : paths.record_starts) {
    sum += start;
    start = sum;
  }
  paths.record_pairs = in_huge_pages<std::uint32_t>(held_, threads);
  each_on_threads(blocks_.size(), threads, [&](std::size_t i) {
    each_run(i, [&](std::atomic_ref<std::uint32_t> start, std::span<const Numbered> run) {
      const auto size = static_cast<std::uint32_t>(run.size());
      std::uint32_t at = start.fetch_sub(size, std::memory_order_relaxed) - size;
      for (const Numbered& event : run) {
        paths.record_pairs[at++] = event.pair;
      }
    });
    blocks_[i] = {};
  });
  sort_and_dedupe(threads, paths);
}

Result<Paths> PathsBuilder::build(std::span<const std::uint32_t> patient_ranks,
                                  std::span<const std::uint32_t> code_ranks, const Stop& stop,
                                  int threads) && {
  if (held_ >= std::numeric_limits<std::uint32_t>::max()) {
    return bad_input("more than 4,294,967,294 events", {}, "take a part of the patients");
  }
  settle();
  codes_ = std::max(codes_, static_cast<std::uint32_t>(code_ranks.size()));
  const std::vector<std::uint32_t> codes = rare_codes_first(code_ranks);
  Paths paths;
  number_pairs(renumber(patient_ranks, code_ranks, codes, threads), threads, paths);
  for (std::uint32_t& code : paths.pair_codes) {
    code = codes[code];
  }
  if (stop.requested()) {
    return stopped();
  }
  sort_into_records(threads, paths);
  if (stop.requested()) {
    return stopped();
  }
  build_index(threads, paths);
  return paths;
}

}  // namespace parcours::paths
