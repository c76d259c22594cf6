#include "assessment/testing/example.h"

#include <string>

namespace parcours::example {

assessment::Assessment of_events(double by_two, double with_fields) {
  assessment::Assessment assessment;
  assessment.what = "export.csv";
  assessment::PathsAnswer& paths = assessment.paths.emplace();
  paths.patients = 100;
  paths.question.known = {1, 2};
  paths.question.within_days = {0};
  paths.curve = {{1, 0, Share::part(0.1)}, {2, 0, Share::part(by_two)}};
  paths.with_fields = {{1, 0, Share::part(0.3)}, {2, 0, {with_fields, 1, false, 0.955, 0.985}}};
  paths.fields = {"sex", "region"};
  return assessment;
}

assessment::Assessment with_attackers() {
  assessment::Assessment assessment = of_events(0.71, 0.97);
  assessment::PathsAnswer& paths = *assessment.paths;
  const auto attacker = [](const std::string& id, const std::string& en, const std::string& fr) {
    return paths::Attacker{
        .id = id, .title = {en, fr}, .who = {"Saw <one> visit.", "A vu <une> consultation."}};
  };
  paths.attackers = {
      {attacker("press", "The press", "La presse"), {40, Share::exact(20, 40), {"region"}}},
      {attacker("insurer", "An insurer", "L’assureur"), {90, Share::exact(72, 90), {}}},
      {attacker("employer", "An employer", "L’employeur"), {0, {}, {"kind"}}}};
  paths.timings = {{paths::Timing::weeks, {{2, 0, Share::part(0.6)}}, {Share::exact(95, 100), 96}}};
  paths.worst_off =
      assessment::WorstOff{paths.curve[1],
                           11,
                           {{"sex",
                             {{"F", 60, Share::exact(30, 60)}, {"M", 29, Share::part(0.9)}},
                             paths::GroupRisk{"", 11, Share::part(0.7)},
                             2}},
                           {}};
  return assessment;
}

assessment::Assessment of_links() {
  assessment::Assessment assessment = of_events(0.71, 0.97);
  const paths::LinkFigures found{.first = 100,
                                 .in_both = 60,
                                 .tried = 50,
                                 .joined = {42, 50, false, 0.7, 0.93},
                                 .correct = {40, 50, false, 0.7, 0.9},
                                 .best = Share::drawn(45, 50),
                                 .by_chance = {7, 50, false, 0.02, 0.12}};
  assessment.paths_linkage = assessment::PathsLinkageAnswer{
      .other = "other.csv",
      .patients_of_other = 90,
      .same_codes = 12,
      .in_both = 60,
      .known_by = "truth",
      .whole = paths::ExactJoins{30, 29},
      .fields = {"sex"},
      .ways = {{.found = found},
               {.within_days = 7, .found = found},
               {.timing = paths::Timing::none, .with_fields = true, .found = found}}};
  assessment.paths->succession = assessment::SuccessionAnswer{
      {{{0, 70, Share::part(0.5), 70, Share::part(0.5), {}}, true, {}},
       {{365, 80, Share::part(0.6), 95, Share::part(0.7), found}, true, found},
       {{730, 3, Share::part(0.6), 95, Share::part(0.7), found}, false, found}},
      {"sex"}};
  return assessment;
}

assessment::Assessment of_people() {
  assessment::Assessment assessment;
  assessment.what = "people.csv";
  assessment::PeopleAnswer& people = assessment.people.emplace();
  people.file = "people.csv";
  people.columns = {"sex", "birth", "town", "job"};
  people.alike = {{{1, 3000}, {2, 1000}, {25, 200}}};
  people.prosecutor = {1, 0.4200};
  people.fields = {{"birth", 70, 0.9, 1000, {"bands of 2.5", "tranches de 2,5"}, 2000},
                   {"sex", 2, 0.1, 2900, {}, 0}};
  people.alone_by = {{1, Share::exact(2, 10'000)},
                     {2, Share::exact(900, 10'000)},
                     {3, Share::exact(2000, 10'000)}};
  people.drop_order = {{"birth", 2000}};
  people.sensitive = {{"job", Share::exact(40, 7000), 1, 1.25, 0.51,
                       microdata::Inference{Share::drawn(30, 100), Share::drawn(29, 100), {}}}};
  people.described = microdata::SinglingOut{Share::drawn(900, 2000), Share::drawn(700, 2000), 0.34};
  people.described_by = 4;
  people.presence = microdata::Presence{0.1, 0.75, 40'000, 0, 3};
  people.named_by = {"mail"};
  people.population = microdata::KMap{{{1, 1, 12}}, 0};
  people.population_from = {"the survey's weights", "les poids de sondage"};
  people.fraction = 0.0125;
  people.population_uniques =
      microdata::PopulationUniques{.zayatz = 0.1,
                                   .pitman = 0.2,
                                   .dankar = 0.2,
                                   .dankar_took = microdata::PopulationModel::pitman};
  assessment.linkage = assessment::LinkageAnswer{
      "other.csv",
      {"sex"},
      {10'000, 9000, Share::exact(2000, 10'000), Share::exact(1234, 10'000),
       Share::exact(5, 10'000), microdata::Linkage::Known{4321, Share::exact(1200, 4321), {}, {}}}};
  return assessment;
}

assessment::Assessment of_tables(std::uint64_t found) {
  assessment::Assessment assessment;
  assessment.what = "release";
  const attacks::AttackOutcome sums{
      "recover", {"Sums", "Sommes"}, {"Adds up", "Additionne"}, 12345, found};
  const attacks::AttackOutcome small{"small", {"Few", "Rares"}, {"Counts up", "Compte"}, 7, 0};
  assessment.tables = assessment::TablesAnswer{3, 11, {sums, small}, {small}};
  return assessment;
}

assessment::Assessment of_both() {
  assessment::Assessment assessment = with_attackers();
  assessment.paths->patients = 12345;
  assessment.paths->left_out.lines = 6789;
  assessment.paths->curve[0].share = Share::drawn(10, 100);
  assessment.paths->worst_off->practices = paths::Spread{40, 2, 0.1, 0.452, 0.9};
  assessment::Assessment people = of_people();
  assessment.people = people.people;
  assessment.linkage = people.linkage;
  assessment.link = assessment::Link{"people.csv", "export.csv", 12345, 12000, 11999};
  exports::ColumnGuess column{.name = "sex", .type = "VARCHAR", .role = exports::ColumnRole::sex};
  column.reason = {"named like the sex", "nommée comme le sexe"};
  assessment.files = {
      {.file = "export.csv", .form = exports::FileForm::events, .columns = {column}}};
  return assessment;
}

}  // namespace parcours::example
