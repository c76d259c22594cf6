#include "exports/column_look.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/day.h"
#include "exports/column_names.h"
#include "exports/column_reasons.h"
#include "exports/day_text.h"

namespace parcours::exports {
namespace {

bool holds_days(const Look& look) {
  return day_form(look.column.type) == DayForm::date || look.profile.day_format();
}

// Whether its name leaves no doubt that 2023 is a year.
bool names_period(const Look& look) {
  static const std::vector<std::string> periods = {"year",      "annee",   "yr",       "month",
                                                   "mois",      "date",    "period",   "periode",
                                                   "yearmonth", "quarter", "trimestre"};
  const std::vector<std::string> words = words_of_name(look.column.name);
  return std::ranges::find_first_of(words, periods) != words.end();
}

Text periods_of(const std::string& format) {
  switch (precision_of(format).value_or(Precision::days)) {
    case Precision::weeks:
      return {"its values are weeks", "ses valeurs sont des semaines"};
    case Precision::months:
      return {"its values are months", "ses valeurs sont des mois"};
    case Precision::quarters:
      return {"its values are quarters", "ses valeurs sont des trimestres"};
    case Precision::years:
      return {"its values are years", "ses valeurs sont des années"};
    case Precision::days:
      break;
  }
  return said(Reason::days);
}

// What an empty column of a sample may be elsewhere in the file: as its name says, unless only
// values could show it.
ColumnRole role_of_empty(const std::optional<NameSays>& named) {
  if (!named || named->role == ColumnRole::date || named->role == ColumnRole::code ||
      named->role == ColumnRole::kind) {
    return ColumnRole::quasi;
  }
  return named->role;
}

// Why the values alone, whatever the name, leave no doubt that the column is to be dropped.
std::optional<Reason> values_say(const ColumnProfile& profile) {
  const auto some = [](double share) { return share >= 0.5; };
  if (some(profile.emails())) {
    return Reason::emails;
  }
  if (some(profile.security_numbers())) {
    return Reason::security_numbers;
  }
  if (some(profile.internet())) {
    return Reason::internet_addresses;
  }
  if (some(profile.phones())) {
    return Reason::telephone_numbers;
  }
  if (some(profile.sentences()) && profile.distinct_share() > 0.5) {
    return Reason::free_text;
  }
  return std::nullopt;
}

// Numbers such as 250.83 may be codes or a measure: of these no value may be no code.
bool holds_codes(const ColumnProfile& profile) {
  return profile.codes() >= (profile.number_codes() > 0.05 ? nearly_all : 0.8);
}

bool a_bodys_weight(const Look& look) {
  const std::vector<std::string> words = words_of_name(look.column.name);
  return std::ranges::find(words, "weight") != words.end() ||
         std::ranges::find(words, "poids") != words.end();
}

}  // namespace

void decide(Look& look, ColumnRole role, Text reason) {
  look.guess.role = role;
  look.guess.reason = std::move(reason);
}

void guess_alone(Look& look, bool whole) {
  const ColumnProfile& profile = look.profile;
  auto named = name_says(look.column.name);
  const auto day_format = profile.day_format();
  const auto period = day_format ? std::nullopt : profile.period_format(names_period(look));
  look.guess.day_format = day_format ? *day_format : period.value_or("");
  if (named && named->meaning.en == period_meaning && !period && !holds_days(look)) {
    named.reset();  // the month alone, 1 to 12, or how many weeks
  }
  const Text like = named ? named_like(named->meaning) : Text();
  look.rank = named ? named->rank : 1000;
  look.named = named.has_value();
  look.of_health = named && named->meaning.en == "health";
  look.guess.tells_nothing =
      whole && profile.lines() > 1 && (profile.values() == 0 || profile.constant());
  if (profile.values() == 0 && !(named && named->role == ColumnRole::patient)) {
    return whole ? decide(look, ColumnRole::constant, said(Reason::empty))
                 : decide(look, role_of_empty(named), with(said(Reason::empty_in_sample), like));
  }
  look.registered = (named && named->registered) || profile.security_numbers() >= 0.5;
  if (const auto why = values_say(profile)) {
    return decide(look, ColumnRole::drop, said(*why));
  }
  if (named && (named->role == ColumnRole::drop || named->role == ColumnRole::weight)) {
    return decide(look, named->role, like);
  }
  if (named && named->role == ColumnRole::patient) {
    return decide(look, ColumnRole::patient, like);
  }
  const bool line_number = profile.values() > 1 && profile.distinct_share() == 1;
  if (line_number && (says_identifier(look.column.name) || profile.pseudonyms() >= nearly_all)) {
    return decide(look, ColumnRole::drop, said(Reason::key_of_line));
  }
  if (named && named->role == ColumnRole::date) {
    const bool numbers = profile.whole_numbers() >= nearly_all;
    if (!holds_days(look) && !period && !numbers) {
      look.guess.unread_days = 1 - profile.days();
      look.guess.shapes = profile.shapes();
    }
    return holds_days(look) || period || numbers
               ? decide(look, ColumnRole::date,
                        with(like, period    ? periods_of(*period)
                                   : numbers ? Text{"whole numbers", "nombres entiers"}
                                             : said(Reason::days)))
               : decide(look, ColumnRole::quasi, but_not_days(like));
  }
  if (named) {
    return decide(look, named->role, like);
  }
  if (a_bodys_weight(look) && !profile.constant()) {
    return decide(look, ColumnRole::quasi, said(Reason::a_bodys_weight));
  }
  if (holds_days(look)) {
    look.rank = 500;
    return decide(look, ColumnRole::date, said(Reason::days));
  }
  if (period) {
    look.rank = 600;
    return decide(look, ColumnRole::date, periods_of(*period));
  }
  if (profile.pseudonyms() >= nearly_all) {
    look.rank = 500;
    return decide(look, ColumnRole::patient, said(Reason::pseudonyms));
  }
  if (profile.sexes()) {
    look.rank = 500;
    return decide(look, ColumnRole::sex, said(Reason::sexes));
  }
  if (holds_codes(profile)) {
    look.rank = 500;
    return decide(look, ColumnRole::code, said(Reason::codes));
  }
  if (profile.constant()) {
    return whole && profile.lines() > 1
               ? decide(look, ColumnRole::constant, said(Reason::constant))
               : decide(look, ColumnRole::quasi, said(Reason::constant_in_sample));
  }
  decide(look, ColumnRole::quasi, said(Reason::any_field));
}

}  // namespace parcours::exports
