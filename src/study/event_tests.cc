#include "study/event_tests.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "study/code_columns.h"

namespace parcours::study {
namespace {

bool by_order_of_day(EventTest::Measure measure) {
  return measure == EventTest::Measure::first || measure == EventTest::Measure::last;
}

// Each code's place when all are sorted by code, then kind, then system.
std::vector<std::uint32_t> alphabetic_places(const vocabulary::CodeBook& book) {
  std::vector<vocabulary::CodeId> order(book.size());
  std::iota(order.begin(), order.end(), vocabulary::CodeId{0});
  std::ranges::sort(order, {}, [&](vocabulary::CodeId id) {
    const vocabulary::Code& code = book.at(id);
    return std::tuple(std::string_view(code.code), code.kind, std::string_view(code.system));
  });
  std::vector<std::uint32_t> places(order.size());
  for (std::uint32_t place = 0; place < order.size(); ++place) {
    places[order[place]] = place;
  }
  return places;
}

}  // namespace

Span period_span(const Study& study, const Ground& ground) {
  if (!study.period || !ground.vault_period ||
      (study.period->first <= ground.vault_period->first &&
       ground.vault_period->second <= study.period->second)) {
    return {};
  }
  return {false, study.period->first.number, study.period->second.number};
}

EventTests::EventTests(const Study& study, const Ground& ground)
    : study_(study),
      ground_(ground),
      period_(period_span(study, ground)),
      tests_of_code_(ground.codes.size()) {}

Result<std::uint32_t> EventTests::add(const EventTest& test, bool valued) {
  const std::string where = study_.file.string() + ":" + std::to_string(test.pattern.line);
  ASSIGN_OR_RETURN(const auto codes, matching_codes(test.pattern, ground_.codes, where));
  const auto number = static_cast<std::uint32_t>(tests_.size());
  const Span span = test.within ? Span{true, test.within->first, test.within->last} : period_;
  tests_.push_back({test.measure, span, valued});
  for (const vocabulary::CodeId id : codes) {
    tests_of_code_[id].push_back(number);
  }
  return number;
}

Tied EventTests::into(Tied tied) && {
  std::map<std::vector<std::uint32_t>, std::uint32_t> known = {{{}, 0}};
  tied.groups = {{}};
  for (auto& tests : tests_of_code_) {
    const auto [entry, fresh] =
        known.try_emplace(tests, static_cast<std::uint32_t>(tied.groups.size()));
    if (fresh) {
      tied.groups.push_back(tests);
    }
    tied.group_of_code.push_back(entry->second);
  }
  for (const TiedTest& test : tests_) {
    tied.columns.day =
        tied.columns.day || test.measure != EventTest::Measure::any || !test.span.unbounded();
    tied.columns.value = tied.columns.value || test.valued;
    if (by_order_of_day(test.measure) && tied.alphabetic.empty()) {
      tied.alphabetic = alphabetic_places(ground_.codes);
    }
  }
  tied.tests = std::move(tests_);
  return tied;
}

}  // namespace parcours::study
