#include "vault/testing/permits.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "formalities/act_text.h"
#include "vault/formal.h"
#include "vault/vault.h"
#include "vocabulary/kinds.h"

namespace parcours::vault {

const formalities::SigningKey& test_keeper() {
  static const formalities::SigningKey key = [] {
    records::Secret seed(32);
    std::ranges::fill(seed.bytes(), static_cast<unsigned char>(7));
    return formalities::SigningKey::of_seed(seed);
  }();
  return key;
}

std::string broad_permit(Calendar calendar, const std::string& reference) {
  return fmt::format(
      R"([permit]
reference = "{}"
kind      = "made-up-data"
title     = {{ en = "Tests", fr = "Essais" }}
holder    = "Tests"
purposes  = ["public-health-research"]
valid     = [2000-01-01, 2199-12-31]
uses      = ["collection", "studies"]
askers    = ["Observatoire des soins de ville"]
leaves    = ["counts", "means"]
rules     = ["france-2026", "test", "t", "looser", "of this cohort"]

[covers]
kinds      = ["{}"]
codes      = ["*"]
fields     = ["birth_year", "sex", "place"]
days       = {}
practices  = "all"
provenance = ["entered", "received", "imported"]
otherwise  = "cut"
follow     = "practice"
new_keys   = "never"

[retention]
years = 100
from  = "collection"
)",
      reference, fmt::join(vocabulary::kinds(), "\", \""),
      calendar == Calendar::dates ? "[1800-01-01, 2199-12-31]" : "[-2000000000, 2000000000]");
}

Status enter_signed(const VaultPlace& vault, const std::string& text) {
  return enter_act(vault, text, test_keeper().sign(text, formalities::act_signature),
                   "a test's act");
}

Status make_formal(const VaultPlace& vault) {
  ASSIGN_OR_RETURN(const Vault open, Vault::open(vault));
  ASSIGN_OR_RETURN(const formalities::Formalities formalities, formalities_of(vault));
  RETURN_IF_ERROR(enter_signed(
      vault, text_of(formalities::RoleAct{
                 formalities::RoleAct::Action::grant,
                 {"Test Keeper", formalities::Role::permit_keeper, test_keeper().public_key()},
                 formalities.vault()})));
  return enter_signed(vault, broad_permit(open.calendar()));
}

}  // namespace parcours::vault
