// A package that was opened: its rows with the pseudonyms that the vault keeps (step two), of which
// those that the permit does not cover are cut. Personal data.
#pragma once

#include <expected>
#include <functional>
#include <string_view>

#include "formalities/acts.h"
#include "post/contents.h"
#include "post/refusal.h"
#include "post/vault_keys.h"
#include "records/keys.h"
#include "vault/admission.h"

namespace parcours::reception {

struct Judged {
  post::Contents contents;  // rows name codes by their place in contents.codes
  const formalities::KnownPermit* permit =
      nullptr;  // nullptr: none to collect under; then nothing is judged
  vault::CutRows cut;
};

// What is kept on a day: facts before `first` came with earlier sends of their period, whose
// retention is over (vault/earlier_sends.h).
struct Retained {
  Day day;
  Day first;
};

// Gives each row and objection its pseudonym in the vault, and cuts what `permit` does not cover.
// `practice` and `vault_name`: the practice's two names, of which a permit may list either.
Judged judged(post::Contents contents, const formalities::KnownPermit* permit,
              const records::KeyedHash& pseudonyms, std::string_view practice,
              std::string_view vault_name, Retained retained);

// Cuts the rows of patients for whom `objected` says so.
void cut_objections(Judged& judged, const std::function<bool(const records::PatientId&)>& objected);

// How a period may be called in a vault, as in every import: 1 to 40 letters, digits, - _ . +
bool is_period(std::string_view text);

}  // namespace parcours::reception
