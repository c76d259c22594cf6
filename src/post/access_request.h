// A practice asks a vault, for one of its patients, what the vault holds of them: JSON, and the
// practice's signature of it below. The patient's pseudonyms are sealed for the vault.
//
//   {
//     "format": 1, "vault": "3f2a...", "practice": "cabinet-012",
//     "asked_at": "2026-11-27T10:03:21Z", "language": "fr", "sealed": "9c01..."
//   }
//   -----BEGIN SSH SIGNATURE-----
//
// G1: a request that read_request() gives was signed by the practice's key, every byte of it.
// G2: without the vault's key nobody tells of whom it asks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "formalities/public_key.h"
#include "formalities/signing_key.h"
#include "post/vault_card.h"
#include "post/vault_keys.h"
#include "records/patient.h"

namespace parcours::post {

struct AccessRequest {
  std::string vault;
  std::string practice;
  std::string asked_at;  // UTC: "2026-11-27T10:03:21Z"
  bool french = false;   // the language of the answer
  std::vector<records::PatientId>
      patients;  // of one patient: a step-one pseudonym a key of the practice
  friend bool operator==(const AccessRequest&, const AccessRequest&) = default;
};

inline constexpr std::size_t most_request_patients = 1000;
inline constexpr std::size_t largest_request = std::size_t{1} << 17;  // bytes

Result<std::string> write_request(const AccessRequest& request, const VaultCard& card,
                                  const formalities::SigningKey& practice);

// Who says to ask. It proves nothing.
Result<std::string> requesting_practice(std::string_view text, const std::string& where);

// Errors: no request; of a future format; for another vault; not signed by this key (Fault::rule).
Result<AccessRequest> read_request(std::string_view text, const VaultKeys& keys,
                                   const formalities::PublicKey& practice,
                                   const std::string& where);

}  // namespace parcours::post
