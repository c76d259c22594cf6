#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/nearest.h"
#include "cli/command.h"
#include "program/say.h"
#include "synth/panel.h"
#include "vault/place.h"

namespace parcours::cli {
namespace {

struct SynthOptions {
  std::filesystem::path folder;
  synth::PanelOptions panel;
  std::string form = "csv";
  std::string from = "2023-01-01";
  std::string to = "2025-12-31";
};

Result<Day> day_of_option(const std::string& text, const std::string& option) {
  const std::optional<Day> day = parse_iso_day(text);
  if (!day) {
    return bad_input("no such day: '" + text + "'", option, "a day as 2023-01-31");
  }
  return *day;
}

Result<synth::PanelForm> form_named(const std::string& name) {
  const std::array<std::string, 4> names = {"csv", "fhir", "cda", "omop"};  // as PanelForm has them
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) {
    return bad_input(fmt::format("unknown form '{}'", name), "--as", nearest_hint(name, names));
  }
  return static_cast<synth::PanelForm>(found - names.begin());
}

nlohmann::json story_json(const synth::PanelStory& story) {
  return {{"patient", story.patient},
          {"birth_year", story.birth_year},
          {"sex", story.sex == records::Sex::female ? "F" : "M"},
          {"department", story.department},
          {"region", story.region},
          {"diagnosis", story.diagnosis},
          {"long_term", story.long_term},
          {"visit", to_string(story.visit, Calendar::dates)},
          {"events", story.events}};
}

void print_json(const SynthOptions& options, const synth::PanelSummary& summary, double seconds) {
  nlohmann::json answer = {{"folder", options.folder.string()}, {"patients", summary.patients},
                           {"practices", summary.practices},    {"visits", summary.visits},
                           {"events", summary.events},          {"bytes", summary.bytes},
                           {"seed", options.panel.seed},        {"seconds", seconds}};
  if (summary.story) {
    answer["story"] = story_json(*summary.story);
  }
  program::say_json(answer);
}

void print_text(const SynthOptions& options, const synth::PanelSummary& summary, double seconds) {
  program::say("{}: {} generated patients of {} practices, {} visits, {} events, {} to {}\n",
               options.folder.string(), summary.patients, summary.practices, summary.visits,
               summary.events, options.from, options.to);
  program::say("{:.1f} MB in {:.1f} s; seed {}; no line is about a real person\n",
               static_cast<double>(summary.bytes) / 1e6, seconds, options.panel.seed);
  const bool csv = options.panel.form == synth::PanelForm::csv;
  const std::string folder = options.folder.string();
  if (csv) {
    program::say("Next: parcours vault import VAULT --mapping {}/mapping.toml\n", folder);
  } else {
    program::say("Next: parcours vault import VAULT --from {} --mapping {}/choices.toml\n", folder,
                 folder);
  }
}

Status synth(SynthOptions options, Session& session) {
  ASSIGN_OR_RETURN(options.panel.first, day_of_option(options.from, "--from"));
  ASSIGN_OR_RETURN(options.panel.last, day_of_option(options.to, "--to"));
  ASSIGN_OR_RETURN(options.panel.form, form_named(options.form));
  RETURN_IF_ERROR(vault::check_outside_vaults(options.folder));
  const auto begin = std::chrono::steady_clock::now();
  Progress progress(session.progress_manner());
  ASSIGN_OR_RETURN(const synth::PanelSummary summary,
                   synth::write_panel(options.folder, options.panel, progress, session.stop));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  if (session.json) {
    print_json(options, summary, took.count());
  } else {
    print_text(options, summary, took.count());
  }
  return {};
}

}  // namespace

void add_synth(CLI::App& root, Session& session) {
  auto options = std::make_shared<SynthOptions>();
  synth::PanelOptions& panel = options->panel;
  panel.threads = threads_here();
  CLI::App* verb = root.add_subcommand(
      "synth", "Generate records of invented patients, as French practice software sends them");
  verb->add_option("folder", options->folder, "The folder to create; it must not exist yet")
      ->required();
  verb->add_option("--patients", panel.patients, "Number of patients")->required();
  verb->add_option("--events", panel.events,
                   "Number of events. Without it, 5 for each patient and year");
  verb->add_option("--practices", panel.practices,
                   "Number of practices. Without it, one for every 1,300 patients");
  verb->add_option("--seed", panel.seed,
                   "Seed of the random draws. The same seed gives the same files")
      ->capture_default_str();
  add_threads(*verb, panel.threads);
  verb->add_option("--from", options->from, "First day of the records")->capture_default_str();
  verb->add_option("--to", options->to, "Last day of the records")->capture_default_str();
  verb->add_flag("--flat", panel.flat,
                 "Also write export.csv: one line an event with the patient's fields on each "
                 "line, the form in which such records are sold");
  verb->add_option("--as", options->form,
                   "The form of the files: csv; fhir, NDJSON of FHIR R4; cda, a document of CDA R2 "
                   "for each patient, for small panels; or omop, tables of OMOP 5.4. Only csv has "
                   "sick leaves")
      ->capture_default_str();
  verb->add_option("--detail", panel.detail,
                   "Number of local codes that each practice uses for one diagnosis, prescription "
                   "or lab test. More than 1 makes the data as detailed as real records")
      ->capture_default_str();
  finish(verb, session, "parcours synth panel --patients 100000 --flat",
         [options](Session& s) { return synth(*options, s); });
}

}  // namespace parcours::cli
