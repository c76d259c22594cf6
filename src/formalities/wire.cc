#include "formalities/wire.h"

#include <algorithm>

#include "base/check.h"

namespace parcours::formalities {
namespace {

constexpr std::size_t number_bytes = 4;

}  // namespace

std::optional<std::uint8_t> WireReader::byte() {
  if (rest_.empty()) {
    return std::nullopt;
  }
  const auto value = static_cast<std::uint8_t>(rest_.front());
  rest_.remove_prefix(1);
  return value;
}

std::optional<std::uint32_t> WireReader::number() {
  if (rest_.size() < number_bytes) {
    return std::nullopt;
  }
  std::uint32_t value = 0;
  for (const char c : rest_.substr(0, number_bytes)) {
    value = (value << 8) | static_cast<unsigned char>(c);
  }
  rest_.remove_prefix(number_bytes);
  return value;
}

std::optional<std::string_view> WireReader::text() {
  WireReader ahead = *this;
  const std::optional<std::uint32_t> size = ahead.number();
  if (!size || *size > ahead.rest_.size()) {
    return std::nullopt;
  }
  const std::string_view value = ahead.rest_.substr(0, *size);
  rest_ = ahead.rest_.substr(*size);
  return value;
}

bool WireReader::skip(std::string_view bytes) {
  if (!rest_.starts_with(bytes)) {
    return false;
  }
  rest_.remove_prefix(bytes.size());
  return true;
}

std::string wire_number(std::uint32_t number) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) {
    bytes += static_cast<char>((number >> shift) & 0xff);
  }
  return bytes;
}

std::string wire_text(std::string_view text) {
  return wire_number(static_cast<std::uint32_t>(text.size())).append(text);
}

void WireWriter::bytes(std::string_view bytes) {
  PARCOURS_CHECK(bytes.size() <= rest_.size());
  std::ranges::copy(bytes, rest_.begin());
  rest_ = rest_.subspan(bytes.size());
}

void WireWriter::number(std::uint32_t number) {
  bytes(wire_number(number));
}

void WireWriter::text(std::string_view text) {
  number(static_cast<std::uint32_t>(text.size()));
  bytes(text);
}

}  // namespace parcours::formalities
