#include "release/writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <system_error>

#include "base/files.h"
#include "page/json_text.h"
#include "protect/sha256.h"
#include "release/chart.h"
#include "release/data_package.h"
#include "release/earlier.h"
#include "release/evidence.h"
#include "release/parquet.h"
#include "release/report.h"
#include "tables/csv.h"

namespace parcours::release {
namespace {

namespace fs = std::filesystem;

// The folder as it grows, aside.
class Draft {
 public:
  Draft(const Release& release, const fs::path& folder, const Stop& stop)
      : release_(release), folder_(folder), stop_(stop) {}

  Status write_all() {
    RETURN_IF_ERROR(make_folders());
    for (const tables::Table& table : release_.verdict().tables()) {
      RETURN_IF_ERROR(write_table(table));
    }
    for (std::size_t t = 0; t < release_.earlier().tables.size(); ++t) {
      RETURN_IF_ERROR(write_earlier(release_.verdict().tables()[t], release_.earlier().tables[t]));
    }
    const std::vector<Made> tables = made_;
    for (const tables::Table& table : release_.verdict().tables()) {
      RETURN_IF_ERROR(write_charts(table));
    }
    RETURN_IF_ERROR(
        put("datapackage.json", page::json_text(data_package(release_, tables), 1) + "\n"));
    RETURN_IF_ERROR(put("evidence.json", page::json_text(evidence(release_, made_), 1) + "\n"));
    ASSIGN_OR_RETURN(const std::string page, report(release_));
    RETURN_IF_ERROR(put("report.html", page));
    RETURN_IF_ERROR(write_file(folder_ / "SHA256SUMS", sums()));
    for (const char* inner : folders()) {
      RETURN_IF_ERROR(flush_to_disk(folder_ / inner));
    }
    return {};
  }

 private:
  std::vector<const char*> folders() const {
    std::vector<const char*> folders = {"tables", "charts"};
    if (release_.earlier().count() > 0) {
      folders.push_back("earlier");
    }
    return folders;
  }

  // Readable as the user's umask says, as the folders within are.
  Status make_folders() const {
    for (const char* inner : folders()) {
      RETURN_IF_ERROR(make_folder(folder_ / inner, Readers::as_umask_says));
    }
    std::error_code failed;
    fs::permissions(folder_, fs::status(folder_ / "tables", failed).permissions(), failed);
    return failed
               ? Status(machine_fault("cannot set the permissions of a folder: " + failed.message(),
                                      folder_.string()))
               : Status();
  }

  Status note(const std::string& path, std::string_view bytes) {
    if (stop_.requested()) {
      return stopped();
    }
    made_.push_back({path, protect::sha256(bytes), bytes.size()});
    return {};
  }

  Status put(const std::string& path, std::string_view bytes) {
    RETURN_IF_ERROR(write_file(folder_ / path, bytes));
    return note(path, bytes);
  }

  Status write_table(const tables::Table& table) {
    ASSIGN_OR_RETURN(const std::string text, tables::csv(table));
    RETURN_IF_ERROR(put("tables/" + table.id + ".csv", text));
    const std::string path = "tables/" + table.id + ".parquet";
    RETURN_IF_ERROR(write_parquet(table, folder_ / path));
    ASSIGN_OR_RETURN(const std::string bytes, read_file(folder_ / path));
    return note(path, bytes);
  }

  Status write_earlier(const tables::Table& table,
                       const std::vector<past::EarlierFigure>& figures) {
    return figures.empty() ? Status()
                           : put("earlier/" + table.id + ".csv",
                                 earlier_csv(table, figures, release_.earlier().editions));
  }

  Status write_charts(const tables::Table& table) {
    if (!can_be_drawn(table)) {
      return {};
    }
    RETURN_IF_ERROR(put("charts/" + table.id + ".en.vl.json",
                        page::json_text(chart(table, page::Language::english), 1) + "\n"));
    return put("charts/" + table.id + ".fr.vl.json",
               page::json_text(chart(table, page::Language::french), 1) + "\n");
  }

  std::string sums() {
    std::sort(made_.begin(), made_.end(),
              [](const Made& a, const Made& b) { return a.path < b.path; });
    std::string lines;
    for (const Made& file : made_) {
      lines += fmt::format("{}  {}\n", file.sha256, file.path);
    }
    return lines;
  }

  const Release& release_;
  const fs::path folder_;
  const Stop& stop_;
  std::vector<Made> made_;
};

// Tables are named by their study, and become files.
Status well_named(const std::vector<tables::Table>& tables) {
  std::set<std::string_view> names;
  for (const tables::Table& table : tables) {
    const bool plain = std::ranges::all_of(table.id, [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
             c == '-' || c == '_';
    });
    if (table.id.empty() || !plain || !names.insert(table.id).second) {
      return bad_input(fmt::format("the table's id '{}'", table.id), {},
                       "give each table its own id, of letters without accents, digits, '-' and "
                       "'_'");
    }
  }
  return {};
}

}  // namespace

Status may_be_written(const fs::path& folder) {
  std::error_code failed;
  if (fs::exists(fs::symlink_status(folder, failed))) {
    return bad_input("this path already exists", folder.string(),
                     "name a folder that does not exist yet");
  }
  const fs::path parent = folder_of(folder);
  if (!fs::is_directory(parent, failed)) {
    return bad_input("there is no such folder", parent.string());
  }
  // Also if this run is refused: what a fault left of another one must not stay.
  sweep_beside(folder);
  return {};
}

Status write(const Release& release, const fs::path& folder, const Stop& stop,
             const std::function<Status()>& before) {
  RETURN_IF_ERROR(may_be_written(folder));
  RETURN_IF_ERROR(well_named(release.verdict().tables()));
  ASSIGN_OR_RETURN(ScratchFolder scratch, ScratchFolder::make_beside(folder));
  RETURN_IF_ERROR(Draft(release, scratch.path(), stop).write_all());
  RETURN_IF_ERROR(before());
  return std::move(scratch).keep_as(folder);
}

}  // namespace parcours::release
