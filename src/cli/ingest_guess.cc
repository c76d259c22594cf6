// parcours ingest guess: a draft of the mapping of a vendor's files.
#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "cli/command.h"
#include "cli/output_place.h"
#include "draft/draft.h"
#include "program/say.h"

namespace parcours::cli {
namespace {

struct GuessVerb {
  std::vector<std::string> files;
  std::string out;
  int threads = threads_here();
};

Status guess(const GuessVerb& verb, Session& session) {
  const std::vector<std::filesystem::path> files(verb.files.begin(), verb.files.end());
  for (const std::filesystem::path& file : files) {
    if (file.parent_path() != files.front().parent_path()) {
      return bad_input("the files lie in several folders", file.string(),
                       "a mapping names files of one folder; put them together");
    }
  }
  if (!verb.out.empty()) {
    RETURN_IF_ERROR(check_output_file(verb.out, files));
  }
  Progress progress(session.progress_manner());
  progress.begin("looking at files", files.size());
  const Result<draft::Draft> drafted = draft::draft(files, verb.threads, session.stop, progress);
  progress.end();
  ASSIGN_OR_RETURN(const draft::Draft made, drafted);
  if (!verb.out.empty()) {
    RETURN_IF_ERROR(write_file(verb.out, made.text));
  }
  if (session.json) {
    program::say_json(nlohmann::ordered_json{{"mapping", made.text},
                                             {"patient_files", made.patient_files},
                                             {"event_files", made.event_files},
                                             {"doubts", made.doubts},
                                             {"left_out", made.left_out}});
    return {};
  }
  if (verb.out.empty()) {
    program::say_lines(made.text);
    for (const std::string& doubt : made.doubts) {
      program::say("# look at this: {}\n", doubt);
    }
    for (const std::string& file : made.left_out) {
      program::say("# not in it: {}, which seems to hold neither patients nor events\n", file);
    }
    return {};
  }
  program::say("{}: {} with patients, {} with events\n", verb.out, made.patient_files,
               made.event_files);
  for (const std::string& doubt : made.doubts) {
    program::say("look at this: {}\n", doubt);
  }
  for (const std::string& file : made.left_out) {
    program::say("not in it: {}, which seems to hold neither patients nor events\n", file);
  }
  program::say("Next: parcours vault import VAULT --mapping {} --data {} --period 2026 --check\n",
               verb.out,
               files.front().parent_path().empty() ? "." : files.front().parent_path().string());
  return {};
}

}  // namespace

void add_ingest_guess(CLI::App& root, Session& session) {
  auto options = std::make_shared<GuessVerb>();
  CLI::App* verb = group(root, "ingest", "Prepare the import of a vendor's files")
                       ->add_subcommand("guess", "Draft the mapping of CSV and Parquet files");
  verb->add_option("files", options->files, "The files, of one folder")->required();
  verb->add_option("--out", options->out,
                   "Write the mapping to this file. Without it, it is printed");
  add_threads(*verb, options->threads);
  finish(verb, session, "parcours ingest guess dump/*.csv --out mapping.toml",
         [options](Session& s) { return guess(*options, s); });
}

}  // namespace parcours::cli
