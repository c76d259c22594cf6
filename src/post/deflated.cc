#include "post/deflated.h"

#include <zlib.h>

#include <algorithm>
#include <cstdint>

namespace parcours::post {
namespace {

constexpr std::size_t sizes_bytes = 16;  // of the text; of what zlib made of it
constexpr int deflate_level = 6;

std::uint64_t size_at(std::string_view bytes, std::size_t at) {
  std::uint64_t size = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    size |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
  }
  return size;
}

void put_size(std::string& bytes, std::size_t at, std::uint64_t size) {
  for (std::size_t i = 0; i < 8; ++i) {
    bytes[at + i] = static_cast<char>(size >> (8 * i));
  }
}

}  // namespace

std::optional<std::string> deflated(std::string_view text) {
  uLongf made = compressBound(text.size());
  std::string bytes(sizes_bytes + made, '\0');
  if (compress2(reinterpret_cast<unsigned char*>(bytes.data()) + sizes_bytes, &made,
                reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                deflate_level) != Z_OK) {
    return std::nullopt;
  }
  put_size(bytes, 0, text.size());
  put_size(bytes, 8, made);
  bytes.resize(sizes_bytes + made);
  bytes.resize((bytes.size() + filled_up_to - 1) / filled_up_to * filled_up_to);
  return bytes;
}

std::optional<std::string> inflated(std::string_view bytes, std::size_t most) {
  if (bytes.size() < sizes_bytes || bytes.size() % filled_up_to != 0) {
    return std::nullopt;
  }
  const std::uint64_t size = size_at(bytes, 0);
  const std::uint64_t packed = size_at(bytes, 8);
  const std::string_view rest = bytes.substr(sizes_bytes);
  // zlib makes at most 1032 bytes of one.
  if (packed > rest.size() || rest.size() - packed >= filled_up_to || size > most ||
      size / 1040 > packed || rest.find_first_not_of('\0', packed) != std::string_view::npos) {
    return std::nullopt;
  }
  std::string text(size, '\0');
  uLongf made = size;
  uLong read = packed;
  const int done = uncompress2(reinterpret_cast<unsigned char*>(text.data()), &made,
                               reinterpret_cast<const unsigned char*>(rest.data()), &read);
  if (done != Z_OK || made != size || read != packed) {
    return std::nullopt;
  }
  return text;
}

}  // namespace parcours::post
