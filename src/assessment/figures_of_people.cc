#include <fmt/format.h>

#include "assessment/figures.h"
#include "page/numbers.h"

namespace parcours::assessment {
namespace {

// Who the lines are of: what they are called in both languages, and whether French speaks of them
// as of women.
struct Nouns {
  tables::Label many;
  bool feminine = true;
};

Nouns nouns_of(const PeopleAnswer& people) {
  if (people.several_lines) {
    return {{"lines", "lignes"}, true};
  }
  return people.from_events ? Nouns{{"patients", "patients"}, false}
                            : Nouns{{"people", "personnes"}, true};
}

// Gathers the figures of one section.
class Gatherer {
 public:
  Gatherer(Section section, std::vector<Figure>& all) : section_(section), all_(all) {}

  Figure& add(const std::string& id, Form form, const tables::Label& what, const Share& share) {
    return all_.emplace_back(Figure{
        .id = id, .section = section_, .form = form, .what = what, .share = share, .line = true});
  }

 private:
  Section section_;
  std::vector<Figure>& all_;
};

void add_alike(const PeopleAnswer& people, bool beside_events, std::vector<Figure>& all) {
  Gatherer here(Section::people, all);
  const auto& [who, feminine] = nouns_of(people);
  const auto records = static_cast<double>(people.alike.records());
  Figure& everybody =
      here.add("records", Form::count, {who.en + " in the file", who.fr + " dans le fichier"},
               Share::exact(records, records));
  everybody.limit = false;
  everybody.tile = !beside_events;
  const std::size_t columns = people.columns.size();
  const char* singled_out = feminine ? "individualisées" : "individualisés";
  for (const std::uint64_t k : group_sizes) {
    const tables::Label known = {
        columns == 1 ? "the one known field" : fmt::format("the {} known fields", columns),
        columns == 1 ? "la seule variable connue"
                     : fmt::format("les {} variables connues", columns)};
    Figure& group = here.add(
        fmt::format("in_groups_below_{}", k), Form::people,
        k == 2 ? tables::Label{fmt::format("{} singled out by {}", who.en, known.en),
                               fmt::format("{} {} par {}", who.fr, singled_out, known.fr)}
               : tables::Label{fmt::format("{} in a group of fewer than {} alike in all fields",
                                           who.en, k),
                               fmt::format(
                                   "{} dans un groupe de moins de {} pour toutes les variables",
                                   who.fr, k)},
        people.alike.share_below(k));
    group.tile = k == 2 || (k == 11 && !beside_events);
  }
  for (const AloneBy& alone : people.alone_by) {
    here.add(fmt::format("singled_out_by_{}_fields", alone.fields), Form::people,
             alone.fields == 1
                 ? tables::Label{who.en + " whom one well-chosen field singles out",
                                 fmt::format("{} {} par une seule variable bien choisie", who.fr,
                                             singled_out)}
                 : tables::Label{fmt::format("{} whom {} well-chosen fields or fewer single out",
                                             who.en, alone.fields),
                                 fmt::format("{} {} par {} variables bien choisies, ou moins",
                                             who.fr, singled_out, alone.fields)},
             alone.people);
  }
}

// A person who is known to be in the file is looked for in it: the prosecutor. Who matches
// everybody is right on average: the marketer.
void add_matches(const PeopleAnswer& people, bool beside_events, std::vector<Figure>& all) {
  Gatherer here(Section::people, all);
  here.add("average_match", Form::share,
           {"of all matches would be right, with everybody in the file matched",
            "des rapprochements seraient justes, si l’on rapprochait toutes les personnes"},
           Share::part(people.prosecutor.average))
      .tile = !beside_events;
  here.add("highest_match", Form::share,
           {"highest chance to match a person who is known to be in the file",
            "probabilité la plus élevée de retrouver une personne que l’on sait dans le fichier"},
           Share::part(people.prosecutor.highest));
  if (people.membership) {
    here.add("membership", Form::points,
             {"how much more often the attack says 'in the file' of people who are in it than of "
              "others",
              "écart entre les fréquences auxquelles une personne du fichier et une autre y sont "
              "dites présentes"},
             Share::part(people.membership->advantage()));
  }
}

void add_descriptions(const PeopleAnswer& people, std::vector<Figure>& all) {
  if (!people.described) {
    return;
  }
  Gatherer here(Section::people, all);
  const std::size_t fields = people.described_by;
  here.add(
          "descriptions_in_file", Form::share,
          {fmt::format("drawn descriptions by {} fields that fit exactly one person of the file",
                       fields),
           fmt::format("descriptions par {} variables tirées au hasard qui ne conviennent qu’à une "
                       "personne du fichier",
                       fields)},
          people.described->exported)
      .limit = false;
  here.add("descriptions_held_out", Form::share,
           {"the same for as many people who are not in the file",
            "de même pour autant de personnes qui n’y sont pas"},
           people.described->held_out)
      .limit = false;
  here.add("singled_out_by_descriptions", Form::points,
           {"how much more often this holds for people in the file",
            "écart en faveur des personnes du fichier"},
           Share::part(people.described->advantage()));
}

// The table of sensitive columns shows these.
void add_sensitive(const PeopleAnswer& people, std::vector<Figure>& all) {
  Gatherer here(Section::people, all);
  const auto records = static_cast<double>(people.alike.records());
  for (const SensitiveAnswer& one : people.sensitive) {
    here.add("learnt_" + one.column, Form::people,
             {"people whose " + one.column + " is what all who are alike in the rest have",
              "personnes dont la variable " + one.column +
                  " est celle de toutes les personnes semblables pour le reste"},
             Share::exact(one.learnt.some, records))
        .line = false;
    if (one.guessed) {
      here.add("guessed_" + one.column, Form::points,
               {"how much more often " + one.column +
                    " is guessed right for people in the file than for others",
                "de combien la variable " + one.column +
                    " est plus souvent devinée pour des personnes du fichier que pour d’autres"},
               Share::part(one.guessed->advantage()))
          .line = false;
    }
  }
}

const char* name_of(microdata::PopulationModel model) {
  switch (model) {
    case microdata::PopulationModel::pitman:
      return "Pitman";
    case microdata::PopulationModel::snb:
      return "SNB";
    case microdata::PopulationModel::zayatz:
      break;
  }
  return "Zayatz";
}

void add_population(const PeopleAnswer& people, std::vector<Figure>& all) {
  Gatherer here(Section::population, all);
  if (people.population) {
    for (const std::uint64_t k : group_sizes) {
      here.add(fmt::format("in_population_groups_below_{}", k), Form::people,
               k == 2
                   ? tables::Label{"nobody else alike in the population",
                                   "personne d’autre de semblable dans la population"}
                   : tables::Label{fmt::format("fewer than {} alike in the population", k),
                                   fmt::format(
                                       "moins de {} personnes semblables dans la population", k)},
               Share::exact(static_cast<double>(people.population->records_below(k)),
                            static_cast<double>(people.alike.records())));
    }
    if (people.population->not_covered > 0) {
      here.add("not_in_population", Form::people,
               {"people of the file for whom the population file has too few alike: it is "
                "incomplete",
                "personnes du fichier qui ont trop peu de semblables dans la population : celle-ci "
                "est incomplète"},
               Share::exact(static_cast<double>(people.population->not_covered),
                            static_cast<double>(people.alike.records())))
          .limit = false;
    }
    const microdata::MatchRisk journalist = people.population->journalist_risk();
    here.add("average_match_in_population", Form::share,
             {"of all matches with the population would be right (journalist)",
              "des rapprochements avec la population seraient justes (journaliste)"},
             Share::part(journalist.average));
    here.add("highest_match_in_population", Form::share,
             {"highest chance to match a person of the file in the population",
              "probabilité la plus élevée de retrouver une personne du fichier dans la population"},
             Share::part(journalist.highest));
  }
  if (const auto& estimate = people.population_uniques) {
    const char* model = name_of(estimate->dankar_took);
    Figure& unique = here.add(
        "population_uniques", Form::share,
        {fmt::format("of the population estimated to be alone in all fields ({})", model),
         fmt::format("de la population, estimés uniques pour toutes les variables ({})", model)},
        Share::part(estimate->dankar));
    if (people.fraction && *people.fraction < microdata::least_fraction) {
      unique.what.en += "; do not rely on it";
      unique.what.fr += " ; ne vous y fiez pas";
    }
  }
  if (const auto& presence = people.presence) {
    here.add("presence", Form::share,
             {"highest chance that a person of the population is in the file (delta-presence)",
              "probabilité la plus élevée qu’une personne de la population soit dans le fichier "
              "(delta-présence)"},
             Share::part(presence->highest));
    here.add("presence_sure", Form::people,
             {"people of the population who are certainly in the file",
              "personnes de la population dont la présence dans le fichier est certaine"},
             Share::exact(static_cast<double>(presence->people_sure),
                          static_cast<double>(presence->people)))
        .limit = false;
  }
}

}  // namespace

std::vector<Figure> figures_of(const PeopleAnswer& people, bool beside_events) {
  std::vector<Figure> all;
  add_alike(people, beside_events, all);
  add_matches(people, beside_events, all);
  add_descriptions(people, all);
  add_sensitive(people, all);
  add_population(people, all);
  return all;
}

std::vector<Figure> figures_of(const LinkageAnswer& linkage) {
  std::vector<Figure> all;
  Gatherer here(Section::joined_people, all);
  const microdata::Linkage& found = linkage.found;
  here.add("linked_alike", Form::people,
           {"people who have a person alike in the other export",
            "personnes ayant une personne semblable dans l’autre export"},
           found.alike)
      .limit = false;
  here.add("linked", Form::people,
           {"people joined with exactly one of the other export",
            "personnes reliées à une seule de l’autre export"},
           found.joined);
  here.add("linked_by_chance", Form::people,
           {"the same with the other export's columns shuffled",
            "de même, les colonnes de l’autre export mélangées"},
           found.joined_by_chance);
  if (found.known) {
    const tables::Label all_of_both = page::thousands(found.known->in_both);
    here.add("linked_right", Form::people,
             {fmt::format("people joined rightly, of {} who are in both", all_of_both.en),
              fmt::format("personnes reliées à juste titre, sur {} présentes dans les deux",
                          all_of_both.fr)},
             found.known->joined_right)
        .limit = false;
  }
  return all;
}

}  // namespace parcours::assessment
