#include "microdata/testing/worlds.h"

#include "base/check.h"

namespace parcours::microdata {

Microdata microdata_of(const std::vector<std::string>& names,
                       const std::vector<std::vector<std::string>>& rows) {
  Microdata data;
  data.records = rows.size();
  for (const std::string& name : names) {
    data.columns.push_back({.name = name});
  }
  for (const auto& row : rows) {
    PARCOURS_CHECK(row.size() == names.size());
    for (std::size_t i = 0; i < row.size(); ++i) {
      MicrodataColumn& column = data.columns[i];
      column.codes.push_back(column.dictionary.add(row[i]));
    }
  }
  return data;
}

}  // namespace parcours::microdata

namespace parcours::worlds {

microdata::Microdata data_of(const Table& table, std::size_t columns) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < columns; ++i) {
    names.push_back("c" + std::to_string(i));
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& row : table) {
    rows.emplace_back();
    for (const std::uint32_t value : row) {
      rows.back().push_back(std::to_string(value));
    }
  }
  return microdata::microdata_of(names, rows);
}

void each_table(std::size_t rows, std::size_t columns, std::uint32_t values,
                const std::function<void(const Table&)>& visit) {
  Table table(rows, std::vector<std::uint32_t>(columns, 0));
  while (true) {
    visit(table);
    std::size_t i = 0;
    while (i < rows * columns && ++table[i / columns][i % columns] == values) {
      table[i / columns][i % columns] = 0;
      ++i;
    }
    if (i == rows * columns) {
      return;
    }
  }
}

Table random_table(std::size_t rows, std::size_t columns, std::uint32_t values,
                   std::uint64_t seed) {
  Random random(seed);
  Table table(rows);
  for (auto& row : table) {
    for (std::size_t i = 0; i < columns; ++i) {
      const auto most = values + static_cast<std::uint32_t>(i);
      row.push_back(random.below(random.below(most) + 1));
    }
  }
  return table;
}

std::filesystem::path shared_data(const std::string& file) {
  return std::filesystem::path(PARCOURS_SOURCE_DIR) / "../shared/data" / file;
}

Result<microdata::Microdata> read(const std::string& file, const microdata::ReadMicrodata& how) {
  ASSIGN_OR_RETURN(exports::ExportFile opened, exports::ExportFile::open(shared_data(file), 2));
  Progress progress(Progress::Manner::none);
  const Stop stop;
  return microdata::read_microdata(opened, how, progress, stop);
}

microdata::ColumnChoice eight_of_adult(const microdata::Microdata& adult) {
  microdata::ColumnChoice chosen;
  for (std::size_t i = 0; i < adult.columns.size(); ++i) {
    if (adult.columns[i].name != "occupation") {
      chosen.push_back(i);
    }
  }
  return chosen;
}

}  // namespace parcours::worlds
