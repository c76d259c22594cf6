#include "post/package.h"

#include <fmt/format.h>

#include <optional>

#include "base/files.h"
#include "formalities/signature.h"
#include "post/body.h"
#include "post/deflated.h"
#include "post/limits.h"
#include "post/seal.h"

namespace parcours::post {
namespace {

constexpr const char* the_package = "the package";

std::unexpected<Refused> refused_as(Refusal why, std::string found, std::string right = {}) {
  return std::unexpected(
      Refused{why, {Fault::input, std::move(found), the_package, std::move(right)}});
}

std::unexpected<Refused> changed() {
  return refused_as(Refusal::altered, "the package is not as the practice signed it",
                    "send the same file again");
}

// A base64 text can be written in several ways; only the one of to_text() is taken, so that no byte
// of a package can be changed.
std::optional<Refused> refuse_signature(const Envelope& envelope,
                                        const formalities::PublicKey& practice) {
  const auto signature = formalities::parse_signature(envelope.signature);
  if (!signature || formalities::to_text(*signature) != envelope.signature) {
    return changed().error();
  }
  if (signature->key != practice) {
    return refused_as(Refusal::other_key,
                      fmt::format("another key signed the package than the one of {}",
                                  envelope.header.practice),
                      "ask the permit-keeper to admit the practice with its new key")
        .error();
  }
  const Status status = formalities::check_signature(envelope.letter, envelope.signature, practice,
                                                     formalities::package_signature, the_package);
  return status ? std::nullopt : std::optional(changed().error());
}

// Nothing of a vault whose key was renewed opens: the practice has an old card. Of another vault it
// can only be sealed to a key that is no vault's.
std::unexpected<Refused> sealed_to_another(const VaultKeys& keys) {
  if (keys.number() > 1) {
    return refused_as(Refusal::old_card,
                      "the package is sealed to a key that the vault does not have any more",
                      "take the vault's renewed key (parcours-practice card), and make the package "
                      "anew");
  }
  return refused_as(Refusal::altered,
                    "the package was not sealed for this vault by the practice that signed it",
                    "make it anew");
}

bool same_sender(const Header& header, const Contents& contents) {
  return header.vault == contents.vault && header.practice == contents.practice &&
         header.number == contents.number;
}

}  // namespace

Result<std::string> package_of(const Contents& contents, const VaultCard& card,
                               const formalities::SigningKey& practice) {
  if (contents.vault != card.vault) {
    return bad_input("the package is meant for another vault than the card's", the_package);
  }
  const Contents ordered = in_order(contents);
  RETURN_IF_ERROR(check(ordered));
  const std::string body = body_of(ordered);
  if (body.size() > most_body_bytes) {
    return bad_input("the package is too large", the_package, "make one of a shorter period");
  }
  const auto packed = deflated(body);
  if (!packed) {
    return machine_fault("not enough memory to compress the package");
  }
  // A sealed text is longer by a size that depends on its own alone, and its length is bound to it.
  const Header header{contents.vault, contents.practice, contents.number, {}};
  std::string package = clear_part(header, sealed_size(packed->size()));
  const auto closed = sealed(*packed, package, card.seal);
  if (!closed) {
    return bad_input("the key of the vault's card cannot be sealed to", the_package,
                     "fetch the card again");
  }
  package += *closed;
  package += practice.sign(package, formalities::package_signature);
  if (package.size() > most_package_bytes) {
    return bad_input("the package is too large", the_package, "make one of a shorter period");
  }
  return package;
}

Status write_package(const std::filesystem::path& path, const Contents& contents,
                     const VaultCard& card, const formalities::SigningKey& practice) {
  ASSIGN_OR_RETURN(const std::string package, package_of(contents, card, practice));
  return write_file(path, package, Readers::owner);
}

Result<std::string> read_package(const std::filesystem::path& path) {
  return read_file(path, most_package_bytes);
}

std::expected<Header, Refused> read_header(std::string_view package) {
  auto envelope = envelope_of(package);
  if (!envelope) {
    return std::unexpected(std::move(envelope.error()));
  }
  return std::move(envelope->header);
}

std::expected<OpenedPackage, Refused> open_package(std::string_view package, const VaultKeys& keys,
                                                   const formalities::PublicKey& practice) {
  const auto envelope = envelope_of(package);
  if (!envelope) {
    return std::unexpected(envelope.error());
  }
  if (auto refused = refuse_signature(*envelope, practice)) {
    return std::unexpected(*std::move(refused));
  }
  if (envelope->header.vault != keys.vault()) {
    return refused_as(Refusal::other_vault,
                      fmt::format("the package is meant for the vault {}", envelope->header.vault),
                      fmt::format("make it with the card of this vault, {}", keys.vault()));
  }
  const auto opened = unsealed_by(keys, envelope->sealed, envelope->clear);
  if (!opened) {
    return sealed_to_another(keys);
  }
  const auto body = inflated(opened->plain, most_body_bytes);
  if (!body) {
    return refused_as(Refusal::malformed, "what the package holds cannot be decompressed",
                      "update the practice's program, and make the package anew");
  }
  auto contents = contents_of(*body);
  if (!contents) {
    return std::unexpected(Refused{Refusal::malformed, std::move(contents.error())});
  }
  if (!same_sender(envelope->header, *contents)) {
    return changed();
  }
  return OpenedPackage{*std::move(contents), opened->old_card};
}

}  // namespace parcours::post
