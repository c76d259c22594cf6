#include "past/past_release.h"

#include <algorithm>
#include <limits>

#include "base/bytes.h"
#include "base/check.h"
#include "study/plan.h"

namespace parcours::past {
namespace {

constexpr std::uint64_t format = 4;
constexpr std::uint64_t format_without_question = 3;
constexpr std::uint64_t most_cells = std::uint64_t{1} << 31;

void put(ByteWriter& to, const tables::Label& label) {
  to.text(label.en);
  to.text(label.fr);
}

void put(ByteWriter& to, const PastEntry& entry) {
  to.number(entry.number);
  to.text(entry.day);
  to.text(entry.study);
  put(to, entry.title);
  to.text(entry.study_sha256);
  to.text(entry.rules);
  to.text(entry.rules_sha256);
  to.number(entry.state);
  to.number(entry.population_shown ? 1 : 0);
  to.text(entry.question);
  to.text(entry.period);
  put(to, entry.period_in_words);
  to.integer(entry.last_day);
}

void put(ByteWriter& to, const ToldTable& table) {
  to.number(static_cast<std::uint64_t>(table.what));
  to.text(table.counts);
  to.number(table.dimensions.size());
  for (const Told& told : table.dimensions) {
    to.number(static_cast<std::uint64_t>(told.trait));
    to.text(told.definition);
    to.number(told.codes.size());
    vocabulary::CodeId before = 0;
    for (const vocabulary::CodeId code : told.codes) {
      to.number(code - before);
      before = code;
    }
  }
}

void put(ByteWriter& to, const tables::Table& table) {
  to.text(table.id);
  put(to, table.title);
  to.number(table.mean_of ? 1 : 0);
  put(to, table.mean_of.value_or(tables::Label{}));
  to.number(table.dimensions.size());
  for (const tables::Dimension& dimension : table.dimensions) {
    to.text(dimension.id);
    put(to, dimension.label);
    to.number(dimension.additive ? 1 : 0);
    to.number(dimension.categories.size());
    for (const tables::Category& category : dimension.categories) {
      to.text(category.code);
      put(to, category.label);
    }
  }
  for (const tables::Cell& cell : table.cells) {
    const bool published = cell.status == tables::CellStatus::published;
    to.number((published ? 1 : 0) + (cell.mean ? 2 : 0));
    if (published) {
      to.integer(cell.patients);
    }
    if (cell.mean) {
      to.real(*cell.mean);
    }
  }
}

int width_of(std::uint32_t most) {
  return most < 0x100 ? 1 : most < 0x10000 ? 2 : 4;
}

// Numbers of as few bytes each as the largest needs; one that is not there is 0.
void put_places(ByteWriter& to, const std::vector<std::uint32_t>& places) {
  std::uint32_t most = 0;
  for (const std::uint32_t place : places) {
    most = std::max(most, place + 1);  // no_cell + 1 is 0
  }
  const int width = width_of(most);
  to.number(static_cast<std::uint64_t>(width));
  for (const std::uint32_t place : places) {
    to.fixed(place + 1, width);
  }
}

void put(ByteWriter& to, const crowds::Roll::OfTable& table) {
  put_places(to, table.places);
  for (std::size_t i = 1; i < table.starts.size(); ++i) {
    to.number(table.starts[i] - table.starts[i - 1]);
  }
  if (!table.starts.empty()) {
    put_places(to, table.columns);
  }
  for (const crowds::Micro value : table.values) {
    to.integer(value);
  }
}

tables::Label label_of(ByteReader& from) {
  tables::Label label;
  label.en = from.text();
  label.fr = from.text();
  return label;
}

PastEntry entry_of(ByteReader& from, std::uint64_t written_in) {
  PastEntry entry;
  entry.number = static_cast<std::uint32_t>(from.number(std::numeric_limits<std::int32_t>::max()));
  entry.day = from.text();
  entry.study = from.text();
  entry.title = label_of(from);
  entry.study_sha256 = from.text();
  entry.rules = from.text();
  entry.rules_sha256 = from.text();
  entry.state = from.number();
  entry.population_shown = from.number(1) == 1;
  if (written_in > format_without_question) {
    entry.question = from.text();
    entry.period = from.text();
    entry.period_in_words = label_of(from);
    entry.last_day = static_cast<std::int32_t>(from.integer());
  }
  return entry;
}

ToldTable told_table_of(ByteReader& from) {
  ToldTable table;
  table.what = static_cast<study::StudyTable::What>(from.number(2));
  table.counts = from.text();
  table.dimensions.resize(from.count());
  for (Told& told : table.dimensions) {
    told.trait = static_cast<Trait>(from.number(4));
    told.definition = from.text();
    told.codes.resize(from.count());
    vocabulary::CodeId before = 0;
    for (vocabulary::CodeId& code : told.codes) {
      code = before = before + static_cast<vocabulary::CodeId>(from.number());
    }
  }
  return table;
}

tables::Table table_of(ByteReader& from) {
  tables::Table table;
  table.id = from.text();
  table.title = label_of(from);
  const bool of_means = from.number(1) == 1;
  const tables::Label mean_of = label_of(from);
  if (of_means) {
    table.mean_of = mean_of;
  }
  table.dimensions.resize(from.count());
  std::uint64_t cells = 1;
  for (tables::Dimension& dimension : table.dimensions) {
    dimension.id = from.text();
    dimension.label = label_of(from);
    dimension.additive = from.number(1) == 1;
    dimension.categories.resize(from.count());
    for (tables::Category& category : dimension.categories) {
      category.code = from.text();
      category.label = label_of(from);
    }
    cells *= dimension.places();
    if (cells > most_cells) {
      from.refuse();
      return table;
    }
  }
  for (std::uint64_t i = 0; i < cells && from.good(); ++i) {
    const std::uint64_t what = from.number(3);
    tables::Cell& cell = table.cells.emplace_back();
    if ((what & 1) != 0) {
      cell.status = tables::CellStatus::published;
      cell.patients = from.integer();
    }
    if ((what & 2) != 0) {
      cell.mean = from.real();
    }
  }
  return table;
}

// So many; each is no_cell, if `may_miss`, or below `places`.
std::vector<std::uint32_t> places_of_people(ByteReader& from, std::size_t count,
                                            std::uint64_t places, bool may_miss) {
  std::vector<std::uint32_t> made;
  made.reserve(from.good() ? count : 0);
  const auto width = static_cast<int>(from.number(4));
  if (width != 1 && width != 2 && width != 4) {
    from.refuse();
  }
  for (std::size_t i = 0; i < count && from.good(); ++i) {
    const std::uint64_t place = from.fixed(width);
    if (place > places || (place == 0 && !may_miss)) {
      from.refuse();
    }
    made.push_back(static_cast<std::uint32_t>(place) - 1);
  }
  return made;
}

crowds::Roll::OfTable roll_of(ByteReader& from, const ToldTable& told, const tables::Table& table,
                              std::size_t people) {
  crowds::Roll::OfTable roll;
  const bool each = told.what == study::StudyTable::What::each;
  const std::span<const tables::Dimension> all = table.dimensions;
  if (all.size() != told.dimensions.size() + (each ? 1 : 0)) {
    from.refuse();
    return roll;
  }
  roll.places =
      places_of_people(from, people, crowds::inner_cells(all.first(told.dimensions.size())), true);
  if (each) {
    roll.starts.push_back(0);
    std::uint64_t columns = 0;
    for (std::size_t i = 0; i < people && from.good(); ++i) {
      columns += from.number(all.back().categories.size());
      if (columns > std::numeric_limits<std::uint32_t>::max()) {
        from.refuse();
      }
      roll.starts.push_back(static_cast<std::uint32_t>(columns));
    }
    roll.columns = places_of_people(from, columns, all.back().categories.size(), false);
  }
  if (told.what == study::StudyTable::What::mean) {
    for (std::size_t i = 0; i < people && from.good(); ++i) {
      roll.values.push_back(from.integer());
    }
  }
  return roll;
}

}  // namespace

std::string to_bytes(const PastRelease& release) {
  PARCOURS_CHECK(release.told.tables.size() == release.tables.size() &&
                 release.roll.tables.size() == release.tables.size());
  ByteWriter to;
  to.number(format);
  put(to, release.entry);
  to.text(release.told.population);
  to.number(release.roll.patients());
  to.number(release.tables.size());
  for (std::size_t t = 0; t < release.tables.size(); ++t) {
    put(to, release.told.tables[t]);
    put(to, release.tables[t]);
    put(to, release.roll.tables[t]);
  }
  to.number(release.ties ? 1 : 0);
  if (release.ties) {
    put(to, *release.ties);
  }
  put(to, release.own);
  to.number(release.narrow_before.size());
  for (const crowds::NarrowBefore& narrow : release.narrow_before) {
    to.fixed(static_cast<std::uint64_t>(narrow.people >> 64), 8);
    to.fixed(static_cast<std::uint64_t>(narrow.people), 8);
    to.number(static_cast<std::uint64_t>(narrow.width));
  }
  return to.take();
}

Result<PastRelease> past_release_of(std::string_view bytes) {
  ByteReader from(bytes);
  PastRelease release;
  const std::uint64_t written_in = from.number();
  if (written_in != format && written_in != format_without_question) {
    from.refuse();
  }
  release.entry = entry_of(from, written_in);
  release.told.population = from.text();
  const std::size_t people = from.count();
  const std::size_t tables = from.count();
  for (std::size_t t = 0; t < tables && from.good(); ++t) {
    release.told.tables.push_back(told_table_of(from));
    release.tables.push_back(table_of(from));
    if (from.good()) {
      release.roll.tables.push_back(
          roll_of(from, release.told.tables.back(), release.tables.back(), people));
    }
  }
  if (from.number(1) == 1) {
    release.ties = ties_of(from);
  }
  if (written_in > format_without_question) {
    release.own = groups_of(from);
  }
  for (std::size_t left = from.count(); left > 0 && from.good(); --left) {
    crowds::NarrowBefore& narrow = release.narrow_before.emplace_back();
    narrow.people = Uint128{from.fixed(8)} << 64;
    narrow.people |= from.fixed(8);
    narrow.width = static_cast<std::int64_t>(from.number(std::numeric_limits<std::int32_t>::max()));
  }
  if (!from.good() || !from.at_end()) {
    return bad_input("this is no past release that the program wrote");
  }
  release.roll.people.resize(people);
  return release;
}

}  // namespace parcours::past
