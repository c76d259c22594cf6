#include "post/envelope.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>

#include "base/bytes.h"
#include "base/hex.h"
#include "post/contents.h"
#include "post/limits.h"

namespace parcours::post {
namespace {

constexpr std::string_view package_magic = "parcours-package ";
constexpr unsigned package_format = 1;
constexpr std::size_t length_bytes = 4;
constexpr std::size_t largest_header = 200;
constexpr std::size_t vault_bytes = 16;
constexpr std::string_view signature_end = "\n-----END SSH SIGNATURE-----\n";

std::unexpected<Refused> refuse(Refusal why, std::string found, std::string right = {}) {
  return std::unexpected(
      Refused{why, {Fault::input, std::move(found), "the package", std::move(right)}});
}

std::unexpected<Refused> cut_off() {
  return refuse(Refusal::cut_off, "the package ends too early", "send the same file again");
}

std::unexpected<Refused> not_well_formed() {
  return refuse(Refusal::altered, "the package's first bytes are not as they were written",
                "send the same file again");
}

// The digits after the magic; nothing where it is no package.
std::optional<unsigned> format_of(std::string_view line) {
  unsigned format = 0;
  const char* end = line.data() + line.size();
  const auto [at, error] = std::from_chars(line.data(), end, format);
  const bool good = error == std::errc() && at == end && !line.starts_with('0');
  return good ? std::optional(format) : std::nullopt;
}

// The length of the line of the magic.
std::expected<std::size_t, Refused> magic_size(std::string_view package) {
  constexpr std::size_t most_digits = 9;
  const std::string_view begin = package.substr(0, package_magic.size());
  if (!package_magic.starts_with(begin)) {
    return refuse(Refusal::not_a_package, "this is not a package",
                  "give the file that Parcours wrote");
  }
  const std::string_view rest = package.substr(begin.size(), most_digits + 1);
  const std::size_t end = rest.find('\n');
  if (end == std::string_view::npos && rest.size() <= most_digits &&
      rest.find_first_not_of("0123456789") == std::string_view::npos) {
    return cut_off();
  }
  const auto format = end == std::string_view::npos ? std::nullopt : format_of(rest.substr(0, end));
  if (!format) {
    return refuse(Refusal::not_a_package, "this is not a package",
                  "give the file that Parcours wrote");
  }
  if (*format != package_format) {
    return refuse(
        Refusal::future_format,
        fmt::format("this package is of format {}; this program reads {}", *format, package_format),
        "update this program");
  }
  return begin.size() + end + 1;
}

struct Clear {
  Header header;
  std::uint64_t sealed_bytes = 0;
};

std::optional<Clear> clear_of(std::string_view bytes) {
  ByteReader from(bytes);
  Clear clear;
  std::array<unsigned char, vault_bytes> vault{};
  for (unsigned char& byte : vault) {
    byte = static_cast<unsigned char>(from.fixed(1));
  }
  clear.header.vault = to_hex(vault);
  clear.header.practice = from.text();
  clear.header.number = from.number();
  clear.sealed_bytes = from.number();
  const bool good = from.good() && from.at_end() && is_label(clear.header.practice) &&
                    clear.header.number >= 1 && clear.header.number <= most_number &&
                    clear.sealed_bytes <= most_package_bytes;
  return good ? std::optional(std::move(clear)) : std::nullopt;
}

}  // namespace

std::string clear_part(const Header& header, std::uint64_t sealed_bytes) {
  std::array<unsigned char, vault_bytes> vault{};
  from_hex(header.vault, vault);
  ByteWriter fields;
  for (const unsigned char byte : vault) {
    fields.fixed(byte, 1);
  }
  fields.text(header.practice);
  fields.number(header.number);
  fields.number(sealed_bytes);
  const std::string bytes = fields.take();
  ByteWriter length;
  length.fixed(bytes.size(), length_bytes);
  return fmt::format("{}{}\n", package_magic, package_format) + length.take() + bytes;
}

std::expected<Envelope, Refused> envelope_of(std::string_view package) {
  const auto magic = magic_size(package);
  if (!magic) {
    return std::unexpected(magic.error());
  }
  ByteReader length(package.substr(*magic, length_bytes));
  const std::size_t header_bytes = length.fixed(length_bytes);
  const std::size_t header_at = *magic + length_bytes;
  if (!length.good() ||
      (header_bytes <= largest_header && package.size() < header_at + header_bytes)) {
    return cut_off();
  }
  if (header_bytes > largest_header) {
    return not_well_formed();
  }
  auto clear = clear_of(package.substr(header_at, header_bytes));
  if (!clear) {
    return not_well_formed();
  }
  const std::size_t sealed_at = header_at + header_bytes;
  if (package.size() - sealed_at < clear->sealed_bytes) {
    return cut_off();
  }
  Envelope envelope;
  envelope.header = std::move(clear->header);
  envelope.clear = package.substr(0, sealed_at);
  envelope.sealed = package.substr(sealed_at, clear->sealed_bytes);
  envelope.letter = package.substr(0, sealed_at + clear->sealed_bytes);
  envelope.signature = package.substr(envelope.letter.size());
  if (!envelope.signature.ends_with(signature_end)) {
    return cut_off();
  }
  records::Digester digester;
  digester.take(package);
  envelope.header.digest = digester.finish();
  return envelope;
}

}  // namespace parcours::post
