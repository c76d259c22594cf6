#include "cli/risk_checks.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/output_place.h"
#include "exports/column_sql.h"

namespace parcours::cli {
namespace {

Status check_population(const RiskOptions& options, assessment::Inputs& inputs, const Stop& stop) {
  if (options.population.empty() && !options.population_size) {
    return {};
  }
  ASSIGN_OR_RETURN(exports::Persons * persons, inputs.persons(stop));
  if (persons == nullptr || (persons->on_lines_of_events && persons->known().empty())) {
    return check_no_population(options,
                               "the export holds nothing about people except their events");
  }
  ASSIGN_OR_RETURN(
      const auto people,
      exports::one_row(persons->file, "SELECT count(*) FROM " + persons->file.source(), stop));
  if (options.population_size && *options.population_size < static_cast<double>(people[0])) {
    return bad_input(fmt::format("a population of {:.0f} is less than the {} people of the export",
                                 *options.population_size, people[0]),
                     "--population-size",
                     "give the number of people in the population that the export was drawn from");
  }
  if (!options.population.empty()) {
    ASSIGN_OR_RETURN(const exports::FirstLine first_line, first_line_of(options.columns));
    ASSIGN_OR_RETURN(const exports::ExportFile population,
                     exports::ExportFile::open(options.population, 1, first_line));
    for (const std::string& column : persons->known_beside_others()) {
      RETURN_IF_ERROR(population.column(column, "the population"));
    }
  }
  return {};
}

constexpr const char* right_events =
    "an events file has a patient on several lines, a day and a code: --patient, --day, --code";

Status check_of_events(const RiskOptions& options, assessment::Inputs& inputs) {
  const auto of_events = [](const assessment::Input& input) {
    return input.guess.form == exports::FileForm::events;
  };
  if (std::ranges::any_of(inputs.all(), of_events)) {
    return {};
  }
  if (!options.columns.day_format.empty()) {
    return bad_input("no column was taken for the day of events", "--day-format",
                     "name it, and the patient and the code: --patient, --day, --code");
  }
  if (options.threshold) {
    return bad_input(
        "the files hold no events, and groups are formed by the events of their patients",
        "--threshold", right_events);
  }
  return check_without_events(options);
}

}  // namespace

Status check_places(const RiskOptions& options) {
  std::vector<std::filesystem::path> inputs(options.files.begin(), options.files.end());
  for (const std::string* file : {&options.population, &options.other, &options.columns.file,
                                  &options.columns.header, &options.attackers}) {
    if (!file->empty()) {
      inputs.emplace_back(*file);
    }
  }
  for (const std::string* file : {&options.report, &options.columns.save}) {
    if (!file->empty()) {
      RETURN_IF_ERROR(check_output_file(*file, inputs));
    }
  }
  if (!options.report.empty() &&
      std::filesystem::path(options.report).lexically_normal() ==
          std::filesystem::path(options.columns.save).lexically_normal()) {
    return bad_input("--report and --save-columns name the same file", options.report, "name two");
  }
  return {};
}

Status check_no_population(const RiskOptions& options, const std::string& why) {
  const bool file = !options.population.empty();
  if (!file && !options.population_size) {
    return {};
  }
  return bad_input(why, file ? "--population" : "--population-size",
                   "it is for an export with one line a person, or one whose events say something "
                   "of the person");
}

Status check_no_first_line(const RiskOptions& options, const std::string& why) {
  const bool file = !options.columns.header.empty();
  if (!file && !options.columns.no_header) {
    return {};
  }
  return bad_input(why, file ? "--header" : "--no-header", "it is for CSV files");
}

Status check_without_events(const RiskOptions& options) {
  if (!options.periods.empty()) {
    return bad_input("the files hold no events to cut into periods", "--periods", right_events);
  }
  if (!options.attackers.empty() && options.attackers != "none") {
    return bad_input("the files hold no events, so these attackers know nothing", options.attackers,
                     right_events);
  }
  return {};
}

Status check_no_columns(const RiskOptions& options, const std::string& what) {
  const ColumnFlags& flags = options.columns;
  const std::pair<const char*, bool> asked[] = {{"--guess", options.guess},
                                                {"--save-columns", !flags.save.empty()},
                                                {"--columns", !flags.file.empty()},
                                                {"--column", !flags.roles.empty()},
                                                {"--patient", !flags.patient.empty()},
                                                {"--day", !flags.day.empty()},
                                                {"--code", !flags.code.empty()},
                                                {"--kind", !flags.kind.empty()},
                                                {"--sex", !flags.sex.empty()},
                                                {"--birth-year", !flags.birth_year.empty()},
                                                {"--age", !flags.age.empty()},
                                                {"--weight", !flags.weight.empty()},
                                                {"--drop", !flags.drop.empty()},
                                                {"--sensitive", !flags.sensitive.empty()},
                                                {"--day-format", !flags.day_format.empty()}};
  for (const auto& [flag, given] : asked) {
    if (given) {
      return bad_input(fmt::format("{} has no columns to name", what), flag,
                       "leave it out: it is for exports");
    }
  }
  return {};
}

Status check_attacks(const assessment::TablesAnswer& tables,
                     const std::vector<assessment::Limit>& limits, const std::string& what) {
  std::vector<std::string> through;
  for (const attacks::AttackOutcome& attack : tables.attacks) {
    if (attack.succeeded > 0) {
      through.push_back(attack.id);
    }
  }
  const auto allowed = [](const assessment::Limit& limit) {
    return limit.measure == "attacks_through";
  };
  if (through.empty() || std::ranges::any_of(limits, allowed)) {
    return {};
  }
  return refused(fmt::format("{} of {} attacks got through: {}", through.size(),
                             tables.attacks.size(), fmt::join(through, ", ")),
                 what, "do not send these tables");
}

Status check_asked(const RiskOptions& options, assessment::Inputs& inputs, const Stop& stop) {
  RETURN_IF_ERROR(check_of_events(options, inputs));
  return check_population(options, inputs, stop);
}

}  // namespace parcours::cli
