#include "assessment/attack_people.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "base/letters.h"
#include "base/utf8.h"
#include "microdata/advice.h"
#include "microdata/coarsening.h"
#include "microdata/diversity.h"
#include "microdata/minimal_uniques.h"
#include "microdata/presence.h"
#include "microdata/read_microdata.h"
#include "microdata/singling_out.h"
#include "microdata/stand_ins.h"
#include "microdata/suda.h"

namespace parcours::assessment {
namespace {

// The search for the smallest sets of fields that single somebody out grows with the number of
// sets: of more columns than `all_sets` only sets of up to `few` fields are looked at, and of more
// lines or finds than these none.
constexpr std::size_t all_sets = 12;
constexpr std::size_t few = 3;
constexpr std::uint64_t most_found = 30'000'000;

// Where more people than the first are singled out, as many as the second are drawn for that
// search: it then takes a second instead of a minute, and shares are off by some two in a thousand
// (a standard error of a half by its root).
constexpr std::uint64_t most_looked_at = 250'000;
constexpr std::uint64_t drawn_for_sets = 50'000;

constexpr std::size_t most_steps = 5;  // of columns dropped one after another

// A guess compares a person with everybody: so many comparisons of fields at most, and no figure
// from fewer guesses than these.
constexpr std::size_t most_comparisons = 20'000'000'000;
constexpr std::size_t fewest_guesses = 100;
constexpr std::size_t most_guessed = 5;      // sensitive columns
constexpr std::size_t fields_described = 4;  // of a person, by a description drawn

// Beside `found`, what the roles of the columns tell.
std::vector<StandIn> with_those_of_roles(std::vector<StandIn> found,
                                         const microdata::Microdata& data,
                                         const exports::Persons& persons) {
  for (const exports::PersonColumn& column : persons.columns) {
    for (const StandIn& one :
         microdata::stand_ins_of_role(data, column.guess.name, column.guess.role)) {
      const bool is_new = std::ranges::none_of(found, [&](const StandIn& known) {
        return known.column == one.column && known.value == one.value;
      });
      if (is_new) {
        found.push_back(one);
      }
    }
  }
  return found;
}

Status compare_with_population(const microdata::Microdata& data, const exports::Persons& persons,
                               const AssessmentQuestion& question, Progress& progress,
                               const Stop& stop, PeopleAnswer& people) {
  const microdata::ColumnChoice all = microdata::every_column(data);
  double size = question.population_size.value_or(0);
  if (question.population) {
    ASSIGN_OR_RETURN(
        exports::ExportFile file,
        exports::ExportFile::open(*question.population, question.threads, question.first_line));
    ASSIGN_OR_RETURN(
        microdata::Microdata read,
        microdata::read_microdata(file, {.columns = people.columns, .threads = question.threads},
                                  progress, stop));
    people.population_stand_ins = with_those_of_roles(
        microdata::shared_stand_ins(data, read, people.columns).second, read, persons);
    const microdata::Microdata population =
        microdata::without_stand_ins(std::move(read), people.population_stand_ins);
    ASSIGN_OR_RETURN(people.population, microdata::k_map(data, all, population, question.threads));
    ASSIGN_OR_RETURN(people.presence, microdata::presence(data, all, population, question.threads));
    const std::string name = as_utf8(question.population->filename().string());
    people.population_from = {name, name};
    size = static_cast<double>(population.records);
  } else if (!data.weights.empty()) {
    people.population = microdata::k_map_by_weights(data, all, question.threads);
    people.population_from = {"the survey's weights", "les poids de sondage"};
    size = std::accumulate(data.weights.begin(), data.weights.end(), 0.0);
  }
  if (size > 0) {
    people.fraction = std::min(1.0, static_cast<double>(data.records) / size);
    people.population_uniques = microdata::population_uniques(people.alike, *people.fraction);
  }
  return {};
}

tables::Label words_of(const microdata::Coarsening& coarsening) {
  switch (coarsening.kind) {
    case microdata::Coarsening::Kind::bands: {
      const std::string width = fmt::format("{:g}", coarsening.width);
      std::string french = width;
      std::ranges::replace(french, '.', ',');
      return {"bands of " + width, "tranches de " + french};
    }
    case microdata::Coarsening::Kind::prefix:
      return coarsening.letters == 1
                 ? tables::Label{"its first letter", "sa première lettre"}
                 : tables::Label{fmt::format("its first {} letters", coarsening.letters),
                                 fmt::format("ses {} premières lettres", coarsening.letters)};
    case microdata::Coarsening::Kind::months:
      return {"the month", "le mois"};
    case microdata::Coarsening::Kind::years:
      break;
  }
  return {"the year", "l’année"};
}

// Of a column's coarser forms that help nearly as much as the most helpful, the one that leaves
// most values apart; nullptr where it has none.
const microdata::CoarsenAdvice* gentlest(const microdata::Advice& advice, std::size_t column) {
  constexpr double nearly = 0.9;  // of what the most helpful gains
  const microdata::CoarsenAdvice* found = nullptr;
  double wanted = 0;
  for (const microdata::CoarsenAdvice& one : advice.coarser) {  // the most helpful comes first
    const double gained =
        static_cast<double>(advice.now.uniques) - static_cast<double>(one.with.uniques);
    if (one.column != column) {
      continue;
    }
    if (found == nullptr) {
      found = &one;
      wanted = nearly * gained;
    } else if (gained >= wanted && one.values > found->values) {
      found = &one;
    }
  }
  return found;
}

Status look_at_fields(const microdata::Microdata& data, const std::vector<std::string>& names,
                      const AssessmentQuestion& question, Progress& progress, const Stop& stop,
                      PeopleAnswer& people) {
  ASSIGN_OR_RETURN(microdata::ColumnChoice only_names, microdata::columns_named(data, names));
  const microdata::AdviceQuestion how{most_steps, std::move(only_names), question.threads};
  ASSIGN_OR_RETURN(const microdata::Advice advice,
                   microdata::advise(data, microdata::every_column(data), how, progress, stop));
  people.fields.resize(data.columns.size());
  for (const microdata::DropAdvice& drop : advice.drops) {
    const microdata::MicrodataColumn& column = data.columns[drop.column];
    people.fields[drop.column] = {column.name, static_cast<std::uint32_t>(column.dictionary.size()),
                                  0, drop.without.uniques};
  }
  for (std::size_t column = 0; column < data.columns.size(); ++column) {
    if (const microdata::CoarsenAdvice* coarser = gentlest(advice, column)) {
      people.fields[column].coarser = words_of(coarser->coarsening);
      people.fields[column].alone_coarser = coarser->with.uniques;
    }
  }
  for (const microdata::DropAdvice& drop : advice.greedy) {
    people.drop_order.push_back({data.columns[drop.column].name, drop.without.uniques});
  }
  return {};
}

// Of those alone in all fields, `looked_at` were looked at: all of them, or some drawn who stand
// for the others.
std::vector<AloneBy> alone_by(const std::vector<microdata::MinimalUnique>& found,
                              std::size_t records, std::size_t most, std::uint64_t alone,
                              std::uint64_t looked_at) {
  const double each =
      looked_at == alone ? 1 : static_cast<double>(alone) / static_cast<double>(looked_at);
  std::vector<std::uint8_t> fewest(records, 255);
  for (const microdata::MinimalUnique& unique : found) {
    const auto size = static_cast<std::uint8_t>(unique.columns.size());
    fewest[unique.record] = std::min(fewest[unique.record], size);
  }
  std::vector<AloneBy> result;
  for (std::size_t fields = 1; fields <= most; ++fields) {
    const auto people =
        std::ranges::count_if(fewest, [&](std::uint8_t size) { return size <= fields; });
    const double some = std::round(static_cast<double>(people) * each);
    const auto all = static_cast<double>(records);
    result.push_back({fields, looked_at == alone ? Share::exact(some, all)
                                                 : Share::drawn(some, static_cast<double>(alone),
                                                                static_cast<double>(looked_at))
                                                       .among(all)});
  }
  return result;
}

Status look_for_small_sets(const microdata::Microdata& data, const AssessmentQuestion& question,
                           Progress& progress, const Stop& stop, PeopleAnswer& people) {
  const auto columns = microdata::code_columns(data, microdata::every_column(data));
  if (columns.size() > 128) {
    return {};
  }
  const std::uint64_t all = people.alike.uniques();
  const bool draw = all > most_looked_at;
  std::size_t most = columns.size() <= all_sets ? columns.size() : few;
  while (most > 0) {
    const auto found =
        microdata::minimal_uniques(columns, data.records,
                                   {.most_columns = most,
                                    .most_found = most_found,
                                    .threads = question.threads,
                                    .sample = draw ? drawn_for_sets : ~std::size_t{0},
                                    .seed = question.curve.seed},
                                   progress, stop);
    if (found) {
      const microdata::Suda suda = microdata::suda_scores(*found, columns.size(), data.records);
      for (std::size_t i = 0; i < columns.size(); ++i) {
        people.fields[i].suda_share = suda.shares[i];
      }
      people.alone_by = alone_by(*found, data.records, most, all, draw ? drawn_for_sets : all);
      people.drawn = draw ? std::optional(drawn_for_sets) : std::nullopt;
      return {};
    }
    if (found.error().fault == Fault::stopped) {
      return std::unexpected(found.error());
    }
    most = std::min(most - 1, few);  // too many were found
  }
  return {};
}

// How many of question.attacks comparisons of a person with everybody in so many fields can afford;
// 0 where too few would be left.
std::size_t affordable_attacks(const microdata::Microdata& data, std::size_t fields,
                               const AssessmentQuestion& question) {
  const std::size_t affordable = most_comparisons / std::max<std::size_t>(1, data.records * fields);
  const std::size_t attacks = std::min(question.attacks, affordable);
  return data.records < 2 || attacks < std::min(question.attacks, fewest_guesses) ? 0 : attacks;
}

Result<std::optional<microdata::Inference>> guess(const microdata::Microdata& data,
                                                  const microdata::ColumnChoice& known,
                                                  std::size_t sensitive,
                                                  const AssessmentQuestion& question,
                                                  Progress& progress, const Stop& stop) {
  const std::size_t attacks = affordable_attacks(data, known.size(), question);
  if (attacks == 0 || known.size() > 255) {
    return std::nullopt;
  }
  ASSIGN_OR_RETURN(
      const microdata::Inference found,
      microdata::infer(data, known, sensitive, {attacks, question.curve.seed, question.threads},
                       progress, stop));
  return found;
}

Status look_at_sensitive(const microdata::Microdata& data,
                         const std::vector<std::string>& sensitive,
                         const AssessmentQuestion& question, Progress& progress, const Stop& stop,
                         PeopleAnswer& people) {
  const microdata::ColumnChoice all = microdata::every_column(data);
  for (const std::size_t column : all) {
    if (std::ranges::find(sensitive, data.columns[column].name) == sensitive.end() ||
        all.size() < 2) {
      continue;
    }
    if (stop.requested()) {
      return stopped();
    }
    microdata::ColumnChoice others = all;
    std::erase(others, column);
    const microdata::Diversity found = microdata::diversity(data, others, column, question.threads);
    const microdata::ClassSizes sizes = microdata::count_classes(data, others, question.threads);
    SensitiveAnswer answer{data.columns[column].name,
                           Share::exact(static_cast<double>(found.same_value_records),
                                        static_cast<double>(sizes.records() - sizes.uniques())),
                           found.fewest_values,
                           found.least_effective_values,
                           found.farthest_ordered.value_or(found.farthest_equal),
                           {}};
    if (people.sensitive.size() < most_guessed) {
      ASSIGN_OR_RETURN(answer.guessed, guess(data, others, column, question, progress, stop));
    }
    people.sensitive.push_back(std::move(answer));
  }
  if (data.records >= 2) {
    people.membership = microdata::membership(data, all, question.curve.seed, question.threads);
  }
  return {};
}

Status describe(const microdata::Microdata& data, const AssessmentQuestion& question,
                Progress& progress, const Stop& stop, PeopleAnswer& people) {
  const microdata::ColumnChoice all = microdata::every_column(data);
  people.described_by = std::min(fields_described, all.size());
  const std::size_t attacks = affordable_attacks(data, people.described_by, question);
  if (attacks > 0) {
    ASSIGN_OR_RETURN(
        people.described,
        microdata::single_out(data, all, people.described_by,
                              {attacks, question.curve.seed, question.threads}, progress, stop));
  }
  return {};
}

}  // namespace

Result<PeopleAnswer> attack_people(exports::Persons& persons, const AssessmentQuestion& question,
                                   Progress& progress, const Stop& stop) {
  PeopleAnswer people{
      .file = persons.from,
      .columns = question.population ? persons.known_beside_others() : persons.known(),
      .named_by = persons.naming_the_person(),
      .from_events = persons.on_lines_of_events,
      .several_lines = persons.several_lines};
  ASSIGN_OR_RETURN(
      microdata::Microdata read,
      microdata::read_microdata(
          persons.file,
          {.columns = people.columns, .weight = persons.weight(), .threads = question.threads},
          progress, stop));
  people.stand_ins = with_those_of_roles(microdata::stand_ins(read), read, persons);
  const microdata::Microdata data = microdata::without_stand_ins(std::move(read), people.stand_ins);
  people.alike = microdata::count_classes(data, microdata::every_column(data), question.threads);
  people.prosecutor = microdata::prosecutor_risk(people.alike);
  if (data.records > 1) {  // of one person every field, and none, singles out
    RETURN_IF_ERROR(look_at_fields(data, persons.only_naming(), question, progress, stop, people));
    RETURN_IF_ERROR(look_at_sensitive(data, persons.sensitive(), question, progress, stop, people));
    RETURN_IF_ERROR(look_for_small_sets(data, question, progress, stop, people));
  }
  RETURN_IF_ERROR(describe(data, question, progress, stop, people));
  std::ranges::stable_sort(people.fields, [](const FieldAnswer& a, const FieldAnswer& b) {
    return std::pair(b.suda_share, a.alone_without) < std::pair(a.suda_share, b.alone_without);
  });
  RETURN_IF_ERROR(compare_with_population(data, persons, question, progress, stop, people));
  return people;
}

Result<LinkageAnswer> link_people(exports::Persons& persons, exports::Persons& others,
                                  const AssessmentQuestion& question, Progress& progress,
                                  const Stop& stop) {
  exports::ExportFile& file = persons.file;
  exports::ExportFile& other = others.file;
  LinkageAnswer answer{.other = as_utf8(other.path().filename().string())};
  for (const std::string& column : persons.known_beside_others()) {
    if (other.column(column, "the link") && lower(column) != lower(question.person)) {
      answer.columns.push_back(column);
    }
  }
  if (answer.columns.empty()) {
    return bad_input("the two exports share no column by name", other.path().string(),
                     "give the columns that say the same the same names");
  }
  std::vector<std::string> read = answer.columns;
  if (!question.person.empty()) {
    read.push_back(question.person);
  }
  const microdata::ReadMicrodata how{.columns = read, .threads = question.threads};
  ASSIGN_OR_RETURN(microdata::Microdata first,
                   microdata::read_microdata(file, how, progress, stop));
  ASSIGN_OR_RETURN(microdata::Microdata second,
                   microdata::read_microdata(other, how, progress, stop));
  auto [here, there] = microdata::shared_stand_ins(first, second, answer.columns);
  here = with_those_of_roles(std::move(here), first, persons);
  there = with_those_of_roles(std::move(there), second, persons);
  for (auto [data, found] : {std::pair(&first, &here), std::pair(&second, &there)}) {
    *data = microdata::without_stand_ins(std::move(*data), *found);
    const std::vector<StandIn> nobody = microdata::naming_nobody(*data, question.person);
    *data = microdata::without_stand_ins(std::move(*data), nobody);
  }
  answer.stand_ins = std::move(here);
  answer.stand_ins_of_other = std::move(there);
  ASSIGN_OR_RETURN(const microdata::ColumnChoice chosen,
                   microdata::columns_named(first, answer.columns));
  const std::size_t affordable =
      most_comparisons / std::max<std::size_t>(1, second.records * chosen.size());
  ASSIGN_OR_RETURN(answer.found, link(first, chosen, second, question.person,
                                      {std::min(question.attacks, affordable), question.curve.seed,
                                       question.threads},
                                      progress, stop));
  return answer;
}

}  // namespace parcours::assessment
