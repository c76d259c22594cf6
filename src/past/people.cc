#include "past/people.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "base/bytes.h"
#include "base/check.h"

namespace parcours::past {
namespace {

constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();

}  // namespace

// Merges the runs of pseudonyms that ascend, two and two, until there is one.
void People::sort() {
  const auto id = [&](std::uint32_t number) { return ids_[number]; };
  in_order_.resize(ids_.size());
  std::iota(in_order_.begin(), in_order_.end(), 0u);
  std::vector<std::size_t> starts{0};
  for (std::size_t i = 1; i < ids_.size(); ++i) {
    if (ids_[i] < ids_[i - 1]) {
      starts.push_back(i);
    }
  }
  const auto at = [&](std::size_t run) {
    return in_order_.begin() +
           static_cast<std::ptrdiff_t>(run < starts.size() ? starts[run] : ids_.size());
  };
  while (starts.size() > 1) {
    std::vector<std::size_t> merged;
    for (std::size_t run = 0; run < starts.size(); run += 2) {
      std::ranges::inplace_merge(at(run), at(run + 1), at(run + 2), {}, id);
      merged.push_back(starts[run]);
    }
    starts = std::move(merged);
  }
}

std::vector<std::uint32_t> People::number(const crowds::Roll& roll) {
  PARCOURS_CHECK(std::ranges::is_sorted(roll.ids));
  std::vector<std::uint32_t> numbers;
  numbers.reserve(roll.patients());
  const std::size_t known = in_order_.size();
  std::size_t at = 0;
  for (std::size_t i = 0; i < roll.patients(); ++i) {
    const records::PatientId& id = roll.ids[i];
    while (at < known && ids_[in_order_[at]] < id) {
      ++at;
    }
    if (at < known && ids_[in_order_[at]] == id) {
      numbers.push_back(in_order_[at]);
      continue;
    }
    numbers.push_back(static_cast<std::uint32_t>(ids_.size()));
    ids_.push_back(id);
    practices_.push_back(roll.practices[i]);
  }
  sort();
  return numbers;
}

std::string People::to_bytes(std::size_t first) const {
  ByteWriter to;
  for (std::size_t i = first; i < ids_.size(); ++i) {
    to.fixed(ids_[i].high, 8);
    to.fixed(ids_[i].low, 8);
    to.number(practices_[i]);
  }
  return to.take();
}

bool People::add(std::string_view bytes) {
  ByteReader from(bytes);
  while (from.good() && !from.at_end()) {
    records::PatientId& id = ids_.emplace_back();
    id.high = from.fixed(8);
    id.low = from.fixed(8);
    practices_.push_back(static_cast<records::PracticeId>(
        from.number(std::numeric_limits<records::PracticeId>::max())));
  }
  return from.good();
}

std::string People::roll_to_bytes(std::span<const std::uint32_t> numbers,
                                  const crowds::Roll& roll) const {
  ByteWriter to;
  ByteWriter held_by_others;
  std::uint64_t others = 0;
  std::size_t last_other = 0;
  std::uint32_t last = 0;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    to.number(numbers[i] - last);
    last = numbers[i];
    if (roll.practices[i] != practices_[numbers[i]]) {
      held_by_others.number(i - last_other);
      held_by_others.number(roll.practices[i]);
      last_other = i;
      ++others;
    }
  }
  to.number(others);
  return to.take() + held_by_others.take();
}

bool People::complete(std::string_view bytes, crowds::Roll& roll) const {
  ByteReader from(bytes);
  std::vector<std::uint32_t> patient_of(count(), nobody);  // by number
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < roll.patients(); ++i) {
    number += from.number(count());
    if (number >= count() || patient_of[number] != nobody) {
      return false;
    }
    patient_of[number] = static_cast<std::uint32_t>(i);
    roll.ids[i] = ids_[number];
    roll.practices[i] = practices_[number];
  }
  std::uint64_t patient = 0;
  for (std::uint64_t others = from.number(); others > 0 && from.good(); --others) {
    patient += from.number(roll.patients());
    if (patient >= roll.patients()) {
      return false;
    }
    roll.practices[patient] = static_cast<records::PracticeId>(
        from.number(std::numeric_limits<records::PracticeId>::max()));
  }
  if (!from.good() || !from.at_end()) {
    return false;
  }
  std::vector<std::uint32_t> order;
  order.reserve(roll.patients());
  for (const std::uint32_t of : in_order_) {
    if (patient_of[of] != nobody) {
      order.push_back(patient_of[of]);
    }
  }
  if (!std::ranges::is_sorted(order)) {
    roll = crowds::reordered(roll, order);
  }
  return true;
}

std::vector<std::uint32_t> in_order_of_numbers(std::vector<std::uint32_t> numbers,
                                               crowds::Roll& roll) {
  if (std::ranges::is_sorted(numbers)) {
    return numbers;
  }
  std::vector<std::uint32_t> order(numbers.size());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::sort(order, {}, [&](std::uint32_t i) { return numbers[i]; });
  roll = crowds::reordered(roll, order);
  std::ranges::sort(numbers);
  return numbers;
}

}  // namespace parcours::past
