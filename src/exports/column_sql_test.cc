#include "exports/column_sql.h"

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/no_day.h"
#include "exports/day_text.h"
#include "exports/export_file.h"
#include "exports/roles.h"

namespace parcours::exports {
namespace {

// What SQL makes of the days of a file, in the file's order.
std::vector<std::optional<std::int32_t>> days_in_sql(const std::vector<std::string>& texts,
                                                     const std::string& format) {
  const ScratchFolder folder =
      *ScratchFolder::make(std::filesystem::temp_directory_path(), "parcours-test-");
  std::string lines = "id,day,code\n";
  for (const std::string& text : texts) {
    lines += "a," + text + ",x\n";
  }
  EXPECT_TRUE(write_file(folder.path() / "e.csv", lines));
  ExportFile file = *ExportFile::open(folder.path() / "e.csv", 1);
  Roles roles;
  roles.day = *file.column("day", "the day");
  roles.day_format = format;
  const Stop stop;
  const Result<DaySql> day = day_sql(file, roles, stop);
  EXPECT_TRUE(day) << day.error().sentence();
  std::vector<std::optional<std::int32_t>> days;
  if (!day) {
    return days;
  }
  duck::Stream rows = *file.query("SELECT " + day->expression + " FROM " + file.source());
  while (*rows.next()) {
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      days.push_back(rows.null(0, row) ? std::nullopt
                                       : std::optional(rows.column<std::int32_t>(0)[row]));
    }
  }
  return days;
}

TEST(DaySqlTest, ADateThatStandsForNoDayIsNoneWhereverItIsRead) {
  for (const auto& [format, texts] : std::map<std::string, std::vector<std::string>>{
           {"", {"2024-01-06", "9999-12-31", "1900-01-01 00:00:00", "0000-00-00", "0001-01-01"}},
           {"%d/%m/%Y", {"06/01/2024", "31/12/9999", "01/01/1900", "01/01/0001"}},
           {"%Y%m%d", {"20240106", "99999999", "99991231", "00000000"}}}) {
    const auto days = days_in_sql(texts, format);
    ASSERT_EQ(days.size(), texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
      EXPECT_EQ(days[i].has_value(), !stands_for_no_day(texts[i])) << texts[i];
    }
    EXPECT_EQ(days[0], 19728);  // 6 January 2024
  }
}

}  // namespace
}  // namespace parcours::exports
