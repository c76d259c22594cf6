#include "audit/audit_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace parcours::audit {
namespace {

constexpr std::int64_t within = 5;  // what is called narrow where the user does not say

std::string cells(std::size_t count, const char* kind) {
  return fmt::format("{} {}{}", count, kind, count == 1 ? "" : "s");
}

// What is counted: all feminine in French.
struct Kind {
  const char* en;
  const char* fr;
  const char* fr_many;
};
constexpr Kind hidden_cell = {"hidden cell", "case masquée", "cases masquées"};
constexpr Kind rounded_value = {"rounded value", "valeur arrondie", "valeurs arrondies"};

// "3 of 41 hidden cells can be worked out exactly."
tables::Label worked_out(std::size_t found, std::size_t all, const Kind& kind) {
  const char* what = "can be worked out exactly";
  const std::string of = cells(all, kind.en);
  if (found == 0) {
    return {all == 1 ? fmt::format("The one {} cannot be worked out exactly.", kind.en)
                     : fmt::format("None of {} {}.", of, what),
            all == 1 ? fmt::format("La seule {} ne se déduit pas exactement.", kind.fr)
                     : fmt::format("Aucune des {} {} ne se déduit exactement.", all, kind.fr_many)};
  }
  if (found == all) {
    return all == 1 ? tables::Label{fmt::format("The one {} {}.", kind.en, what),
                                    fmt::format("La seule {} se déduit exactement.", kind.fr)}
                    : tables::Label{fmt::format("All {} {}.", of, what),
                                    fmt::format("Les {} {} se déduisent toutes exactement.", all,
                                                kind.fr_many)};
  }
  return {fmt::format("{} of {} {}.", found, of, what),
          found == 1
              ? fmt::format("Sur {} {}, une se déduit exactement.", all, kind.fr_many)
              : fmt::format("Sur {} {}, {} se déduisent exactement.", all, kind.fr_many, found)};
}

// "12 more are known to within 5; 26 are wider open." And those that have no upper limit.
std::vector<tables::Label> of_bounds(const PublishedSystem& published, const TableAudit& audit,
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
    unbounded += disclosure.interval->whole_high == sums::no_limit ? 1 : 0;
  }
  std::vector<tables::Label> sentences;
  if (narrow + others == 0) {
    return sentences;
  }
  const tables::Label than = narrow_in_words(width);
  if (narrow == 0) {
    sentences.push_back({fmt::format("None of the others is {}.", than.en),
                         fmt::format("Aucune des autres n’est {}.", than.fr)});
  } else {
    sentences.push_back(
        {fmt::format("{} more {} {}{}.", narrow, narrow == 1 ? "is" : "are", than.en,
                     others == 0 ? ""
                                 : fmt::format("; {} {} a wider interval", others,
                                               others == 1 ? "has" : "have")),
         fmt::format("Parmi les autres, valeur {} : {}{}.", than.fr, narrow,
                     others == 0 ? "" : fmt::format(" ; intervalle plus large : {}", others))});
  }
  if (unbounded > 0) {
    sentences.push_back({fmt::format("{} {} no upper bound.", cells(unbounded, "hidden cell"),
                                     unbounded == 1 ? "has" : "have"),
                         fmt::format("Cases masquées sans borne supérieure : {}.", unbounded)});
  }
  return sentences;
}

std::vector<tables::Label> of_insiders(const TableAudit& audit) {
  std::vector<tables::Label> sentences;
  std::size_t knowing = 0;
  for (const auto& group : audit.insiders.groups) {
    knowing += group.size();
  }
  if (knowing > 0) {
    sentences.push_back(
        {fmt::format("An insider who knows one hidden cell (its one patient or practice) can work "
                     "out another one. This holds for {} hidden cells.",
                     knowing),
         fmt::format("Un attaquant interne qui connaît une case masquée (son unique patient ou "
                     "cabinet) peut en déduire une autre. Cases masquées concernées : {}.",
                     knowing)});
  }
  if (const std::size_t pairs = audit.insiders.pairs.size(); pairs > 0) {
    sentences.push_back(
        {fmt::format("Two insiders who exchange what they know can work out {} that neither can "
                     "work out alone.",
                     cells(pairs, "cell")),
         fmt::format("Deux attaquants internes qui échangent ce qu’ils savent peuvent déduire des "
                     "cases qu’aucun ne déduirait seul : {}.",
                     pairs)});
  }
  return sentences;
}

}  // namespace

tables::Label answer(const TableAudit& audit) {
  if (audit.disclosures.empty()) {
    return {"No cell is hidden.", "Aucune case n’est masquée."};
  }
  return audit.hidden() == 0 ? worked_out(audit.known(true), audit.rounded(), rounded_value)
                             : worked_out(audit.known(false), audit.hidden(), hidden_cell);
}

tables::Label narrow_in_words(std::optional<std::int64_t> width) {
  return width ? tables::Label{fmt::format("known more narrowly than {}", *width),
                               fmt::format("connue à moins de {} près", *width)}
               : tables::Label{fmt::format("known to within {}", within),
                               fmt::format("connue à {} près", within)};
}

std::vector<tables::Label> summary(const PublishedSystem& published, const TableAudit& audit,
                                   std::optional<std::int64_t> width) {
  std::vector<tables::Label> sentences = {answer(audit)};
  const auto add = [&](const std::vector<tables::Label>& more) {
    sentences.insert(sentences.end(), more.begin(), more.end());
  };
  if (const std::size_t shown = audit.count(HowKnown::shown, false); shown > 0) {
    add({{fmt::format("{} of them {} printed elsewhere.", shown, shown == 1 ? "is" : "are"),
          fmt::format("Dont publiées ailleurs : {}.", shown)}});
  }
  if (const std::size_t pinned = audit.count(HowKnown::pinned, audit.hidden() == 0); pinned > 0) {
    add({{fmt::format("The sums alone do not give {} of them, but only one number fits: no count "
                      "is below 0, and a mark means what it says.",
                      pinned),
          fmt::format("Dont les seules sommes ne donnent pas la valeur : {}. Mais un seul nombre "
                      "convient, car aucun effectif n’est négatif et chaque marque a le "
                      "sens indiqué.",
                      pinned)}});
  }
  if (audit.hidden() > 0 && audit.rounded() > 0) {
    add({worked_out(audit.known(true), audit.rounded(), rounded_value)});
  }
  add(of_bounds(published, audit, width));
  add(of_insiders(audit));
  return sentences;
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
  return decimal_text(derivation.value(), published.decimals);
}

tables::Label interval_text(const PublishedSystem& published, const Disclosure& disclosure) {
  if (!disclosure.interval) {
    return {"?", "?"};
  }
  const sums::Interval& interval = *disclosure.interval;
  const std::string low = decimal_text(interval.whole_low, published.decimals);
  if (interval.whole_high == sums::no_limit) {
    return interval.whole_low <= lowest_value ? tables::Label{"any number", "un nombre quelconque"}
                                              : tables::Label{low + " or more", low + " ou plus"};
  }
  const std::string high = decimal_text(interval.whole_high, published.decimals);
  return interval.whole_low == interval.whole_high
             ? tables::Label{high, high}
             : tables::Label{low + " to " + high, low + " à " + high};
}

bool is_narrow(const PublishedSystem& published, const Disclosure& disclosure,
               std::optional<std::int64_t> width) {
  return narrower(published, disclosure, width.value_or(within + 1));
}

}  // namespace parcours::audit
