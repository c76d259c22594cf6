// Collects the event tests of a study, and tells which tests each code concerns.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "study/tied.h"

namespace parcours::study {

// Where a test without `within` looks: the study's period, or everywhere when nothing of the vault
// lies outside it.
Span period_span(const Study& study, const Ground& ground);

class EventTests {
 public:
  EventTests(const Study& study, const Ground& ground);

  // The number of the test. Error: no code of the vault matches.
  Result<std::uint32_t> add(const EventTest& test, bool valued);

  // Puts the tests and the look-ups into `tied`, and says which columns they need.
  Tied into(Tied tied) &&;

 private:
  const Study& study_;
  const Ground& ground_;
  Span period_;
  std::vector<TiedTest> tests_;
  std::vector<std::vector<std::uint32_t>> tests_of_code_;
};

}  // namespace parcours::study
