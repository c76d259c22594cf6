#include "attacks/knowledge.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "sums/elimination.h"

namespace parcours {
namespace {

// The coordinates in order of dimension, as one text: the order in which a table has its dimensions does not matter.
std::string key_of(const Table& table, std::size_t cell) {
  Coordinates coordinates = coordinates_of(table, cell);
  std::ranges::sort(coordinates);
  std::string key;
  for (const auto& [dimension, code] : coordinates) {
    key.append(dimension).append(1, '\x1f').append(code).append(1, '\x1e');
  }
  return key;
}

// Tables about the same people, as far as an outsider can tell.
class People {
 public:
  // Whether the table's published counts agree with all before it.
  bool agrees(const Table& table, const std::vector<std::string>& keys) const {
    for (std::size_t cell = 0; cell < keys.size(); ++cell) {
      const auto known = counts_.find(keys[cell]);
      if (known != counts_.end() && table.cells[cell].status == CellStatus::published &&
          known->second != table.cells[cell].patients) {
        return false;
      }
    }
    return true;
  }

  void add(const Table& table, const std::vector<std::string>& keys) {
    for (std::size_t cell = 0; cell < keys.size(); ++cell) {
      if (table.cells[cell].status == CellStatus::published) {
        counts_.emplace(keys[cell], table.cells[cell].patients);
      }
    }
  }

  std::unordered_map<std::string, std::uint32_t> margins;

 private:
  std::unordered_map<std::string, std::int64_t> counts_;
};

void number_margins(Knowledge& knowledge, std::span<const Table> tables) {
  std::vector<People> all;
  for (const Table& table : tables) {
    std::vector<std::string> keys;
    for (std::size_t cell = 0; cell < table.cells.size(); ++cell) {
      keys.push_back(key_of(table, cell));
    }
    std::size_t people = 0;
    while (people < all.size() && !all[people].agrees(table, keys)) {
      ++people;
    }
    if (people == all.size()) {
      all.emplace_back();
    }
    all[people].add(table, keys);
    knowledge.people_of.push_back(static_cast<std::uint32_t>(people));

    std::vector<std::uint32_t>& numbers = knowledge.margin_of.emplace_back();
    for (std::size_t cell = 0; cell < keys.size(); ++cell) {
      const auto next = static_cast<std::uint32_t>(knowledge.margins.size());
      const auto [place, fresh] = all[people].margins.emplace(keys[cell], next);
      if (fresh) {
        knowledge.margins.emplace_back();
      }
      numbers.push_back(place->second);
      if (table.cells[cell].status == CellStatus::published) {
        knowledge.margins[place->second] = {table.cells[cell].patients, true};
      }
    }
  }
}

// The combination adds up to: the hidden margin + everything published in it = 0.
Element count_from(const Combination& reason, const std::vector<Relation>& relations,
                   const std::vector<Knowledge::Margin>& margins) {
  Element sum = 0;
  for (const Weight& weight : reason) {
    Element known = 0;
    for (const Relation::Term& term : relations[weight.relation].terms) {
      if (margins[term.cell].published) {
        known = plus(known,
                     times(element_of(term.coefficient), element_of(*margins[term.cell].patients)));
      }
    }
    sum = plus(sum, times(weight.coefficient, known));
  }
  return minus(sum);
}

}  // namespace

// Terms of one margin are added up.
std::vector<Relation> relations_of_margins(const Knowledge& knowledge,
                                           std::span<const Table> tables) {
  std::vector<Relation> relations;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    for (const Relation& relation : relations_of(tables[t])) {
      std::map<std::uint32_t, std::int32_t> sums;
      for (const Relation::Term& term : relation.terms) {
        sums[knowledge.margin_of[t][term.cell]] += term.coefficient;
      }
      Relation& numbered = relations.emplace_back();
      for (const auto& [margin, coefficient] : sums) {
        if (coefficient != 0) {
          numbered.terms.push_back({margin, coefficient});
        }
      }
    }
  }
  return relations;
}

std::vector<WorkedOut> work_out_with(const Knowledge& knowledge,
                                     const std::vector<Relation>& relations, std::uint32_t known,
                                     std::int64_t patients) {
  std::vector<Knowledge::Margin> margins = knowledge.margins;
  margins[known] = {patients, true};
  std::vector<bool> hidden;
  for (const Knowledge::Margin& margin : margins) {
    hidden.push_back(!margin.published);
  }
  const Elimination found = eliminate_and_explain(relations, hidden);
  std::vector<WorkedOut> result;
  for (std::size_t i = 0; i < found.determined.size(); ++i) {
    result.push_back({found.determined[i], count_from(found.reasons[i], relations, margins)});
  }
  return result;
}

Coordinates coordinates_of(const Table& table, std::size_t cell) {
  Coordinates coordinates;
  const std::vector<std::size_t> places = table.places(cell);
  for (std::size_t d = 0; d < places.size(); ++d) {
    const Dimension& dimension = table.dimensions[d];
    if (places[d] != dimension.total() || !dimension.additive) {
      coordinates.emplace_back(dimension.id, dimension.code(places[d]));
    }
  }
  return coordinates;
}

Knowledge knowledge_of(std::span<const Table> tables, Found wanted) {
  Knowledge knowledge;
  number_margins(knowledge, tables);
  std::vector<bool> hidden;
  for (const Knowledge::Margin& margin : knowledge.margins) {
    hidden.push_back(!margin.published);
    knowledge.hidden += margin.published ? 0 : 1;
  }
  if (knowledge.hidden == 0) {
    return knowledge;
  }
  const std::vector<Relation> relations = relations_of_margins(knowledge, tables);
  if (wanted == Found::that_it_is) {
    knowledge.worked_out = eliminate(relations, hidden).determined.size();
    return knowledge;
  }
  const Elimination found = eliminate_and_explain(relations, hidden);
  std::vector<std::int64_t> counts;
  counts.reserve(found.reasons.size());
  for (const Combination& reason : found.reasons) {
    counts.push_back(integer_of(count_from(reason, relations, knowledge.margins)));
  }
  for (std::size_t i = 0; i < counts.size(); ++i) {
    knowledge.margins[found.determined[i]].patients = counts[i];
  }
  knowledge.worked_out = counts.size();
  return knowledge;
}

}  // namespace parcours
