// parcours vault receive: packages of practices into a vault, each answered with a receipt.
#include <algorithm>
#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/memory.h"
#include "cli/command.h"
#include "cli/key_options.h"
#include "cli/vault_option.h"
#include "program/say.h"
#include "reception/receive.h"
#include "release/figures.h"
#include "vault/place.h"

namespace parcours::cli {
namespace {

struct ReceiveVerb {
  VaultOption vault;
  KeyOptions key;
  std::filesystem::path from;
  std::filesystem::path receipts;
  int threads = threads_here();
};

nlohmann::ordered_json as_json(const reception::ReceiveSummary& summary, double seconds) {
  nlohmann::ordered_json refused = nlohmann::ordered_json::object();
  for (std::size_t i = 0; i < summary.refused.size(); ++i) {
    if (summary.refused[i] > 0) {
      refused[std::string(post::to_string(static_cast<post::Refusal>(i)))] = summary.refused[i];
    }
  }
  return {{"taken", summary.taken},
          {"answered_again", summary.answered_again},
          {"refused", std::move(refused)},
          {"passed_over", summary.passed_over},
          {"replaced", summary.replaced},
          {"patients", summary.patients},
          {"events", summary.events},
          {"not_covered", summary.cut},
          {"objected", summary.objected},
          {"objections", summary.objections},
          {"withdrawn", summary.withdrawn},
          {"rounds", summary.rounds},
          {"seconds", seconds}};
}

void print(const reception::ReceiveSummary& summary, const ReceiveVerb& verb, double seconds) {
  const auto line = [](std::uint64_t number, std::string_view what) {
    program::say("{:>15}  {}\n", page::grouped(number), what);
  };
  const auto some = [&](std::uint64_t number, std::string_view what) {
    if (number > 0) {
      line(number, what);
    }
  };
  program::say("received into {}\n", verb.vault.path);
  line(summary.taken, "packages taken");
  some(summary.replaced, "packages that a new one of the same period replaces");
  some(summary.answered_again, "packages that were taken before, answered again");
  for (std::size_t i = 0; i < summary.refused.size(); ++i) {
    const auto why = static_cast<post::Refusal>(i);
    some(summary.refused[i],
         fmt::format("refused, {}: {}", post::to_string(why), post::sentence(why).en));
  }
  some(summary.passed_over, "other files in the folder, passed over");
  line(summary.patients, "patients");
  line(summary.events, "events");
  some(summary.cut, "rows that the permits do not cover, cut");
  some(summary.objected, "rows of patients who objected, cut");
  some(summary.objections, "new objections");
  some(summary.withdrawn, "objections withdrawn, for what is sent from now on");
  program::say("{:>15.1f}  seconds\n", seconds);
}

Status run(const ReceiveVerb& verb, Session& session) {
  const auto began = std::chrono::steady_clock::now();
  RETURN_IF_ERROR(vault::check_outside_vaults(verb.receipts));
  RETURN_IF_ERROR(vault::check_outside_vaults(verb.from));
  ASSIGN_OR_RETURN(const records::KeySource key, key_source(verb.key));
  ASSIGN_OR_RETURN(const vault::VaultPlace vault, verb.vault.unlocked());
  reception::ReceiveOptions options{.threads = std::min(verb.threads, 256)};
  const std::uint64_t half = std::max<std::uint64_t>(memory_limit() >> 21, 1);
  options.memory_megabytes =
      static_cast<int>(std::min(half, static_cast<std::uint64_t>(options.memory_megabytes)));
  Progress progress(session.progress_manner());
  ASSIGN_OR_RETURN(
      const reception::ReceiveSummary summary,
      reception::receive(vault, key, verb.from, verb.receipts, options, progress, session.stop));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  if (session.json) {
    program::say_json(as_json(summary, took.count()));
  } else {
    print(summary, verb, took.count());
  }
  return {};
}

}  // namespace

void add_vault_receive(CLI::App& root, Session& session) {
  auto options = std::make_shared<ReceiveVerb>();
  CLI::App* verb = vault_group(root)->add_subcommand(
      "receive", "Take packages that practices sent, and answer each with a receipt");
  add_vault_option(verb, "vault", options->vault, "The vault")->required();
  verb->add_option("--from", options->from,
                   "The folder into which the packages come (*.package). An answered package is "
                   "deleted from it")
      ->required()
      ->type_name("FOLDER");
  verb->add_option("--receipts", options->receipts,
                   "The folder for the signed receipts, to send back to the practices")
      ->required()
      ->type_name("FOLDER");
  add_threads(*verb, options->threads);
  add_key_options(verb, options->key);
  finish(verb, session,
         "parcours vault receive panel.vault --key programme.key --from inbox --receipts receipts",
         [options](Session& s) { return run(*options, s); });
}

}  // namespace parcours::cli
