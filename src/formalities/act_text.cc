#include "formalities/act_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/hex.h"
#include "base/sheet.h"
#include "base/toml.h"

namespace parcours::formalities {
namespace {

constexpr std::size_t longest_act_name = 200;

const std::array<std::string, 3> roles = {"permit-keeper", "data-team", "checker"};  // as Role
const std::array<std::string, 2> role_actions = {"grant", "revoke"};
const std::array<std::string, 3> practice_actions = {"admit", "suspend", "leave"};
const std::array<std::string, 3> status_actions = {"suspend", "resume", "withdraw"};

template <class Act>
std::string action_text(std::span<const std::string> words, const Act& act) {
  return toml_text(words[static_cast<std::size_t>(act.action)]);
}

std::string needed_line(Sheet& sheet, std::string_view key, std::string_view example) {
  sheet.need(key, fmt::format("{} = \"{}\"", key, example));
  std::string line = sheet.text(key).value_or("");
  if (line.size() > longest_act_name || line.starts_with(' ') || line.ends_with(' ')) {
    sheet.mistakes().add(
        sheet.value_line(key),
        fmt::format("'{}' in {} is too long or has spaces around it", key, sheet.name()),
        fmt::format("write at most {} bytes without spaces around them", longest_act_name));
  }
  return line;
}

template <class Choice>
Choice needed_word(Sheet& sheet, const std::string& key, std::span<const std::string> words) {
  sheet.need(key, fmt::format("{} = \"{}\"", key, words.front()));
  return static_cast<Choice>(sheet.one_of(key, words).value_or(0));
}

std::optional<PublicKey> key_in(Sheet& sheet) {
  const auto text = sheet.text("key");
  if (!text) {
    return {};
  }
  const int line = sheet.value_line("key");
  auto key = parse_public_key(*text, sheet.mistakes().place(line));
  if (!key) {
    sheet.mistakes().add(std::move(key).error(), line);
    return {};
  }
  return *std::move(key);
}

constexpr const char* key_example = "key = \"ssh-ed25519 AAAA...\"";
constexpr const char* vault_example = "3f2a...";

std::optional<std::uint64_t> after_in(Sheet& sheet) {
  constexpr std::int64_t most_acts = 1'000'000'000;
  const auto after = sheet.whole("after", 0, most_acts);
  return after ? std::optional(static_cast<std::uint64_t>(*after)) : std::nullopt;
}

std::string after_line(std::optional<std::uint64_t> after) {
  return after ? fmt::format("after  = {}\n", *after) : std::string();
}

RoleAct role_from(Sheet& sheet) {
  RoleAct act;
  act.holder.name = needed_line(sheet, "name", "Anne Martin");
  act.holder.role = needed_word<Role>(sheet, "role", roles);
  sheet.need("key", key_example);
  act.holder.key = key_in(sheet).value_or(PublicKey{});
  act.action = needed_word<RoleAct::Action>(sheet, "action", role_actions);
  act.vault = needed_line(sheet, "vault", vault_example);
  act.after = after_in(sheet);
  return act;
}

PracticeAct practice_from(Sheet& sheet) {
  PracticeAct act;
  act.name = needed_line(sheet, "name", "cabinet-012");
  act.action = needed_word<PracticeAct::Action>(sheet, "action", practice_actions);
  if (act.action == PracticeAct::Action::admit) {
    sheet.need("key", key_example);
  }
  act.key = key_in(sheet);
  act.vault = needed_line(sheet, "vault", vault_example);
  act.after = after_in(sheet);
  return act;
}

StatusAct status_from(Sheet& sheet) {
  StatusAct act;
  act.permit = needed_line(sheet, "permit", "2026-DR-014");
  act.action = needed_word<StatusAct::Action>(sheet, "action", status_actions);
  sheet.need("why", "why = \"...\"");
  act.why = sheet.text("why").value_or("");
  act.vault = needed_line(sheet, "vault", vault_example);
  act.after = after_in(sheet);
  return act;
}

SealingAct sealing_from(Sheet& sheet) {
  constexpr std::int64_t most_numbers = 1'000'000;
  SealingAct act;
  sheet.need("key", "key = \"9be0...\"");
  const auto digits = sheet.text("key");
  if (digits && !from_hex(*digits, act.key)) {
    sheet.mistakes().add(sheet.value_line("key"), "not a key to seal to",
                         "64 digits, 0 to 9 and a to f");
  }
  sheet.need("number", "number = 2");
  act.number = static_cast<std::uint64_t>(sheet.whole("number", 1, most_numbers).value_or(1));
  if (act.number > 1) {
    sheet.need("old_days", "old_days = 30");
  }
  act.old_days = static_cast<int>(sheet.whole("old_days", 0, most_old_days).value_or(0));
  act.vault = needed_line(sheet, "vault", vault_example);
  return act;
}

Day needed_day(Sheet& sheet, const std::string& key) {
  const TomlValue* value = sheet.need(key, key + " = 2026-11-28");
  return value == nullptr
             ? Day{}
             : day_from(*value, key, Calendar::dates, sheet.mistakes()).value_or(Day{});
}

ClockAct clock_from(Sheet& sheet) {
  ClockAct act;
  act.newest = needed_day(sheet, "newest");
  act.today = needed_day(sheet, "today");
  if (act.newest <= act.today && sheet.find("newest") != nullptr && sheet.mistakes().none()) {
    sheet.mistakes().add(sheet.value_line("newest"), "'newest' is not after 'today'",
                         "write the act only where the clock was ahead");
  }
  sheet.need("why", "why = \"...\"");
  act.why = sheet.text("why").value_or("");
  act.vault = needed_line(sheet, "vault", vault_example);
  act.after = after_in(sheet);
  return act;
}

const std::array<std::string, 5> act_tables = {"role", "practice", "status", "sealing", "clock"};

ActText act_of(const std::string& table, Sheet& sheet) {
  if (table == "role") {
    return role_from(sheet);
  }
  if (table == "practice") {
    return practice_from(sheet);
  }
  if (table == "status") {
    return status_from(sheet);
  }
  return table == "sealing" ? ActText(sealing_from(sheet)) : ActText(clock_from(sheet));
}

// The tables that a permit alone has.
bool is_permit(const TomlTable& table) {
  constexpr std::array<std::string_view, 4> tables = {"permit", "covers", "retention", "demands"};
  return std::ranges::any_of(tables,
                             [&](std::string_view key) { return table.find(key) != nullptr; });
}

ActText act_from(Sheet& file) {
  for (const std::string& key : act_tables) {
    if (file.find(key) == nullptr) {
      continue;
    }
    const auto found = file.sheet(key);
    if (!found) {
      break;
    }
    Sheet sheet = found->named(fmt::format("[{}]", key));
    ActText act = act_of(key, sheet);
    sheet.finish();
    for (const std::string& other : act_tables) {
      if (other != key && file.find(other) != nullptr) {
        file.mistakes().add(file.line(other), "this is more than one act",
                            "write each act in a file of its own");
      }
    }
    return act;
  }
  if (file.mistakes().none()) {
    file.mistakes().add(1, "this is no act",
                        "an act has one of the tables [permit], [role], [practice], [status], "
                        "[sealing], [clock]");
  }
  return {};
}

std::vector<Text> role_sentences(const RoleAct& act) {
  const bool grant = act.action == RoleAct::Action::grant;
  return {{fmt::format("{} {} {} with the key {}, in the vault {}.", act.holder.name,
                       grant ? "becomes" : "is no longer", to_string(act.holder.role),
                       fingerprint(act.holder.key), act.vault),
           fmt::format("{} {} « {} » avec la clé {}, dans l’entrepôt {}.", act.holder.name,
                       grant ? "devient" : "n’est plus", to_string(act.holder.role),
                       fingerprint(act.holder.key), act.vault)}};
}

std::vector<Text> practice_sentences(const PracticeAct& act) {
  constexpr std::array<std::string_view, 3> en = {"may send packages from now on",
                                                  "may send no packages until it is admitted again",
                                                  "leaves and sends no packages any more"};
  constexpr std::array<std::string_view, 3> fr = {
      "peut désormais envoyer des données", "ne peut plus rien envoyer jusqu’à nouvelle admission",
      "part et n’envoie plus rien"};
  const auto which = static_cast<std::size_t>(act.action);
  const std::string key = act.key ? fingerprint(*act.key) : std::string();
  return {{fmt::format("The practice {} {}{}, in the vault {}.", act.name, en.at(which),
                       act.key ? ", with the key " + key : "", act.vault),
           fmt::format("Le cabinet {} {}{}, dans l’entrepôt {}.", act.name, fr.at(which),
                       act.key ? ", avec la clé " + key : "", act.vault)}};
}

std::vector<Text> status_sentences(const StatusAct& act) {
  constexpr std::array<std::string_view, 3> en = {"is suspended", "is in force again",
                                                  "is withdrawn for good"};
  constexpr std::array<std::string_view, 3> fr = {"est suspendue", "est de nouveau en vigueur",
                                                  "est retirée définitivement"};
  const auto which = static_cast<std::size_t>(act.action);
  return {{fmt::format("Permit {} {} in the vault {}: {}.", act.permit, en.at(which), act.vault,
                       act.why),
           fmt::format("La formalité {} {} dans l’entrepôt {} : {}.", act.permit, fr.at(which),
                       act.vault, act.why)}};
}

std::vector<Text> sealing_sentences(const SealingAct& act) {
  const std::string key = to_hex(act.key);
  Text text{fmt::format("Practices seal packages to the key {} (number {}) of the vault {}.", key,
                        act.number, act.vault),
            fmt::format("Les cabinets scellent leurs paquets avec la clé {} (numéro {}) de "
                        "l’entrepôt {}.",
                        key, act.number, act.vault)};
  if (act.number == 1) {
    return {text};
  }
  if (act.old_days == 0) {
    return {text,
            {"Packages that are sealed to the keys before it are opened no more.",
             "Les paquets scellés avec les clés précédentes ne sont plus ouverts."}};
  }
  return {
      text,
      {fmt::format("Packages that are sealed to the keys before it are opened for {} days more.",
                   act.old_days),
       fmt::format("Les paquets scellés avec les clés précédentes sont encore ouverts pendant "
                   "{} "
                   "jours.",
                   act.old_days)}};
}

std::vector<Text> clock_sentences(const ClockAct& act) {
  const std::string newest = to_string(act.newest, Calendar::dates);
  const std::string today = to_string(act.today, Calendar::dates);
  return {
      {fmt::format("The machine's clock was ahead when it said {}: what the vault {} noted as "
                   "later than {} counts as of this day.",
                   newest, act.vault, today),
       fmt::format("L’horloge de la machine était en avance lorsqu’elle indiquait le {} : ce que "
                   "l’entrepôt {} a daté d’un jour postérieur au {} est réputé daté de ce jour.",
                   newest, act.vault, today)},
      {fmt::format("The reason: {}.", act.why), fmt::format("Le motif : {}.", act.why)}};
}

}  // namespace

std::string_view to_string(Role role) {
  return roles.at(static_cast<std::size_t>(role));
}

Result<ActText> parse_act(std::string_view text, const std::string& where) {
  if (text.size() > largest_permit_file) {
    return bad_input("the file is too large for an act", where,
                     fmt::format("an act has at most {} bytes", largest_permit_file));
  }
  Mistakes mistakes(where);
  const auto table = parse_toml(text, mistakes);
  if (table && is_permit(*table)) {
    ASSIGN_OR_RETURN(Permit permit, parse_permit(text, where));
    return permit;
  }
  return read_sheet(text, where, "the act", [](Sheet& sheet) { return act_from(sheet); });
}

std::string text_of(const RoleAct& act) {
  return fmt::format("[role]\nname   = {}\nrole   = {}\nkey    = {}\naction = {}\nvault  = {}\n{}",
                     toml_text(act.holder.name), toml_text(to_string(act.holder.role)),
                     toml_text(to_string(act.holder.key)), action_text(role_actions, act),
                     toml_text(act.vault), after_line(act.after));
}

std::string text_of(const PracticeAct& act) {
  const std::string key =
      act.key ? fmt::format("key    = {}\n", toml_text(to_string(*act.key))) : std::string();
  return fmt::format("[practice]\nname   = {}\n{}action = {}\nvault  = {}\n{}", toml_text(act.name),
                     key, action_text(practice_actions, act), toml_text(act.vault),
                     after_line(act.after));
}

std::string text_of(const StatusAct& act) {
  return fmt::format("[status]\npermit = {}\naction = {}\nwhy    = {}\nvault  = {}\n{}",
                     toml_text(act.permit), action_text(status_actions, act), toml_text(act.why),
                     toml_text(act.vault), after_line(act.after));
}

std::string text_of(const SealingAct& act) {
  const std::string days =
      act.number == 1 ? std::string() : fmt::format("old_days = {}\n", act.old_days);
  return fmt::format("[sealing]\nkey      = {}\nnumber   = {}\n{}vault    = {}\n",
                     toml_text(to_hex(act.key)), act.number, days, toml_text(act.vault));
}

std::string text_of(const ClockAct& act) {
  return fmt::format("[clock]\nnewest = {}\ntoday  = {}\nwhy    = {}\nvault  = {}\n{}",
                     to_string(act.newest, Calendar::dates), to_string(act.today, Calendar::dates),
                     toml_text(act.why), toml_text(act.vault), after_line(act.after));
}

std::vector<Text> sentences(const ActText& act) {
  if (const auto* permit = std::get_if<Permit>(&act)) {
    return sentences(*permit);
  }
  if (const auto* role = std::get_if<RoleAct>(&act)) {
    return role_sentences(*role);
  }
  if (const auto* practice = std::get_if<PracticeAct>(&act)) {
    return practice_sentences(*practice);
  }
  if (const auto* sealing = std::get_if<SealingAct>(&act)) {
    return sealing_sentences(*sealing);
  }
  if (const auto* clock = std::get_if<ClockAct>(&act)) {
    return clock_sentences(*clock);
  }
  return status_sentences(std::get<StatusAct>(act));
}

}  // namespace parcours::formalities
