// parcours demo: the whole story on generated data, as a person would live it at the terminal. A
// panel's export is attacked and a child found in it; the same panel answers a study through the
// gate; the same attack is tried on what leaves.
//
// Every step is a command that the reader can type; it is shown before it runs.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "base/files.h"
#include "cli/command.h"
#include "cli/run.h"
#include "exercise/target.h"
#include "exports/column_guess.h"
#include "program/say.h"
#include "synth/panel.h"
#include "vault/place.h"

namespace parcours::cli {

std::string_view demo_study();
std::string_view demo_rules();
std::string_view demo_permit();
std::string_view demo_history();

namespace {

namespace fs = std::filesystem;

struct DemoOptions {
  std::string folder = "parcours-demo";
  std::uint64_t patients = 250'000;
  std::uint64_t seed = 1;
};

// Where the demo's things lie.
struct Places {
  fs::path folder;
  fs::path send() const { return folder / "send"; }
  fs::path export_file() const { return send() / "export.csv"; }
  fs::path vault() const { return folder / "panel.vault"; }
  fs::path key() const { return folder / "programme.key"; }
  fs::path study() const { return folder / "asthma-children.toml"; }
  fs::path promotion() const { return folder / "promotion.toml"; }
  fs::path other_asker() const { return folder / "other-asker.toml"; }
  fs::path objections() const { return folder / "objections.txt"; }
  fs::path history() const { return folder / "insurer-history.xml"; }
  fs::path permit() const { return folder / "permit.toml"; }
  fs::path keeper() const { return folder / "keeper.key"; }
  fs::path rules() const { return folder / "france-2026.toml"; }
  fs::path release() const { return folder / "release"; }
};

void tell(std::string_view text) {
  program::say_lines(fmt::format("\n{}\n", text));
  std::fflush(stdout);
}

// A word as it would be typed in a shell.
std::string typed(const std::string& word) {
  const bool plain = !word.empty() && std::ranges::all_of(word, [](unsigned char c) {
    return std::isalnum(c) != 0 ||
           std::string_view("_-./,:=+@%").find(static_cast<char>(c)) != std::string_view::npos;
  });
  if (plain) {
    return word;
  }
  std::string quoted = "'";
  for (const char c : word) {
    quoted += c == '\'' ? "'\\''" : std::string(1, c);
  }
  return quoted + "'";
}

// Shows a command as it would be typed, and runs it.
Status show(const std::vector<std::string>& words, Stop& stop) {
  std::string line = "$ parcours";
  for (const std::string& word : words) {
    line += " " + typed(word);
  }
  program::say("\n{}\n", line);
  std::fflush(stdout);
  RETURN_IF_ERROR(run_command(words, stop));
  std::fflush(stdout);
  return stop.requested() ? Status(stopped()) : Status();
}

// Shows a command that a rule refuses, and the rule's sentence.
Status show_refused(const std::vector<std::string>& words, Stop& stop) {
  const Status refusal = show(words, stop);
  if (refusal) {
    return machine_fault("the demo's command was not refused: " + words.front());
  }
  if (refusal.error().fault != Fault::rule) {
    return refusal;
  }
  program::say("Refused: {}\n", refusal.error().sentence());
  std::fflush(stdout);
  return {};
}

Result<std::string> with_other_words(std::string_view text, std::string_view words,
                                     std::string_view instead) {
  const std::size_t at = text.find(words);
  if (at == std::string_view::npos) {
    return machine_fault("a file of the demo lacks the words that it changes");
  }
  return std::string(text).replace(at, words.size(), instead);
}

// The study with one line of it changed.
Status write_other_study(const fs::path& path, std::string_view line, std::string_view instead) {
  ASSIGN_OR_RETURN(const std::string text, with_other_words(demo_study(), line, instead));
  return write_file(path, text);
}

// The permit, which names every practice of the panel but one: that one never agreed.
Result<std::string> write_permit(const Places& places) {
  ASSIGN_OR_RETURN(const std::string panel, read_file(places.send() / "patients.csv"));
  std::set<std::string> practices;
  std::istringstream lines(panel);
  std::string line;
  for (std::getline(lines, line); std::getline(lines, line);) {
    const std::size_t begin = line.find(',') + 1;
    practices.insert(line.substr(begin, line.find(',', begin) - begin));
  }
  if (practices.size() < 2) {
    return bad_input("the panel has one practice alone", "--patients",
                     "use 20000 patients or more");
  }
  const std::string silent = *practices.rbegin();
  practices.erase(silent);
  ASSIGN_OR_RETURN(std::string text, with_other_words(demo_permit(), "practices  = \"all\"",
                                                      fmt::format("practices  = [\"{}\"]",
                                                                  fmt::join(practices, "\", \""))));
  ASSIGN_OR_RETURN(text, with_other_words(text, "otherwise  = \"refuse\"", "otherwise  = \"cut\""));
  RETURN_IF_ERROR(write_file(places.permit(), text));
  return silent;
}

// The first five patients of the panel's file, a number a line.
Status write_objections(const Places& places) {
  ASSIGN_OR_RETURN(const std::string text, read_file(places.send() / "patients.csv"));
  std::istringstream lines(text);
  std::string numbers;
  std::string line;
  std::getline(lines, line);
  for (int patient = 0; patient < 5 && std::getline(lines, line); ++patient) {
    numbers += line.substr(0, line.find(',')) + "\n";
  }
  return write_file(places.objections(), numbers, Readers::owner);
}

// A child with asthma whom a few facts single out: what a neighbour could know, as the sentence to
// type.
Result<std::string> facts_of_a_child(const DemoOptions& options, const Places& places,
                                     const Stop& stop) {
  ASSIGN_OR_RETURN(exports::ExportFile file, exports::ExportFile::open(places.export_file(), 2));
  ASSIGN_OR_RETURN(const exports::FileGuess guess, exports::guess_columns(file, stop));
  ASSIGN_OR_RETURN(const exports::Roles roles, exports::roles_of(guess, {}));
  const exercise::TargetWish wish{6, 15, {{"J45", true}}, 3, "region"};
  ASSIGN_OR_RETURN(const auto facts, exercise::pick_target(file, roles, wish, options.seed, stop));
  if (!facts) {
    return bad_input("the panel is too small to have a child that fits the demo", "--patients",
                     "use 20000 patients or more");
  }
  return *facts;
}

Status make_panel(const DemoOptions& options, const Places& places, Session& session) {
  Progress progress(session.progress_manner());
  program::say("\n$ parcours synth {} --patients {} --seed {} --flat\n", places.send().string(),
               options.patients, options.seed);
  std::fflush(stdout);
  synth::PanelOptions panel;
  panel.patients = options.patients;
  panel.seed = options.seed;
  panel.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  panel.first = *day_of(2023, 1, 1);
  panel.last = *day_of(2025, 12, 31);
  panel.flat = true;
  ASSIGN_OR_RETURN(const synth::PanelSummary made,
                   synth::write_panel(places.send(), panel, progress, session.stop));
  program::say("{} patients of {} practices, {} events; all of them are invented\n", made.patients,
               made.practices, made.events);
  return {};
}

Status attack_export(const Places& places, const std::string& facts, Session& session) {
  const std::string file = places.export_file().string();
  RETURN_IF_ERROR(show({"risk", file, "--patient", "patient", "--day", "date", "--code", "code",
                        "--within", "0", "--quiet"},
                       session.stop));
  tell(
      "We look for one child. This is what a neighbour, a teacher or a colleague of the parents "
      "knows:");
  return show({"risk", file, "--find", facts, "--show-path", "--quiet"}, session.stop);
}

Status answer_study(const Places& places, Session& session) {
  RETURN_IF_ERROR(write_file(places.study(), demo_study()));
  RETURN_IF_ERROR(write_file(places.rules(), demo_rules()));
  RETURN_IF_ERROR(write_file(places.history(), demo_history()));
  ASSIGN_OR_RETURN(const std::string silent, write_permit(places));
  const std::vector<std::string> import = {"vault",
                                           "import",
                                           places.vault().string(),
                                           "--key",
                                           places.key().string(),
                                           "--mapping",
                                           (places.send() / "mapping.toml").string(),
                                           "--quiet"};
  RETURN_IF_ERROR(show({"vault", "create", places.vault().string(), "--key", places.key().string(),
                        "--keeper", places.keeper().string()},
                       session.stop));
  tell("In the case, the formalities had not been done. Here nothing enters without a permit:");
  RETURN_IF_ERROR(show_refused(import, session.stop));
  tell(fmt::format(
      "So the permit-keeper enters one, signed. One practice, {}, never agreed, and the "
      "permit does not name it:",
      silent));
  RETURN_IF_ERROR(show({"permit", "enter", places.vault().string(), places.permit().string(),
                        "--keeper", places.keeper().string()},
                       session.stop));
  RETURN_IF_ERROR(show(import, session.stop));
  tell("What a doctor only looked at, the insurer's history of a patient, does not enter either:");
  RETURN_IF_ERROR(
      show({"vault", "import", places.vault().string(), "--key", places.key().string(), "--from",
            places.history().string(), "--period", "2025", "--check", "--quiet"},
           session.stop));
  tell("Five patients object. Their rows are gone for every reader at once:");
  RETURN_IF_ERROR(write_objections(places));
  RETURN_IF_ERROR(show({"vault", "object", places.vault().string(), "--key", places.key().string(),
                        "--patient-file", places.objections().string()},
                       session.stop));
  tell(
      "Two questions that the permit does not allow: a study to promote drugs, which the law bans, "
      "and one of somebody who may not ask.");
  RETURN_IF_ERROR(write_other_study(places.promotion(), "\"public-health-research\"",
                                    "\"promotion-of-health-products\""));
  RETURN_IF_ERROR(write_other_study(places.other_asker(), "\"Observatoire des soins de ville\"",
                                    "\"A company\""));
  for (const fs::path& study : {places.promotion(), places.other_asker()}) {
    RETURN_IF_ERROR(
        show_refused({"study", "run", study.string(), "--vault", places.vault().string(), "--rules",
                      places.rules().string(), "--quiet"},
                     session.stop));
  }
  tell("And the question that it allows:");
  RETURN_IF_ERROR(show(
      {"study", "check", places.study().string(), "--vault", places.vault().string(), "--quiet"},
      session.stop));
  return show({"release", "--vault", places.vault().string(), "--study", places.study().string(),
               "--rules", places.rules().string(), "--key", places.key().string(), "--out",
               places.release().string(), "--quiet"},
              session.stop);
}

Status demo(const DemoOptions& options, Session& session) {
  const auto began = std::chrono::steady_clock::now();
  const Places places{options.folder};
  RETURN_IF_ERROR(vault::check_outside_vaults(places.folder));
  if (fs::exists(places.folder)) {
    return bad_input("this path already exists", places.folder.string(),
                     "name a folder that does not exist yet with --dir, or remove this one");
  }
  std::error_code failed;
  fs::create_directories(places.folder, failed);
  if (failed) {
    return machine_fault("cannot create a folder here", places.folder.string());
  }

  tell(
      "1. AN EXPORT. Care records under pseudonyms, one line an event: the form in which such "
      "records were sold.");
  RETURN_IF_ERROR(make_panel(options, places, session));
  tell(
      "2. IS IT ANONYMOUS? It holds no names. But how many patients do a few known events single "
      "out?");
  ASSIGN_OR_RETURN(const std::string facts, facts_of_a_child(options, places, session.stop));
  RETURN_IF_ERROR(attack_export(places, facts, session));

  tell(
      "3. THE SAME RECORDS IN A VAULT. The records stay inside; a study goes in, and only "
      "statistics leave, through the gate.");
  RETURN_IF_ERROR(answer_study(places, session));

  tell("4. THE SAME ATTACK ON THE RELEASE.");
  RETURN_IF_ERROR(
      show({"risk", places.release().string(), "--find", facts, "--quiet"}, session.stop));

  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  tell(fmt::format(
      "Open the report in a browser: {}\nThe demo took {:.0f} seconds. Its files are in {}.",
      (places.release() / "report.html").string(), seconds, places.folder.string()));
  return {};
}

}  // namespace

void add_demo(CLI::App& root, Session& session) {
  auto options = std::make_shared<DemoOptions>();
  CLI::App* verb =
      root.add_subcommand("demo", "Tell the whole story on generated data, in about a minute");
  verb->add_option("--dir", options->folder, "The folder to create; it must not exist yet")
      ->capture_default_str();
  verb->add_option("--patients", options->patients, "Number of patients")->capture_default_str();
  verb->add_option("--seed", options->seed,
                   "Seed of the random draws. The same seed gives the same panel")
      ->capture_default_str();
  finish(verb, session, "parcours demo --dir /tmp/story",
         [options](Session& s) { return demo(*options, s); });
}

}  // namespace parcours::cli
