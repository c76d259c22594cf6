#include "study/windows.h"

#include <fmt/format.h>

#include <algorithm>

#include "study/labels.h"
#include "study/phrases.h"

namespace parcours::study {
namespace {

class WindowList {
 public:
  void add(std::optional<Window> window, tables::Label of) {
    if (!window) {
      return;
    }
    auto known = std::ranges::find(windows_, *window, &StudyWindow::window);
    if (known == windows_.end()) {
      known = windows_.insert(windows_.end(), StudyWindow{*window, {}});
    }
    known->of.push_back(std::move(of));
  }

  std::vector<StudyWindow> list() && { return std::move(windows_); }

 private:
  std::vector<StudyWindow> windows_;
};

tables::Label condition(const EventTest& test, const vocabulary::Vocabulary& vocabulary) {
  const tables::Label event = event_noun(test.pattern, vocabulary).text;
  return {"the condition " + in_quotes(event.en).en, "la condition " + in_quotes(event.fr).fr};
}

// The first and the last index day that a patient can have.
std::pair<Day, Day> index_days(const Study& study, std::pair<Day, Day> records) {
  if (const auto* fixed = std::get_if<Day>(&study.population.index)) {
    return {*fixed, *fixed};
  }
  return study.period ? std::pair(std::max(study.period->first, records.first),
                                  std::min(study.period->second, records.second))
                      : records;
}

// "up to about 370 days", "jusqu’à environ 370 jours"
tables::Label about(std::int64_t days, Calendar calendar) {
  constexpr std::int64_t step = 10;
  const std::int64_t rounded = (days + step - 1) / step * step;
  return calendar == Calendar::order
             ? tables::Label{fmt::format("up to about {} positions", rounded),
                             fmt::format("jusqu’à environ {} positions", rounded)}
             : tables::Label{fmt::format("up to about {} days", rounded),
                             fmt::format("jusqu’à environ {} jours", rounded)};
}

}  // namespace

std::vector<StudyWindow> windows_of(const Study& study, const vocabulary::Vocabulary& vocabulary) {
  WindowList windows;
  for (const EventTest& test : study.population.require) {
    windows.add(test.within, condition(test, vocabulary));
  }
  for (const EventTest& test : study.population.exclude) {
    windows.add(test.within, condition(test, vocabulary));
  }
  for (const Variable& variable : study.variables) {
    if (const auto* test = std::get_if<EventTest>(&variable.source)) {
      windows.add(test->within, variable_name(variable));
    }
  }
  for (const StudyTable& table : study.tables) {
    const tables::Label id = table_name(table);
    windows.add(table.within, {"table " + id.en, "tableau " + id.fr});
  }
  return std::move(windows).list();
}

Beyond beyond(const Window& window, Day index, std::pair<Day, Day> records) {
  const std::int64_t from = std::int64_t{index.number} + window.first;
  const std::int64_t to = std::int64_t{index.number} + window.last;
  return {std::max<std::int64_t>(records.first.number - from, 0),
          std::max<std::int64_t>(to - records.second.number, 0)};
}

std::optional<tables::Label> windows_that_leave(const Study& study,
                                                const vocabulary::Vocabulary& vocabulary,
                                                Calendar calendar, std::pair<Day, Day> records) {
  const auto [earliest, latest] = index_days(study, records);
  tables::Label told;
  for (const StudyWindow& one : windows_of(study, vocabulary)) {
    const tables::Label when = time_phrase(one.window, false);
    if (const std::int64_t days = beyond(one.window, earliest, records).before; days > 0) {
      const tables::Label far = about(days, calendar);
      told.en +=
          fmt::format(" The window {} can begin {} before the first record.", when.en, far.en);
      told.fr += fmt::format(" La fenêtre {} peut commencer {} avant la première donnée.", when.fr,
                             far.fr);
    }
    if (const std::int64_t days = beyond(one.window, latest, records).after; days > 0) {
      const tables::Label far = about(days, calendar);
      told.en += fmt::format(" The window {} can end {} after the last record.", when.en, far.en);
      told.fr +=
          fmt::format(" La fenêtre {} peut finir {} après la dernière donnée.", when.fr, far.fr);
    }
  }
  return told.en.empty() ? std::nullopt : std::optional(told);
}

}  // namespace parcours::study
