#include "formalities/key_parts.h"

#include <sodium.h>

#include "formalities/wire.h"

namespace parcours::formalities {

std::optional<KeyParts> parts_of(std::string_view type, std::string_view blob) {
  const bool hardware = type == hardware_key_type;
  WireReader reader(blob);
  if ((!hardware && type != software_key_type) || reader.text() != type) {
    return std::nullopt;
  }
  KeyParts parts;
  parts.point = reader.text().value_or(std::string_view());
  if (hardware) {
    parts.application = reader.text().value_or(std::string_view());
  }
  const bool whole = parts.point.size() == crypto_sign_PUBLICKEYBYTES && reader.done() &&
                     hardware == !parts.application.empty();
  return whole ? std::optional(parts) : std::nullopt;
}

}  // namespace parcours::formalities
