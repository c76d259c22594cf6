#include "draft/draft.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/letters.h"
#include "base/toml.h"
#include "draft/look.h"
#include "exports/column_guess.h"
#include "mapping/mapping.h"

namespace parcours::draft {
namespace {

namespace fs = std::filesystem;

struct File {
  std::string name;
  ExportFile file;
  FileGuess guess;
  // Where a column that the file lacks comes from: the name of the join.
  std::string join;
  const File* joined = nullptr;
};

// How a file reaches a file that says more of its rows.
struct Link {
  std::string file, column, with, key, as;
};

std::string list(const std::vector<std::string>& texts) {
  std::vector<std::string> all;
  std::ranges::transform(texts, std::back_inserter(all), toml_text);
  return fmt::format("[{}]", fmt::join(all, ", "));
}

// "visits" of visits.csv.gz.
std::string stem_of(const std::string& name) {
  return lower(name.substr(0, name.find('.')));
}

bool any_word_of(std::string_view name, std::initializer_list<std::string_view> wanted) {
  const std::string text = lower(name);
  return std::ranges::any_of(wanted, [&](std::string_view word) {
    const std::size_t at = text.find(word);
    return at != std::string::npos;
  });
}

// A column that only tells rows apart, by its name: "visit_id".
bool is_id(const std::string& name) {
  const std::string text = lower(name);
  return text == "id" || text.ends_with("_id") || text.starts_with("id_");
}

class Drafting {
 public:
  Drafting(int threads, const Stop& stop, Progress& progress)
      : threads_(threads), stop_(stop), progress_(progress) {}

  Status look(const std::vector<fs::path>& paths);
  Status link();
  Result<Draft> write();

 private:
  Status link_to(File& from);
  void write_top(std::string& text);
  Status write_patients(std::string& text, File& file);
  Status write_events(std::string& text, File& file);
  Status write_kinds(std::string& text, File& file, const ColumnGuess& kind,
                     const ColumnGuess& code);
  Status write_kind_and_code(std::string& text, File& file, const ColumnGuess& code,
                             bool has_value);
  Result<const ColumnGuess*> value_of(File& file, const ColumnGuess& code);
  Status write_sex(std::string& text, File& file);
  void write_practice(std::string& text, const File& file);
  void write_provenance(std::string& text, const File& file);
  void line(std::string& text, const std::string& key, const std::string& value,
            std::string_view why);

  static std::string called(const File& file, const std::string& column) {
    return toml_text(file.join + (file.join.empty() ? "" : ".") + column);
  }
  // The column of a role, of the file or of what is joined to it, and how the mapping calls it.
  struct Named {
    const ColumnGuess* column = nullptr;
    std::string text;
  };
  Named of_role(const File& file, ColumnRole role) const;

  const int threads_;
  const Stop& stop_;
  Progress& progress_;
  std::vector<File> files_;
  std::vector<Link> links_;
  std::vector<std::string> missing_;
  bool dates_ = false;
  bool commas_ = false;
  Draft made_;
};

const ColumnGuess* seeming(const FileGuess& guess, ColumnRole role) {
  const auto found = std::ranges::find_if(
      guess.columns, [&](const ColumnGuess& c) { return c.role == role || c.seems == role; });
  return found == guess.columns.end() ? nullptr : &*found;
}

const ColumnGuess* called_like(const FileGuess& guess,
                               std::initializer_list<std::string_view> any) {
  const auto found = std::ranges::find_if(
      guess.columns, [&](const ColumnGuess& c) { return any_word_of(c.name, any); });
  return found == guess.columns.end() ? nullptr : &*found;
}

// Of a joined file the guess did not know which column is the join's.
const ColumnGuess* code_of(const File& file) {
  const ColumnGuess* code = seeming(file.guess, ColumnRole::code);
  if (file.join.empty() || (code != nullptr && !is_id(code->name))) {
    return code;
  }
  const auto found = std::ranges::find_if(file.guess.columns, [](const ColumnGuess& column) {
    return !is_id(column.name) &&
           any_word_of(column.name, {"code", "test", "acte", "event", "drug", "atc", "icd", "cim"});
  });
  return found == file.guess.columns.end() ? nullptr : &*found;
}

// The first column of the name that is mostly filled.
const ColumnGuess* practice_of(const FileGuess& guess) {
  const ColumnGuess* found =
      called_like(guess, {"practice", "cabinet", "care_site", "practitioner", "praticien",
                          "medecin", "médecin", "doctor", "provider"});
  return found == nullptr || found->missing > 0.5 ? nullptr : found;
}

bool is_date(const ColumnGuess& column) {
  return !column.day_format.empty() || column.type == "DATE" ||
         column.type.starts_with("TIMESTAMP");
}

Status Drafting::look(const std::vector<fs::path>& paths) {
  std::set<std::string> marks;
  for (const fs::path& path : paths) {
    ASSIGN_OR_RETURN(ExportFile file, ExportFile::open(path, threads_));
    ASSIGN_OR_RETURN(FileGuess guess, guess_columns(file, stop_));
    ASSIGN_OR_RETURN(const auto some, missing_marks(file));
    marks.insert(some.begin(), some.end());
    if (!commas_) {
      ASSIGN_OR_RETURN(commas_, has_decimal_commas(file));
    }
    if (const ColumnGuess* day = seeming(guess, ColumnRole::date); day != nullptr && !dates_) {
      ASSIGN_OR_RETURN(const bool iso, has_iso_dates(file, day->name));
      dates_ = iso || is_date(*day);
    }
    files_.push_back({path.filename().string(), std::move(file), std::move(guess), "", nullptr});
    progress_.add(1);
  }
  missing_.assign(marks.begin(), marks.end());
  return {};
}

// A file without patients is joined to one that has them, by a column that is its key.
Status Drafting::link() {
  for (File& from : files_) {
    if (seeming(from.guess, ColumnRole::patient) == nullptr ||
        (from.guess.form == FileForm::people && !from.guess.not_found().empty() &&
         seeming(from.guess, ColumnRole::date) == nullptr &&
         seeming(from.guess, ColumnRole::code) != nullptr)) {
      RETURN_IF_ERROR(link_to(from));
    }
  }
  return {};
}

Status Drafting::link_to(File& from) {
  for (File& other : files_) {
    if (&other == &from || seeming(other.guess, ColumnRole::patient) == nullptr) {
      continue;
    }
    for (const ColumnGuess& column : from.guess.columns) {
      for (const ColumnGuess& key : other.guess.columns) {
        const bool same_name = lower(column.name) == lower(key.name);
        const std::string stem = stem_of(other.name);
        const bool names_file =
            lower(key.name) == "id" && any_word_of(column.name, {"id"}) &&
            any_word_of(column.name,
                        {std::string_view(stem).substr(0, std::min<std::size_t>(4, stem.size()))});
        if ((!same_name && !names_file) || key.role == ColumnRole::sex) {
          continue;
        }
        ASSIGN_OR_RETURN(const bool unique, is_key(other.file, key.name));
        if (!unique) {
          continue;
        }
        ASSIGN_OR_RETURN(const double share,
                         share_within(from.file, column.name, other.file, key.name));
        if (share < 0.9) {
          continue;
        }
        std::string as;
        for (const char c : stem) {
          const bool letter = (c >= 'a' && c <= 'z') || is_digit(c);
          as += letter ? c : '_';
        }
        from.join = as;
        from.joined = &other;
        links_.push_back({from.name, column.name, other.name, key.name, as});
        return {};
      }
    }
  }
  return {};
}

Drafting::Named Drafting::of_role(const File& file, ColumnRole role) const {
  if (const ColumnGuess* own = seeming(file.guess, role)) {
    return {own, toml_text(own->name)};
  }
  if (file.joined != nullptr) {
    if (const ColumnGuess* other = seeming(file.joined->guess, role)) {
      return {other, called(file, other->name)};
    }
  }
  return {};
}

void Drafting::line(std::string& text, const std::string& key, const std::string& value,
                    std::string_view why) {
  const std::string assignment = fmt::format("{:<10} = {}", key, value);
  text += why.empty() ? assignment + "\n" : fmt::format("{:<56}  # {}\n", assignment, why);
}

void Drafting::write_top(std::string& text) {
  text +=
      "# A draft of a mapping, by what the columns are called and hold. Read it before you use it:\n"
      "#   parcours vault import VAULT --mapping THIS --check\n"
      "# docs/mapping.md describes every key.\n\n";
  line(text, "calendar", dates_ ? "\"dates\"" : "\"days\"",
       dates_ ? "the days are dates" : "the days are whole numbers");
  if (!missing_.empty()) {
    line(text, "missing", list(missing_), "marks of missing values that the files have");
  }
  if (commas_) {
    line(text, "decimal", "\",\"", "numbers as 4,5");
  }
  for (const Link& link : links_) {
    text += "\n[[join]]\n";
    line(text, "file", toml_text(link.file), "");
    line(text, "column", toml_text(link.column), "names a row of the other file");
    line(text, "with", toml_text(link.with), "");
    line(text, "key", toml_text(link.key), "each value comes once there");
    line(text, "as", toml_text(link.as), "");
  }
}

void Drafting::write_practice(std::string& text, const File& file) {
  if (const ColumnGuess* practice = practice_of(file.guess)) {
    line(text, "practice", toml_text(practice->name), "named like the practice");
  } else if (file.joined != nullptr && practice_of(file.joined->guess) != nullptr) {
    line(text, "practice", called(file, practice_of(file.joined->guess)->name),
         "named like the practice");
  } else {
    line(text, "practice", "{ constant = \"all\" }", "no column is named like the practice");
    made_.doubts.push_back(file.name +
                           ": no column is named like the practice, so all rows are of one");
  }
}

Status Drafting::write_sex(std::string& text, File& file) {
  const ColumnGuess* sex = seeming(file.guess, ColumnRole::sex);
  if (sex == nullptr) {
    return {};
  }
  ASSIGN_OR_RETURN(const std::optional<SexWords> words, sex_words(file.file, sex->name, missing_));
  if (!words) {
    made_.doubts.push_back(fmt::format(
        "{}: column '{}' seems to be the sex, but its words are not known", file.name, sex->name));
    return {};
  }
  std::string value = fmt::format("{{ column = {}", toml_text(sex->name));
  for (const auto& [name, some] :
       {std::pair("female", &words->female), std::pair("male", &words->male),
        std::pair("unknown", &words->unknown)}) {
    if (!some->empty()) {
      value += fmt::format(", {} = {}", name, list(*some));
    }
  }
  line(text, "sex", value + " }", sex->reason);
  return {};
}

Status Drafting::write_patients(std::string& text, File& file) {
  const Named patient = of_role(file, ColumnRole::patient);
  text += "\n[patients]\n";
  line(text, "file", toml_text(file.name), "");
  line(text, "patient", patient.text, patient.column->reason);
  write_practice(text, file);
  const ColumnGuess* birth = seeming(file.guess, ColumnRole::birth_year);
  const ColumnGuess* age = seeming(file.guess, ColumnRole::age);
  if (dates_ && birth != nullptr) {
    if (is_date(*birth) && birth->day_format != "%Y") {
      const bool iso = birth->day_format.empty();
      line(text, "birth_date",
           iso ? toml_text(birth->name)
               : fmt::format("{{ column = {}, format = {} }}", toml_text(birth->name),
                             toml_text(birth->day_format)),
           birth->reason);
    } else {
      line(text, "birth_year", toml_text(birth->name), birth->reason);
    }
  } else if (!dates_ && age != nullptr) {
    line(text, "age", toml_text(age->name), "the age at day 0");
    made_.doubts.push_back(fmt::format("{}: is '{}' the age at day 0?", file.name, age->name));
  }
  RETURN_IF_ERROR(write_sex(text, file));
  for (const ColumnGuess& column : file.guess.columns) {
    if (column.role != ColumnRole::place || &column == practice_of(file.guess)) {
      continue;
    }
    if (any_word_of(column.name, {"dep", "dept"})) {
      line(text, "place",
           fmt::format("{{ column = {}, system = \"fr-department\" }}", toml_text(column.name)),
           column.reason);
      break;
    }
    made_.doubts.push_back(fmt::format(
        "{}: '{}' is a place, which is left out; add place = {{ column = {}, system = \"...\" }} "
        "if it is as coarse as a department",
        file.name, column.name, toml_text(column.name)));
    break;
  }
  if (file.guess.several_lines) {
    line(text, "several_rows", "\"first\"", "patients have several rows");
  }
  ++made_.patient_files;
  return {};
}

// A column that says the kind of each row. Each kind has its own code system.
Status Drafting::write_kinds(std::string& text, File& file, const ColumnGuess& kind,
                             const ColumnGuess& code) {
  constexpr int most_kinds = 30;
  ASSIGN_OR_RETURN(const auto values, few_values(file.file, kind.name, most_kinds));
  std::string map;
  std::map<KindId, std::string> systems;
  std::size_t unknown = 0;
  for (const std::string& value : values.value_or(std::vector<std::string>())) {
    const std::optional<KindId> known = kind_called(value);
    if (!known) {
      ++unknown;
      continue;
    }
    if (value != kinds()[*known]) {
      map += fmt::format("{}{} = {}", map.empty() ? "" : ", ", toml_text(value),
                         toml_text(kinds()[*known]));
    }
    ASSIGN_OR_RETURN(
        const CodeSystem* system,
        system_of_codes(file.file, code.name,
                        fmt::format("CAST({} AS VARCHAR) = {}", duck::quoted_name(kind.name),
                                    duck::quoted(std::string_view(value)))));
    const bool sound =
        system != nullptr && std::ranges::find(system->kinds, *known) != system->kinds.end();
    systems[*known] = sound ? system->name : kinds()[*known];
  }
  line(text, "kind",
       map.empty() ? toml_text(kind.name)
                   : fmt::format("{{ column = {}, map = {{ {} }} }}", toml_text(kind.name), map),
       kind.reason);
  line(text, "code", toml_text(code.name), code.reason);
  if (!values || unknown > 0 || systems.empty()) {
    made_.doubts.push_back(
        fmt::format("{}: column '{}' has words that are no kind of events; give it a map",
                    file.name, kind.name));
  }
  std::vector<std::string> table;
  for (const auto& [known, system] : systems) {
    table.push_back(fmt::format("{} = {}", kinds()[known], toml_text(system)));
  }
  line(text, "system", fmt::format("{{ {} }}", fmt::join(table, ", ")), "by the form of the codes");
  return {};
}

// The kind by what the file or the code's column is called, else by the form of the codes.
Status Drafting::write_kind_and_code(std::string& text, File& file, const ColumnGuess& code,
                                     bool has_value) {
  if (const ColumnGuess* kind = seeming(file.guess, ColumnRole::kind)) {
    return write_kinds(text, file, *kind, code);
  }
  const CodeSystem* system = find_code_system(lower(code.name));  // "icd10"
  if (system == nullptr) {
    ASSIGN_OR_RETURN(system, system_of_codes(file.file, code.name));
  }
  std::optional<KindId> known;
  std::string why = "the file is called so";
  const std::string stem = stem_of(file.name);
  for (std::size_t end = stem.size(); end > 0 && !known; --end) {
    known = kind_called(stem.substr(0, end));
  }
  if (!known) {
    known = kind_called(code.name);
    why = "the column of codes is called so";
  }
  if (!known && system != nullptr) {
    known = system->kinds.front();
    why = fmt::format("the codes are of {}", system->name);
  }
  if (!known && has_value) {
    known = find_kind("lab");
    why = "each row has a number";
  }
  if (!known) {
    known = find_kind("diagnosis");
    why = "nothing says it";
    made_.doubts.push_back(file.name + ": nothing says of what kind its events are");
  }
  if (system != nullptr && std::ranges::find(system->kinds, *known) == system->kinds.end()) {
    system = nullptr;  // a likeness by chance
  }
  line(text, "kind", fmt::format("{{ constant = \"{}\" }}", kinds()[*known]), why);
  line(text, "code", toml_text(code.name), code.reason);
  line(text, "system", toml_text(system != nullptr ? system->name : stem),
       system != nullptr ? "the column is called so, or nine of ten codes have its form"
                         : "codes of the source's own");
  return {};
}

Result<const ColumnGuess*> Drafting::value_of(File& file, const ColumnGuess& code) {
  for (const ColumnGuess& column : file.guess.columns) {
    if (&column != &code && !is_id(column.name) &&
        any_word_of(column.name, {"value", "valeur", "result", "résultat"})) {
      ASSIGN_OR_RETURN(const bool numeric, is_numeric(file.file, column.name));
      if (numeric) {
        return &column;
      }
    }
  }
  return nullptr;
}

// How the rows came into the software no values tell for certain: the user has to say it.
void Drafting::write_provenance(std::string& text, const File& file) {
  const ColumnGuess* said =
      called_like(file.guess, {"provenance", "origin", "origine", "source", "imported", "importé"});
  if (said == nullptr) {
    text +=
        "# provenance = \"entered\"   # or \"received\" (a laboratory's), \"imported\" (taken over "
        "by the doctor), \"consulted\" (only looked at: never enters)\n";
    return;
  }
  text += fmt::format(
      "# provenance = {{ column = {}, entered = [\"...\"], received = [\"...\"], imported = "
      "[\"...\"], consulted = [\"...\"] }}\n",
      toml_text(said->name));
  made_.doubts.push_back(
      fmt::format("{}: '{}' seems to say where a row comes from; list its words under provenance, "
                  "so that what was only consulted elsewhere does not enter",
                  file.name, said->name));
}

Status Drafting::write_events(std::string& text, File& file) {
  const Named patient = of_role(file, ColumnRole::patient);
  const Named day = of_role(file, ColumnRole::date);
  const ColumnGuess* code = code_of(file);
  text += "\n[[events]]\n";
  line(text, "file", toml_text(file.name), "");
  line(text, "patient", patient.text, patient.column->reason);
  write_practice(text, file);
  if (dates_ && !day.column->day_format.empty()) {
    line(text, "day",
         fmt::format("{{ column = {}, format = {} }}", day.text, toml_text(day.column->day_format)),
         day.column->reason);
  } else {
    line(text, "day", day.text, day.column->reason);
  }
  ASSIGN_OR_RETURN(const ColumnGuess* value, value_of(file, *code));
  RETURN_IF_ERROR(write_kind_and_code(text, file, *code, value != nullptr));
  if (value != nullptr) {
    line(text, "value", toml_text(value->name), "named like a value, and numbers");
    if (const ColumnGuess* unit = called_like(file.guess, {"unit"})) {
      made_.doubts.push_back(fmt::format(
          "{}: '{}' seems to be the unit, which a mapping does not read; values of one code in "
          "several units would be mixed",
          file.name, unit->name));
    }
  }
  write_provenance(text, file);
  if (file.guess.code_is_doubtful && !file.guess.other_code.empty()) {
    made_.doubts.push_back(
        fmt::format("{}: the code may as well be '{}'", file.name, file.guess.other_code));
  }
  ++made_.event_files;
  return {};
}

Result<Draft> Drafting::write() {
  std::string text;
  write_top(text);
  const auto has = [&](const File& file, ColumnRole role) {
    return of_role(file, role).column != nullptr;
  };
  // The patients are in the file that says most of them.
  File* patients = nullptr;
  std::size_t most = 0;
  for (File& file : files_) {
    std::size_t says = 0;
    for (const ColumnRole role :
         {ColumnRole::sex, ColumnRole::birth_year, ColumnRole::age, ColumnRole::place}) {
      says += seeming(file.guess, role) != nullptr ? 1 : 0;
    }
    if (seeming(file.guess, ColumnRole::patient) != nullptr && says > most) {
      patients = &file;
      most = says;
    }
  }
  if (patients != nullptr) {
    RETURN_IF_ERROR(write_patients(text, *patients));
  }
  for (File& file : files_) {
    const bool events =
        has(file, ColumnRole::patient) && has(file, ColumnRole::date) && code_of(file) != nullptr;
    const bool is_joined =
        std::ranges::any_of(links_, [&](const Link& link) { return link.with == file.name; });
    if (events) {
      RETURN_IF_ERROR(write_events(text, file));
    } else if (&file != patients && !is_joined) {
      made_.left_out.push_back(file.name);
    }
  }
  if (made_.patient_files + made_.event_files == 0) {
    return bad_input("no file seems to hold patients or events", files_.front().name,
                     "see what its columns are taken for: parcours risk FILE --guess");
  }
  made_.text = std::move(text);
  return std::move(made_);
}

}  // namespace

Result<Draft> draft(const std::vector<fs::path>& files, int threads, const Stop& stop,
                    Progress& progress) {
  Drafting drafting(threads, stop, progress);
  RETURN_IF_ERROR(drafting.look(files));
  RETURN_IF_ERROR(drafting.link());
  return drafting.write();
}

}  // namespace parcours::draft
