// parcours vault import: records into a vault, from CSV by a mapping file or from a standard form.
#include "vault/import.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>

#include "base/memory.h"
#include "cli/command.h"
#include "cli/key_options.h"
#include "cli/output_place.h"
#include "cli/vault_option.h"
#include "duck/parquet_text.h"
#include "formats/recognise.h"
#include "ingest/check.h"
#include "ingest/period.h"
#include "mapping/mapped_files.h"
#include "program/say.h"
#include "records/stored_names.h"
#include "vault/catalog.h"
#include "vocabulary/code_systems.h"
#include "vocabulary/kinds.h"

namespace parcours::cli {
namespace {

using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

struct ImportVerb {
  VaultOption vault;
  KeyOptions key;
  std::vector<std::string> from;
  std::string mapping;
  std::string data;
  std::string period;
  std::string quarantine;
  std::optional<std::uint64_t> max_bad_rows;
  std::string permit;
  bool check = false;
  bool json = false;
  int threads = threads_here();
};

// What was read, and for an import what the vault has of it.
struct Outcome {
  std::uint64_t rows = 0;
  std::uint64_t patients = 0;
  std::uint64_t events = 0;
  std::uint64_t packages = 0;
  std::uint64_t replaced = 0;
  std::string permit;
  vault::CutRows cut;
  records::StoredNames names;
};

// What is read, and what the user says of it.
struct Source {
  std::unique_ptr<ingest::Intake> intake;
  std::string period;
  std::uint64_t max_bad_rows = 0;
  records::NamesAllowed allowed;
  std::optional<formats::Recognised> recognised;  // with --from
};

Json as_json(const records::NameCounts& names) {
  return {{"met", names.met}, {"new", names.fresh}, {"of_one_patient", names.of_one_patient}};
}

Json as_json(const records::StoredNames& names) {
  Json systems = Json::array();
  for (const records::SystemNames& system : names.systems) {
    Json one = {{"kind", system.kind ? Json(vocabulary::kinds()[*system.kind]) : Json("place")},
                {"system", system.system}};
    one.update(as_json(system.names));
    systems.push_back(std::move(one));
  }
  return {{"practices", as_json(names.practices)}, {"systems", std::move(systems)}};
}

Json as_json(const formats::Recognised& source) {
  return {{"form", formats::to_string(source.form)},
          {"files", source.files.size()},
          {"why", source.why},
          {"passed_over", source.passed_over}};
}

Json as_json(const std::vector<ingest::SectionCount>& sections) {
  Json all = Json::array();
  for (const ingest::SectionCount& section : sections) {
    all.push_back({{"section", section.section},
                   {"items", section.items},
                   {"patients", section.patients},
                   {"events", section.events},
                   {"refused", section.refused},
                   {"left_out", section.left_out}});
  }
  return all;
}

Json as_json(const std::vector<ingest::ReasonCount>& left_out) {
  Json all = Json::array();
  for (const ingest::ReasonCount& count : left_out) {
    all.push_back({{"reason", count.reason}, {"items", count.rows}});
  }
  return all;
}

Json as_json(const Outcome& outcome, const ingest::Quarantine& quarantine, double seconds) {
  Json reasons = Json::array();
  for (const ingest::ReasonCount& count : quarantine.by_reason()) {
    reasons.push_back({{"reason", count.reason}, {"rows", count.rows}, {"first", count.first}});
  }
  return {{"rows", outcome.rows},
          {"patients", outcome.patients},
          {"events", outcome.events},
          {"packages", outcome.packages},
          {"replaced", outcome.replaced},
          {"quarantined", quarantine.rows()},
          {"reasons", reasons},
          {"permit", outcome.permit},
          {"not_covered", outcome.cut.not_covered()},
          {"objected", outcome.cut.objected},
          {"expired", outcome.cut.expired},
          {"names", as_json(outcome.names)},
          {"seconds", seconds}};
}

// What of the sources' words the vault would keep, before it keeps them.
void print_names(const records::StoredNames& names, bool check) {
  if (check) {
    program::say("Into an empty vault, this import would store {}.\n", names.sentence());
  } else {
    program::say("This import would store {} that the vault does not have yet.\n",
                 names.sentence());
  }
  for (const records::SystemNames& system : names.systems) {
    if (system.names.fresh > 0) {
      program::say("{:>15}  {} of {} ({} in these files, {} of a single patient each)\n",
                   system.names.fresh,
                   system.kind ? vocabulary::kinds()[*system.kind] + " codes" : "places",
                   system.system, system.names.met, system.names.of_one_patient);
    }
  }
  std::fflush(stdout);
}

void print_recognised(const ImportVerb& verb, const formats::Recognised& source) {
  program::say("{}: taken for {}, because {}\n", fmt::join(verb.from, ", "),
               formats::to_string(source.form), source.why);
  if (!source.passed_over.empty()) {
    program::say("not read: {}\n", fmt::join(source.passed_over, ", "));
  }
  std::fflush(stdout);
}

// A line for each section, so that every item is accounted for.
void print_sections(const ingest::Intake& intake) {
  const std::vector<ingest::SectionCount> sections = intake.sections();
  if (!sections.empty()) {
    program::say("{:<28}{:>11}{:>11}{:>11}{:>11}{:>11}\n", "", "items", "patients", "events",
                 "refused", "left out");
  }
  for (const ingest::SectionCount& section : sections) {
    program::say("{:<28}{:>11}{:>11}{:>11}{:>11}{:>11}\n", section.section, section.items,
                 section.patients, section.events, section.refused, section.left_out);
  }
  if (const std::uint64_t unmapped = intake.unmapped(); unmapped > 0) {
    program::say("{:>15}  codes that their map does not have, kept as they are\n", unmapped);
  }
  for (const ingest::ReasonCount& count : intake.left_out()) {
    program::say("{:>15}  left out: {}\n", count.rows, count.reason);
  }
}

void print_answer(const ImportVerb& verb, const Source& source, const Outcome& outcome,
                  const ingest::Quarantine& quarantine, double seconds) {
  program::say("{} {}\n", verb.check ? "checked, for" : "imported into", verb.vault.path);
  print_sections(*source.intake);
  const auto line = [](std::uint64_t number, std::string_view what) {
    program::say("{:>15}  {}\n", number, what);
  };
  line(outcome.rows, source.recognised ? "items read" : "rows read");
  line(outcome.patients, "patients");
  line(outcome.events, "events");
  line(outcome.packages,
       outcome.replaced == 0
           ? "packages"
           : fmt::format("packages, {} of them replace an earlier one", outcome.replaced));
  if (outcome.cut.not_covered() > 0) {
    line(outcome.cut.not_covered(), fmt::format("rows that permit {} does not cover, cut: {}",
                                                outcome.permit, outcome.cut.reasons()));
  }
  if (outcome.cut.fields > 0) {
    line(outcome.cut.fields,
         fmt::format("patients without a field that permit {} does not cover", outcome.permit));
  }
  if (outcome.cut.expired > 0) {
    line(outcome.cut.expired, "rows whose retention is over, cut");
  }
  if (outcome.cut.objected > 0) {
    line(outcome.cut.objected, "rows of patients who objected, cut");
  }
  line(quarantine.rows(), source.recognised ? "bad records, left out" : "bad rows, left out");
  for (const ingest::ReasonCount& count : quarantine.by_reason()) {
    line(count.rows, fmt::format("  {}, first at {}", count.reason, count.first));
  }
  program::say("{:>15.1f}  seconds\n", seconds);
}

Result<Source> mapped_source(const ImportVerb& verb) {
  ASSIGN_OR_RETURN(mapping::Mapping mapping, mapping::read_mapping(verb.mapping));
  if (!verb.period.empty()) {
    RETURN_IF_ERROR(ingest::check_period(verb.period, "--period"));
    mapping.period = verb.period;
  }
  if (mapping.period.empty()) {
    return bad_input("the send has no period", verb.mapping,
                     "add period = \"2024\" to the mapping, or --period 2024");
  }
  Source source{.intake = nullptr,
                .period = mapping.period,
                .max_bad_rows = verb.max_bad_rows.value_or(mapping.max_bad_rows),
                .allowed = {mapping.not_identifiers, verb.mapping}};
  const std::filesystem::path data = verb.data.empty()
                                         ? std::filesystem::path(verb.mapping).parent_path()
                                         : std::filesystem::path(verb.data);
  ASSIGN_OR_RETURN(mapping::Plan plan,
                   mapping::make_plan(std::move(mapping), data, duck::parquet_text));
  source.intake = std::make_unique<mapping::MappedFiles>(std::move(plan));
  return source;
}

// Bad rows of a standard form are left out, up to so many: with more, it is not what it was taken
// for.
constexpr std::uint64_t most_bad_items = 1'000'000;

Result<Source> recognised_source(const ImportVerb& verb) {
  ingest::Choices choices;
  if (!verb.mapping.empty()) {
    ASSIGN_OR_RETURN(choices, ingest::read_choices(verb.mapping));
  }
  if (!verb.period.empty()) {
    RETURN_IF_ERROR(ingest::check_period(verb.period, "--period"));
    choices.period = verb.period;
  }
  if (choices.period.empty()) {
    return bad_input("the send has no period", verb.from.front(),
                     "say what it covers, as --period 2024");
  }
  if (!verb.data.empty()) {
    return bad_input("--data belongs to a mapping of CSV files", "--data",
                     "name the folder after --from");
  }
  Source source{
      .intake = nullptr,
      .period = choices.period,
      .max_bad_rows = verb.max_bad_rows.value_or(choices.max_bad_rows.value_or(most_bad_items)),
      .allowed = {choices.not_identifiers, verb.mapping}};
  for (const vocabulary::CodeSystem& system : vocabulary::code_systems()) {
    if (vocabulary::form_excludes_identifiers(system)) {
      source.allowed.not_identifiers.push_back(system.name);
    }
  }
  ASSIGN_OR_RETURN(source.recognised, formats::recognise(verb.from));
  ASSIGN_OR_RETURN(source.intake, formats::open(*source.recognised, std::move(choices)));
  return source;
}

Result<Source> source_of(const ImportVerb& verb) {
  if (!verb.from.empty()) {
    return recognised_source(verb);
  }
  if (verb.mapping.empty()) {
    return bad_input("nothing to import is named", "vault import",
                     "--from for FHIR, CDA and OMOP; --mapping for CSV");
  }
  return mapped_source(verb);
}

Result<Outcome> check(const ImportVerb& verb, const Source& source, ingest::Quarantine& quarantine,
                      Progress& progress, Stop& stop) {
  ASSIGN_OR_RETURN(const ingest::CheckCounts counts,
                   ingest::check(*source.intake, quarantine, stop, &progress, verb.threads));
  if (!verb.json) {
    print_names(counts.names, true);
  }
  RETURN_IF_ERROR(records::check_names(counts.names, source.allowed));
  return Outcome{.rows = counts.rows,
                 .patients = counts.patients,
                 .events = counts.events,
                 .packages = counts.packages,
                 .names = counts.names};
}

// Rows wait in memory for their bucket's file, in half of what may be taken at most.
vault::ImportOptions import_options(const ImportVerb& verb) {
  vault::ImportOptions options{.threads = verb.threads, .permit = verb.permit};
  const std::uint64_t half = std::max<std::uint64_t>(memory_limit() >> 21, 1);
  options.memory_megabytes =
      static_cast<int>(std::min(half, static_cast<std::uint64_t>(options.memory_megabytes)));
  return options;
}

Result<Outcome> import(vault::Import import, const ImportVerb& verb, const Source& source,
                       ingest::Quarantine& quarantine, Progress& progress, Stop& stop) {
  if (import.calendar() != source.intake->calendar()) {
    return bad_input("the mapping's calendar differs from the vault's", verb.mapping,
                     "create a vault with the same calendar");
  }
  const ingest::Registry registry{
      .codes = import.codes(),
      .key = import.key(),
      .period = source.period,
      .practice = [&](std::string_view name) { return import.practice(name); },
      .package = [&](records::PracticeId practice,
                     std::string_view period) { return import.package(practice, period); }};
  const ingest::Reading reading{registry, quarantine, stop, &progress, verb.threads};
  Outcome outcome;
  if (const auto patients = source.intake->patients(reading)) {
    RETURN_IF_ERROR(import.patients(*patients, stop));
    outcome.rows += patients->rows();
  }
  if (const auto events = source.intake->events(reading)) {
    RETURN_IF_ERROR(import.events(*events, stop));
    outcome.rows += events->rows();
  }
  if (stop.requested()) {
    return stopped();
  }
  if (source.recognised && outcome.rows == 0) {
    return bad_input("there is no record in it", verb.from.front(),
                     "name the files or the folder with the records");
  }
  ASSIGN_OR_RETURN(outcome.names, import.names(stop));
  if (!verb.json) {
    progress.end();
    print_names(outcome.names, false);
  }
  outcome.permit = import.permit().permit.reference;
  ASSIGN_OR_RETURN(const vault::ImportSummary summary,
                   std::move(import).commit(source.allowed, stop));
  outcome.patients = summary.patients;
  outcome.events = summary.events;
  outcome.packages = summary.packages;
  outcome.replaced = summary.replaced;
  outcome.cut = summary.cut;
  return outcome;
}

Status check_quarantine(const ImportVerb& verb, const Source& source) {
  if (verb.quarantine.empty()) {
    return {};
  }
  std::vector<std::filesystem::path> inputs = source.intake->files();
  inputs.emplace_back(verb.vault.path);
  for (const auto& secret : {verb.key.file, verb.key.passphrase_file, verb.vault.key.file,
                             verb.vault.key.passphrase_file}) {
    if (secret) {
      inputs.emplace_back(*secret);
    }
  }
  return check_output_file(verb.quarantine, inputs);
}

// A check takes no key; one that is given is looked at, as the import would.
Status check_key(const ImportVerb& verb, const vault::VaultPlace& vault) {
  ASSIGN_OR_RETURN(const std::optional<records::KeySource> source, maybe_key_source(verb.key));
  if (source) {
    ASSIGN_OR_RETURN(vault::Catalog catalog,
                     vault::Catalog::open(vault, vault::Sqlite::Access::read));
    ASSIGN_OR_RETURN(const vault::CatalogContents contents, catalog.read());
    RETURN_IF_ERROR(records::known_key(*source, contents.key, vault.path()));
  }
  return {};
}

Status run(const ImportVerb& verb, Session& session) {
  const Clock::time_point began = Clock::now();
  // Before anything is read, so that a wrong key costs nothing.
  std::optional<vault::Import> into;
  ASSIGN_OR_RETURN(const vault::VaultPlace vault, verb.vault.unlocked());
  if (verb.check) {
    RETURN_IF_ERROR(check_key(verb, vault));
  } else {
    ASSIGN_OR_RETURN(const records::KeySource key, key_source(verb.key));
    ASSIGN_OR_RETURN(vault::Import begun, vault::Import::begin(vault, key, import_options(verb)));
    into.emplace(std::move(begun));
  }
  ASSIGN_OR_RETURN(const Source source, source_of(verb));
  if (source.recognised && !session.json) {
    print_recognised(verb, *source.recognised);
  }
  RETURN_IF_ERROR(check_quarantine(verb, source));
  ingest::Quarantine quarantine(verb.check ? ~std::uint64_t{0} : source.max_bad_rows);
  Progress progress(session.progress_manner());
  progress.begin(verb.check ? "checking" : "importing", source.intake->bytes());
  const Result<Outcome> outcome =
      into ? import(*std::move(into), verb, source, quarantine, progress, session.stop)
           : check(verb, source, quarantine, progress, session.stop);
  progress.end();
  // Bad rows are listed above all when they were too many.
  if (!verb.quarantine.empty()) {
    RETURN_IF_ERROR(quarantine.write(verb.quarantine));
  }
  RETURN_IF_ERROR(outcome);
  const double seconds = std::chrono::duration<double>(Clock::now() - began).count();
  if (session.json) {
    Json answer = as_json(*outcome, quarantine, seconds);
    if (source.recognised) {
      answer["source"] = as_json(*source.recognised);
      answer["sections"] = as_json(source.intake->sections());
      answer["unmapped"] = source.intake->unmapped();
    }
    answer["left_out"] = as_json(source.intake->left_out());
    program::say_json(answer);
  } else {
    print_answer(verb, source, *outcome, quarantine, seconds);
  }
  return {};
}

}  // namespace

void add_import(CLI::App& root, Session& session) {
  auto options = std::make_shared<ImportVerb>();
  CLI::App* verb = vault_group(root)->add_subcommand(
      "import", "Import records: FHIR, CDA, OMOP, or CSV by a mapping");
  add_vault_option(verb, "vault", options->vault, "The vault to import into")->required();
  verb->add_option("--from", options->from,
                   "What to import: folders and files of FHIR R4 (NDJSON, bundles), CDA R2 (XML, "
                   "ZIP archives) or OMOP (files called after its tables, a DuckDB file, "
                   "postgresql://...). It is told by its content; docs/formats describes each")
      ->type_name("WHAT...")
      ->expected(1, -1);
  verb->add_option("--mapping", options->mapping,
                   "Without --from: the mapping file (TOML) of CSV files, which says what each "
                   "column holds (docs/mapping.md). With --from: what to choose where the standard "
                   "leaves a choice (docs/formats/README.md)");
  verb->add_option("--data", options->data,
                   "The folder with the files. Without it they lie beside the mapping file");
  verb->add_option("--period", options->period,
                   "The period that the files cover, such as 2024-03. A second import with the "
                   "same label replaces the first one");
  verb->add_option("--quarantine", options->quarantine,
                   "Write the file, line and reason of each bad row to this CSV file. It holds "
                   "nothing of the rows");
  verb->add_option("--max-bad-rows", options->max_bad_rows,
                   "Leave out at most this many bad rows. With one more, nothing is imported. "
                   "Without it, the mapping's limit, or with --from a million");
  verb->add_option("--permit", options->permit,
                   "The reference of the permit to collect under. Without it, the only one in "
                   "force")
      ->type_name("REFERENCE");
  verb->add_flag("--check", options->check,
                 "Read everything and report what is bad, but import nothing");
  add_threads(*verb, options->threads);
  add_key_options(verb, options->key);
  finish(verb, session,
         "parcours vault import panel.vault --key programme.key --from export/ --period 2026-03",
         [options](Session& s) {
           options->json = s.json;
           return run(*options, s);
         });
}

}  // namespace parcours::cli
