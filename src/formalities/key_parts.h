// What the bytes of a public key hold.
#pragma once

#include <optional>
#include <string_view>

namespace parcours::formalities {

inline constexpr std::string_view software_key_type = "ssh-ed25519";
inline constexpr std::string_view hardware_key_type = "sk-ssh-ed25519@openssh.com";

struct KeyParts {
  std::string_view point;        // 32 bytes
  std::string_view application;  // of hardware keys alone: "ssh:"
};

// Nothing where the type is not one of the two above, or the bytes are no key of it.
std::optional<KeyParts> parts_of(std::string_view type, std::string_view blob);

}  // namespace parcours::formalities
