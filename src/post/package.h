// A package: a file with the contents of contents.h that one practice signs and one vault alone
// can read. docs/packages.md tells the format.
//
//   RETURN_IF_ERROR(write_package("2026-11.parcours", contents, card, practice_key));
//
//   ASSIGN_OR_RETURN(const std::string bytes, read_package("2026-11.parcours"));
//   const auto header = read_header(bytes);          // who says to have sent it
//   const auto contents = open_package(bytes, vault_keys, practice->key);
//
// G1: of a package of which a bit was changed, or an end cut off or added, nothing is opened.
// G2: without the vault's key nothing of the contents can be read: what can be read is the vault,
//     the practice, the package's number, and the size to the next 4096 bytes after compression.
// G3: what is opened is in_order() of what was written.
// G4: only the practice's own key makes a package of this practice, for this vault and under this
//     number. A practice that signs the sealed bytes of another one is refused.
// G5: a key of the vault opens no package that was sealed to another key of it.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"
#include "formalities/public_key.h"
#include "formalities/signing_key.h"
#include "post/contents.h"
#include "post/envelope.h"
#include "post/refusal.h"
#include "post/vault_card.h"
#include "post/vault_keys.h"

namespace parcours::post {

// The bytes of a package. Errors: what check() says of the contents; they are meant for another
// vault than the card's; they are too large.
Result<std::string> package_of(const Contents& contents, const VaultCard& card,
                               const formalities::SigningKey& practice);

// The same as a file that its owner alone can read; it is there as a whole or not at all.
Status write_package(const std::filesystem::path& path, const Contents& contents,
                     const VaultCard& card, const formalities::SigningKey& practice);

// The bytes of a file, at most as many as a package may have.
Result<std::string> read_package(const std::filesystem::path& path);

// A package that was opened.
struct OpenedPackage {
  Contents contents;
  bool old_card = false;  // it was sealed to a key before the one on the card
};

// What the package says of itself. It proves nothing: whoever made the file chose it.
std::expected<Header, Refused> read_header(std::string_view package);

// `practice`: the key with which the vault has admitted the practice of the header.
std::expected<OpenedPackage, Refused> open_package(std::string_view package, const VaultKeys& keys,
                                                   const formalities::PublicKey& practice);

}  // namespace parcours::post
