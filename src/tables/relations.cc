#include "tables/relations.h"

#include <algorithm>
#include <unordered_set>

#include "base/check.h"
#include "base/random.h"

namespace parcours::tables {
namespace {

// Of a relation and of its negative the same.
std::int32_t sign_of(const Relation& relation) {
  return relation.terms.front().coefficient < 0 ? -1 : 1;
}

struct HashOfSum {
  std::size_t operator()(const Relation* relation) const {
    std::uint64_t hash = 0;
    for (const Relation::Term& term : relation->terms) {
      const std::int32_t coefficient = sign_of(*relation) * term.coefficient;
      hash =
          mixed(hash ^ (std::uint64_t{term.cell} << 32 | static_cast<std::uint32_t>(coefficient)));
    }
    return hash;
  }
};

struct SameSum {
  bool operator()(const Relation* a, const Relation* b) const {
    const std::int32_t sign = sign_of(*a) * sign_of(*b);
    return std::ranges::equal(a->terms, b->terms, [&](const auto& one, const auto& other) {
      return one.cell == other.cell && one.coefficient == sign * other.coefficient;
    });
  }
};

std::vector<SummedDimension> summed(const std::vector<Dimension>& dimensions) {
  std::vector<SummedDimension> summed;
  for (const Dimension& dimension : dimensions) {
    SummedDimension& made = summed.emplace_back(SummedDimension{dimension.places(), {}});
    if (!dimension.additive) {
      continue;
    }
    auto children = dimension.children();
    for (std::uint32_t place = 0; place < children.size(); ++place) {
      // A total without categories is the sum of nothing.
      if (!children[place].empty() || place == dimension.total()) {
        made.sums.push_back({place, std::move(children[place])});
      }
    }
  }
  return summed;
}

}  // namespace

std::vector<Relation> relations_of(const Table& table) {
  PARCOURS_CHECK(table.cell_count() <= std::numeric_limits<std::uint32_t>::max());
  std::vector<Relation> relations;
  for_each_sum(summed(table.dimensions),
               [&](std::size_t, std::uint32_t whole, std::span<const std::uint32_t> parts) {
                 Relation& relation = relations.emplace_back();
                 relation.terms.reserve(parts.size() + 1);
                 relation.terms.push_back({whole, 1});
                 for (const std::uint32_t part : parts) {
                   relation.terms.push_back({part, -1});
                 }
               });
  return relations;
}

std::vector<Relation> relations_of(const Table& table, std::span<const std::uint32_t> numbers) {
  return in_numbers(relations_of(table), numbers);
}

std::vector<Relation> in_numbers(std::vector<Relation> relations,
                                 std::span<const std::uint32_t> numbers) {
  for (Relation& relation : relations) {
    for (Relation::Term& term : relation.terms) {
      term.cell = numbers[term.cell];
    }
    std::erase_if(relation.terms,
                  [](const Relation::Term& term) { return term.cell == no_number; });
    relation = added_up(std::move(relation));
  }
  return relations;
}

Relation added_up(Relation relation) {
  std::vector<Relation::Term>& terms = relation.terms;
  std::ranges::sort(terms, {}, &Relation::Term::cell);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (kept > 0 && terms[kept - 1].cell == terms[i].cell) {
      terms[kept - 1].coefficient += terms[i].coefficient;
    } else {
      terms[kept++] = terms[i];
    }
  }
  terms.resize(kept);
  std::erase_if(terms, [](const Relation::Term& term) { return term.coefficient == 0; });
  return relation;
}

std::vector<Relation> distinct(std::vector<Relation> relations) {
  std::unordered_set<const Relation*, HashOfSum, SameSum> met;
  met.reserve(relations.size());
  std::vector<bool> fresh;
  for (const Relation& relation : relations) {
    fresh.push_back(!relation.terms.empty() && met.insert(&relation).second);
  }
  std::vector<Relation> made;
  made.reserve(met.size());
  for (std::size_t r = 0; r < relations.size(); ++r) {
    if (fresh[r]) {
      made.push_back(std::move(relations[r]));
    }
  }
  return made;
}

}  // namespace parcours::tables
