// A panel with one practice, and what it sends, for several tests.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "post/step_two.h"
#include "reception/testing/panel.h"

namespace parcours::reception {

inline constexpr records::PatientId cleo{3, 12};
inline constexpr records::PatientId dora{4, 13};

// A text with a part of it exchanged; it must have the part.
std::string replaced(std::string text, const std::string& what, const std::string& by);

// A row of Cleo, two facts of hers, and one of Dora, who has no row.
post::Contents visits(const Panel& panel, const std::string& practice, std::uint64_t number,
                      const std::string& permit = vault::broad_permit(Calendar::dates));

// Whether nothing of the vault is damaged.
bool is_sound(const Panel& panel);

// "cabinet-1", with the key 50.
class OnePractice : public ::testing::Test {
 protected:
  OnePractice() { panel.admit("cabinet-1", 50); }
  void send(const post::Contents& contents, unsigned char key = 50) const {
    panel.put("p" + std::to_string(contents.number), panel.package(contents, key));
  }
  // A pseudonym of step one as the vault has it.
  records::PatientId two(const records::PatientId& patient) const {
    return post::step_two(panel.pseudonyms(), patient);
  }
  const Panel panel = Panel::make();
};

}  // namespace parcours::reception
