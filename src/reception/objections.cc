#include "reception/objections.h"

#include <algorithm>

#include "vault/catalog_objections.h"

namespace parcours::reception {

ToldObjections tell_objections(Import& import, std::span<const Delivered> delivered) {
  const std::vector<Objection>& noted = import.contents().objections;
  ToldObjections made{.withdrawn = std::vector<std::uint64_t>(delivered.size())};
  std::set<Objector> withdrawn;
  std::set<Objector> told;
  for (std::size_t i = 0; i < delivered.size(); ++i) {
    const Delivered& one = delivered[i];
    for (const PatientId& patient : one.judged.contents.withdrawn) {
      const Objector who{patient, one.vault_name};
      if (stands(noted, who) && withdrawn.insert(who).second) {
        import.withdraw(who);
        ++made.withdrawn[i];
      }
    }
    for (const PatientId& patient : one.judged.contents.objections) {
      const Objector who{patient, one.vault_name};
      if (!stands(noted, who)) {
        told.insert(who);
      }
    }
  }
  const std::vector<PatientId> before = objecting(noted);
  for (const Objector& who : told) {
    import.object(who);
    const bool fresh = made.objectors.insert(who.patient).second;
    made.fresh += fresh && !std::ranges::binary_search(before, who.patient) ? 1 : 0;
  }
  for (const Objection& one : noted) {
    if (one.stands() && !withdrawn.contains(one.who)) {
      made.objectors.insert(one.who.patient);
    }
  }
  return made;
}

}  // namespace parcours::reception
