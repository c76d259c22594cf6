#include "past/ties.h"

#include <limits>

namespace parcours::past {
namespace {

void put(ByteWriter& to, const crowds::Crowd& group) {
  to.number(group.patients);
  to.number(group.practices);
  to.number(group.largest_practice);
  to.number(group.only_practice);
  to.fixed(static_cast<std::uint64_t>(group.fingerprint >> 64), 8);
  to.fixed(static_cast<std::uint64_t>(group.fingerprint), 8);
}

crowds::Crowd group_of(ByteReader& from) {
  constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
  crowds::Crowd group;
  group.patients = static_cast<std::uint32_t>(from.number(most));
  group.practices = static_cast<std::uint32_t>(from.number(most));
  group.largest_practice = static_cast<std::uint32_t>(from.number(most));
  group.only_practice = static_cast<std::uint32_t>(from.number(most));
  group.fingerprint = Uint128{from.fixed(8)} << 64;
  group.fingerprint |= from.fixed(8);
  if (group.patients == 0) {
    from.refuse();
  }
  return group;
}

tables::Relation relation_of(ByteReader& from, std::size_t groups) {
  tables::Relation relation;
  relation.terms.resize(from.count());
  for (tables::Relation::Term& term : relation.terms) {
    term.cell = static_cast<std::uint32_t>(from.number());
    const std::int64_t coefficient = from.integer();
    term.coefficient = static_cast<std::int32_t>(coefficient);
    if (term.cell >= groups || term.coefficient != coefficient) {
      from.refuse();
    }
  }
  return relation;
}

}  // namespace

void put(ByteWriter& to, const Ties& ties) {
  to.number(ties.few);
  to.number(ties.practices_exact);
  put(to, ties.groups);
}

void put(ByteWriter& to, const std::vector<Ties::Groups>& all) {
  to.number(all.size());
  for (const Ties::Groups& groups : all) {
    to.number(groups.differences ? 1 : 0);
    to.number(groups.groups.size());
    for (const crowds::Crowd& group : groups.groups) {
      put(to, group);
    }
    to.number(groups.relations.size());
    for (const tables::Relation& relation : groups.relations) {
      to.number(relation.terms.size());
      for (const tables::Relation::Term& term : relation.terms) {
        to.number(term.cell);
        to.integer(term.coefficient);
      }
    }
  }
}

Ties ties_of(ByteReader& from) {
  constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
  Ties ties;
  ties.few = static_cast<std::uint32_t>(from.number(most));
  ties.practices_exact = static_cast<std::uint32_t>(from.number(most));
  ties.groups = groups_of(from);
  return ties;
}

std::vector<Ties::Groups> groups_of(ByteReader& from) {
  std::vector<Ties::Groups> all;
  const std::size_t kinds = from.count();
  for (std::size_t kind = 0; kind < kinds && from.good(); ++kind) {
    Ties::Groups& made = all.emplace_back();
    made.differences = from.number(1) == 1;
    const std::size_t groups = from.count();
    for (std::size_t g = 0; g < groups && from.good(); ++g) {
      made.groups.push_back(group_of(from));
    }
    const std::size_t relations = from.count();
    for (std::size_t r = 0; r < relations && from.good(); ++r) {
      made.relations.push_back(relation_of(from, groups));
    }
  }
  return all;
}

}  // namespace parcours::past
