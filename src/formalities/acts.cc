#include "formalities/acts.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/nearest.h"
#include "formalities/act_text.h"
#include "formalities/references.h"

namespace parcours::formalities {
namespace {

// "2026-11-23T20:18:00Z"
bool is_moment(std::string_view text) {
  constexpr std::string_view form = "0000-00-00T00:00:00Z";
  if (text.size() != form.size() || !parse_iso_day(text.substr(0, 10))) {
    return false;
  }
  for (std::size_t i = 10; i < form.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (form[i] == '0' ? !digit : text[i] != form[i]) {
      return false;
    }
  }
  return text.substr(11, 2) < "24" && text.substr(14, 2) < "60" && text.substr(17, 2) < "61";
}

Status of_this_vault(const std::string& named, const std::string& vault, const std::string& where) {
  if (named == vault) {
    return {};
  }
  return refused("the act is for another vault", where,
                 fmt::format("write vault = \"{}\", and sign it again", vault));
}

}  // namespace

KnownPermit* Formalities::known(std::string_view reference) {
  const auto found = std::ranges::find_if(
      permits_, [&](const KnownPermit& one) { return one.permit.reference == reference; });
  return found == permits_.end() ? nullptr : &*found;
}

const KnownPractice* Formalities::practice(std::string_view name) const {
  const auto found = std::ranges::find(practices_, name, &KnownPractice::name);
  return found == practices_.end() ? nullptr : &*found;
}

bool Formalities::keeps_permits(const PublicKey& key) const {
  return std::ranges::any_of(holders_, [&](const Holder& holder) {
    return holder.role == Role::permit_keeper && holder.key == key;
  });
}

// Whether the signer may act, and has signed.
Status Formalities::allowed(const Act& act, const PublicKey& signer,
                            const std::string& where) const {
  if (!is_moment(act.entered_at)) {
    return bad_input("the moment at which the act was entered cannot be read", where,
                     "it is written 2026-11-23T20:18:00Z");
  }
  if (!keeps_permits(signer)) {
    std::vector<std::string> keepers;
    for (const Holder& holder : holders_) {
      if (holder.role == Role::permit_keeper) {
        keepers.push_back(fmt::format("{} ({})", holder.name, fingerprint(holder.key)));
      }
    }
    return refused(
        fmt::format("whoever signed the act is no permit-keeper: {}", fingerprint(signer)), where,
        fmt::format("the permit-keepers are {}", fmt::join(keepers, ", ")));
  }
  return check_signature(act.text, act.signature, signer, act_signature, where);
}

Status Formalities::add(const Act& act, const std::string& where) {
  if (texts_.contains(act.text)) {
    return refused("this very act was entered before, and an act counts once", where,
                   fmt::format("sign a new act: write after = {} into it, so that it is another "
                               "text",
                               acts_));
  }
  RETURN_IF_ERROR(take(act, where));
  ++acts_;
  const bool is_permit = !permits_.empty() && permits_.back().text == act.text;
  if (!is_permit) {
    texts_.insert(act.text);
  }
  return {};
}

Status Formalities::take(const Act& act, const std::string& where) {
  ASSIGN_OR_RETURN(const ActText text, parse_act(act.text, where));
  ASSIGN_OR_RETURN(const PublicKey signer, signer_of(act.signature, where));
  const auto* role = std::get_if<RoleAct>(&text);
  if (holders_.empty()) {
    if (role == nullptr || role->action != RoleAct::Action::grant ||
        role->holder.role != Role::permit_keeper || role->holder.key != signer) {
      return refused("the first act of a vault must grant its first permit-keeper", where,
                     "write a [role] act with role = \"permit-keeper\", signed by its own key");
    }
    // Whether the key is the signer's can only be judged beside the holder that the act makes.
    Formalities first(vault_);
    first.holders_.push_back(role->holder);
    RETURN_IF_ERROR(first.allowed(act, signer, where));
    return apply(*role, where);
  }
  RETURN_IF_ERROR(allowed(act, signer, where));
  if (role != nullptr) {
    return apply(*role, where);
  }
  if (const auto* practice = std::get_if<PracticeAct>(&text)) {
    return apply(*practice, where);
  }
  if (const auto* status = std::get_if<StatusAct>(&text)) {
    return apply(*status, where);
  }
  if (const auto* sealing = std::get_if<SealingAct>(&text)) {
    return apply(*sealing, act.entered_at, where);
  }
  if (const auto* clock = std::get_if<ClockAct>(&text)) {
    return apply(*clock, act.entered_at, where);
  }
  const auto holder = std::ranges::find_if(holders_, [&](const Holder& one) {
    return one.role == Role::permit_keeper && one.key == signer;
  });
  return enter({std::get<Permit>(text), act.text, signer, holder->name, act.entered_at, {}, {}, {}},
               where);
}

Status Formalities::enter(KnownPermit entered, const std::string& where) {
  const Permit& permit = entered.permit;
  if (const KnownPermit* same = this->permit(permit.reference)) {
    return refused(same->text == entered.text
                       ? fmt::format("permit {} is entered already", permit.reference)
                       : fmt::format("another permit {} is entered already", permit.reference),
                   where,
                   same->text == entered.text
                       ? std::string()
                       : "give the new permit a reference of its own, and name the old one in "
                         "'supersedes'");
  }
  if (!permit.supersedes.empty()) {
    KnownPermit* old = known(permit.supersedes);
    if (old == nullptr) {
      const std::vector<std::string> references = references_of(permits_);
      return refused(
          fmt::format("no permit {} is entered, so none supersedes it", permit.supersedes), where,
          nearest_hint(permit.supersedes, references));
    }
    if (old->status == PermitStatus::superseded || old->status == PermitStatus::withdrawn) {
      return refused(old->why_not(old->permit.valid.first), where,
                     old->status == PermitStatus::superseded
                         ? fmt::format("name {} in 'supersedes'",
                                       successor(permit.supersedes)->permit.reference)
                         : "leave 'supersedes' out");
    }
    if (permit.takes_over_from != (permit.holder == old->permit.holder ? "" : old->permit.holder)) {
      return refused(
          fmt::format("{} holds permit {}, and permit {} supersedes it with the holder {}",
                      old->permit.holder, permit.supersedes, permit.reference, permit.holder),
          where,
          permit.holder == old->permit.holder
              ? "leave 'takes_over_from' out"
              : fmt::format("if its records are to pass to the new holder, write takes_over_from = "
                            "\"{}\"",
                            old->permit.holder));
    }
    old->status = PermitStatus::superseded;
    old->superseded_by = permit.reference;
    old->why = {};
  }
  permits_.push_back(std::move(entered));
  return {};
}

Status Formalities::apply(const RoleAct& act, const std::string& where) {
  RETURN_IF_ERROR(of_this_vault(act.vault, vault_, where));
  const Holder& holder = act.holder;
  const auto same = std::ranges::find_if(holders_, [&](const Holder& one) {
    return one.role == holder.role && one.key == holder.key;
  });
  const auto of_key = std::ranges::find(holders_, holder.key, &Holder::key);
  if (of_key != holders_.end() && of_key->name != holder.name) {
    return refused(fmt::format("this key is {}'s", of_key->name), where,
                   "a key belongs to one person");
  }
  if (act.action == RoleAct::Action::grant) {
    if (same != holders_.end()) {
      return refused(
          fmt::format("{} is {} with this key already", holder.name, to_string(holder.role)),
          where);
    }
    holders_.push_back(holder);
    return {};
  }
  if (same == holders_.end()) {
    return refused(fmt::format("{} is not {} with this key", holder.name, to_string(holder.role)),
                   where);
  }
  if (holder.role == Role::permit_keeper &&
      std::ranges::count(holders_, Role::permit_keeper, &Holder::role) == 1) {
    return refused(fmt::format("{} is the last permit-keeper", holder.name), where,
                   "grant another one the role first");
  }
  holders_.erase(same);
  return {};
}

Status Formalities::apply(const PracticeAct& act, const std::string& where) {
  RETURN_IF_ERROR(of_this_vault(act.vault, vault_, where));
  const auto one = std::ranges::find(practices_, act.name, &KnownPractice::name);
  const bool known_one = one != practices_.end();
  if (act.action == PracticeAct::Action::admit) {
    const auto of_key = std::ranges::find(practices_, *act.key, &KnownPractice::key);
    if (of_key != practices_.end() && of_key->name != act.name) {
      return refused(fmt::format("this key is the practice {}'s", of_key->name), where,
                     "every practice has a key of its own");
    }
    if (!known_one) {
      practices_.push_back({act.name, *act.key, PracticeStatus::admitted});
      return {};
    }
    if (one->status == PracticeStatus::admitted && one->key == *act.key) {
      return refused(fmt::format("the practice {} is admitted already", act.name), where);
    }
    one->key = *act.key;
    one->status = PracticeStatus::admitted;
    return {};
  }
  if (!known_one) {
    std::vector<std::string> names;
    std::ranges::transform(practices_, std::back_inserter(names), &KnownPractice::name);
    return refused(fmt::format("no practice {} was admitted", act.name), where,
                   nearest_hint(act.name, names));
  }
  if (act.key && *act.key != one->key) {
    return refused(fmt::format("this is not the key of the practice {}", act.name), where,
                   fmt::format("its key is {}, or leave 'key' out", fingerprint(one->key)));
  }
  const bool suspend = act.action == PracticeAct::Action::suspend;
  if (one->status == PracticeStatus::left ||
      (suspend && one->status == PracticeStatus::suspended)) {
    return refused(fmt::format("the practice {} {} already", act.name,
                               one->status == PracticeStatus::left ? "has left" : "is suspended"),
                   where);
  }
  one->status = suspend ? PracticeStatus::suspended : PracticeStatus::left;
  return {};
}

Status Formalities::apply(const StatusAct& act, const std::string& where) {
  RETURN_IF_ERROR(of_this_vault(act.vault, vault_, where));
  KnownPermit* one = known(act.permit);
  if (one == nullptr) {
    const std::vector<std::string> references = references_of(permits_);
    return refused(fmt::format("no permit {} is entered", act.permit), where,
                   nearest_hint(act.permit, references));
  }
  const bool final =
      one->status == PermitStatus::withdrawn || one->status == PermitStatus::superseded;
  const bool resume = act.action == StatusAct::Action::resume;
  if (final) {
    return refused(one->why_not(one->permit.valid.first), where, "this stands for good");
  }
  if (resume && one->status == PermitStatus::entered) {
    return refused(fmt::format("permit {} is not suspended", act.permit), where);
  }
  if (act.action == StatusAct::Action::suspend && one->status == PermitStatus::suspended) {
    return refused(fmt::format("permit {} is suspended already", act.permit), where);
  }
  one->status = resume                                     ? PermitStatus::entered
                : act.action == StatusAct::Action::suspend ? PermitStatus::suspended
                                                           : PermitStatus::withdrawn;
  one->why = act.why;
  return {};
}

Status Formalities::apply(const SealingAct& act, const std::string& entered_at,
                          const std::string& where) {
  RETURN_IF_ERROR(of_this_vault(act.vault, vault_, where));
  const std::size_t next = sealing_keys_.size() + 1;
  if (act.number != next) {
    return refused(
        fmt::format("this is the sealing key {}, and the vault waits for {}", act.number, next),
        where, "run 'parcours vault card --renew' for an act of the next key");
  }
  if (std::ranges::find(sealing_keys_, act.key, &SealingKey::key) != sealing_keys_.end()) {
    return refused("the vault has had this sealing key before", where,
                   "run 'parcours vault card --renew', which makes a new one");
  }
  sealing_keys_.push_back({act.key, entered_at, act.old_days});
  return {};
}

Status Formalities::apply(const ClockAct& act, const std::string& entered_at,
                          const std::string& where) {
  RETURN_IF_ERROR(of_this_vault(act.vault, vault_, where));
  const std::optional<Day> entered = day_of_moment(entered_at);
  if (entered != act.today) {
    return refused(fmt::format("the act says that today is {}, and it is entered on {}",
                               to_string(act.today, Calendar::dates), entered_at.substr(0, 10)),
                   where,
                   "set the machine's clock right, run 'parcours vault clock' again, and sign what "
                   "it writes");
  }
  for (KnownPermit& permit : permits_) {
    permit.entered_at = std::min(permit.entered_at, entered_at);
  }
  for (SealingKey& key : sealing_keys_) {
    key.entered_at = std::min(key.entered_at, entered_at);
  }
  return {};
}

bool Formalities::opens(std::size_t place, Day day) const {
  return place < sealing_keys_.size() &&
         std::all_of(sealing_keys_.begin() + static_cast<std::ptrdiff_t>(place) + 1,
                     sealing_keys_.end(), [&](const SealingKey& later) {
                       const std::optional<Day> renewed = day_of_moment(later.entered_at);
                       return renewed && day.number < renewed->number + later.old_days;
                     });
}

}  // namespace parcours::formalities
