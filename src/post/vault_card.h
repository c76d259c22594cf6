// The vault's public card: what a practice needs to send packages to it. Nothing in it is secret,
// and everything depends on it being the true one. So a practice takes a card only after it has
// compared card_fingerprint() with the vault's people, over the telephone. A card is not signed: a
// key that stands in the card itself would prove nothing.
//
//   format  = 2
//   vault   = "3f2a..."                      # the vault's number: 32 hexadecimal digits
//   seal    = "9be0..."                      # packages are sealed to it: X25519, 64 digits
//   number  = 1                              # of this key: 2 once it was renewed, and so on
//   receipt = "ssh-ed25519 AAAA..."          # signs the vault's receipts
//
//   [[keepers]]                              # who may sign permits
//   name = "Anne Martin"
//   key  = "ssh-ed25519 AAAA..."
//
// G1: parse_card(write_card(card)) is the card.
// G2: to find two cards with one fingerprint takes some 2^80 tries, one like a given card 2^160.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "formalities/public_key.h"
#include "post/vault_keys.h"

namespace parcours::post {

struct Keeper {
  std::string name;
  formalities::PublicKey key;
  friend bool operator==(const Keeper&, const Keeper&) = default;
};

struct VaultCard {
  std::string vault;
  formalities::SealKey seal{};
  std::uint64_t number = 1;
  formalities::PublicKey receipt;
  std::vector<Keeper> keepers;  // at least one
  friend bool operator==(const VaultCard&, const VaultCard&) = default;
};

VaultCard card_of(const VaultKeys& keys, std::vector<Keeper> keepers);

std::string write_card(const VaultCard& card);

// Errors name the file and the line.
Result<VaultCard> parse_card(std::string_view text, const std::filesystem::path& file);

// To read aloud: 160 bits of BLAKE2b of what the card says, in ten groups of four digits,
// "4f2a 9c01 b37d ...". Comments and the order of lines do not count.
std::string card_fingerprint(const VaultCard& card);

}  // namespace parcours::post
