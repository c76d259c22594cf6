#include "cli/risk_find.h"

#include <fmt/format.h>

#include <cstdio>
#include <nlohmann/json.hpp>
#include <sstream>

#include "assessment/find_release.h"
#include "base/files.h"
#include "cli/exercise_log.h"
#include "cli/funnel_text.h"
#include "exercise/find.h"
#include "program/say.h"

namespace parcours::cli {
namespace {

nlohmann::ordered_json as_json(const exercise::Funnel& funnel) {
  nlohmann::ordered_json steps = nlohmann::ordered_json::array();
  for (const exercise::FunnelStep& step : funnel.steps) {
    steps.push_back({{"fact", step.fact}, {"patients", step.patients}});
  }
  nlohmann::ordered_json answer = {{"patients", funnel.patients}, {"funnel", std::move(steps)}};
  if (funnel.path) {
    const exercise::FoundPath& path = *funnel.path;
    nlohmann::ordered_json lines = nlohmann::ordered_json::array();
    for (const exercise::PathLine& line : path.lines) {
      lines.push_back({{"day", to_string(line.day, funnel.calendar)},
                       {"kind", line.kind},
                       {"code", line.code}});
    }
    answer["path"] = {{"events", path.events},
                      {"first", to_string(path.first, funnel.calendar)},
                      {"last", to_string(path.last, funnel.calendar)},
                      {"kinds", path.events_by_kind}};
    if (!lines.empty()) {
      answer["path"]["lines"] = std::move(lines);
    }
  }
  if (funnel.fields) {
    const exercise::FoundFields& fields = *funnel.fields;
    answer["fields"] = {{"columns", fields.columns}, {"sensitive", fields.sensitive}};
    for (const exercise::FieldValue& field : fields.values) {
      answer["fields"]["values"].push_back({{"column", field.column}, {"value", field.value}});
    }
  }
  return answer;
}

nlohmann::ordered_json as_json(const assessment::ReleaseFunnel& funnel) {
  nlohmann::ordered_json steps = nlohmann::ordered_json::array();
  for (const assessment::ReleaseStep& step : funnel.steps) {
    steps.push_back({{"fact", step.fact}, {"in_tables", step.in_tables}});
    if (step.people) {
      steps.back()["people"] = *step.people;
    }
  }
  return {{"tables", funnel.tables}, {"fields", funnel.fields}, {"steps", steps}};
}

template <class FoundFunnel>
void tell(const FoundFunnel& funnel, const Session& session) {
  if (session.json) {
    program::say_json(as_json(funnel));
  } else {
    program::say_lines(funnel_text(funnel));
  }
}

// What was guessed goes to standard error, with the way to correct it.
using Taken = std::vector<std::pair<std::string_view, std::string>>;

void show(const Taken& taken, const Session& session) {
  if (session.quiet || session.json || taken.empty()) {
    return;
  }
  std::string text;
  for (const auto& [role, column] : taken) {
    text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", role, column);
  }
  program::tell_aside("columns used: {} (--guess shows why; --help shows how to name others)\n",
                      text);
}

void show_guesses(const exports::Roles& roles, const Session& session) {
  Taken taken = {
      {"patient", roles.patient.name}, {"day", roles.day.name}, {"code", roles.code.name}};
  for (const auto& [role, column] :
       {std::pair("kind", roles.kind), std::pair("sex", roles.sex),
        std::pair("birth year", roles.birth_year), std::pair("age", roles.age)}) {
    if (column) {
      taken.emplace_back(role, column->name);
    }
  }
  show(taken, session);
}

void show_guesses(const exports::FileGuess& guess, const Session& session) {
  Taken taken;
  for (const auto& [name, role] : {std::pair("patient", exports::ColumnRole::patient),
                                   std::pair("sex", exports::ColumnRole::sex),
                                   std::pair("birth year", exports::ColumnRole::birth_year),
                                   std::pair("age", exports::ColumnRole::age)}) {
    if (const exports::ColumnGuess* column = guess.of_role(role)) {
      taken.emplace_back(name, column->name);
    }
  }
  show(taken, session);
}

Result<std::string> read_standard_input(std::size_t most) {
  std::string text(most + 1, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), stdin));
  if (std::ferror(stdin) != 0) {
    return machine_fault("cannot read", "standard input");
  }
  if (text.size() > most) {
    return bad_input(fmt::format("over {} bytes of facts", most), "standard input");
  }
  return text;
}

}  // namespace

void add_find_flags(CLI::App& verb, FindOptions& options) {
  verb.add_option("--find", options.facts,
                  "Instead of the figures: how many people fit these facts, added one by one. Put "
                  "commas between facts. On a vault each use is logged in VAULT/exercises.log: "
                  "when, who, how many facts and how many people fit, but not the facts")
      ->group("The exercise");
  verb.add_option("--find-file", options.file,
                  "Read the facts from this file, one a line; - is standard input. Choose it on a "
                  "machine that others use: they can see the arguments of a running command, but "
                  "not your file")
      ->type_name("FILE")
      ->excludes("--find")
      ->group("The exercise");
  verb.add_flag("--show-path", options.show_path,
                "With --find: if one person fits, show their care path day by day, or the values "
                "of their line. This is personal data")
      ->group("The exercise");
}

Status read_facts(FindOptions& options) {
  if (options.file.empty()) {
    return {};
  }
  constexpr std::size_t most = std::size_t{1} << 16;
  ASSIGN_OR_RETURN(const std::string text,
                   options.file == "-" ? read_standard_input(most) : read_file(options.file, most));
  std::string facts;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t end = line.find_last_not_of(" \t\r,");
    if (end != std::string::npos) {
      facts += (facts.empty() ? "" : ", ") + line.substr(0, end + 1);
    }
  }
  options.facts = std::move(facts);
  return {};
}

namespace {

// An error about facts that a file gave does not say what they say: "fact 3 ('purple') is not
// understood" is "fact 3 is not understood".
Error untold(Error error, const FindOptions& options) {
  const std::size_t quoted = error.found.find('\'');
  const std::size_t end = error.found.find("' ", quoted);
  const std::size_t closed = error.found.find("') ", quoted);
  if (options.file.empty() || error.fault != Fault::input || quoted == std::string::npos) {
    return error;
  }
  const bool numbered = error.found.starts_with("fact ") && closed != std::string::npos;
  const std::string said =
      error.found.substr(std::min(numbered ? closed + 3 : end + 2, error.found.size()));
  const bool unknown = said.starts_with("is not understood");
  error.found = (numbered ? error.found.substr(0, quoted - 2) : std::string("a fact")) + " " +
                (unknown ? "is not understood" : said);
  error.where = options.file;
  error.right = unknown && !numbered ? "" : error.right;
  return error;
}

Result<std::vector<exercise::Fact>> facts_of(const FindOptions& options) {
  Result<std::vector<exercise::Fact>> facts = exercise::parse_facts(*options.facts);
  return facts ? std::move(facts) : std::unexpected(untold(std::move(facts).error(), options));
}

template <class FoundFunnel>
Result<FoundFunnel> untold(Result<FoundFunnel> found, const FindOptions& options) {
  return found ? std::move(found) : std::unexpected(untold(std::move(found).error(), options));
}

}  // namespace

Status check(const FindOptions& options) {
  if (options.facts) {
    RETURN_IF_ERROR(facts_of(options));
    return {};
  }
  return options.show_path
             ? Status(bad_input("--show-path without --find", {},
                                "say what is known: --find FACTS, or --find-file FILE"))
             : Status();
}

Status find_and_tell(assessment::Inputs& inputs, const FindOptions& options,
                     const Session& session) {
  ASSIGN_OR_RETURN(const std::vector<exercise::Fact> facts, facts_of(options));
  assessment::Input& first = inputs.all().front();
  if (inputs.all().size() == 1 && first.guess.form == exports::FileForm::people) {
    ASSIGN_OR_RETURN(const exercise::Funnel funnel,
                     untold(exercise::find_in(first.file, first.guess, inputs.day_format(), facts,
                                              options.show_path, session.stop),
                            options));
    show_guesses(first.guess, session);
    tell(funnel, session);
    return {};
  }
  ASSIGN_OR_RETURN(assessment::Inputs::Events events, inputs.for_finding(session.stop));
  ASSIGN_OR_RETURN(
      const exercise::Funnel funnel,
      untold(exercise::find_in(events.file, events.roles, facts, options.show_path, session.stop),
             options));
  show_guesses(events.roles, session);
  tell(funnel, session);
  return {};
}

Status find_and_tell(const vault::Vault& vault, const FindOptions& options,
                     const Session& session) {
  ASSIGN_OR_RETURN(const std::vector<exercise::Fact> facts, facts_of(options));
  Progress progress(session.progress_manner());
  ASSIGN_OR_RETURN(
      const exercise::Funnel funnel,
      untold(exercise::find_in(vault, facts, options.show_path, progress, session.stop), options));
  RETURN_IF_ERROR(log_exercise(vault.path(), facts.size(), funnel.steps.back().patients,
                               options.show_path && funnel.path.has_value()));
  tell(funnel, session);
  return {};
}

Status find_and_tell(const std::filesystem::path& release, const FindOptions& options,
                     const Session& session) {
  ASSIGN_OR_RETURN(const std::vector<exercise::Fact> facts, facts_of(options));
  ASSIGN_OR_RETURN(const assessment::ReleaseFunnel funnel,
                   untold(assessment::find_in_release(release, facts), options));
  tell(funnel, session);
  return {};
}

}  // namespace parcours::cli
