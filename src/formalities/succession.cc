#include "formalities/succession.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <ranges>

#include "base/check.h"
#include "formalities/words.h"

namespace parcours::formalities {
namespace {

using Names = std::vector<std::string>;

Names beside(const Names& next, const Names& before) {
  Names fresh;
  std::ranges::copy_if(next, std::back_inserter(fresh), [&](const std::string& one) {
    return std::ranges::find(before, one) == before.end();
  });
  return fresh;
}

template <class Word>
Text listed_as(const Names& names, Word word) {
  std::vector<Text> parts;
  for (const std::string& name : names) {
    parts.push_back(word(name));
  }
  return listed(parts);
}

Text purpose_word(const std::string& id) {
  const Purpose* purpose = find_purpose(id);
  PARCOURS_CHECK(purpose != nullptr);
  return purpose->name;
}

Text leave_word(const std::string& name) {
  return name == "counts" ? Text{"counts", "effectifs"} : Text{"means", "moyennes"};
}

bool is_research(const std::string& purpose) {
  return purpose == "public-health-research" || purpose == "scientific-research" ||
         purpose == "statistics";
}

Names patterns_of(const Covers& covers) {
  Names patterns;
  std::ranges::transform(covers.codes, std::back_inserter(patterns),
                         [](const vocabulary::Pattern& one) { return to_string(one); });
  return patterns;
}

const Demand* demand(const Permit& permit, const std::string& rule) {
  const auto found = std::ranges::find(permit.demands, rule, &Demand::rule);
  return found == permit.demands.end() ? nullptr : &*found;
}

class WideningTeller {
 public:
  WideningTeller(const Permit& before, const Permit& next) : before_(before), next_(next) {}

  std::vector<Text> sentences() && {
    tell_holder();
    tell_purposes();
    tell_use();
    tell_strictness();
    tell_retention();
    tell_collection();
    tell_patients();
    return std::move(told_);
  }

 private:
  void tell(std::string en, std::string fr) { told_.push_back({std::move(en), std::move(fr)}); }

  void tell_holder() {
    if (next_.holder != before_.holder) {
      tell(fmt::format("The records of permit {} pass from {} to {}.", before_.reference,
                       before_.holder, next_.holder),
           fmt::format("Les données de la formalité {} passent de {} à {}.", before_.reference,
                       before_.holder, next_.holder));
    }
  }

  void tell_purposes() {
    const Names fresh = beside(next_.purposes, before_.purposes);
    if (fresh.empty()) {
      return;
    }
    const Text all = listed_as(fresh, purpose_word);
    if (!purposes_may_widen(before_)) {
      tell(fmt::format("New purposes: {}. They count for what is collected from now on: the "
                       "patients of permit {} consented to other purposes (GDPR, article 6(4)).",
                       all.en, before_.reference),
           fmt::format(
               "Nouvelles finalités : {}. Elles valent pour ce qui sera collecté désormais : "
               "les patients de la formalité {} ont consenti à d’autres finalités (RGPD, "
               "article 6, paragraphe 4).",
               all.fr, before_.reference));
      return;
    }
    tell(fmt::format("New purposes: {}. The records of permit {} may serve them too.", all.en,
                     before_.reference),
         fmt::format("Nouvelles finalités : {}. Les données de la formalité {} peuvent aussi y "
                     "servir.",
                     all.fr, before_.reference));
    Names others;
    std::ranges::copy_if(fresh, std::back_inserter(others),
                         [](const std::string& one) { return !is_research(one); });
    if (others.size() < fresh.size()) {
      tell(
          "Research and statistics are compatible with the purposes of the collection (GDPR, "
          "articles 5(1)(b) and 89(1)).",
          "La recherche et les statistiques sont compatibles avec les finalités de la collecte "
          "(RGPD, article 5, paragraphe 1, point b, et article 89, paragraphe 1).");
    }
    if (!others.empty()) {
      const Text some = listed_as(others, purpose_word);
      tell(
          fmt::format("Whoever signs answers for it that these are compatible with the purposes of "
                      "the collection (GDPR, article 6(4)): {}.",
                      some.en),
          fmt::format("La personne qui signe répond de leur compatibilité avec les finalités de la "
                      "collecte (RGPD, article 6, paragraphe 4) : {}.",
                      some.fr));
    }
  }

  void tell_use() {
    if (next_.studies && !before_.studies) {
      tell(fmt::format("Studies may now be asked, of the records of permit {} too.",
                       before_.reference),
           fmt::format("Des études deviennent possibles, y compris sur les données de la formalité "
                       "{}.",
                       before_.reference));
    }
    const Names askers = beside(next_.askers, before_.askers);
    if (!askers.empty()) {
      tell(fmt::format("These may now ask studies, of the records of permit {} too: {}.",
                       before_.reference, fmt::join(askers, ", ")),
           fmt::format("Peuvent désormais demander des études, y compris sur les données de la "
                       "formalité {} : {}.",
                       before_.reference, fmt::join(askers, ", ")));
    }
    const Names leaves = beside(next_.leaves, before_.leaves);
    if (!leaves.empty()) {
      const Text all = listed_as(leaves, leave_word);
      tell(fmt::format("These may now leave, of the records of permit {} too: {}.",
                       before_.reference, all.en),
           fmt::format(
               "Peuvent désormais sortir, y compris sur les données de la formalité {} : {}.",
               before_.reference, all.fr));
    }
  }

  void tell_strictness() {
    const Names rules = beside(next_.rules, before_.rules);
    if (!rules.empty()) {
      tell(fmt::format("A release may now obey these rules too: {}.", fmt::join(rules, ", ")),
           fmt::format("Une diffusion peut désormais suivre aussi ces règles : {}.",
                       fmt::join(rules, ", ")));
    }
    const Names signatures = beside(before_.signatures, next_.signatures);
    if (!signatures.empty()) {
      tell(
          fmt::format("A study no longer needs the signature of: {}.", fmt::join(signatures, ", ")),
          fmt::format("Une étude n’a plus besoin de la signature de : {}.",
                      fmt::join(signatures, ", ")));
    }
    for (const DemandRule& rule : demand_rules()) {
      const Demand* const then = demand(before_, rule.rule);
      const Demand* const now = demand(next_, rule.rule);
      if (then != nullptr && looser(rule.kind, then->value, now)) {
        tell(fmt::format("The rules need no longer be as strict as {} {}.", rule.rule, then->value),
             fmt::format("Les règles peuvent désormais être moins strictes que {} {}.", rule.rule,
                         then->value));
      }
    }
  }

  static bool looser(DemandKind kind, double then, const Demand* now) {
    return now == nullptr || (kind == DemandKind::at_most ? now->value > then : now->value < then);
  }

  void tell_retention() {
    const Retention& then = before_.retention;
    const Retention& now = next_.retention;
    if (now.years > then.years || now.from != then.from) {
      const Text from = kept_words(then);
      const Text to = kept_words(now);
      tell(fmt::format("Records are kept for {} instead of {}; what is over already stays dead.",
                       to.en, from.en),
           fmt::format("Les données sont conservées {} au lieu de {} ; ce qui est échu le reste.",
                       to.fr, from.fr));
    }
    if (next_.valid.last > before_.valid.last) {
      tell(fmt::format("The records of permit {} may be used until {} instead of {}.",
                       before_.reference, to_string(next_.valid.last, Calendar::dates),
                       to_string(before_.valid.last, Calendar::dates)),
           fmt::format(
               "Les données de la formalité {} peuvent être utilisées jusqu’au {} au lieu du "
               "{}.",
               before_.reference, to_string(next_.valid.last, Calendar::dates),
               to_string(before_.valid.last, Calendar::dates)));
    }
  }

  void collects(const Text& what) {
    tell(fmt::format("Also taken from now on: {}.", what.en),
         fmt::format("Sont aussi acceptés désormais : {}.", what.fr));
  }

  void tell_collection() {
    const Covers& then = before_.covers;
    const Covers& now = next_.covers;
    if (next_.collection && !before_.collection) {
      tell("Records may now be collected.", "La collecte de données devient possible.");
    }
    std::vector<Text> kinds;
    for (std::size_t kind = 0; kind < now.kinds.size(); ++kind) {
      if (now.kinds[kind] && !then.kinds[kind]) {
        kinds.push_back(vocabulary::words_of_kind(static_cast<vocabulary::KindId>(kind)));
      }
    }
    if (!kinds.empty()) {
      collects(listed(kinds));
    }
    const Names codes = beside(patterns_of(now), patterns_of(then));
    if (!codes.empty()) {
      const std::string all = fmt::format("{}", fmt::join(codes, ", "));
      collects({"the codes " + all, "les codes " + all});
    }
    std::vector<Text> ways;
    for (std::size_t one = 0; one < now.provenance.size(); ++one) {
      if (now.provenance[one] && !then.provenance[one]) {
        ways.push_back(provenance_word(one));
      }
    }
    if (!ways.empty()) {
      const Text all = listed(ways);
      collects({"facts " + all.en, "les faits " + all.fr});
    }
    if (now.days.first < then.days.first || then.days.last < now.days.last) {
      const Text days = days_words(now.days, now.calendar);
      const Text old = days_words(then.days, then.calendar);
      collects({fmt::format("facts {} instead of {}", days.en, old.en),
                fmt::format("les faits {} au lieu de {}", days.fr, old.fr)});
    }
  }

  void tell_patients() {
    const Covers& then = before_.covers;
    const Covers& now = next_.covers;
    const Names fields = beside(now.fields, then.fields);
    if (!fields.empty()) {
      const Text all = listed_as(fields, field_word);
      collects({"of each patient: " + all.en, "de chaque patient : " + all.fr});
    }
    if (now.all_practices && !then.all_practices) {
      collects({"records of all practices", "les données de tous les cabinets"});
    } else if (!then.all_practices && !beside(now.practices, then.practices).empty()) {
      const std::string all =
          fmt::format("{}", fmt::join(beside(now.practices, then.practices), ", "));
      collects({"records of these practices: " + all, "les données de ces cabinets : " + all});
    }
    if (now.follow == Follow::programme && then.follow == Follow::practice) {
      tell("A patient is now followed across practices, in what is sent from now on.",
           "Un patient est désormais suivi d’un cabinet à l’autre, dans ce qui sera envoyé.");
    }
    if (now.new_keys < then.new_keys) {
      tell("Pseudonyms begin anew less often, in what is sent from now on.",
           "Les pseudonymes changent moins souvent, dans ce qui sera envoyé.");
    }
  }

  const Permit& before_;
  const Permit& next_;
  std::vector<Text> told_;
};

}  // namespace

bool purposes_may_widen(const Permit& collected_under) {
  return collected_under.kind != "explicit-consent";
}

std::vector<Text> widened(const Permit& before, const Permit& next) {
  return WideningTeller(before, next).sentences();
}

}  // namespace parcours::formalities
