#include "draft/seen_files.h"

#include <algorithm>
#include <set>

#include "base/letters.h"
#include "base/toml.h"
#include "draft/look.h"

namespace parcours::draft {
namespace {

namespace fs = std::filesystem;

class Seeing {
 public:
  Seeing(int threads, const Stop& stop, Progress& progress)
      : threads_(threads), stop_(stop), progress_(progress) {}

  Status look(const std::vector<fs::path>& paths);
  Status link();
  SeenFiles seen() && { return std::move(seen_); }

 private:
  Status link_to(SeenFile& from);

  const int threads_;
  const Stop& stop_;
  Progress& progress_;
  SeenFiles seen_;
};

Status Seeing::look(const std::vector<fs::path>& paths) {
  std::set<std::string> marks;
  for (const fs::path& path : paths) {
    ASSIGN_OR_RETURN(exports::ExportFile file, exports::ExportFile::open(path, threads_));
    ASSIGN_OR_RETURN(exports::FileGuess guess, exports::guess_columns(file, stop_));
    ASSIGN_OR_RETURN(const auto some, missing_marks(file));
    marks.insert(some.begin(), some.end());
    if (!seen_.commas) {
      ASSIGN_OR_RETURN(seen_.commas, has_decimal_commas(file));
    }
    if (const exports::ColumnGuess* day = seeming(guess, exports::ColumnRole::date);
        day != nullptr && !seen_.dates) {
      ASSIGN_OR_RETURN(const bool iso, has_iso_dates(file, day->name));
      seen_.dates = iso || is_date(*day);
    }
    seen_.files.push_back(
        {path.filename().string(), std::move(file), std::move(guess), "", nullptr});
    progress_.add(1);
  }
  seen_.missing.assign(marks.begin(), marks.end());
  return {};
}

// A file without patients is joined to one that has them, by a column that is its key.
Status Seeing::link() {
  for (SeenFile& from : seen_.files) {
    if (seeming(from.guess, exports::ColumnRole::patient) == nullptr ||
        (from.guess.form == exports::FileForm::people && !from.guess.not_found().empty() &&
         seeming(from.guess, exports::ColumnRole::date) == nullptr &&
         seeming(from.guess, exports::ColumnRole::code) != nullptr)) {
      RETURN_IF_ERROR(link_to(from));
    }
  }
  return {};
}

Status Seeing::link_to(SeenFile& from) {
  for (SeenFile& other : seen_.files) {
    if (&other == &from || seeming(other.guess, exports::ColumnRole::patient) == nullptr) {
      continue;
    }
    for (const exports::ColumnGuess& column : from.guess.columns) {
      for (const exports::ColumnGuess& key : other.guess.columns) {
        const bool same_name = lower(column.name) == lower(key.name);
        const std::string stem = stem_of(other.name);
        const bool names_file =
            lower(key.name) == "id" && any_word_of(column.name, {"id"}) &&
            any_word_of(column.name,
                        {std::string_view(stem).substr(0, std::min<std::size_t>(4, stem.size()))});
        if ((!same_name && !names_file) || key.role == exports::ColumnRole::sex) {
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
        seen_.links.push_back({from.name, column.name, other.name, key.name, as});
        return {};
      }
    }
  }
  return {};
}

}  // namespace

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

bool is_id(const std::string& name) {
  const std::string text = lower(name);
  return text == "id" || text.ends_with("_id") || text.starts_with("id_");
}

const exports::ColumnGuess* seeming(const exports::FileGuess& guess, exports::ColumnRole role) {
  const auto found = std::ranges::find_if(guess.columns, [&](const exports::ColumnGuess& c) {
    return c.role == role || c.seems == role;
  });
  return found == guess.columns.end() ? nullptr : &*found;
}

const exports::ColumnGuess* called_like(const exports::FileGuess& guess,
                                        std::initializer_list<std::string_view> any) {
  const auto found = std::ranges::find_if(
      guess.columns, [&](const exports::ColumnGuess& c) { return any_word_of(c.name, any); });
  return found == guess.columns.end() ? nullptr : &*found;
}

// Of a joined file the guess did not know which column is the join's.
const exports::ColumnGuess* code_of(const SeenFile& file) {
  const exports::ColumnGuess* code = seeming(file.guess, exports::ColumnRole::code);
  if (file.join.empty() || (code != nullptr && !is_id(code->name))) {
    return code;
  }
  const auto found =
      std::ranges::find_if(file.guess.columns, [](const exports::ColumnGuess& column) {
        return !is_id(column.name) && any_word_of(column.name, {"code", "test", "acte", "event",
                                                                "drug", "atc", "icd", "cim"});
      });
  return found == file.guess.columns.end() ? nullptr : &*found;
}

// The first column of the name that is mostly filled.
const exports::ColumnGuess* practice_of(const exports::FileGuess& guess) {
  const exports::ColumnGuess* found =
      called_like(guess, {"practice", "cabinet", "care_site", "practitioner", "praticien",
                          "medecin", "médecin", "doctor", "provider"});
  return found == nullptr || found->missing > 0.5 ? nullptr : found;
}

bool is_date(const exports::ColumnGuess& column) {
  return !column.day_format.empty() || column.type == "DATE" ||
         column.type.starts_with("TIMESTAMP");
}

std::string called(const SeenFile& file, const std::string& column) {
  return toml_text(file.join + (file.join.empty() ? "" : ".") + column);
}

NamedColumn of_role(const SeenFile& file, exports::ColumnRole role) {
  if (const exports::ColumnGuess* own = seeming(file.guess, role)) {
    return {own, toml_text(own->name)};
  }
  if (file.joined != nullptr) {
    if (const exports::ColumnGuess* other = seeming(file.joined->guess, role)) {
      return {other, called(file, other->name)};
    }
  }
  return {};
}

// A joined file points at another one of the list, which does not move any more.
Result<SeenFiles> see(const std::vector<fs::path>& paths, int threads, const Stop& stop,
                      Progress& progress) {
  Seeing seeing(threads, stop, progress);
  RETURN_IF_ERROR(seeing.look(paths));
  RETURN_IF_ERROR(seeing.link());
  return std::move(seeing).seen();
}

}  // namespace parcours::draft
