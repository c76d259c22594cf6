// Bytes that only the holder of one key can read. A fresh key encrypts them (XChaCha20-Poly1305 in
// chunks of 64 KiB, libsodium's crypto_secretstream), and the holder's public key encrypts the
// fresh one (X25519, crypto_box_seal). Whoever sealed them cannot open them again.
//
// G1: unsealed() gives what was sealed, under the same `bound`, or nothing.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "formalities/public_key.h"
#include "records/secret.h"

namespace parcours::post {

// How many bytes sealed() makes of so many.
std::size_t sealed_size(std::size_t plain);

// `bound` is not in the result: it must be the same when it is opened. Nothing where `to` is no
// key that can be sealed to.
std::optional<std::string> sealed(std::string_view plain, std::string_view bound,
                                  const formalities::SealKey& to);

// `to` and `secret`: both halves of the holder's key.
std::optional<std::string> unsealed(std::string_view bytes, std::string_view bound,
                                    const formalities::SealKey& to, const records::Secret& secret);

}  // namespace parcours::post
