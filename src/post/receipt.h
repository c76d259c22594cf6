// The vault's signed answer to a package: JSON that the practice keeps, and OpenSSH's signature of
// it below, in one text. It holds counts and no row of a patient.
//
//   {
//     "format": 1,
//     "vault": "3f2a...", "practice": "cabinet-012", "number": 7, "package": "<its digest>",
//     "received_at": "2026-11-23T20:31:07Z", "result": "taken", "permit": "2026-DR-014",
//     ...
//   }
//   -----BEGIN SSH SIGNATURE-----
//
// docs/packages.md has all fields.
//
// G1: a receipt that read_receipt() gives was signed by the vault's key, every byte of it.
// G2: the same receipt and key give the same text.
// G3: what is read is what was written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "formalities/public_key.h"
#include "formalities/signing_key.h"
#include "post/contents.h"
#include "post/refusal.h"
#include "records/digest.h"
#include "vocabulary/kinds.h"

namespace parcours::post {

struct KindCount {
  vocabulary::KindId kind = 0;
  std::uint64_t events = 0;
  friend bool operator==(const KindCount&, const KindCount&) = default;
};

// Why a package was refused, and what the practice does now.
struct RefusedPackage {
  Refusal why = Refusal::not_a_package;
  std::string sentence;           // with the figures of this case
  std::uint64_t next_number = 0;  // of the package that the vault waits for
  friend bool operator==(const RefusedPackage&, const RefusedPackage&) = default;
};

// What became of a package's rows.
struct TakenPackage {
  std::uint64_t patients = 0;
  std::vector<KindCount> events;        // each kind once, in order; without those that have none
  std::vector<CutCount> cut;            // not covered by the permit: cut by the practice or here
  std::vector<CutCount> refused_rows;   // bad rows, by reason
  std::uint64_t objections = 0;         // noted
  std::uint64_t withdrawn = 0;          // of those that stood, and do so no more
  std::uint64_t rows_of_objectors = 0;  // removed from earlier packages; 0: not counted
  friend bool operator==(const TakenPackage&, const TakenPackage&) = default;
};

struct Receipt {
  std::string vault;
  std::string practice;
  std::uint64_t number = 0;
  records::Digest package;
  std::string received_at;  // UTC: "2026-11-23T20:31:07Z"
  std::string permit;       // its reference; empty where the package could not be opened
  // The vault no longer keeps the first receipt. This one says again that the package was taken,
  // with the counts that are left; what was cut then is not known any more.
  bool made_anew = false;
  // The package was sealed to an old key of the vault, which opens packages for a time yet.
  bool old_card = false;
  std::optional<RefusedPackage> refused;  // nothing: taken
  TakenPackage taken;                     // all 0 of a refused one
  friend bool operator==(const Receipt&, const Receipt&) = default;
};

// The JSON alone, which is signed.
std::string receipt_json(const Receipt& receipt);
// Of this JSON: by it a practice confirms in its next package that the receipt has come.
records::Digest receipt_digest(const Receipt& receipt);

// What receipt_json() wrote, and no other text. `where` is for errors.
Result<Receipt> receipt_of_json(std::string_view json, const std::string& where);

// The JSON and its signature.
std::string write_receipt(const Receipt& receipt, const formalities::SigningKey& vault);

// Errors: no receipt; of a future format; not signed by this key over these bytes (Fault::rule).
Result<Receipt> read_receipt(std::string_view text, const formalities::PublicKey& vault,
                             const std::string& where);

}  // namespace parcours::post
