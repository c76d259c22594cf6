// A package taken apart: what stands in clear, the sealed bytes, the signature. Nothing of it is
// believed until package.h has checked the signature.
//
//   "parcours-package 1\n"
//   header     its length (4 bytes, the lowest first), then the vault's number (16 bytes), the
//              practice's name, the package's number, how many bytes are sealed (base/bytes.h)
//   sealed     seal.h
//   signature  OpenSSH's, in its armour, over all that stands before it
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "post/refusal.h"
#include "records/digest.h"

namespace parcours::post {

// What stands in clear. Digest: of the whole file.
struct Header {
  std::string vault;
  std::string practice;
  std::uint64_t number = 0;
  records::Digest digest;
  friend bool operator==(const Header&, const Header&) = default;
};

// Views of the package's bytes, which must outlive it.
struct Envelope {
  Header header;
  std::string_view clear;  // up to the sealed bytes; they are bound to it
  std::string_view sealed;
  std::string_view letter;  // what is signed: both
  std::string_view signature;
};

// The first part of a package, for so many sealed bytes.
std::string clear_part(const Header& header, std::uint64_t sealed_bytes);

// Refused: it is no package, of a future format, cut off, or not well-formed.
std::expected<Envelope, Refused> envelope_of(std::string_view package);

}  // namespace parcours::post
