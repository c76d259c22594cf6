#include "paths/paths.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>

#include "base/huge_pages.h"

namespace parcours::paths {
namespace {

struct CodeDays {
  std::int32_t first = std::numeric_limits<std::int32_t>::max();
  std::int32_t last = std::numeric_limits<std::int32_t>::min();
};

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

  void insert(std::uint32_t code, std::int32_t day) {
    const std::uint64_t at = offset(code, day);
    bits_[starts_[code] + at / 64] |= std::uint64_t{1} << (at % 64);
  }

  // After the last insert.
  void count() {
    std::uint32_t before = 0;
    before_.reserve(bits_.size());
    for (const std::uint64_t word : bits_) {
      before_.push_back(before);
      before += static_cast<std::uint32_t>(std::popcount(word));
    }
  }

  std::uint32_t place(std::uint32_t code, std::int32_t day) const {
    const std::uint64_t at = offset(code, day);
    const std::uint64_t word = starts_[code] + at / 64;
    const std::uint64_t below = (std::uint64_t{1} << (at % 64)) - 1;
    return before_[word] + static_cast<std::uint32_t>(std::popcount(bits_[word] & below));
  }

  void list_into(Paths& paths) const {
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
};

std::uint64_t sort_key(std::uint32_t code, std::int32_t day) {
  return (std::uint64_t{code} << 32) | (static_cast<std::uint32_t>(day) ^ 0x80000000u);
}

// Records without their repeats; the starts move with them.
void sort_and_dedupe(Paths& paths) {
  std::uint32_t kept = 0;
  for (std::size_t patient = 0; patient < paths.patients(); ++patient) {
    const auto begin = paths.record_pairs.begin() + paths.record_starts[patient];
    const auto end = paths.record_pairs.begin() + paths.record_starts[patient + 1];
    std::sort(begin, end);
    const auto last = std::unique(begin, end);
    paths.record_starts[patient] = kept;
    std::copy(begin, last, paths.record_pairs.begin() + kept);
    kept += static_cast<std::uint32_t>(last - begin);
  }
  paths.record_starts.back() = kept;
  paths.record_pairs.resize(kept);
}

// The transpose of the records, by counting.
void build_index(Paths& paths) {
  paths.index_starts.assign(paths.pairs() + 1, 0);
  for (const std::uint32_t pair : paths.record_pairs) {
    ++paths.index_starts[pair];
  }
  std::uint32_t sum = 0;
  for (std::uint32_t& start : paths.index_starts) {
    sum += start;
    start = sum;
  }
  paths.index_patients = in_huge_pages<std::uint32_t>(paths.record_pairs.size());
  for (std::size_t patient = paths.patients(); patient-- > 0;) {
    for (const std::uint32_t pair : paths.record(patient)) {
      paths.index_patients[--paths.index_starts[pair]] = static_cast<std::uint32_t>(patient);
    }
  }
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
  if (blocks_.empty() || blocks_.back().size() == block_size) {
    blocks_.emplace_back().reserve(block_size);
  }
  blocks_.back().push_back(event);
  ++held_;
  patients_ = std::max(patients_, patient + 1);
  codes_ = std::max(codes_, code + 1);
}

void PathsBuilder::renumber(std::span<const std::uint32_t> patient_ranks,
                            std::span<const std::uint32_t> code_ranks) {
  if (patient_ranks.empty() && code_ranks.empty()) {
    return;
  }
  for (auto& block : blocks_) {
    for (Event& event : block) {
      event.patient = patient_ranks.empty() ? event.patient : patient_ranks[event.patient];
      event.code = code_ranks.empty() ? event.code : code_ranks[event.code];
    }
  }
}

// Gives the events' codes new numbers, and says which code each new number stands for.
std::vector<std::uint32_t> PathsBuilder::put_rare_codes_first(
    std::span<const std::uint32_t> code_ranks) {
  std::vector<std::uint64_t> events(codes_, 0);
  for (std::uint32_t code = 0; code < std::min<std::size_t>(codes_, with_code_.size()); ++code) {
    events[code_ranks.empty() ? code : code_ranks[code]] = with_code_[code];
  }
  std::vector<std::uint32_t> codes(codes_);
  std::iota(codes.begin(), codes.end(), 0);
  std::ranges::stable_sort(codes, {}, [&](std::uint32_t code) { return events[code]; });
  std::vector<std::uint32_t> numbers(codes_);
  for (std::uint32_t number = 0; number < codes_; ++number) {
    numbers[codes[number]] = number;
  }
  renumber({}, numbers);
  return codes;
}

void PathsBuilder::number_pairs(Paths& paths) {
  std::vector<CodeDays> spans(codes_);
  for (const auto& block : blocks_) {
    for (const Event& event : block) {
      CodeDays& span = spans[event.code];
      span.first = std::min(span.first, event.day);
      span.last = std::max(span.last, event.day);
    }
  }
  std::uint64_t words = 0;
  for (const CodeDays& span : spans) {
    words += DayBits::words_of(span);
  }

  constexpr std::uint64_t always_fine = 1 << 20;
  if (words <= std::max(always_fine, held_)) {
    DayBits bits(spans);
    for (const auto& block : blocks_) {
      for (const Event& event : block) {
        bits.insert(event.code, event.day);
      }
    }
    bits.count();
    bits.list_into(paths);
    for (auto& block : blocks_) {
      for (Event& event : block) {
        event.code = bits.place(event.code, event.day);
      }
    }
    return;
  }

  // Very many codes, far apart in time: the bits would be mostly empty.
  std::vector<std::uint64_t> keys;
  keys.reserve(held_);
  for (const auto& block : blocks_) {
    for (const Event& event : block) {
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
  for (auto& block : blocks_) {
    for (Event& event : block) {
      const auto found = std::ranges::lower_bound(keys, sort_key(event.code, event.day));
      event.code = static_cast<std::uint32_t>(found - keys.begin());
    }
  }
}

void PathsBuilder::sort_into_records(Paths& paths) {
  paths.record_starts.assign(patients_ + std::size_t{1}, 0);
  for (const auto& block : blocks_) {
    for (const Event& event : block) {
      ++paths.record_starts[event.patient];
    }
  }
  std::uint32_t sum = 0;
  for (std::uint32_t& start : paths.record_starts) {
    sum += start;
    start = sum;
  }
  paths.record_pairs = in_huge_pages<std::uint32_t>(held_);
  for (auto& block : blocks_) {
    for (const Event& event : block) {
      paths.record_pairs[--paths.record_starts[event.patient]] = event.code;
    }
    std::vector<Event>().swap(block);
  }
  sort_and_dedupe(paths);
}

Result<Paths> PathsBuilder::build(std::span<const std::uint32_t> patient_ranks,
                                  std::span<const std::uint32_t> code_ranks, const Stop& stop) && {
  if (held_ >= std::numeric_limits<std::uint32_t>::max()) {
    return bad_input("more than 4,294,967,294 events", {}, "take a part of the patients");
  }
  recent_ = {};
  renumber(patient_ranks, code_ranks);
  codes_ = std::max(codes_, static_cast<std::uint32_t>(code_ranks.size()));
  const std::vector<std::uint32_t> codes = put_rare_codes_first(code_ranks);
  Paths paths;
  number_pairs(paths);
  for (std::uint32_t& code : paths.pair_codes) {
    code = codes[code];
  }
  if (stop.requested()) {
    return stopped();
  }
  sort_into_records(paths);
  if (stop.requested()) {
    return stopped();
  }
  build_index(paths);
  return paths;
}

}  // namespace parcours::paths
