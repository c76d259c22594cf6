#include "audit/disagreements.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/reach.h"

namespace parcours::audit {
namespace {

class DisagreementSearch {
 public:
  explicit DisagreementSearch(const PublishedSystem& published) : published_(published) {}

  std::vector<Disagreement> run() {
    for (const Clash& clash : published_.clashes) {
      const std::uint32_t cell = published_.drawings[clash.other.table].cells[clash.other.at];
      const tables::Label here = said(clash.other);
      const tables::Label there = said(clash.one);
      const std::string name = published_.name(cell);
      const std::string where = published_.where(clash.one);
      found_.push_back({published_.where(clash.other),
                        {fmt::format("{} is {} here and {} in {}", name, here.en, there.en, where),
                         fmt::format("{} : {} ici et {} dans {}", name, here.fr, there.fr, where)},
                        {cell}});
    }
    for (std::size_t r = 0; r < published_.system.relations.size(); ++r) {
      Reach balance;
      for (const tables::Relation::Term& term : published_.system.relations[r].terms) {
        balance.add(published_.system.ranges[term.cell], term.coefficient);
      }
      if (balance.misses_zero()) {
        add(r);
      }
    }
    return std::move(found_);
  }

 private:
  // What one line says of its cell.
  tables::Label said(const Listed& listed) const {
    const std::uint32_t line = published_.drawings[listed.table].layout.lines[listed.at];
    const PublishedTable& table = published_.tables[listed.table];
    if (line == 0) {
      return {"not listed, taken as 0,", "absente, donc prise pour 0,"};
    }
    const std::string word(table.text.columns[table.value].at(line - 1));
    return word.empty() ? tables::Label{"hidden", "masquée"} : tables::Label{word, word};
  }

  void add(std::size_t r) {
    const Origin& origin = published_.origins[r];
    const std::string& dimension = published_.tables[origin.table].dimension(origin.dimension).name;
    std::vector<std::uint32_t> cells;
    Reach whole;
    Reach parts;
    std::size_t part_count = 0;
    const std::int32_t sign = origin.kind == Origin::Kind::at_most_the_sum ? -1 : 1;
    for (const tables::Relation::Term& term : published_.system.relations[r].terms) {
      if (term.cell >= published_.proper_cells) {
        continue;
      }
      const bool sum = term.coefficient * sign > 0;
      (sum ? whole : parts).add(published_.system.ranges[term.cell], std::abs(term.coefficient));
      part_count += sum ? 0 : 1;
      cells.insert(sum ? cells.begin() : cells.end(), term.cell);
    }
    const std::uint32_t head = cells.front();
    const tables::Label is = whole.text(published_.decimals);
    const tables::Label make = parts.text(published_.decimals);
    const std::string name = published_.name(head);
    const std::string part = published_.name(cells.back());
    tables::Label sentence;
    switch (origin.kind) {
      case Origin::Kind::sum:
        sentence = {
            fmt::format("{} is {}, but its {} part{} by {} make{} {}", name, is.en, part_count,
                        part_count == 1 ? "" : "s", dimension, part_count == 1 ? "s" : "", make.en),
            fmt::format("{} vaut {}, mais ses parties par {} ({}) font {}", name, is.fr, dimension,
                        part_count, make.fr)};
        break;
      case Origin::Kind::at_least_a_part:
        sentence = {
            fmt::format("{} is {}, less than its part {}, {}", name, is.en, part, make.en),
            fmt::format("{} vaut {}, moins que sa partie {}, {}", name, is.fr, part, make.fr)};
        break;
      case Origin::Kind::at_most_the_sum:
        sentence = {fmt::format("{} is {}, more than all its parts by {} together, {}", name, is.en,
                                dimension, make.en),
                    fmt::format("{} vaut {}, plus que toutes ses parties par {} réunies, {}", name,
                                is.fr, dimension, make.fr)};
        break;
    }
    found_.push_back({published_.where(head), std::move(sentence), std::move(cells)});
  }

  const PublishedSystem& published_;
  std::vector<Disagreement> found_;
};

}  // namespace

std::vector<Disagreement> disagreements(const PublishedSystem& published) {
  return DisagreementSearch(published).run();
}

}  // namespace parcours::audit
