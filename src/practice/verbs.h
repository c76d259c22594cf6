// The verbs of parcours-practice. A file for each stage of a practice's work adds its verbs; help
// and answers are in the language of the session.
//
// The work prints its answer to standard output (as JSON when session.json), progress to standard
// error. An error is returned, never printed: main prints it as one line and exits with its fault's
// code.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "practice/answers.h"
#include "practice/language.h"

namespace parcours::practice {

struct Session {
  Stop& stop;
  Language language = Language::en;
  bool json = false;
  bool quiet = false;
  std::function<Status(Session&)> work;  // set by the verb that was named
};

// A verb with --json, --quiet and an example in its help.
CLI::App* add_verb(CLI::App& root, Session& session, const std::string& name, const Text& what,
                   const std::string& example);
void work(CLI::App* verb, Session& session, std::function<Status(Session&)> work);
// FOLDER, the first word of every verb.
void add_folder(CLI::App* verb, const Session& session, std::string& folder);

// `json` where the user asked for it, else `text`.
void answer(const Session& session, const std::string& text, const Json& json);

void add_joining_verbs(CLI::App& root, Session& session);  // join, permit, agree, card, key, ...
void add_packing_verbs(CLI::App& root, Session& session);  // preview, pack, send, receipt
void add_patient_verbs(CLI::App& root, Session& session);  // objections, subject

// Runs one command line; see cli/run.h.
Status run(const std::vector<std::string>& words, Stop& stop);

}  // namespace parcours::practice
