#include "exports/unread_days.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "exports/day_text.h"

namespace parcours::exports {

const ColumnGuess* unread_day(const FileGuess& guess) {
  if (guess.form == FileForm::events || guess.not_found() != std::vector{ColumnRole::date}) {
    return nullptr;
  }
  const auto found = std::ranges::find_if(guess.columns, [](const ColumnGuess& column) {
    return column.unread_days > 0 && !column.corrected;
  });
  return found == guess.columns.end() ? nullptr : &*found;
}

Text what_is_unread(const ColumnGuess& column) {
  const double percent = 100 * column.unread_days;
  const std::string share = percent < 1 ? "1" : fmt::format("{:.0f}", std::floor(percent));
  const bool all = column.unread_days == 1;
  return {
      fmt::format("{} of column '{}' are not days, though it is named like one; they look like {} "
                  "(9 is a digit, A a letter)",
                  all ? "the values" : share + " % of the values", column.name,
                  fmt::join(column.shapes, ", ")),
      fmt::format("{} de la colonne « {} » ne sont pas des jours, bien qu’elle en porte le nom ; "
                  "elles s’écrivent {} (9 est un chiffre, A une lettre)",
                  all ? "les valeurs" : share + " % des valeurs", column.name,
                  fmt::join(column.shapes, ", "))};
}

Status check_days(const FileGuess& guess) {
  const ColumnGuess* column = unread_day(guess);
  if (column == nullptr || !guess.several_lines) {
    return {};
  }
  return bad_input(
      what_is_unread(*column).en, guess.file,
      fmt::format("{}; if the column is no day, say --column '{}=quasi'", day_hint, column->name));
}

}  // namespace parcours::exports
