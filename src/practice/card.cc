#include "practice/card.h"

#include <algorithm>

#include "base/files.h"
#include "formalities/act_text.h"
#include "post/vault_card.h"
#include "practice/words.h"

namespace parcours::practice {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_renewal_bytes = std::size_t{1} << 16;

Result<formalities::SealingAct> renewal_in(const fs::path& file, const std::string& text,
                                           Language language) {
  ASSIGN_OR_RETURN(const formalities::ActText act, formalities::parse_act(text, file));
  const auto* sealing = std::get_if<formalities::SealingAct>(&act);
  if (sealing == nullptr) {
    return complain(language, words::no_renewal(), file.string());
  }
  return *sealing;
}

Status check_signer(const Office& office, const std::string& text, const fs::path& file) {
  const std::string where = file.string() + ".sig";
  ASSIGN_OR_RETURN(const std::string signature, read_file(where, most_renewal_bytes));
  ASSIGN_OR_RETURN(const formalities::PublicKey signer, formalities::signer_of(signature, where));
  const auto& keepers = office.card().keepers;
  if (std::ranges::find(keepers, signer, &post::Keeper::key) == keepers.end()) {
    return refuse(office.language(), words::renewal_of_no_keeper(formalities::fingerprint(signer)),
                  where);
  }
  return formalities::check_signature(text, signature, signer, formalities::act_signature, where);
}

}  // namespace

Result<RenewedCard> renew_card(Office& office, const fs::path& renewal) {
  ASSIGN_OR_RETURN(const std::string text, read_file(renewal, most_renewal_bytes));
  ASSIGN_OR_RETURN(const formalities::SealingAct act, renewal_in(renewal, text, office.language()));
  RETURN_IF_ERROR(check_signer(office, text, renewal));
  if (act.vault != office.card().vault) {
    return refuse(office.language(), words::renewal_of_other_vault(), renewal.string());
  }
  if (act.number <= office.card().number) {
    return refuse(office.language(), words::old_renewal(act.number, office.card().number),
                  renewal.string());
  }
  post::VaultCard card = office.card();
  card.seal = act.key;
  card.number = act.number;
  RETURN_IF_ERROR(office.take_card(card));
  return RenewedCard{.number = act.number,
                     .fingerprint = post::card_fingerprint(card),
                     .old_days = act.old_days,
                     .waiting = office.state().waiting.size()};
}

}  // namespace parcours::practice
