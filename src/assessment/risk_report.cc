#include "assessment/risk_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "assessment/answer.h"
#include "assessment/doubts.h"
#include "assessment/figures.h"
#include "assessment/links_section.h"
#include "assessment/paths_section.h"
#include "assessment/people_section.h"
#include "page/embedded.h"
#include "page/numbers.h"
#include "page/page.h"

namespace parcours::assessment {
std::string_view risk_html();  // risk_html.cc

namespace {

using nlohmann::json;

// A figure as the page shows it large: "71.0 %", "1,234".
tables::Label large(const Figure& figure) {
  return figure.form == Form::count ? page::thousands(static_cast<std::uint64_t>(figure.share.some))
                                    : page::percentage(figure.share.value());
}

// The first that are worth it, as many as there is room for.
json tiles_shown(const std::vector<Figure>& figures) {
  constexpr std::size_t room = 4;
  json tiles = json::array();
  for (const Figure& figure : figures) {
    if (figure.tile && tiles.size() < room) {
      tiles.push_back({{"figure", page::both(large(figure))},
                       {"what", page::both(figure.what)},
                       {"bad", figure.limit && figure.value() > 0}});
    }
  }
  return tiles;
}

json attacks_shown(const std::vector<attacks::AttackOutcome>& outcomes) {
  json rows = json::array();
  for (const attacks::AttackOutcome& attack : outcomes) {
    rows.push_back({{"name", page::both(attack.name)},
                    {"how", page::both(attack.how)},
                    {"tried", page::both(page::thousands(attack.tried))},
                    {"succeeded", page::both(page::thousands(attack.succeeded))},
                    {"through", attack.succeeded > 0}});
  }
  return rows;
}

json tables_shown(const TablesAnswer& tables) {
  const bool through = std::ranges::any_of(
      tables.attacks, [](const attacks::AttackOutcome& attack) { return attack.succeeded > 0; });
  return {{"count", tables.tables},
          {"through", through},
          {"threshold", page::both(page::thousands(static_cast<std::uint64_t>(tables.threshold)))},
          {"attacks", attacks_shown(tables.attacks)},
          {"insiders", attacks_shown(tables.insiders)}};
}

// What a role is called; the English word is the one that files and flags write.
tables::Label role_in_words(exports::ColumnRole role) {
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
  return {std::string(exports::name_of(role)), french[static_cast<std::size_t>(role)]};
}

json files_shown(const std::vector<exports::FileGuess>& guesses) {
  json files = json::array();
  for (const exports::FileGuess& guess : guesses) {
    json columns = json::array();
    for (const exports::ColumnGuess& column : guess.columns) {
      columns.push_back({{"name", column.name},
                         {"role", page::both(role_in_words(column.role))},
                         {"known", exports::known_to_attackers(column.role)},
                         {"reason", page::both(column.reason)}});
    }
    files.push_back(
        {{"name", guess.file},
         {"holds",
          page::both(guess.form == exports::FileForm::events
                         ? tables::Label{"one line an event", "une ligne par événement"}
                     : guess.several_lines
                         ? tables::Label{"several lines a patient, without dated events",
                                         "plusieurs lignes par patient, sans événements datés"}
                         : tables::Label{"one line a person", "une ligne par personne"})},
         {"count", guess.columns.size()},
         {"columns", columns}});
  }
  return files;
}

// "0.0314": as many digits as tell.
tables::Label in_digits(double number) {
  const std::string english = fmt::format("{:.4g}", number);
  std::string french = english;
  std::ranges::replace(french, '.', ',');
  return {english, french};
}

json limits_shown(const std::vector<Held>& held) {
  json limits = json::array();
  for (const Held& one : held) {
    limits.push_back({{"measure", one.limit.measure},
                      {"what", page::both(one.what)},
                      {"most", page::both(in_digits(one.limit.most))},
                      {"value", page::both(in_digits(one.value))},
                      {"over", one.over}});
  }
  return limits;
}

json link_shown(const Link& link) {
  return {{"people", link.people},
          {"events", link.events},
          {"in_people", page::both(page::thousands(link.in_people))},
          {"in_both", page::both(page::thousands(link.in_both))}};
}

// The first sentence is the page's heading, the others stand below it.
json lead_shown(const std::vector<tables::Label>& sentences) {
  tables::Label lead;
  for (std::size_t i = 1; i < sentences.size(); ++i) {
    lead.en += (i == 1 ? "" : " ") + sentences[i].en;
    lead.fr += (i == 1 ? "" : " ") + page::in(page::Language::french, sentences[i]);
  }
  return sentences.size() < 2 ? json(nullptr) : page::both(lead);
}

}  // namespace

Result<std::string> risk_report(const Assessment& assessment, const std::vector<Held>& held,
                                const std::string& day) {
  const std::vector<Figure> all = figures(assessment);
  const Figure* singled = find_figure(all, "singled_out");
  const std::vector<tables::Label> sentences = answers(assessment);
  json content;
  content["what"] = assessment.what;
  content["answer"] = page::both(sentences.empty() ? tables::Label{} : sentences[0]);
  content["lead"] = lead_shown(sentences);
  content["stays_inside"] = assessment.of_vault ? page::both(stays_inside()) : json(nullptr);
  content["doubts"] = json::array();
  for (const tables::Label& doubt : doubts(assessment)) {
    content["doubts"].push_back({{"doubt", page::both(doubt)}});
  }
  content["day"] = day;
  content["software"] = page::software();
  content["tiles"] = tiles_shown(all);
  content["records"] = singled != nullptr;
  content["singled_out"] = singled != nullptr && singled->value() > 0;
  content["limits"] = limits_shown(held);
  content["link"] = assessment.link ? link_shown(*assessment.link) : json(nullptr);
  content["paths"] = assessment.paths ? paths_section(*assessment.paths) : json(nullptr);
  content["people"] = assessment.people ? people_section(*assessment.people, all) : json(nullptr);
  content["linkage"] = assessment.linkage ? linkage_section(*assessment.linkage) : json(nullptr);
  content["paths_linkage"] =
      assessment.paths_linkage ? paths_linkage_section(*assessment.paths_linkage) : json(nullptr);
  content["succession"] =
      assessment.paths && assessment.paths->succession
          ? succession_section(*assessment.paths->succession, assessment.paths->calendar)
          : json(nullptr);
  content["tables"] = assessment.tables ? tables_shown(*assessment.tables) : json(nullptr);
  content["files"] = files_shown(assessment.files);
  return page::page(risk_html(), std::move(content));
}

}  // namespace parcours::assessment
