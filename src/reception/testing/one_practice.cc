#include "reception/testing/one_practice.h"

#include "base/check.h"
#include "vault/vault_check.h"

namespace parcours::reception {

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const std::size_t at = text.find(what);
  PARCOURS_CHECK(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

post::Contents visits(const Panel& panel, const std::string& practice, std::uint64_t number,
                      const std::string& permit) {
  post::Contents contents = panel.contents(practice, number, permit);
  add_patient(contents, cleo, 1980, records::Sex::female, "69");
  add_event(contents, cleo, 20000, "diagnosis", "J45");
  add_event(contents, cleo, 20001, "lab", "R03", 12.5);
  add_event(contents, dora, 20002, "diagnosis", "I10");
  return contents;
}

bool is_sound(const Panel& panel) {
  Progress none(Progress::Manner::none);
  return vault::check_vault(panel.vault(), 1, none, Stop()).has_value();
}

}  // namespace parcours::reception
