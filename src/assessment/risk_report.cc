#include "assessment/risk_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "assessment/links_section.h"
#include "assessment/paths_section.h"
#include "assessment/people_section.h"
#include "assessment/words.h"
#include "page/embedded.h"
#include "page/numbers.h"
#include "page/page.h"

namespace parcours {
namespace embedded {
std::string_view risk_html();  // risk_html.cc
}

namespace {

using nlohmann::json;

json tile(const Label& figure, const Label& what, bool bad) {
  return {{"figure", both(figure)}, {"what", both(what)}, {"bad", bad}};
}

// Of the curve the points on the day, else of its first tolerance.
std::vector<CurvePoint> first_line(const PathsAnswer& paths) {
  std::vector<CurvePoint> points;
  std::ranges::copy_if(paths.curve, std::back_inserter(points), [&](const CurvePoint& point) {
    return point.within_days == paths.curve.front().within_days;
  });
  return points;
}

// "singled out by two known dated events"
Label singled_out_by(const Label& known) {
  return {"singled out by " + known.en, "individualisés par " + known.fr};
}

void add_tiles(const PathsAnswer& paths, json& tiles) {
  tiles.push_back(tile(thousands(paths.patients),
                       {"patients with dated events", "patients avec événements datés"}, false));
  for (const CurvePoint& point : first_line(paths)) {
    if (tiles.size() < 4 && (!point.known || *point.known <= 2) &&
        (point.known || paths.with_fields.empty())) {
      tiles.push_back(tile(percentage(point.unique_share),
                           singled_out_by(known_in_words(point.known)), point.unique_share > 0));
    }
  }
  if (!paths.with_fields.empty() && tiles.size() < 4) {
    const CurvePoint& point = headline_with_fields(paths);
    const Label known = known_in_words(point.known);
    const Label fields = fields_in_words(paths.fields);
    tiles.push_back(
        tile(percentage(point.unique_share),
             {"by " + known.en + ", and " + fields.en, "par " + known.fr + ", avec " + fields.fr},
             point.unique_share > 0));
  }
}

void add_tiles(const PeopleAnswer& people, json& tiles) {
  const std::uint64_t records = people.alike.records();
  if (tiles.empty()) {
    tiles.push_back(tile(
        thousands(records),
        people.several_lines ? Label{"lines", "lignes"} : Label{"people", "personnes"}, false));
    tiles.push_back(tile(percentage(part_of(people.alike.records_below(11), records)),
                         {"in a group of fewer than 11", "dans un groupe de moins de 11"}, true));
    tiles.push_back(tile(percentage(people.prosecutor.average),
                         {"of all matches would be right", "des rapprochements seraient justes"},
                         true));
  }
  const std::size_t columns = people.columns.size();
  const char* whose = people.from_events ? "individualisés" : "individualisées";
  tiles.push_back(tile(percentage(part_of(people.alike.uniques(), records)),
                       columns == 1
                           ? Label{"singled out by one known field",
                                   fmt::format("{} par une variable connue", whose)}
                           : Label{fmt::format("singled out by {} known fields", columns),
                                   fmt::format("{} par {} variables connues", whose, columns)},
                       people.alike.uniques() > 0));
}

void add_tiles(const TablesAnswer& tables, json& tiles) {
  const auto through = static_cast<std::uint64_t>(std::ranges::count_if(
      tables.attacks, [](const AttackOutcome& attack) { return attack.succeeded > 0; }));
  tiles.push_back(tile(thousands(tables.tables), {"tables", "tableaux"}, false));
  tiles.push_back(
      tile(thousands(tables.attacks.size()), {"attacks tried", "attaques menées"}, false));
  tiles.push_back(tile(thousands(through),
                       {"got through", through < 2 ? "attaque aboutie" : "attaques abouties"},
                       through > 0));
}

json tiles_shown(const Assessment& assessment) {
  json tiles = json::array();
  if (assessment.paths) {
    add_tiles(*assessment.paths, tiles);
  }
  if (assessment.people && tiles.size() < 4) {
    add_tiles(*assessment.people, tiles);
  }
  if (assessment.tables) {
    add_tiles(*assessment.tables, tiles);
  }
  return tiles;
}

json attacks_shown(const std::vector<AttackOutcome>& outcomes) {
  json rows = json::array();
  for (const AttackOutcome& attack : outcomes) {
    rows.push_back({{"name", both(attack.name)},
                    {"how", both(attack.how)},
                    {"tried", both(thousands(attack.tried))},
                    {"succeeded", both(thousands(attack.succeeded))},
                    {"through", attack.succeeded > 0}});
  }
  return rows;
}

json tables_shown(const TablesAnswer& tables) {
  const bool through = std::ranges::any_of(
      tables.attacks, [](const AttackOutcome& attack) { return attack.succeeded > 0; });
  return {{"count", tables.tables},
          {"through", through},
          {"threshold", both(thousands(static_cast<std::uint64_t>(tables.threshold)))},
          {"attacks", attacks_shown(tables.attacks)},
          {"insiders", attacks_shown(tables.insiders)}};
}

// What a role is called; the English word is the one that files and flags write.
Label role_in_words(ColumnRole role) {
  static constexpr const char* french[] = {"patient",
                                           "date",
                                           "code",
                                           "nature",
                                           "sexe",
                                           "âge",
                                           "année de naissance",
                                           "lieu",
                                           "sensible",
                                           "quasi-identifiant",
                                           "constante",
                                           "à retirer",
                                           "poids de sondage",
                                           "inconnue des attaquants"};
  return {std::string(name_of(role)), french[static_cast<std::size_t>(role)]};
}

json files_shown(const std::vector<FileGuess>& guesses) {
  json files = json::array();
  for (const FileGuess& guess : guesses) {
    json columns = json::array();
    for (const ColumnGuess& column : guess.columns) {
      columns.push_back({{"name", column.name},
                         {"role", both(role_in_words(column.role))},
                         {"known", known_to_attackers(column.role)},
                         {"reason", column.reason}});
    }
    files.push_back(
        {{"name", guess.file},
         {"holds",
          both(guess.form == FileForm::events
                   ? Label{"one line an event", "une ligne par événement"}
               : guess.several_lines ? Label{"several lines a patient, without dated events",
                                             "plusieurs lignes par patient, sans événements datés"}
                                     : Label{"one line a person", "une ligne par personne"})},
         {"count", guess.columns.size()},
         {"columns", columns}});
  }
  return files;
}

// "0.0314": as many digits as tell.
Label in_digits(double number) {
  const std::string english = fmt::format("{:.4g}", number);
  std::string french = english;
  std::ranges::replace(french, '.', ',');
  return {english, french};
}

json limits_shown(const std::vector<Held>& held) {
  json limits = json::array();
  for (const Held& one : held) {
    limits.push_back({{"measure", one.limit.measure},
                      {"most", both(in_digits(one.limit.most))},
                      {"value", both(in_digits(one.value))},
                      {"over", one.over}});
  }
  return limits;
}

json link_shown(const Link& link) {
  return {{"people", link.people},
          {"events", link.events},
          {"in_people", both(thousands(link.in_people))},
          {"in_both", both(thousands(link.in_both))}};
}

// The first sentence is the page's heading, the others stand below it.
json lead_shown(const std::vector<Label>& sentences) {
  Label lead;
  for (std::size_t i = 1; i < sentences.size(); ++i) {
    lead.en += (i == 1 ? "" : " ") + sentences[i].en;
    lead.fr += (i == 1 ? "" : " ") + in(Language::french, sentences[i]);
  }
  return sentences.size() < 2 ? json(nullptr) : both(lead);
}

}  // namespace

Result<std::string> risk_report(const Assessment& assessment, const std::vector<Held>& held,
                                const std::string& day) {
  const std::vector<Measure> taken = measures(assessment);
  const auto singled = std::ranges::find(taken, "singled_out", &Measure::name);
  const std::vector<Label> sentences = answers(assessment);
  json content;
  content["what"] = assessment.what;
  content["answer"] = both(sentences.empty() ? Label{} : sentences[0]);
  content["lead"] = lead_shown(sentences);
  content["day"] = day;
  content["software"] = embedded::software();
  content["tiles"] = tiles_shown(assessment);
  content["records"] = singled != taken.end();
  content["singled_out"] = singled != taken.end() && singled->value > 0;
  content["limits"] = limits_shown(held);
  content["link"] = assessment.link ? link_shown(*assessment.link) : json(nullptr);
  content["paths"] = assessment.paths ? paths_section(*assessment.paths) : json(nullptr);
  content["people"] = assessment.people ? people_section(*assessment.people) : json(nullptr);
  content["linkage"] = assessment.linkage ? linkage_section(*assessment.linkage) : json(nullptr);
  content["paths_linkage"] =
      assessment.paths_linkage ? paths_linkage_section(*assessment.paths_linkage) : json(nullptr);
  content["succession"] =
      assessment.paths && assessment.paths->succession
          ? succession_section(*assessment.paths->succession, assessment.paths->calendar)
          : json(nullptr);
  content["tables"] = assessment.tables ? tables_shown(*assessment.tables) : json(nullptr);
  content["files"] = files_shown(assessment.files);
  return page(embedded::risk_html(), std::move(content));
}

}  // namespace parcours
