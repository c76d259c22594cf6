#include "study/permit_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "formalities/cover.h"
#include "study/phrases.h"
#include "study/uses.h"

namespace parcours::study {
namespace {

bool has(const std::vector<std::string>& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

std::string comma_list(const std::vector<std::string>& words) {
  return words.empty() ? "-" : fmt::format("{}", fmt::join(words, ", "));
}

// Whether all that `inner` matches is matched by `outer`.
bool lies_within(const vocabulary::Pattern& inner, const vocabulary::Pattern& outer) {
  if (outer.kind && outer.kind != inner.kind) {
    return false;
  }
  return outer.prefix ? inner.code.starts_with(outer.code)
                      : !inner.prefix && inner.code == outer.code;
}

// A pattern of one kind each.
std::vector<vocabulary::Pattern> by_kind(const vocabulary::Pattern& pattern) {
  if (pattern.kind) {
    return {pattern};
  }
  std::vector<vocabulary::Pattern> all;
  for (std::size_t kind = 0; kind < vocabulary::kinds().size(); ++kind) {
    all.push_back(
        {static_cast<vocabulary::KindId>(kind), pattern.code, pattern.prefix, pattern.line});
  }
  return all;
}

bool names_kind(const formalities::Covers& covers, vocabulary::KindId kind) {
  return kind < covers.kinds.size() && covers.kinds[kind];
}

class PermitJudge {
 public:
  PermitJudge(const Study& study, const std::vector<std::string>& practices,
              const formalities::KnownPermit& permit, Day today)
      : study_(study),
        practices_(practices),
        known_(permit),
        permit_(permit.permit),
        covers_(permit.permit.covers),
        today_(today),
        uses_(uses_of(study)) {}

  std::vector<PermitFinding> judge() && {
    judge_permit();
    judge_question();
    judge_kinds();
    judge_patterns();
    judge_fields();
    judge_days();
    judge_leaving();
    judge_practices();
    return std::move(findings_);
  }

 private:
  void found(bool covered, Text yes, Text no, Text remedy) {
    findings_.push_back(
        {covered, covered ? std::move(yes) : std::move(no), covered ? Text{} : std::move(remedy)});
  }

  void judge_permit() {
    const std::string& reference = permit_.reference;
    const std::string why = known_.why_not(today_);
    const std::string last = to_string(permit_.valid.last, Calendar::dates);
    found(known_.in_force(today_),
          {fmt::format("Permit {} is in force until {}.", reference, last),
           fmt::format("La formalité {} est en vigueur jusqu’au {}.", reference, last)},
          {fmt::format("The permit is not in force: {}.", why),
           fmt::format("La formalité {} n’est pas en vigueur.", reference)},
          {"name a permit that is in force, or have a permit-keeper enter one",
           "citer une formalité en vigueur, ou en faire verser une"});
    found(permit_.studies,
          {fmt::format("Permit {} allows studies.", reference),
           fmt::format("La formalité {} permet des études.", reference)},
          {fmt::format("Permit {} allows no studies.", reference),
           fmt::format("La formalité {} ne permet aucune étude.", reference)},
          {"name a permit whose uses include \"studies\"",
           "citer une formalité dont les usages comprennent « studies »"});
  }

  void judge_question() {
    const std::string purposes = comma_list(permit_.purposes);
    const bool none = study_.purpose.empty();
    found(has(permit_.purposes, study_.purpose),
          {fmt::format("The purpose {} is among the permit's.", study_.purpose),
           fmt::format("La finalité {} figure dans la formalité.", study_.purpose)},
          {none ? "The study names no purpose."
                : fmt::format("The purpose {} is not among the permit's.", study_.purpose),
           none ? "L’étude n’indique aucune finalité."
                : fmt::format("La finalité {} ne figure pas dans la formalité.", study_.purpose)},
          {fmt::format("'purpose' in [study] must be one of: {}", purposes),
           fmt::format("« purpose » dans [study] doit être l’une de : {}", purposes)});
    const std::string askers = comma_list(permit_.askers);
    const bool nobody = study_.asked_by.empty();
    found(has(permit_.askers, study_.asked_by),
          {fmt::format("{} may ask studies.", study_.asked_by),
           fmt::format("{} peut demander des études.", study_.asked_by)},
          {nobody ? "The study does not say who asks it."
                  : fmt::format("{} may not ask studies under this permit.", study_.asked_by),
           nobody ? "L’étude ne dit pas qui la demande."
                  : fmt::format("{} ne peut pas demander d’études au titre de cette formalité.",
                                study_.asked_by)},
          {fmt::format("'asked_by' in [study] must be one of: {}", askers),
           fmt::format("« asked_by » dans [study] doit être l’un de : {}", askers)});
  }

  void judge_kinds() {
    std::vector<bool> used(vocabulary::kinds().size(), false);
    for (const vocabulary::Pattern& pattern : uses_.patterns) {
      for (const vocabulary::Pattern& one : by_kind(pattern)) {
        used[*one.kind] = true;
      }
    }
    for (std::size_t kind = 0; kind < used.size(); ++kind) {
      if (used[kind]) {
        const std::string& name = vocabulary::kinds()[kind];
        found(names_kind(covers_, static_cast<vocabulary::KindId>(kind)),
              {fmt::format("The permit covers events of the kind {}.", name),
               fmt::format("La formalité couvre les événements de nature {}.", name)},
              {fmt::format("The permit covers no events of the kind {}.", name),
               fmt::format("La formalité ne couvre aucun événement de nature {}.", name)},
              {fmt::format("leave {} out of the study, or have a permit entered that covers it",
                           name),
               fmt::format("retirer {} de l’étude, ou faire verser une formalité qui couvre ces "
                           "événements",
                           name)});
      }
    }
  }

  bool covers(const vocabulary::Pattern& pattern) const {
    return std::ranges::all_of(by_kind(pattern), [&](const vocabulary::Pattern& one) {
      return names_kind(covers_, *one.kind) &&
             std::ranges::any_of(covers_.codes, [&](const vocabulary::Pattern& allowed) {
               return lies_within(one, allowed);
             });
    });
  }

  // The permit's patterns of the pattern's kind, for the remedy.
  std::string allowed_beside(const vocabulary::Pattern& pattern) const {
    std::vector<std::string> near;
    for (const vocabulary::Pattern& allowed : covers_.codes) {
      if (!allowed.kind || !pattern.kind || allowed.kind == pattern.kind) {
        near.push_back(vocabulary::to_string(allowed));
      }
    }
    return comma_list(near);
  }

  void judge_patterns() {
    for (const vocabulary::Pattern& pattern : uses_.patterns) {
      const std::string name = vocabulary::to_string(pattern);
      const std::string near = allowed_beside(pattern);
      found(covers(pattern),
            {fmt::format("The permit covers the codes {}.", name),
             fmt::format("La formalité couvre les codes {}.", name)},
            {fmt::format("The permit does not cover all of the codes {}.", name),
             fmt::format("La formalité ne couvre pas tous les codes {}.", name)},
            {fmt::format("ask within what the permit covers: {}", near),
             fmt::format("rester dans ce que la formalité couvre : {}", near)});
    }
  }

  void judge_fields() {
    for (const std::string& field : uses_.fields) {
      found(has(covers_.fields, field),
            {fmt::format("The permit covers the patients' {}.", field),
             fmt::format("La formalité couvre le champ {} des patients.", field)},
            {fmt::format("The permit does not cover the patients' {}.", field),
             fmt::format("La formalité ne couvre pas le champ {} des patients.", field)},
            {fmt::format("leave {} out of the study{}", field,
                         field == "birth_year" ? ", and the age with it" : ""),
             fmt::format("retirer {} de l’étude{}", field,
                         field == "birth_year" ? ", et l’âge avec" : "")});
    }
  }

  void judge_days() {
    const bool dates = study_.calendar == Calendar::dates;
    if (dates != (covers_.calendar == Calendar::dates)) {
      found(false, {},
            {"The permit and the study do not count days by the same calendar.",
             "La formalité et l’étude n’ont pas le même calendrier."},
            {dates ? "the permit has relative days" : "the permit has dates",
             dates ? "la formalité est en jours relatifs" : "la formalité est en dates"});
      return;
    }
    if (uses_.unlimited) {
      found(false, {},
            {"The study has no period, so that it looks at events of any time.",
             "L’étude n’a pas de période : elle porte sur des événements de toute date."},
            {fmt::format("write a 'period' in [study] within the permit's days, {}",
                         said_days(covers_.days.first.number, covers_.days.last.number).en),
             fmt::format("indiquer dans [study] une « period » dans les dates de la formalité, {}",
                         said_days(covers_.days.first.number, covers_.days.last.number).fr)});
    }
    if (study_.period) {
      judge_span({"The study's period", "La période de l’étude"}, study_.period->first.number,
                 study_.period->second.number);
    }
    for (const Window& window : uses_.windows) {
      judge_window(window);
    }
  }

  // Nothing where index days may lie anywhere, which was said before.
  void judge_window(const Window& window) {
    std::int64_t earliest = 0;
    std::int64_t latest = 0;
    if (const auto* day = std::get_if<Day>(&study_.population.index)) {
      earliest = latest = day->number;
    } else if (study_.period) {
      earliest = study_.period->first.number;
      latest = study_.period->second.number;
    } else {
      return;
    }
    const tables::Label when = time_phrase(window, false);
    judge_span({"The window " + when.en, "La fenêtre " + when.fr}, earliest + window.first,
               latest + window.last);
  }

  Text said_days(std::int64_t first, std::int64_t last) const {
    const auto one = [&](std::int64_t number) {
      return to_string(
          Day{static_cast<std::int32_t>(std::clamp<std::int64_t>(number, INT32_MIN, INT32_MAX))},
          study_.calendar);
    };
    return {fmt::format("from {} to {}", one(first), one(last)),
            fmt::format("du {} au {}", one(first), one(last))};
  }

  void judge_span(const Text& what, std::int64_t first, std::int64_t last) {
    const Text asked = said_days(first, last);
    const Text allowed = said_days(covers_.days.first.number, covers_.days.last.number);
    found(covers_.days.first.number <= first && last <= covers_.days.last.number,
          {fmt::format("{} lies within the permit's days.", what.en),
           fmt::format("{} se situe dans les dates de la formalité.", what.fr)},
          {fmt::format("{} reaches {}, beyond the permit's days.", what.en, asked.en),
           fmt::format("{} va {}, au-delà des dates de la formalité.", what.fr, asked.fr)},
          {fmt::format("stay within {}", allowed.en),
           fmt::format("rester dans l’intervalle {}", allowed.fr)});
  }

  void judge_leaving() {
    const auto judge_one = [&](bool used, const char* word, const Text& name) {
      if (used) {
        found(has(permit_.leaves, word),
              {fmt::format("The permit lets {} leave.", name.en),
               fmt::format("La formalité laisse sortir des {}.", name.fr)},
              {fmt::format("The permit lets no {} leave.", name.en),
               fmt::format("La formalité ne laisse pas sortir de {}.", name.fr)},
              {fmt::format("leave the tables of {} out", name.en),
               fmt::format("retirer les tableaux de {}", name.fr)});
      }
    };
    judge_one(uses_.counts, "counts", {"counts", "effectifs"});
    judge_one(uses_.means, "means", {"means", "moyennes"});
  }

  void judge_practices() {
    for (const std::string& practice : practices_) {
      found(formalities::covers_practice(covers_, practice),
            {fmt::format("The permit covers the practice {}.", practice),
             fmt::format("La formalité couvre le cabinet {}.", practice)},
            {fmt::format("The permit does not cover the practice {}.", practice),
             fmt::format("La formalité ne couvre pas le cabinet {}.", practice)},
            {"study a vault without its records, or have a permit entered that covers it",
             "étudier un entrepôt sans ses données, ou faire verser une formalité qui le couvre"});
    }
  }

  const Study& study_;
  const std::vector<std::string>& practices_;
  const formalities::KnownPermit& known_;
  const formalities::Permit& permit_;
  const formalities::Covers& covers_;
  Day today_;
  StudyUses uses_;
  std::vector<PermitFinding> findings_;
};

}  // namespace

std::vector<PermitFinding> check_permit(const Study& study,
                                        const std::vector<std::string>& practices,
                                        const formalities::KnownPermit& permit, Day today) {
  return PermitJudge(study, practices, permit, today).judge();
}

Status all_covered(const std::vector<PermitFinding>& findings, const std::string& where) {
  const auto first = std::ranges::find(findings, false, &PermitFinding::covered);
  if (first == findings.end()) {
    return {};
  }
  const auto many = std::ranges::count(findings, false, &PermitFinding::covered);
  std::string sentence = first->sentence.en;
  if (sentence.ends_with('.')) {
    sentence.pop_back();
  }
  return refused(
      std::move(sentence), where,
      many == 1 ? first->remedy.en : fmt::format("{} (and {} more)", first->remedy.en, many - 1));
}

Status permit_allows(const Study& study, const std::vector<std::string>& practices,
                     const formalities::KnownPermit& permit, Day today) {
  return all_covered(check_permit(study, practices, permit, today), study.file.string());
}

}  // namespace parcours::study
