#include "post/step_two.h"

#include <array>
#include <string_view>

#include "base/hex.h"

namespace parcours::post {
namespace {

constexpr std::string_view prefix = "step-one:";
constexpr std::size_t id_bytes = 16;

}  // namespace

records::PatientId step_two(const records::KeyedHash& vault_pseudonyms,
                            const records::PatientId& step_one) {
  std::array<unsigned char, id_bytes> bytes;
  for (std::size_t i = 0; i < 8; ++i) {
    bytes[i] = static_cast<unsigned char>(step_one.high >> (56 - 8 * i));
    bytes[8 + i] = static_cast<unsigned char>(step_one.low >> (56 - 8 * i));
  }
  std::array<unsigned char, prefix.size() + 2 * id_bytes> text;
  prefix.copy(reinterpret_cast<char*>(text.data()), prefix.size());
  write_hex(bytes, text.data() + prefix.size());
  return records::pseudonym(vault_pseudonyms,
                            {reinterpret_cast<const char*>(text.data()), text.size()});
}

}  // namespace parcours::post
