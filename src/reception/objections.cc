#include "reception/objections.h"

#include <algorithm>

#include "vault/catalog_objections.h"

namespace parcours::reception {

ToldObjections tell_objections(vault::Import& import, std::span<const Delivered> delivered) {
  const std::vector<vault::Objection>& noted = import.contents().objections;
  ToldObjections made{.withdrawn = std::vector<std::uint64_t>(delivered.size())};
  std::set<vault::Objector> withdrawn;
  std::set<vault::Objector> told;
  for (std::size_t i = 0; i < delivered.size(); ++i) {
    const Delivered& one = delivered[i];
    for (const records::PatientId& patient : one.judged.contents.withdrawn) {
      const vault::Objector who{patient, one.vault_name};
      if (vault::stands(noted, who) && withdrawn.insert(who).second) {
        import.withdraw(who);
        ++made.withdrawn[i];
      }
    }
    for (const records::PatientId& patient : one.judged.contents.objections) {
      const vault::Objector who{patient, one.vault_name};
      if (!vault::stands(noted, who)) {
        told.insert(who);
      }
    }
  }
  const std::vector<records::PatientId> before = vault::objecting(noted);
  for (const vault::Objector& who : told) {
    import.object(who);
    const bool fresh = made.objectors.insert(who.patient).second;
    made.fresh += fresh && !std::ranges::binary_search(before, who.patient) ? 1 : 0;
  }
  for (const vault::Objection& one : noted) {
    if (one.stands() && !withdrawn.contains(one.who)) {
      made.objectors.insert(one.who.patient);
    }
  }
  return made;
}

}  // namespace parcours::reception
