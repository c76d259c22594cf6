// How a verb joins the command. One file a verb: src/cli/<verb>.cc holds its options, a function
// that does the work and says what it did, and `add_<verb>`, which verbs.cc calls.
//
//   void add_risk(CLI::App& root, Session& session) {
//     auto options = std::make_shared<RiskOptions>();
//     CLI::App* verb = root.add_subcommand("risk", "How identifiable the people in an export are");
//     verb->add_option("file", options->file, "An export (CSV or Parquet) or a vault")->required();
//     finish(verb, session, "parcours risk export.csv --patient id --day date --code code",
//            [options](Session& s) { return risk(*options, s); });
//   }
//
// The work prints its answer to standard output (as JSON when session.json), progress to standard
// error. An error is returned, never printed: main prints it as one line and exits with its fault's
// code.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>

#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"

namespace parcours::cli {

struct Session {
  Stop& stop;
  bool json = false;
  bool quiet = false;
  std::optional<std::string> memory = {};  // how much may be taken; none: the machine's
  std::function<Status(Session&)> work;    // set by the verb that was named

  Progress::Manner progress_manner() const { return Progress::manner_for_stderr(quiet || json); }
};

// The verb that groups others ("vault" in "vault import"); it is created if it does not exist yet.
CLI::App* group(CLI::App& root, const std::string& name, const std::string& description);
CLI::App* vault_group(CLI::App& root);

// One thread a processor, as far as the machine says how many it has.
int threads_here();

// --threads, the same of every verb: a number from 1 to 1024, or 0 for one a processor.
void add_threads(CLI::App& verb, int& threads);

// Gives a verb --json, --quiet and --memory, an example in its help, and its work.
void finish(CLI::App* verb, Session& session, const std::string& example,
            std::function<Status(Session&)> work);

void add_vault_create(CLI::App& root, Session& session);   // vault create
void add_vault_status(CLI::App& root, Session& session);   // vault status
void add_vault_compact(CLI::App& root, Session& session);  // vault compact
void add_import(CLI::App& root, Session& session);         // vault import
void add_ingest_guess(CLI::App& root, Session& session);   // ingest guess
void add_vault_clock(CLI::App& root, Session& session);    // vault clock
void add_vault_check(CLI::App& root, Session& session);    // vault check
void add_vault_encrypt(CLI::App& root, Session& session);  // vault encrypt
void add_vault_card(CLI::App& root, Session& session);     // vault card
void add_vault_receive(CLI::App& root, Session& session);  // vault receive
void add_vault_object(CLI::App& root, Session& session);   // vault object
void add_vault_subject(CLI::App& root, Session& session);  // vault subject
void add_forget(CLI::App& root, Session& session);         // vault forget
void add_permit_enter(CLI::App& root, Session& session);   // permit enter, list, suspend, ...
void add_permit_check(CLI::App& root, Session& session);   // permit check
void add_roles(CLI::App& root, Session& session);          // role, practice
void add_synth(CLI::App& root, Session& session);
void add_study_check(CLI::App& root, Session& session);  // study check
void add_study_run(CLI::App& root, Session& session);    // study run
void add_study_sign(CLI::App& root, Session& session);   // study sign
void add_release(CLI::App& root, Session& session);
void add_releases(CLI::App& root, Session& session);  // releases list, show, compare, ...
void add_key(CLI::App& root, Session& session);       // key make, show, open
void add_permit(CLI::App& root, Session& session);    // permit read, sign
void add_risk(CLI::App& root, Session& session);
void add_audit(CLI::App& root, Session& session);
void add_demo(CLI::App& root, Session& session);
void add_manual(CLI::App& root, Session& session);
void add_completions(CLI::App& root, Session& session);
void add_help(CLI::App& root, Session& session);

}  // namespace parcours::cli
