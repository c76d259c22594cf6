#include "attacks/shared_values.h"

#include <algorithm>

#include "exports/column_names.h"

namespace parcours::attacks {
namespace {

bool known_anyway(const tables::Dimension& dimension) {
  const auto says = exports::name_says(dimension.id);
  return says &&
         (says->role == exports::ColumnRole::age || says->role == exports::ColumnRole::sex ||
          says->role == exports::ColumnRole::birth_year ||
          says->role == exports::ColumnRole::place);
}

template <class Learnt>
AttackOutcome look_for_shared(std::span<const tables::Table> tables, const KnownTables& known,
                              GroupSize size, Learnt learnt) {
  AttackOutcome outcome{
      size == GroupSize::known ? "shared-values" : "shared-values-of-hidden-groups",
      size == GroupSize::known
          ? tables::Label{"Learning a value that all members of a group share",
                          "Apprentissage d’une valeur commune à tous les membres d’un groupe"}
          : tables::
                Label{"Learning a value that all members of a hidden group share",
                      "Apprentissage d’une valeur commune à tous les membres d’un groupe masqué"},
      {"A success is a group whose members are all in one category, while the other categories "
       "are empty. Dimensions that others know anyway (such as age and sex) do not count.",
       "Un succès est un groupe dont tous les membres sont dans une seule modalité, les autres "
       "étant vides. Les variables connues par ailleurs (comme l’âge et le sexe) ne comptent "
       "pas."}};
  for (std::size_t t = 0; t < tables.size(); ++t) {
    const tables::Table& table = tables[t];
    for (std::size_t d = 0; d < table.dimensions.size(); ++d) {
      const tables::Dimension& dimension = table.dimensions[d];
      const auto children = dimension.children();
      const auto leaves = static_cast<std::size_t>(std::ranges::count_if(
          children.begin(), children.end() - 1, [](const auto& parts) { return parts.empty(); }));
      if (!dimension.additive || leaves < 2 || !learnt(dimension)) {
        continue;
      }
      for (std::size_t cell = 0; cell < table.cells.size(); ++cell) {
        std::vector<std::size_t> places = table.places(cell);
        const auto& whole = known.count(t, cell);
        if (places[d] != dimension.total() || whole == 0 ||
            whole.has_value() != (size == GroupSize::known)) {
          continue;
        }
        std::size_t empty = 0;
        for (std::size_t c = 0; c < dimension.categories.size(); ++c) {
          places[d] = c;
          empty += children[c].empty() && known.count(t, table.index(places)) == 0 ? 1 : 0;
        }
        ++outcome.tried;
        outcome.succeeded += empty + 1 == leaves ? 1 : 0;
      }
    }
  }
  return outcome;
}

}  // namespace

AttackOutcome shared_values(std::span<const tables::Table> tables, const KnownTables& known,
                            GroupSize size) {
  return look_for_shared(tables, known, size, [](const tables::Dimension& dimension) {
    return !known_anyway(dimension);
  });
}

AttackOutcome shared_values(std::span<const tables::Table> tables, const KnownTables& known,
                            std::span<const std::string> dimensions) {
  return look_for_shared(tables, known, GroupSize::known, [&](const tables::Dimension& dimension) {
    return std::ranges::find(dimensions, dimension.id) != dimensions.end();
  });
}

}  // namespace parcours::attacks
