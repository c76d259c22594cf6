#include "published/audit_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace parcours {
namespace {

constexpr std::int64_t within = 5;  // what is called narrow where the user does not say

std::string cells(std::size_t count, const char* kind) {
  return fmt::format("{} {}{}", count, kind, count == 1 ? "" : "s");
}

// "3 of 41 hidden cells can be worked out exactly."
std::string of_all(std::size_t found, std::size_t all, const char* kind, const char* what) {
  const std::string of = cells(all, kind);
  if (found == 0) {
    return fmt::format("None of {} {}.", of, what);
  }
  if (found == all) {
    return all == 1 ? fmt::format("The one {} {}.", kind, what)
                    : fmt::format("All {} {}.", of, what);
  }
  return fmt::format("{} of {} {}.", found, of, what);
}

// "12 more are known to within 5; 26 are wider open."
std::string of_bounds(const PublishedSystem& published, const TableAudit& audit,
                      std::optional<std::int64_t> width) {
  std::size_t narrow = 0;
  std::size_t others = 0;
  std::size_t unbounded = 0;
  for (const Disclosure& disclosure : audit.disclosures) {
    if (disclosure.rounded || disclosure.exposure != HowKnown::bounded || !disclosure.interval) {
      continue;
    }
    const bool is = is_narrow(published, disclosure, width);
    narrow += is ? 1 : 0;
    others += is ? 0 : 1;
    unbounded += disclosure.interval->whole_high == no_limit ? 1 : 0;
  }
  if (narrow + others == 0) {
    return "";
  }
  const std::string than = width ? fmt::format("known more narrowly than {}", *width)
                                 : fmt::format("known to within {}", within);
  std::string text;
  if (narrow == 0) {
    text = fmt::format("None of the others is {}.\n", than);
  } else {
    const std::string rest =
        others == 0 ? "" : fmt::format("; {} {} wider open", others, others == 1 ? "is" : "are");
    text = fmt::format("{} more {} {}{}.\n", narrow, narrow == 1 ? "is" : "are", than, rest);
  }
  if (unbounded > 0) {
    text += fmt::format("{} {} no upper limit at all.\n", cells(unbounded, "hidden cell"),
                        unbounded == 1 ? "has" : "have");
  }
  return text;
}

std::string of_insiders(const TableAudit& audit) {
  std::string text;
  std::size_t knowing = 0;
  for (const auto& group : audit.insiders.groups) {
    knowing += group.size();
  }
  if (knowing > 0) {
    text += fmt::format(
        "Whoever knows one hidden cell (its one patient, its one practice) can work out another: "
        "so "
        "with {} of them.\n",
        knowing);
  }
  if (!audit.insiders.pairs.empty()) {
    text += fmt::format(
        "Two who tell each other what they know can work out {} that neither can alone.\n",
        cells(audit.insiders.pairs.size(), "cell"));
  }
  return text;
}

}  // namespace

std::string answer(const TableAudit& audit) {
  if (audit.disclosures.empty()) {
    return "No cell is hidden.";
  }
  if (audit.hidden() == 0) {
    return of_all(audit.known(true), audit.rounded(), "rounded value", "can be worked out exactly");
  }
  return of_all(audit.known(false), audit.hidden(), "hidden cell", "can be worked out exactly");
}

std::string summary(const PublishedSystem& published, const TableAudit& audit,
                    std::optional<std::int64_t> width) {
  std::string text = answer(audit) + "\n";
  if (const std::size_t shown = audit.count(HowKnown::shown, false); shown > 0) {
    text += fmt::format("{} of them {} printed elsewhere.\n", shown, shown == 1 ? "is" : "are");
  }
  if (const std::size_t pinned = audit.count(HowKnown::pinned, audit.hidden() == 0); pinned > 0) {
    text += fmt::format(
        "{} of them not by sums alone: one number fits, as no count is below 0 and a mark means "
        "what "
        "it says.\n",
        pinned);
  }
  if (audit.hidden() > 0 && audit.rounded() > 0) {
    text +=
        of_all(audit.known(true), audit.rounded(), "rounded value", "can be worked out exactly") +
        "\n";
  }
  return text + of_bounds(published, audit, width) + of_insiders(audit);
}

std::vector<SpokenTerm> spoken(const PublishedSystem& published, const Derivation& derivation) {
  std::vector<SpokenTerm> terms;
  std::vector<std::tuple<bool, std::int64_t, std::size_t>> order;
  for (const Derivation::Term& term : derivation.terms) {
    const std::int64_t value = published.system.ranges[term.cell].low;
    const std::int64_t often = term.times < 0 ? -term.times : term.times;
    std::string number = published.value(term.cell);
    if (often != 1) {
      number = fmt::format("{} x {}", often, number);
    }
    order.emplace_back(term.times < 0, -value, terms.size());
    terms.push_back({term.times < 0 ? '-' : '+', std::move(number), published.name(term.cell),
                     published.where(term.cell), term.cell, value == 0});
  }
  std::ranges::sort(order);
  std::vector<SpokenTerm> sorted;
  for (const auto& [negative, value, at] : order) {
    sorted.push_back(std::move(terms[at]));
  }
  return sorted;
}

std::string derived_value(const PublishedSystem& published, const Derivation& derivation) {
  return decimal_text(derivation.value(), published.places);
}

std::string interval_text(const PublishedSystem& published, const Disclosure& disclosure) {
  if (!disclosure.interval) {
    return "?";
  }
  const Interval& interval = *disclosure.interval;
  const std::string low = decimal_text(interval.whole_low, published.places);
  if (interval.whole_high == no_limit) {
    return interval.whole_low <= lowest_value ? "anything" : low + " or more";
  }
  const std::string high = decimal_text(interval.whole_high, published.places);
  return interval.whole_low == interval.whole_high ? high : low + " to " + high;
}

bool is_narrow(const PublishedSystem& published, const Disclosure& disclosure,
               std::optional<std::int64_t> width) {
  return narrower(published, disclosure, width.value_or(within + 1));
}

}  // namespace parcours
