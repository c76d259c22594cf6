#include "crowds/counters.h"

#include <fmt/format.h>
#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <limits>

#include "base/check.h"

namespace parcours::crowds {
namespace {

constexpr std::uint32_t words_a_line = 16;
constexpr std::uint32_t least_classes = 4;
constexpr std::size_t large_page = std::size_t{2} << 20;

// More patients of a practice whose key is at least the lowest that is kept.
void count_kept(std::uint32_t* keys, std::uint32_t kept, std::uint32_t key,
                std::uint32_t patients) {
  std::uint32_t* counts = keys + kept;
  std::uint32_t place = 0;
  while (keys[place] > key) {
    ++place;
  }
  if (keys[place] != key) {
    for (std::uint32_t i = kept - 1; i > place; --i) {
      keys[i] = keys[i - 1];
      counts[i] = counts[i - 1];
    }
    keys[place] = key;
    counts[place] = 0;
  }
  counts[place] += patients;
}

}  // namespace

CrowdLayout::CrowdLayout(std::uint32_t practices_exact) : kept_(practices_exact) {
  PARCOURS_CHECK(practices_exact >= 1 && practices_exact <= most_practices_exact);
  const std::uint32_t words = classes_at() + least_classes;
  stride_ = (words + words_a_line - 1) / words_a_line * words_a_line;
}

void Counters::Unmap::operator()(std::uint32_t* words) const {
  ::munmap(words, bytes);
}

Result<Counters> Counters::make(std::size_t cells, std::uint32_t practices_exact) {
  const CrowdLayout layout(practices_exact);
  const std::size_t crowd_bytes = layout.stride() * sizeof(std::uint32_t);
  const std::size_t bytes = std::max<std::size_t>(cells, 1) * crowd_bytes;
  void* memory = MAP_FAILED;
  if (cells <= std::numeric_limits<std::size_t>::max() / 2 / crowd_bytes) {
    memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  }
  if (memory == MAP_FAILED) {
    return machine_fault(fmt::format("not enough memory for {} cells", cells), {},
                         "use fewer categories or fewer threads");
  }
#ifdef MADV_HUGEPAGE
  // Cells are met at random; large pages spare most of the address look-ups. Without them it only
  // takes longer.
  if (bytes >= large_page) {
    ::madvise(memory, bytes, MADV_HUGEPAGE);
  }
#endif
  return Counters(layout, cells, Words(static_cast<std::uint32_t*>(memory), Unmap{bytes}));
}

void Counters::add(std::span<const std::uint32_t> cells, const Arrival& arrival) {
  // Words are written below; what the loop needs of this object is held where they cannot reach it.
  std::uint32_t* const words = words_.get();
  const std::size_t stride = layout_.stride();
  const std::uint32_t kept = layout_.kept();
  const Arrival who = arrival;
  for (const std::uint32_t cell : cells) {
    std::uint32_t* crowd = words + cell * stride;
    const std::uint32_t turn = crowd[CrowdLayout::turn_at];
    if (turn == who.turn) {
      continue;
    }
    crowd[CrowdLayout::turn_at] = who.turn;
    if (turn < who.first) {
      ++crowd[CrowdLayout::patients_at];
      Uint128 fingerprint;
      __builtin_memcpy(&fingerprint, crowd, sizeof(fingerprint));
      fingerprint += who.hash;
      __builtin_memcpy(crowd, &fingerprint, sizeof(fingerprint));
    }
    ++crowd[who.class_word];
    std::uint32_t* keys = crowd + CrowdLayout::keys_at;
    if (who.key >= keys[kept - 1]) {
      count_kept(keys, kept, who.key, 1);
    }
  }
}

void Counters::add(std::size_t cell, Uint128 hashes, std::uint32_t key, std::uint32_t patients) {
  std::uint32_t* crowd = at(cell);
  Uint128 fingerprint;
  __builtin_memcpy(&fingerprint, crowd, sizeof(fingerprint));
  fingerprint += hashes;
  __builtin_memcpy(crowd, &fingerprint, sizeof(fingerprint));
  crowd[CrowdLayout::patients_at] += patients;
  crowd[layout_.class_word(key)] += patients;
  std::uint32_t* keys = crowd + CrowdLayout::keys_at;
  if (key >= keys[layout_.kept() - 1]) {
    count_kept(keys, layout_.kept(), key, patients);
  }
}

void Counters::merge(std::size_t cell, const Counters& other, std::size_t from) {
  PARCOURS_CHECK(layout_.kept() == other.layout_.kept());
  std::uint32_t* into = at(cell);
  const std::uint32_t* add = other.at(from);
  if (add[CrowdLayout::patients_at] == 0) {
    return;
  }
  Uint128 fingerprint;
  Uint128 added;
  __builtin_memcpy(&fingerprint, into, sizeof(fingerprint));
  __builtin_memcpy(&added, add, sizeof(added));
  fingerprint += added;
  __builtin_memcpy(into, &fingerprint, sizeof(fingerprint));
  into[CrowdLayout::patients_at] += add[CrowdLayout::patients_at];
  for (std::uint32_t i = layout_.classes_at(); i < layout_.stride(); ++i) {
    into[i] += add[i];
  }

  // The highest keys of both, highest first; a key of both adds up.
  const std::uint32_t kept = layout_.kept();
  const std::uint32_t counts = layout_.counts_at();
  constexpr std::uint32_t keys = CrowdLayout::keys_at;
  std::array<std::uint32_t, std::size_t{2} * most_practices_exact> merged{};
  std::uint32_t mine = 0;
  std::uint32_t theirs = 0;
  for (std::uint32_t i = 0; i < kept; ++i) {
    const std::uint32_t key = std::max(into[keys + mine], add[keys + theirs]);
    if (key == 0) {
      break;
    }
    merged[i] = key;
    if (into[keys + mine] == key) {
      merged[kept + i] += into[counts + mine++];
    }
    if (add[keys + theirs] == key) {
      merged[kept + i] += add[counts + theirs++];
    }
  }
  std::copy_n(merged.begin(), 2 * kept, into + keys);
}

void Counters::merge(const Counters& other) {
  PARCOURS_CHECK(cells_ == other.cells_);
  for (std::size_t cell = 0; cell < cells_; ++cell) {
    merge(cell, other, cell);
  }
}

void Counters::forget_turns() {
  for (std::size_t cell = 0; cell < cells_; ++cell) {
    if (at(cell)[CrowdLayout::turn_at] != 0) {
      at(cell)[CrowdLayout::turn_at] = 0;
    }
  }
}

Crowd Counters::crowd(std::size_t cell) const {
  const std::uint32_t* crowd = at(cell);
  Crowd result;
  __builtin_memcpy(&result.fingerprint, crowd, sizeof(result.fingerprint));
  result.patients = crowd[CrowdLayout::patients_at];

  // What each class holds beside the practices that are counted exactly.
  std::array<std::uint32_t, std::size_t{4} * words_a_line> rest;
  std::copy_n(crowd, layout_.stride(), rest.begin());
  std::uint32_t largest = 0;
  for (std::uint32_t i = 0; i < layout_.kept(); ++i) {
    const std::uint32_t key = crowd[CrowdLayout::keys_at + i];
    if (key == 0) {
      break;
    }
    const std::uint32_t count = crowd[layout_.counts_at() + i];
    ++result.practices;
    largest = std::max(largest, count);
    rest[layout_.class_word(key)] -= count;
  }
  for (std::uint32_t i = layout_.classes_at(); i < layout_.stride(); ++i) {
    largest = std::max(largest, rest[i]);
  }
  result.largest_practice = std::min(largest, result.patients);
  if (layout_.kept() > 1 && result.practices == 1) {
    result.only_practice = crowd[CrowdLayout::keys_at];
  }
  return result;
}

bool same(const Counters& a, std::size_t cell, const Counters& b, std::size_t other) {
  const std::uint32_t* x = a.at(cell);
  const std::uint32_t* y = b.at(other);
  const std::uint32_t stride = a.layout_.stride();
  return stride == b.layout_.stride() && std::equal(x, x + CrowdLayout::turn_at, y) &&
         std::equal(x + CrowdLayout::keys_at, x + stride, y + CrowdLayout::keys_at);
}

}  // namespace parcours::crowds
