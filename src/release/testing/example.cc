#include "release/testing/example.h"

#include <numeric>

#include "base/check.h"
#include "base/random.h"
#include "vault/testing/worlds.h"

namespace parcours::example {

protect::Rules rules() {
  return {.id = "france-2026",
          .title = {"Statistics from French practices, 2026",
                    "Statistiques issues de cabinets français, 2026"},
          .sha256 = std::string(64, 'a'),
          .patients_min = 11,
          .complement_min = 11,
          .has_practices = true,
          .no_practices_because = {},
          .practices_min = 3,
          .largest_practice_share_below = 0.85,
          .without_largest_practice_min = 0,
          .largest_value_share_below = 0.85,
          .hide_group_disclosure = true,
          .width_min = 0,
          .cover_insiders = false,
          .sensitive = {"diagnosis", "prescription"},
          .reasons = {{"patients_min",
                       {"A cell counts no patient or at least 11.",
                        "Une case ne compte aucun patient, ou en compte au moins 11."},
                       "ATIH, CASD"},
                      {"practices_min",
                       {"At least 3 practices stand behind a cell.",
                        "Au moins 3 cabinets contribuent à une case."},
                       "Insee"}}};
}

study::Study study() {
  study::Study study;
  study.id = "asthma-children";
  study.title = {"Controller treatment in childhood asthma",
                 "Traitement de fond de l’asthme de l’enfant"};
  study.permit = "2026-DR-014";
  study.purpose = "public-health-research";
  study.asked_by = "Observatoire des soins de ville";
  study.period = {*parse_iso_day("2023-01-01"), *parse_iso_day("2025-12-31")};
  study.rules = "france-2026";
  study.variables = {{"age", {}, study::FieldTest{"age"}, {6, 9, 12, 15, 18}, "", 1},
                     {"sex", {}, study::FieldTest{"sex"}, {}, "", 2},
                     {"region", {}, study::FieldTest{"place"}, {}, "region", 3}};
  return study;
}

release::Asked asked() {
  return {.study = "asthma-children",
          .study_sha256 = std::string(64, 'b'),
          .title = {"Controller treatment in childhood asthma",
                    "Traitement de fond de l’asthme de l’enfant"},
          .period = tables::Label{"1 January 2023 to 31 December 2025",
                                  "du 1er janvier 2023 au 31 décembre 2025"},
          .sentences = {{"Patients are counted from the day of their first diagnosis J45 (asthma) "
                         "within the period.",
                         "Les patients sont comptés à partir du jour de leur premier diagnostic "
                         "J45 (asthme) dans la période."},
                        {"They are 6 to 17 years old on that day.",
                         "Ils ont de 6 à 17 ans ce jour-là."},
                        {"They have a consultation in the year before it, and no diagnosis E84 "
                         "(cystic fibrosis).",
                         "Ils ont une consultation dans l’année qui précède, et aucun diagnostic "
                         "E84 (mucoviscidose)."}},
          .day = "2026-11-23",
          .seed = 1,
          .software = "parcours 0.1.0",
          .sensitive = {"controller", "drug"}};
}

release::Permitted permitted() {
  static const vault::SmallVault small = *vault::SmallVault::make({.buckets = 1});
  Result<release::Permitted> judged =
      release::judge_permit(study(), {.study_file = "study.toml", .study = {}, .rules = {}},
                            rules(), *small.open(), *parse_iso_day("2026-11-23"));
  PARCOURS_CHECK(judged);
  return *std::move(judged);
}

std::vector<Person> people(std::size_t count, std::uint64_t seed) {
  Random random(seed);
  std::vector<Person> people(count);
  for (Person& person : people) {
    person.age = std::min(random.below(4), random.below(5));
    person.sex = random.below(100) < 58 ? 1 : 0;
    const std::uint32_t r = random.below(13 * 14 / 2);
    for (person.region = 0; (person.region + 1) * (person.region + 2) / 2 <= r;) {
      ++person.region;
    }
    person.practice = person.region * 6 + random.below(6);
    person.controller = random.below(100) < 45 + 6 * person.age ? 0 : 1;
    for (std::size_t d = 0; d < 9; ++d) {
      if (random.below(100) < (d == 0 ? 70 : 40 / (d + 1))) {
        person.drugs.insert(d);
      }
    }
    person.peak_flow = 180 + 55.0 * static_cast<double>(person.age) + 60 * random.unit();
  }
  return people;
}

tables::Dimension dimension(std::string id, tables::Label label,
                            std::vector<tables::Category> categories, bool additive) {
  return {std::move(id), std::move(label), std::move(categories), additive};
}

std::vector<tables::Dimension> dimensions() {
  return {
      dimension("age", {"Age", "Âge"},
                {{"6-8", {"6 to 8", "6 à 8 ans"}},
                 {"9-11", {"9 to 11", "9 à 11 ans"}},
                 {"12-14", {"12 to 14", "12 à 14 ans"}},
                 {"15-17", {"15 to 17", "15 à 17 ans"}}}),
      dimension("sex", {"Sex", "Sexe"}, {{"F", {"girls", "filles"}}, {"M", {"boys", "garçons"}}}),
      dimension("region", {"Region", "Région"},
                {{"94", {"Corse", "Corse"}},
                 {"24", {"Centre-Val de Loire", "Centre-Val de Loire"}},
                 {"27", {"Bourgogne-Franche-Comté", "Bourgogne-Franche-Comté"}},
                 {"28", {"Normandie", "Normandie"}},
                 {"53", {"Bretagne", "Bretagne"}},
                 {"52", {"Pays de la Loire", "Pays de la Loire"}},
                 {"93", {"Provence-Alpes-Côte d’Azur", "Provence-Alpes-Côte d’Azur"}},
                 {"44", {"Grand Est", "Grand Est"}},
                 {"32", {"Hauts-de-France", "Hauts-de-France"}},
                 {"76", {"Occitanie", "Occitanie"}},
                 {"75", {"Nouvelle-Aquitaine", "Nouvelle-Aquitaine"}},
                 {"84", {"Auvergne-Rhône-Alpes", "Auvergne-Rhône-Alpes"}},
                 {"11", {"Île-de-France", "Île-de-France"}}}),
      dimension("controller",
                {"Controller treatment within 90 days", "Traitement de fond dans les 90 jours"},
                {{"yes", {"prescribed", "prescrit"}}, {"no", {"not prescribed", "non prescrit"}}}),
      dimension("drug", {"Drug", "Médicament"},
                {{"R03AC02", {"salbutamol", "salbutamol"}},
                 {"R03BA02", {"budesonide", "budésonide"}},
                 {"R03BA05", {"fluticasone", "fluticasone"}},
                 {"R03BA01", {"beclometasone", "béclométasone"}},
                 {"R03AK06", {"salmeterol and fluticasone", "salmétérol et fluticasone"}},
                 {"R03AK07", {"formoterol and budesonide", "formotérol et budésonide"}},
                 {"R03DC03", {"montelukast", "montélukast"}},
                 {"R03AC03", {"terbutaline", "terbutaline"}},
                 {"R03DX05", {"omalizumab", "omalizumab"}}},
                false)};
}

crowds::CrowdTable count_table(
    const std::vector<Person>& people, std::string id, tables::Label title,
    std::vector<tables::Dimension> dims, std::vector<bool> sensitive,
    std::optional<tables::Label> mean_of,
    const std::function<std::vector<std::set<std::size_t>>(const Person&)>& where) {
  crowds::CrowdTable table{std::move(id),        std::move(title),   std::move(dims),
                           std::move(sensitive), std::move(mean_of), {}};
  std::size_t cells = 1;
  for (const tables::Dimension& d : table.dimensions) {
    cells *= d.places();
  }
  table.cells.resize(cells);
  for (std::size_t i = 0; i < cells; ++i) {
    std::vector<std::size_t> at(table.dimensions.size());
    for (std::size_t d = at.size(), left = i; d-- > 0; left /= table.dimensions[d].places()) {
      at[d] = left % table.dimensions[d].places();
    }
    crowds::Crowd& crowd = table.cells[i];
    std::map<std::size_t, std::uint32_t> practices;
    crowds::ValueCrowd value;
    for (std::size_t p = 0; p < people.size(); ++p) {
      const auto places = where(people[p]);
      bool stands = true;
      for (std::size_t d = 0; d < at.size(); ++d) {
        stands = stands && (at[d] == table.dimensions[d].total() ? !places[d].empty()
                                                                 : places[d].contains(at[d]));
      }
      if (!stands) {
        continue;
      }
      ++crowd.patients;
      crowd.fingerprint += Uint128(Random(p, 7)()) << 64 | Random(p, 8)();
      crowd.largest_practice = std::max(crowd.largest_practice, ++practices[people[p].practice]);
      const auto micro = static_cast<crowds::Micro>(people[p].peak_flow * 1e6);
      ++value.patients;
      value.nonzero += micro == 0 ? 0 : 1;
      value.sum += micro;
      value.second = std::max(value.second, std::min(value.largest, micro));
      value.largest = std::max(value.largest, micro);
    }
    crowd.practices = static_cast<std::uint32_t>(std::min<std::size_t>(practices.size(), 3));
    if (practices.size() == 1) {
      crowd.only_practice = static_cast<std::uint32_t>(practices.begin()->first) + 1;
    }
    if (table.mean_of) {
      crowd.value = value;
    }
  }
  return table;
}

crowds::Counted counted(std::size_t count, std::uint64_t seed) {
  const std::vector<Person> all = people(count, seed);
  const std::vector<tables::Dimension> d = dimensions();
  using Places = std::vector<std::set<std::size_t>>;
  crowds::Counted counted;
  counted.population =
      count_table(all, "", {}, {}, {}, {}, [](const Person&) { return Places(); }).cells[0];
  counted.tables = {
      count_table(all, "controller",
                  {"Controller treatment by age, sex and region",
                   "Traitement de fond selon l’âge, le sexe et la région"},
                  {d[2], d[1], d[3]}, {false, false, true}, {},
                  [](const Person& p) {
                    return Places{{p.region}, {p.sex}, {p.controller}};
                  }),
      count_table(all, "ages", {"Children by age and sex", "Enfants selon l’âge et le sexe"},
                  {d[0], d[1]}, {false, false}, {},
                  [](const Person& p) {
                    return Places{{p.age}, {p.sex}};
                  }),
      count_table(all, "drugs",
                  {"Drugs prescribed within a year, by age",
                   "Médicaments prescrits dans l’année, selon l’âge"},
                  {d[0], d[4]}, {false, true}, {},
                  [](const Person& p) {
                    return Places{{p.age}, p.drugs};
                  }),
      count_table(all, "peak-flow",
                  {"Peak flow by age and sex", "Débit de pointe selon l’âge et le sexe"},
                  {d[0], d[1]}, {false, false},
                  tables::Label{"peak flow, litres a minute", "débit de pointe, litres par minute"},
                  [](const Person& p) {
                    return Places{{p.age}, {p.sex}};
                  })};
  counted.tables[2].groups = count_table(all, "", {}, {d[0]}, {false}, {}, [](const Person& p) {
                               return Places{{p.age}};
                             }).cells;
  counted.tables[3].groups = counted.tables[1].cells;  // everyone has a peak flow
  return counted;
}

tables::Table bare(const crowds::CrowdTable& crowds) {
  tables::Table table{crowds.id, crowds.title, crowds.dimensions, {}, crowds.mean_of};
  for (const crowds::Crowd& crowd : crowds.cells) {
    tables::Cell cell{tables::CellStatus::published, crowd.patients, std::nullopt};
    if (crowd.value && crowd.value->patients > 0) {
      cell.mean = static_cast<double>(crowd.value->sum) / 1e6 / crowd.value->patients;
    }
    table.cells.push_back(cell);
  }
  return table;
}

void hide(tables::Table& table, std::size_t cell) {
  table.cells[cell] = tables::Cell{};
}

void hide_twins(const crowds::Counted& counted, std::vector<tables::Table>& tables) {
  std::set<Uint128> hidden;
  for (int pass = 0; pass < 2; ++pass) {
    for (std::size_t t = 0; t < tables.size(); ++t) {
      for (std::size_t i = 0; i < tables[t].cells.size(); ++i) {
        const crowds::Crowd& crowd = counted.tables[t].cells[i];
        if (crowd.patients == 0) {
          continue;
        }
        if (pass == 0 && tables[t].cells[i].status != tables::CellStatus::published) {
          hidden.insert(crowd.fingerprint);
        } else if (pass == 1 && hidden.contains(crowd.fingerprint)) {
          hide(tables[t], i);
        }
      }
    }
  }
}

void count(protect::Protected& made) {
  protect::ProtectionSummary& sum = made.summary;
  sum.cells = sum.published = sum.means = sum.means_published = 0;
  for (const tables::Table& table : made.tables) {
    sum.cells += table.cells.size();
    for (const tables::Cell& cell : table.cells) {
      const bool published = cell.status == tables::CellStatus::published;
      sum.published += published;
      sum.means += table.mean_of && !(published && cell.patients == 0);
      sum.means_published += cell.mean.has_value();
    }
  }
}

bool hide_another(const crowds::Counted& counted, std::vector<tables::Table>& tables) {
  tables::Cell* smallest = nullptr;
  const auto offer = [&](tables::Cell& cell) {
    if (cell.status == tables::CellStatus::published && cell.patients > 0 &&
        (smallest == nullptr || cell.patients < smallest->patients)) {
      smallest = &cell;
    }
  };
  for (tables::Table& table : tables) {
    for (const tables::Relation& relation : tables::relations_of(table)) {
      const auto hidden = std::count_if(
          relation.terms.begin(), relation.terms.end(), [&](const tables::Relation::Term& term) {
            return table.cells[term.cell].status != tables::CellStatus::published;
          });
      for (const tables::Relation::Term& term : relation.terms) {
        if (hidden == 1) {
          offer(table.cells[term.cell]);
        }
      }
      if (smallest != nullptr) {
        *smallest = tables::Cell{};
        return true;
      }
    }
  }
  if (release::recovery(counted, tables, rules()).determined == 0) {
    return false;
  }
  for (tables::Table& table : tables) {
    for (tables::Cell& cell : table.cells) {
      offer(cell);
    }
  }
  PARCOURS_CHECK(smallest != nullptr);  // something published gives a hidden cell away
  *smallest = tables::Cell{};
  return true;
}

protect::Protected protect_plainly(const crowds::Counted& counted, const protect::Rules& rules) {
  protect::Protected made;
  protect::ProtectionSummary& sum = made.summary;
  for (const crowds::CrowdTable& crowds : counted.tables) {
    tables::Table table = bare(crowds);
    const protect::Primary unsafe = protect::primary(crowds, counted.population, rules);
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
      if (const std::optional<protect::Rule> broken = unsafe.cells[i]) {
        ++sum.hidden_by(*broken);
        hide(table, i);
      }
    }
    made.tables.push_back(std::move(table));
  }
  hide_twins(counted, made.tables);
  while (hide_another(counted, made.tables)) {
    hide_twins(counted, made.tables);
  }
  count(made);
  sum.secondary = std::accumulate(sum.by_rule.begin(), sum.by_rule.end(), sum.cells - sum.published,
                                  std::minus());
  return made;
}

std::vector<attacks::AttackRun> attacks() {
  const attacks::AttackOutcome recover{
      "recover",
      {"Working out hidden cells", "Reconstitution des cases masquées"},
      {"Every hidden count that sums and differences of the published ones "
       "give exactly is a success.",
       "Tout effectif masqué que des sommes et différences des effectifs "
       "publiés donnent exactement est un succès."},
      18,
      0};
  const attacks::AttackOutcome small{
      "small-cells",
      {"Looking for small groups", "Recherche de petits groupes"},
      {"Every count that tells of fewer people than the threshold is a success.",
       "Tout effectif qui porte sur moins de personnes que le seuil est un succès."},
      188,
      0};
  std::vector<attacks::AttackRun> runs = {{recover, recover, 8}, {small, small, 8}};
  runs[0].control.succeeded = 6;
  runs[1].control.tried = 206;
  runs[1].control.succeeded = 8;
  return runs;
}

}  // namespace parcours::example
