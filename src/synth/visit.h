// A visit as a practice's software records it: events of one person on one day.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/day.h"
#include "synth/codes.h"

namespace parcours::synth {

struct Event {
  CodeNumber code;
  std::uint8_t detail;  // which of the source's own codes for it
  bool has_value;
  std::int32_t value;  // times 10 to the power of the code's decimals
};

struct Visit {
  Day day;
  std::uint32_t person;  // their place in the practice
  std::uint32_t first;   // of Visits::events
  std::uint16_t events;
  bool essential;  // holds what later visits build on: a first diagnosis
};

class Visits {
 public:
  void open(Day day, std::uint32_t person, bool essential) {
    visits_.push_back({day, person, static_cast<std::uint32_t>(events_.size()), 0, essential});
  }
  // To the visit opened last.
  void add(const Event& event) {
    events_.push_back(event);
    ++visits_.back().events;
  }
  void make_essential() { visits_.back().essential = true; }

  const std::vector<Visit>& all() const { return visits_; }
  std::span<const Event> events_of(const Visit& visit) const {
    return std::span(events_).subspan(visit.first, visit.events);
  }
  std::size_t events() const { return events_.size(); }

  // The events stay where they are.
  void replace(std::vector<Visit> visits) { visits_ = std::move(visits); }

 private:
  std::vector<Visit> visits_;
  std::vector<Event> events_;
};

}  // namespace parcours::synth
