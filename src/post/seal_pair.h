// A pair of keys to which packages are sealed (seal.h): its public half stands on the vault's card.
// It is drawn at random, so nobody makes it again once its secret half is destroyed. The vault
// keeps the secret half closed under the programme's key: XChaCha20-Poly1305 (libsodium), bound to
// the vault's number and to the public half.
//
// G1: reopened() gives the pair that closed() closed, under the same key and number, or nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "formalities/public_key.h"
#include "records/keys.h"
#include "records/secret.h"

namespace parcours::post {

// Cannot be copied or printed; wiped when it goes.
struct SealPair {
  formalities::SealKey key{};
  records::Secret secret;

  static SealPair generate();
};

// As hexadecimal digits.
std::string closed(const SealPair& pair, const records::ProgrammeKey& programme,
                   std::string_view vault);
std::optional<SealPair> reopened(const formalities::SealKey& key, std::string_view digits,
                                 const records::ProgrammeKey& programme, std::string_view vault);

}  // namespace parcours::post
