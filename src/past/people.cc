#include "past/people.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/bytes.h"
#include "base/check.h"

namespace parcours::past {
namespace {

constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();

records::PracticeId practice_of(ByteReader& from) {
  return static_cast<records::PracticeId>(
      from.number(std::numeric_limits<records::PracticeId>::max() - 1));
}

}  // namespace

std::optional<std::uint32_t> People::find(const records::PatientId& id) const {
  const auto at = std::ranges::find(ids_, id);
  return at == ids_.end() ? std::nullopt
                          : std::optional(static_cast<std::uint32_t>(at - ids_.begin()));
}

PastRoll People::enter(const crowds::Roll& roll) {
  PARCOURS_CHECK(std::ranges::is_sorted(roll.ids));
  std::vector<std::pair<records::PatientId, std::uint32_t>> known;
  known.reserve(count());
  for (std::uint32_t number = 0; number < count(); ++number) {
    known.emplace_back(ids_[number], number);
  }
  std::ranges::sort(known);
  std::vector<std::uint32_t> numbers(roll.patients(), nobody);
  std::vector<std::uint32_t> new_ones;  // by place in the roll
  auto at = known.begin();
  for (std::uint32_t i = 0; i < roll.patients(); ++i) {
    while (at != known.end() && at->first < roll.ids[i]) {
      ++at;
    }
    if (at != known.end() && at->first == roll.ids[i]) {
      numbers[i] = at->second;
    } else {
      new_ones.push_back(i);
    }
  }
  std::ranges::stable_sort(new_ones, {}, [&](std::uint32_t i) { return roll.practices[i]; });
  for (const std::uint32_t i : new_ones) {
    numbers[i] = static_cast<std::uint32_t>(count());
    ids_.push_back(roll.ids[i]);
    practices_.push_back(roll.practices[i]);
  }

  std::vector<std::uint32_t> patient_of(count(), nobody);  // by number
  for (std::uint32_t i = 0; i < numbers.size(); ++i) {
    patient_of[numbers[i]] = i;
  }
  PastRoll made;
  std::vector<std::uint32_t> order;
  for (std::uint32_t number = 0; number < count(); ++number) {
    const std::uint32_t i = patient_of[number];
    if (i == nobody) {
      continue;
    }
    if (roll.practices[i] != practices_[number]) {
      made.elsewhere.push_back({static_cast<std::uint32_t>(order.size()), roll.practices[i]});
    }
    made.people.push_back(number);
    order.push_back(i);
  }
  for (const crowds::Roll::OfTable& table : roll.tables) {
    made.tables.push_back(crowds::reordered(table, order));
  }
  return made;
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
    practices_.push_back(practice_of(from));
  }
  return from.good() && count() <= nobody;
}

std::string people_to_bytes(const PastRoll& roll) {
  ByteWriter to;
  std::uint32_t last = 0;
  for (const std::uint32_t number : roll.people) {
    to.number(number - last);
    last = number;
  }
  to.number(roll.elsewhere.size());
  last = 0;
  for (const PastRoll::Elsewhere& one : roll.elsewhere) {
    to.number(one.patient - last);
    last = one.patient;
    to.number(one.practice);
  }
  return to.take();
}

bool read_people(std::string_view bytes, std::size_t count, PastRoll& roll) {
  ByteReader from(bytes);
  const std::size_t patients = roll.patients();
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < patients && from.good(); ++i) {
    const std::uint64_t further = from.number(count);
    number += further;
    if (number >= count || (i > 0 && further == 0)) {
      return false;
    }
    roll.people[i] = static_cast<std::uint32_t>(number);
  }
  std::uint64_t patient = 0;
  const std::uint64_t elsewhere = from.number(patients);
  for (std::uint64_t i = 0; i < elsewhere && from.good(); ++i) {
    const std::uint64_t further = from.number(patients);
    patient += further;
    if (patient >= patients || (i > 0 && further == 0)) {
      return false;
    }
    roll.elsewhere.push_back({static_cast<std::uint32_t>(patient), practice_of(from)});
  }
  return from.good() && from.at_end();
}

}  // namespace parcours::past
