// Changes what a vault allows: enters formal acts, notes objections. Both hold from that moment, in
// every reader that opens the vault. Notes answers to patients, too.
//
// Each takes the vault's lock, as an import does. Each is refused while the machine's clock is
// behind the vault's (clock.h), but for the act that corrects it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "formalities/acts.h"
#include "records/patient.h"
#include "vault/catalog.h"
#include "vault/place.h"

namespace parcours::vault {

// What the acts of a vault say together.
Result<formalities::Formalities> formalities_of(const VaultPlace& vault);

// `where` is the text's place in errors, which are those of Formalities::add().
Status enter_act(const VaultPlace& vault, std::string text, std::string signature,
                 const std::string& where);

// Keeps the secret half of a new sealing key (Catalog::keep()).
Status keep_sealing_secret(const VaultPlace& vault, const SealingSecret& secret);
// Destroys the secrets of sealing keys that open nothing from this day on. How many. Writes nothing
// where there are none.
Result<std::uint64_t> destroy_closed_secrets(const VaultPlace& vault, Day day);

// Notes that patients object, as whoever keeps the vault tells. How many of them did not before.
Result<std::uint64_t> note_objections(const VaultPlace& vault,
                                      const std::vector<records::PatientId>& patients);
// The same, as others tell.
Result<std::uint64_t> note_told_objections(const VaultPlace& vault, std::vector<Objector> who);

struct WithdrawnObjections {
  std::uint64_t withdrawn = 0;  // that whoever keeps the vault had told
  std::uint64_t still = 0;      // patients who object all the same, as a practice tells
};
// Withdraws what whoever keeps the vault had told. What was collected before does not live again.
Result<WithdrawnObjections> withdraw_objections(const VaultPlace& vault,
                                                const std::vector<records::PatientId>& patients);

// Notes that what is held of a patient is told to the holder of a key.
Status note_answer(const VaultPlace& vault, const formalities::PublicKey& asker);

}  // namespace parcours::vault
