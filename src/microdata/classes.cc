#include "microdata/classes.h"

#include <algorithm>
#include <map>

#include "base/threads.h"
#include "microdata/row_keys.h"

namespace parcours::microdata {
namespace {

// Keys are made this many at a time, column after column, so that they stay in the cache.
constexpr std::size_t strip = 1024;
// A part of about so many keys has a table that fits a core's second-level cache.
constexpr std::size_t part_records = 4096;
constexpr unsigned most_part_bits = 11;

// Class sizes met, most of them small.
class SizeTally {
 public:
  void add(std::uint32_t size) {
    if (size < small_.size()) {
      ++small_[size];
    } else {
      ++large_[size];
    }
  }
  void add(const SizeTally& other) {
    for (std::size_t size = 0; size < small_.size(); ++size) {
      small_[size] += other.small_[size];
    }
    for (const auto& [size, classes] : other.large_) {
      large_[size] += classes;
    }
  }
  ClassSizes sizes() const {
    ClassSizes result;
    for (std::uint32_t size = 0; size < small_.size(); ++size) {
      if (small_[size] > 0) {
        result.sizes.push_back({size, small_[size]});
      }
    }
    for (const auto& [size, classes] : large_) {
      result.sizes.push_back({size, classes});
    }
    return result;
  }

 private:
  std::vector<std::uint64_t> small_ = std::vector<std::uint64_t>(256, 0);
  std::map<std::uint32_t, std::uint64_t> large_;
};

// The records' keys.
template <class Key>
std::vector<Key> keys_of(const RowKeys& rows, std::size_t records, int threads) {
  std::vector<Key> keys(records);
  each_on_threads((records + strip - 1) / strip, threads, [&](std::size_t i) {
    const std::span<Key> piece =
        std::span(keys).subspan(i * strip, std::min(strip, records - i * strip));
    for (std::size_t column = 0; column < rows.columns(); ++column) {
      rows.add<1>(column, i * strip, piece);
    }
  });
  return keys;
}

// What is moved into the parts: a key alone, or with its record.
template <class Key>
struct Placed {
  Key key;
  std::uint32_t record;
};
template <class Key>
Key key_of(const Key& item) {
  return item;
}
template <class Key>
Key key_of(const Placed<Key>& item) {
  return item.key;
}

// Items cut by their key's hash into parts; equal keys lie in the same part, and a part's items in
// the order of their records.
template <class Item>
struct Parts {
  std::vector<Item> items;
  std::vector<std::size_t> begins;  // one more than there are parts
  unsigned bits = 0;

  std::size_t count() const { return begins.size() - 1; }
  std::span<const Item> part(std::size_t i) const {
    return std::span(items).subspan(begins[i], begins[i + 1] - begins[i]);
  }
};

template <class Key>
std::size_t part_of(Key key, unsigned bits) {
  return bits == 0 ? 0 : RowKeys::hash(key) >> (64 - bits);
}

// `item_at` makes the item of a record.
template <class Item, class ItemAt>
Parts<Item> cut(std::size_t records, int threads, const ItemAt& item_at) {
  Parts<Item> parts;
  while (parts.bits < most_part_bits && records >> parts.bits > part_records) {
    ++parts.bits;
  }
  const std::size_t count = std::size_t{1} << parts.bits;
  const auto slices = static_cast<std::size_t>(std::max(threads, 1));
  const auto begin_of = [&](std::size_t slice) { return records * slice / slices; };

  // How many of each slice go to each part, then where the first of them goes.
  std::vector<std::vector<std::size_t>> places(slices, std::vector<std::size_t>(count, 0));
  each_on_threads(slices, threads, [&](std::size_t slice) {
    auto& mine = places[slice];
    for (std::size_t i = begin_of(slice); i < begin_of(slice + 1); ++i) {
      ++mine[part_of(key_of(item_at(i)), parts.bits)];
    }
  });
  std::size_t place = 0;
  for (std::size_t part = 0; part < count; ++part) {
    parts.begins.push_back(place);
    for (auto& slice : places) {
      const std::size_t items = slice[part];
      slice[part] = place;
      place += items;
    }
  }
  parts.begins.push_back(place);
  parts.items.resize(records);
  each_on_threads(slices, threads, [&](std::size_t slice) {
    auto& mine = places[slice];
    for (std::size_t i = begin_of(slice); i < begin_of(slice + 1); ++i) {
      const Item item = item_at(i);
      parts.items[mine[part_of(key_of(item), parts.bits)]++] = item;
    }
  });
  return parts;
}

// Counts of the keys of one part at a time, in a table that is used again.
template <class Key>
class PartTable {
 public:
  // Numbers the distinct keys of a part in order of first appearance; calls met(item, number).
  template <class Item, class Met>
  std::span<const std::uint32_t> count(std::span<const Item> items, unsigned bits, const Met& met) {
    const std::size_t slots = std::bit_ceil(std::max<std::size_t>(2 * items.size(), 16));
    slots_.assign(slots, free);
    keys_.clear();
    counts_.clear();
    for (const Item& item : items) {
      const Key key = key_of(item);
      // The hash's top bits picked the part; the bits below them pick the slot.
      std::size_t slot = (RowKeys::hash(key) << bits >> 20) & (slots - 1);
      while (slots_[slot] != free && keys_[slots_[slot]] != key) {
        slot = (slot + 1) & (slots - 1);
      }
      if (slots_[slot] == free) {
        slots_[slot] = static_cast<std::uint32_t>(keys_.size());
        keys_.push_back(key);
        counts_.push_back(0);
      }
      ++counts_[slots_[slot]];
      met(item, slots_[slot]);
    }
    return counts_;
  }

 private:
  static constexpr std::uint32_t free = ~std::uint32_t{0};
  std::vector<std::uint32_t> slots_;  // the key's number in its part
  std::vector<Key> keys_;
  std::vector<std::uint32_t> counts_;
};

// Neighbouring parts that one thread counts at a stretch.
constexpr std::size_t parts_at_once = 16;

template <class Key, class KeyAt>
ClassSizes sizes_of(std::size_t records, int threads, const KeyAt& key_at) {
  const Parts<Key> parts = cut<Key>(records, threads, key_at);
  const std::size_t stretches = (parts.count() + parts_at_once - 1) / parts_at_once;
  std::vector<SizeTally> tallies(stretches);
  each_on_threads(stretches, threads, [&](std::size_t stretch) {
    PartTable<Key> table;
    const std::size_t end = std::min(parts.count(), (stretch + 1) * parts_at_once);
    for (std::size_t part = stretch * parts_at_once; part < end; ++part) {
      for (const std::uint32_t size :
           table.count(parts.part(part), parts.bits, [](const Key&, std::uint32_t) {})) {
        tallies[stretch].add(size);
      }
    }
  });
  SizeTally all;
  for (const SizeTally& tally : tallies) {
    all.add(tally);
  }
  return all.sizes();
}

template <class Key>
ClassSizes count_with(const RowKeys& rows, std::size_t records, int threads) {
  const std::vector<Key> keys = keys_of<Key>(rows, records, threads);
  return sizes_of<Key>(records, threads, [&](std::size_t i) { return keys[i]; });
}

template <class Key>
std::vector<ClassSizes> count_without_each(const RowKeys& rows, std::size_t records, int threads) {
  std::vector<Key> keys = keys_of<Key>(rows, records, threads);
  std::vector<ClassSizes> result;
  const auto each_strip = [&](const auto& change) {
    each_on_threads((records + strip - 1) / strip, threads, [&](std::size_t i) {
      change(i * strip, std::span(keys).subspan(i * strip, std::min(strip, records - i * strip)));
    });
  };
  for (std::size_t column = 0; column < rows.columns(); ++column) {
    each_strip(
        [&](std::size_t begin, std::span<Key> piece) { rows.add<-1>(column, begin, piece); });
    result.push_back(sizes_of<Key>(records, threads, [&](std::size_t i) { return keys[i]; }));
    each_strip([&](std::size_t begin, std::span<Key> piece) { rows.add<1>(column, begin, piece); });
  }
  return result;
}

template <class Key>
Classes group_with(const RowKeys& rows, std::size_t records, int threads) {
  const std::vector<Key> keys = keys_of<Key>(rows, records, threads);
  const auto parts = cut<Placed<Key>>(records, threads, [&](std::size_t i) {
    return Placed<Key>{keys[i], static_cast<std::uint32_t>(i)};
  });
  Classes result;
  result.class_of.resize(records);
  std::vector<std::vector<std::uint32_t>> sizes(parts.count());
  const std::size_t stretches = (parts.count() + parts_at_once - 1) / parts_at_once;
  each_on_threads(stretches, threads, [&](std::size_t stretch) {
    PartTable<Key> table;
    const std::size_t end = std::min(parts.count(), (stretch + 1) * parts_at_once);
    for (std::size_t part = stretch * parts_at_once; part < end; ++part) {
      const auto counts = table.count(parts.part(part), parts.bits,
                                      [&](const Placed<Key>& item, std::uint32_t number) {
                                        result.class_of[item.record] = number;
                                      });
      sizes[part].assign(counts.begin(), counts.end());
    }
  });
  std::vector<std::uint32_t> first(parts.count());  // the number of the part's first class
  for (std::size_t part = 0; part < parts.count(); ++part) {
    first[part] = static_cast<std::uint32_t>(result.sizes.size());
    result.sizes.insert(result.sizes.end(), sizes[part].begin(), sizes[part].end());
  }
  each_on_threads(parts.count(), threads, [&](std::size_t part) {
    for (const Placed<Key>& item : parts.part(part)) {
      result.class_of[item.record] += first[part];
    }
  });
  return result;
}

}  // namespace

std::vector<CodeColumn> code_columns(const Microdata& data, std::span<const std::size_t> chosen) {
  std::vector<CodeColumn> columns;
  for (const std::size_t place : chosen) {
    const MicrodataColumn& column = data.columns[place];
    columns.push_back({column.codes, column.dictionary.size()});
  }
  return columns;
}

std::uint64_t ClassSizes::records() const {
  std::uint64_t sum = 0;
  for (const ClassSize& size : sizes) {
    sum += size.records * size.classes;
  }
  return sum;
}

std::uint64_t ClassSizes::classes() const {
  std::uint64_t sum = 0;
  for (const ClassSize& size : sizes) {
    sum += size.classes;
  }
  return sum;
}

std::uint64_t ClassSizes::of_size(std::uint32_t records) const {
  const auto found = std::ranges::lower_bound(sizes, records, {}, &ClassSize::records);
  return found != sizes.end() && found->records == records ? found->classes : 0;
}

std::uint64_t ClassSizes::records_below(std::uint64_t k) const {
  std::uint64_t sum = 0;
  for (const ClassSize& size : sizes) {
    sum += size.records < k ? size.records * size.classes : 0;
  }
  return sum;
}

ClassSizes count_classes(std::span<const CodeColumn> columns, std::size_t records, int threads) {
  const RowKeys rows(columns);
  return rows.narrow() ? count_with<std::uint64_t>(rows, records, threads)
                       : count_with<Uint128>(rows, records, threads);
}

ClassSizes count_classes(const Microdata& data, std::span<const std::size_t> chosen, int threads) {
  return count_classes(code_columns(data, chosen), data.records, threads);
}

std::vector<ClassSizes> count_classes_without_each(std::span<const CodeColumn> columns,
                                                   std::size_t records, int threads) {
  const RowKeys rows(columns);
  return rows.narrow() ? count_without_each<std::uint64_t>(rows, records, threads)
                       : count_without_each<Uint128>(rows, records, threads);
}

Classes group(std::span<const CodeColumn> columns, std::size_t records, int threads) {
  const RowKeys rows(columns);
  return rows.narrow() ? group_with<std::uint64_t>(rows, records, threads)
                       : group_with<Uint128>(rows, records, threads);
}

Classes group(const Microdata& data, std::span<const std::size_t> chosen, int threads) {
  return group(code_columns(data, chosen), data.records, threads);
}

ClassSizes Classes::class_sizes() const {
  SizeTally tally;
  for (const std::uint32_t size : sizes) {
    tally.add(size);
  }
  return tally.sizes();
}

}  // namespace parcours::microdata
