// What somebody works out who knows some hidden cells, against elimination anew for each.
#include "sums/solutions.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "sums/elimination.h"

namespace parcours::sums {
namespace {

struct Question {
  std::vector<tables::Relation> relations;
  std::vector<bool> hidden;
  std::vector<std::uint32_t> known;  // hidden ones, ascending
};

// Sums of a few cells, so that some are determined, some are known with others, and some are not.
Question any_question() {
  Question made;
  const auto cells = *rc::gen::inRange<std::uint32_t>(2, 14);
  for (std::uint32_t c = 0; c < cells; ++c) {
    made.hidden.push_back(*rc::gen::weightedElement<bool>({{3, true}, {1, false}}));
    if (made.hidden.back() && *rc::gen::weightedElement<bool>({{1, true}, {2, false}})) {
      made.known.push_back(c);
    }
  }
  const auto sums = *rc::gen::inRange<std::size_t>(1, 10);
  for (std::size_t r = 0; r < sums; ++r) {
    tables::Relation relation;
    for (std::uint32_t c = 0; c < cells; ++c) {
      const int coefficient = *rc::gen::weightedElement<int>({{5, 0}, {2, 1}, {2, -1}, {1, 2}});
      if (coefficient != 0) {
        relation.terms.push_back({c, coefficient});
      }
    }
    made.relations.push_back(std::move(relation));
  }
  return made;
}

std::vector<std::uint32_t> determined_with(const Question& question,
                                           std::span<const std::uint32_t> published) {
  std::vector<bool> open = question.hidden;
  for (const std::uint32_t cell : question.known) {
    open[cell] = false;
  }
  for (const std::uint32_t cell : published) {
    open[cell] = false;
  }
  return eliminate(question.relations, open).determined;
}

Solutions solutions_of(const Question& question) {
  Random random(1);
  return Solutions::to_know(question.hidden.size(), Echelon(question.relations, question.hidden),
                            question.hidden, question.hidden, random);
}

RC_GTEST_PROP(Solutions, TellWhatSomebodyWorksOutWhoKnowsSomeOfThem, ()) {
  const Question question = any_question();
  RC_ASSERT(solutions_of(question).secrets_known_with(question.known, 0) ==
            determined_with(question, {}));
}

RC_GTEST_PROP(Solutions, OfWhoKnowsSomeOfThemAreZeroInThoseAndInWhatTheyTell, ()) {
  const Question question = any_question();
  std::vector<std::uint32_t> published;
  for (std::uint32_t c = 0; c < question.hidden.size(); ++c) {
    if (question.hidden[c] && *rc::gen::weightedElement<bool>({{1, true}, {4, false}})) {
      published.push_back(c);
    }
  }
  const Solutions all = solutions_of(question);
  const auto left = all.knowing(question.known, published, question.hidden, 4);
  if (!left) {
    return;
  }
  const std::vector<std::uint32_t> determined = determined_with(question, published);
  for (const std::uint32_t cell : left->cells()) {
    const bool known = std::ranges::binary_search(question.known, cell) ||
                       std::ranges::find(published, cell) != published.end() ||
                       std::ranges::binary_search(determined, cell);
    RC_ASSERT(left->knows(cell) == known);
  }
}

TEST(Solutions, SayNothingWhereTooFewWereDrawn) {
  // Five cells that add up, of which four are known.
  const Question question{
      {{{{0, 1}, {1, 1}, {2, 1}, {3, 1}, {4, 1}}}}, std::vector<bool>(5, true), {0, 1, 2, 3}};
  Random random(1);
  const Solutions few(Echelon(question.relations, question.hidden), question.hidden,
                      question.hidden, 4, random);
  EXPECT_EQ(few.secrets_known_with(question.known, 2), std::nullopt);
  EXPECT_EQ(solutions_of(question).secrets_known_with(question.known, 2),
            std::vector<std::uint32_t>{4});
  EXPECT_EQ(solutions_of(question).secrets_known_with(question.known, 5),
            std::vector<std::uint32_t>());
}

}  // namespace
}  // namespace parcours::sums
