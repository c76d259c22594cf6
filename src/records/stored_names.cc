#include "records/stored_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace parcours::records {
namespace {

constexpr std::uint64_t fewest_codes = 20;
constexpr std::uint64_t fewest_practices = 10;

// Counts a name that somebody uses.
void count(NameCounts& counts, NameUse::Users users, bool fresh) {
  counts.met += 1;
  counts.fresh += fresh ? 1 : 0;
  counts.of_one_patient += users == NameUse::Users::one ? 1 : 0;
}

void add(NameCounts& sum, const NameCounts& some) {
  sum.met += some.met;
  sum.fresh += some.fresh;
  sum.of_one_patient += some.of_one_patient;
}

bool like_identifiers(const NameCounts& codes) {
  return codes.fresh >= fewest_codes && codes.of_one_patient * 10 >= codes.met * 9;
}

std::string what(const SystemNames& system) {
  return system.kind ? fmt::format("{} codes of system '{}'", vocabulary::kinds()[*system.kind],
                                   system.system)
                     : fmt::format("places of system '{}'", system.system);
}

std::string some(std::uint64_t number, std::string_view one) {
  return fmt::format("{} {}{}", number, one, number == 1 ? "" : "s");
}

}  // namespace

void NamesMet::merge(const NamesMet& other) {
  codes.merge(other.codes);
  practices.merge(other.practices);
}

StoredNames stored_names(const NamesMet& met, const vocabulary::CodeBook& book,
                         std::size_t practices) {
  StoredNames stored;
  std::map<std::pair<int, std::string>, SystemNames> systems;
  for (vocabulary::CodeId id = 0; id < book.size(); ++id) {
    const NameUse::Users users = met.codes.users(id);
    if (users == NameUse::Users::none) {
      continue;
    }
    const vocabulary::Code& code = book.at(id);
    SystemNames& system =
        systems
            .try_emplace({code.kind ? *code.kind : static_cast<int>(vocabulary::kinds().size()),
                          code.system},
                         SystemNames{code.kind, code.system, {}})
            .first->second;
    count(system.names, users, id >= met.known_codes);
  }
  for (auto& entry : systems) {
    stored.systems.push_back(std::move(entry.second));
  }
  for (PracticeId id = 0; id < practices; ++id) {
    if (met.practices.users(id) != NameUse::Users::none) {
      count(stored.practices, met.practices.users(id), id >= met.known_practices);
    }
  }
  return stored;
}

NameCounts StoredNames::codes() const {
  NameCounts sum;
  for (const SystemNames& system : systems) {
    if (system.kind) {
      add(sum, system.names);
    }
  }
  return sum;
}

NameCounts StoredNames::places() const {
  NameCounts sum;
  for (const SystemNames& system : systems) {
    if (!system.kind) {
      add(sum, system.names);
    }
  }
  return sum;
}

std::string StoredNames::sentence() const {
  const auto fresh_systems = std::ranges::count_if(
      systems, [](const SystemNames& system) { return system.kind && system.names.fresh > 0; });
  return fmt::format(
      "{}, {} in {} and {}", some(practices.fresh, "practice"), some(codes().fresh, "code"),
      some(static_cast<std::uint64_t>(fresh_systems), "system"), some(places().fresh, "place"));
}

Status check_names(const StoredNames& names, const NamesAllowed& allowed) {
  const NameCounts& practices = names.practices;
  if (practices.fresh >= fewest_practices && practices.of_one_patient * 2 >= practices.met) {
    return refused(
        fmt::format("{} of the {} practices have a single patient: nothing was imported",
                    practices.of_one_patient, practices.met),
        allowed.where,
        "'practice' must name the column of the practice, not of the patient or the visit; if the "
        "source has no practices, write practice = { constant = \"all\" }");
  }
  for (const SystemNames& system : names.systems) {
    if (like_identifiers(system.names) &&
        std::ranges::find(allowed.not_identifiers, system.system) ==
            allowed.not_identifiers.end()) {
      return refused(
          fmt::format("{} of the {} {} each belong to a single patient, as identifiers and free "
                      "text do: nothing was imported",
                      system.names.of_one_patient, system.names.met, what(system)),
          allowed.where,
          fmt::format("name the column that holds codes; if these really are codes, add "
                      "not_identifiers = [\"{}\"] to the mapping",
                      system.system));
    }
  }
  return {};
}

}  // namespace parcours::records
