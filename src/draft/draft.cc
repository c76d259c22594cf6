#include "draft/draft.h"

#include <algorithm>
#include <utility>

#include "base/toml.h"
#include "draft/events_section.h"
#include "draft/patients_section.h"
#include "draft/section.h"
#include "draft/seen_files.h"

namespace parcours::draft {
namespace {

namespace fs = std::filesystem;

Section top_of(const SeenFiles& seen) {
  Section top;
  top.text +=
      "# A draft of a mapping, by what the columns are called and hold. Read it before you use it:\n"
      "#   parcours vault import VAULT --mapping THIS --check\n"
      "# docs/mapping.md describes every key.\n\n";
  top.line("calendar", seen.dates ? "\"dates\"" : "\"days\"",
           seen.dates ? "the days are dates" : "the days are whole numbers");
  if (!seen.missing.empty()) {
    top.line("missing", list(seen.missing), "marks of missing values that the files have");
  }
  if (seen.commas) {
    top.line("decimal", "\",\"", "numbers as 4,5");
  }
  for (const Link& link : seen.links) {
    top.text += "\n[[join]]\n";
    top.line("file", toml_text(link.file), "");
    top.line("column", toml_text(link.column), "names a row of the other file");
    top.line("with", toml_text(link.with), "");
    top.line("key", toml_text(link.key), "each value comes once there");
    top.line("as", toml_text(link.as), "");
  }
  return top;
}

// The file that says most of the patients; nullptr: none says anything.
SeenFile* patients_among(std::vector<SeenFile>& files) {
  SeenFile* patients = nullptr;
  std::size_t most = 0;
  for (SeenFile& file : files) {
    std::size_t says = 0;
    for (const exports::ColumnRole role :
         {exports::ColumnRole::sex, exports::ColumnRole::birth_year, exports::ColumnRole::age,
          exports::ColumnRole::place}) {
      says += seeming(file.guess, role) != nullptr ? 1 : 0;
    }
    if (seeming(file.guess, exports::ColumnRole::patient) != nullptr && says > most) {
      patients = &file;
      most = says;
    }
  }
  return patients;
}

bool has_events(const SeenFile& file) {
  return of_role(file, exports::ColumnRole::patient).column != nullptr &&
         of_role(file, exports::ColumnRole::date).column != nullptr && code_of(file) != nullptr;
}

void add(Draft& draft, Section section) {
  draft.text += section.text;
  std::ranges::move(section.doubts, std::back_inserter(draft.doubts));
}

}  // namespace

Result<Draft> draft(const std::vector<fs::path>& files, int threads, const Stop& stop,
                    Progress& progress) {
  ASSIGN_OR_RETURN(SeenFiles seen, see(files, threads, stop, progress));
  Draft made;
  add(made, top_of(seen));
  SeenFile* const patients = patients_among(seen.files);
  if (patients != nullptr) {
    ASSIGN_OR_RETURN(Section section, patients_section(seen, *patients));
    add(made, std::move(section));
    ++made.patient_files;
  }
  for (SeenFile& file : seen.files) {
    const bool is_joined =
        std::ranges::any_of(seen.links, [&](const Link& link) { return link.with == file.name; });
    if (has_events(file)) {
      ASSIGN_OR_RETURN(Section section, events_section(seen, file));
      add(made, std::move(section));
      ++made.event_files;
    } else if (&file != patients && !is_joined) {
      made.left_out.push_back(file.name);
    }
  }
  if (made.patient_files + made.event_files == 0) {
    return bad_input("no file seems to hold patients or events", seen.files.front().name,
                     "see what its columns are taken for: parcours risk FILE --guess");
  }
  return made;
}

}  // namespace parcours::draft
