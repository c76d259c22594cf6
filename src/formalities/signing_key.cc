#include "formalities/signing_key.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <optional>
#include <system_error>
#include <utility>

#include "base/check.h"
#include "base/files.h"
#include "formalities/key_parts.h"
#include "formalities/signature.h"
#include "formalities/signing_key_text.h"
#include "records/private_file.h"

namespace parcours::formalities {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_comment = 256;

}  // namespace

SigningKey SigningKey::generate() {
  records::Secret seed(crypto_sign_SEEDBYTES);
  randombytes_buf(seed.data(), seed.size());
  return of_seed(seed);
}

SigningKey SigningKey::of_seed(const records::Secret& seed) {
  return SigningKey(secret_of_seed({seed.data(), seed.size()}));
}

Result<SigningKey> SigningKey::read(const fs::path& file) {
  ASSIGN_OR_RETURN(const records::Secret text, records::read_private_file(file));
  ASSIGN_OR_RETURN(records::Secret key, secret_of_text(text.text(), file.string()));
  return SigningKey(std::move(key));
}

Status SigningKey::write(const fs::path& file, std::string_view comment) const {
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (comment.size() > longest_comment || std::ranges::any_of(comment, control)) {
    return bad_input("a key's comment must be one line of at most 256 bytes", file.string());
  }
  const fs::path beside = file.string() + ".pub";
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(beside, ignored))) {
    return bad_input("the file already exists", beside.string(), "choose another name for the key");
  }
  RETURN_IF_ERROR(records::write_private_file(file, text_of_secret(key_, comment)));
  std::string line = to_string(public_key());
  if (!comment.empty()) {
    line.append(" ").append(comment);
  }
  return write_file(beside, line + "\n");
}

PublicKey SigningKey::public_key() const {
  return {std::string(software_key_type), blob_of_secret(key_)};
}

records::Secret SigningKey::seal_secret() const {
  records::Secret secret(crypto_box_SECRETKEYBYTES);
  PARCOURS_CHECK(crypto_sign_ed25519_sk_to_curve25519(secret.data(), key_.data()) == 0);
  return secret;
}

std::string SigningKey::sign(std::string_view text, std::string_view use) const {
  Signature made{public_key(), std::string(use), "sha512", std::string(crypto_sign_BYTES, '\0')};
  const std::optional<std::string> message = signed_bytes(made, text);
  PARCOURS_CHECK(message);
  crypto_sign_detached(reinterpret_cast<unsigned char*>(made.bytes.data()), nullptr,
                       reinterpret_cast<const unsigned char*>(message->data()), message->size(),
                       key_.data());
  return to_text(made);
}

}  // namespace parcours::formalities
