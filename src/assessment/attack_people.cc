#include "assessment/attack_people.h"

#include <algorithm>
#include <numeric>

#include "microdata/diversity.h"
#include "microdata/minimal_uniques.h"
#include "microdata/read_microdata.h"
#include "microdata/suda.h"

namespace parcours {
namespace {

// The search for the smallest sets of fields that single somebody out grows with the number of sets: of more columns than
// `all_sets` only sets of up to `few` fields are looked at, and of more lines or finds than these none.
constexpr std::size_t all_sets = 12;
constexpr std::size_t few = 3;
constexpr std::size_t most_records = 4'000'000;
constexpr std::uint64_t most_found = 30'000'000;

Status compare_with_population(const Microdata& data, const AssessmentQuestion& question,
                               Progress& progress, const Stop& stop, PeopleAnswer& people) {
  const ColumnChoice all = every_column(data);
  double size = question.population_size.value_or(0);
  if (question.population) {
    ASSIGN_OR_RETURN(ExportFile file, ExportFile::open(*question.population, question.threads));
    ASSIGN_OR_RETURN(const Microdata population,
                     read_microdata(file, {.columns = people.columns, .threads = question.threads},
                                    progress, stop));
    ASSIGN_OR_RETURN(people.population, k_map(data, all, population, question.threads));
    people.population_from = question.population->filename().string();
    size = static_cast<double>(population.records);
  } else if (!data.weights.empty()) {
    people.population = k_map_by_weights(data, all, question.threads);
    people.population_from = "the survey's weights";
    size = std::accumulate(data.weights.begin(), data.weights.end(), 0.0);
  }
  if (size > 0) {
    people.fraction = std::min(1.0, static_cast<double>(data.records) / size);
    people.population_uniques = population_uniques(people.alike, *people.fraction);
  }
  return {};
}

void look_at_fields(const Microdata& data, int threads, PeopleAnswer& people) {
  const auto columns = code_columns(data, every_column(data));
  const auto without = count_classes_without_each(columns, data.records, threads);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    people.fields.push_back({data.columns[i].name, columns[i].values, 0, without[i].uniques()});
  }
}

std::vector<AloneBy> alone_by(const std::vector<MinimalUnique>& found, std::size_t records,
                              std::size_t most) {
  std::vector<std::uint8_t> fewest(records, 255);
  for (const MinimalUnique& unique : found) {
    const auto size = static_cast<std::uint8_t>(unique.columns.size());
    fewest[unique.record] = std::min(fewest[unique.record], size);
  }
  std::vector<AloneBy> result;
  for (std::size_t fields = 1; fields <= most; ++fields) {
    const auto people =
        std::ranges::count_if(fewest, [&](std::uint8_t size) { return size <= fields; });
    result.push_back({fields, static_cast<std::uint64_t>(people)});
  }
  return result;
}

Status look_for_small_sets(const Microdata& data, const AssessmentQuestion& question,
                           Progress& progress, const Stop& stop, PeopleAnswer& people) {
  const auto columns = code_columns(data, every_column(data));
  if (data.records > most_records || columns.size() > 128) {
    return {};
  }
  std::size_t most = columns.size() <= all_sets ? columns.size() : few;
  while (most > 0) {
    const auto found = minimal_uniques(
        columns, data.records,
        {.most_columns = most, .most_found = most_found, .threads = question.threads}, progress,
        stop);
    if (found) {
      const Suda suda = suda_scores(*found, columns.size(), data.records);
      for (std::size_t i = 0; i < columns.size(); ++i) {
        people.fields[i].suda_share = suda.shares[i];
      }
      people.alone_by = alone_by(*found, data.records, most);
      return {};
    }
    if (found.error().fault == Fault::stopped) {
      return std::unexpected(found.error());
    }
    most = std::min(most - 1, few);  // too many were found
  }
  return {};
}

void look_at_sensitive(const Microdata& data, const std::vector<std::string>& sensitive,
                       int threads, PeopleAnswer& people) {
  const ColumnChoice all = every_column(data);
  for (const std::size_t column : all) {
    if (std::ranges::find(sensitive, data.columns[column].name) == sensitive.end() ||
        all.size() < 2) {
      continue;
    }
    ColumnChoice others = all;
    std::erase(others, column);
    const Diversity found = diversity(data, others, column, 2, threads);
    const ClassSizes sizes = count_classes(data, others, threads);
    people.sensitive.push_back({data.columns[column].name, sizes.records() - sizes.uniques(),
                                found.same_value_records, found.farthest_equal});
  }
}

}  // namespace

Result<PeopleAnswer> attack_people(ExportFile& file, PeopleAnswer people,
                                   const std::vector<std::string>& sensitive,
                                   const std::string& weight, const AssessmentQuestion& question,
                                   Progress& progress, const Stop& stop) {
  ASSIGN_OR_RETURN(
      const Microdata data,
      read_microdata(file,
                     {.columns = people.columns, .weight = weight, .threads = question.threads},
                     progress, stop));
  progress.begin("comparing people", 0);
  people.alike = count_classes(data, every_column(data), question.threads);
  people.prosecutor = prosecutor_risk(people.alike, 1);
  look_at_fields(data, question.threads, people);
  if (stop.requested()) {
    return stopped();
  }
  look_at_sensitive(data, sensitive, question.threads, people);
  progress.end();
  RETURN_IF_ERROR(look_for_small_sets(data, question, progress, stop, people));
  std::ranges::stable_sort(people.fields, [](const FieldAnswer& a, const FieldAnswer& b) {
    return std::pair(b.suda_share, a.alone_without) < std::pair(a.suda_share, b.alone_without);
  });
  RETURN_IF_ERROR(compare_with_population(data, question, progress, stop, people));
  return people;
}

}  // namespace parcours
