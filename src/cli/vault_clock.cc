// parcours vault clock: the newest moment that a vault has noted, and how to correct it where the
// machine's clock was ahead.
#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/keeper.h"
#include "cli/vault_option.h"
#include "formalities/act_text.h"
#include "program/say.h"
#include "vault/catalog.h"
#include "vault/clock.h"

namespace parcours::cli {
namespace {

struct ClockVerb {
  VaultOption vault;
  std::optional<std::string> ahead;  // why it was
  KeeperOptions keeper;
};

Status show(const ClockVerb& verb, const vault::CatalogContents& contents, bool behind,
            const Session& session) {
  const std::string clock = utc_now();
  if (session.json) {
    program::say_json(nlohmann::ordered_json(
        {{"noted", contents.noted_at}, {"clock", clock}, {"behind", behind}}));
    return {};
  }
  program::say("The vault was last written to at   {}.\nThe machine's clock says           {}.\n",
               contents.noted_at, clock);
  if (behind) {
    program::say(
        "Until the clock has reached that day, the vault is neither read nor written to.\n"
        "If the clock is wrong now, set it right. If it was ahead then, correct what the vault has "
        "noted:\nparcours vault clock {} --was-ahead \"why\" --keeper KEY\n",
        verb.vault.path);
  }
  return {};
}

Status correct(const ClockVerb& verb, const vault::VaultPlace& place,
               const vault::CatalogContents& contents, const Session& session) {
  const std::string act =
      formalities::text_of(formalities::ClockAct{.newest = *day_of_moment(contents.noted_at),
                                                 .today = today(),
                                                 .why = *verb.ahead,
                                                 .vault = contents.formalities.vault(),
                                                 .after = contents.formalities.acts()});
  ASSIGN_OR_RETURN(const std::string done, sign_and_enter(place, act, verb.keeper));
  if (session.json) {
    program::say_json(nlohmann::ordered_json({{"entered", verb.keeper.key.has_value()}}));
    return {};
  }
  program::say_lines(done + "\n");
  if (verb.keeper.key) {
    program::say("What was noted as later than now counts as noted today.\n");
  }
  return {};
}

Status run(const ClockVerb& verb, const Session& session) {
  ASSIGN_OR_RETURN(const vault::VaultPlace place, verb.vault.unlocked());
  ASSIGN_OR_RETURN(vault::Catalog catalog,
                   vault::Catalog::open(place, vault::Sqlite::Access::read));
  ASSIGN_OR_RETURN(const vault::CatalogContents contents, catalog.read());
  const bool behind = !vault::today_of(contents, place.path());
  if (!verb.ahead) {
    return show(verb, contents, behind, session);
  }
  RETURN_IF_ERROR(check_signature_options(verb.keeper));
  if (!behind) {
    return refused(fmt::format("the vault has noted no day after today: its newest is {}",
                               contents.noted_at.substr(0, 10)),
                   place.path().string(), "there is nothing to correct");
  }
  return correct(verb, place, contents, session);
}

}  // namespace

void add_vault_clock(CLI::App& root, Session& session) {
  auto options = std::make_shared<ClockVerb>();
  CLI::App* verb = vault_group(root)->add_subcommand(
      "clock",
      "Show the newest moment that a vault has noted, and correct it where the machine's clock was "
      "ahead");
  add_vault_option(verb, "vault", options->vault, "The vault")->required();
  verb->add_option(
          "--was-ahead", options->ahead,
          "The machine's clock was ahead when the vault was written to, for this reason: "
          "what was noted as later than now counts as noted today. Choose it only once you "
          "know that the clock is right now: what a wrong clock makes too young is kept too "
          "long. A permit-keeper signs it, and it is kept for good")
      ->type_name("WHY");
  add_keeper_options(verb, options->keeper);
  finish(verb, session,
         "parcours vault clock panel.vault\n"
         "  parcours vault clock panel.vault --was-ahead \"the battery was empty\" --keeper "
         "keeper.key",
         [options](Session& s) { return run(*options, s); });
}

}  // namespace parcours::cli
