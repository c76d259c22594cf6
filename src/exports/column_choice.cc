#include "exports/column_choice.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <unordered_set>

#include "base/day.h"
#include "exports/column_names.h"

namespace parcours::exports {
namespace {

constexpr double nearly_as_good = 0.8;
constexpr std::size_t enough_patients = 10;  // with two values, to say that none changes
constexpr double seldom = 0.02;

// What a column looks like beside the patient, on the lines of the sample that have one.
struct Beside {
  double filled = 0;        // share of these lines
  std::size_t several = 0;  // patients with two values or more
  std::size_t changes = 0;  // of them, with different ones
};

Beside beside(const Look& column, const Look& patient) {
  struct Seen {
    std::uint32_t first = 0;
    std::uint32_t values = 0;
    bool changes = false;
  };
  std::unordered_map<std::uint32_t, Seen> of_patient;
  std::size_t lines = 0;
  std::size_t filled = 0;
  for (std::size_t line = 0; line < patient.values.size(); ++line) {
    if (patient.values[line] == no_value) {
      continue;
    }
    ++lines;
    if (const std::uint32_t value = column.values[line]; value != no_value) {
      ++filled;
      Seen& seen = of_patient[patient.values[line]];
      seen.first = seen.values++ == 0 ? value : seen.first;
      seen.changes = seen.changes || value != seen.first;
    }
  }
  Beside result{.filled =
                    lines == 0 ? 0 : static_cast<double>(filled) / static_cast<double>(lines)};
  for (const auto& [number, seen] : of_patient) {
    result.several += seen.values > 1 ? 1 : 0;
    result.changes += seen.changes ? 1 : 0;
  }
  return result;
}

double within_patients(const Beside& found) {
  const bool never =
      found.several >= enough_patients &&
      static_cast<double>(found.changes) < seldom * static_cast<double>(found.several);
  return never ? 0.2 : 1;
}

bool holds_words(const Look& look) {
  const ColumnProfile& profile = look.profile;
  return look.guess.role == ColumnRole::quasi && !look.named && profile.days() < 0.5 &&
         profile.numbers() < 0.5 && profile.distinct() > 1 && profile.distinct_share() < 0.5 &&
         profile.sentences() < 0.5 && !says_identifier(look.column.name);
}

// Below this, nothing but the values' being words speaks for it.
constexpr double any_words = 0.25;

// What its name, or the form of its values, says of its being a code; 0: that it is none.
double said_code(const Look& look) {
  if (look.profile.values() == 0) {
    return 0;
  }
  constexpr int named = 500;
  switch (look.guess.role) {
    case ColumnRole::code:
      return look.rank < named                   ? 1 - look.rank / 1000.0
             : says_identifier(look.column.name) ? any_words
                                                 : 0.7;
    case ColumnRole::sensitive:
      if (look.profile.distinct_share() >= 0.9) {
        return 0;
      }
      return !look.of_health ? any_words : look.rank < 100 ? 0.8 : 0.6;
    case ColumnRole::kind:
      return 0.3;
    default:
      return holds_words(look) ? any_words : 0;
  }
}

// Whether the values of each tell those of the other.
bool say_the_same(const Look& a, const Look& b) {
  std::unordered_set<std::uint64_t> both;
  std::unordered_set<std::uint32_t> of_a;
  std::unordered_set<std::uint32_t> of_b;
  for (std::size_t line = 0; line < a.values.size(); ++line) {
    if (a.values[line] != no_value && b.values[line] != no_value) {
      both.insert(std::uint64_t{a.values[line]} << 32 | b.values[line]);
      of_a.insert(a.values[line]);
      of_b.insert(b.values[line]);
    }
  }
  return !both.empty() && both.size() * 20 <= std::min(of_a.size(), of_b.size()) * 21;
}

struct Scored {
  Look* look;
  double said;
  double fit;
};

// The best fit first; of equal ones the first in the file.
Choice in_order(std::vector<Scored>& scored) {
  std::ranges::stable_sort(scored, std::greater(), &Scored::fit);
  Choice choice;
  for (const Scored& one : scored) {
    choice.columns.push_back(one.look);
  }
  return choice;
}

}  // namespace

Choice likely_codes(std::vector<Look>& looks, const Look& patient) {
  std::vector<Scored> scored;
  for (Look& look : looks) {
    if (const double said = said_code(look); said > 0) {
      const Beside found = beside(look, patient);
      const bool key = look.profile.distinct_share() == 1 && look.profile.values() > 50;
      scored.push_back({&look, said,
                        said * found.filled * within_patients(found) *
                            (key                            ? 0.3
                             : look.profile.distinct() == 1 ? 0.5
                                                            : 1)});
    }
  }
  const bool any = std::ranges::any_of(scored, [](const Scored& one) {
    return one.look->guess.role != ColumnRole::quasi && one.fit > 0;
  });
  if (!any) {
    return {};
  }
  std::erase_if(scored, [](const Scored& one) { return one.fit <= 0; });
  Choice choice = in_order(scored);
  const Scored& best = scored[0];
  choice.doubtful = best.look->guess.role == ColumnRole::quasi;
  if (scored.size() > 1) {
    const Scored& next = scored[1];
    choice.doubtful = choice.doubtful || (next.fit >= nearly_as_good * best.fit &&
                                          !say_the_same(*best.look, *next.look));
  }
  return choice;
}

Choice likely_days(std::vector<Look>& looks, const Look* patient) {
  std::vector<Scored> scored;
  for (Look& look : looks) {
    if (look.guess.role != ColumnRole::date) {
      continue;
    }
    static constexpr double precise[] = {1, 0.8, 0.8, 0.7, 0.6};  // as Precision
    const auto precision = precision_of(look.guess.day_format).value_or(Precision::days);
    const double said = (1 - look.rank / 2000.0) * precise[static_cast<std::size_t>(precision)];
    double fit = said * (1 - look.profile.missing_share());
    if (patient != nullptr) {
      const Beside found = beside(look, *patient);
      fit = said * found.filled * within_patients(found);
    }
    scored.push_back({&look, said, fit});
  }
  return in_order(scored);
}

bool is_key_within_patients(const Look& column, const Look& patient) {
  std::unordered_map<std::uint32_t, std::uint32_t> owner;
  for (std::size_t line = 0; line < patient.values.size(); ++line) {
    const std::uint32_t value = column.values[line];
    if (value == no_value || patient.values[line] == no_value) {
      continue;
    }
    if (owner.try_emplace(value, patient.values[line]).first->second != patient.values[line]) {
      return false;
    }
  }
  return owner.size() >= 20;
}

}  // namespace parcours::exports
