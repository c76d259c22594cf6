#include "formats/recognise.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <system_error>

#include "base/letters.h"
#include "cda/cda.h"
#include "fhir/fhir.h"
#include "ingest/source_files.h"
#include "omop/omop.h"

namespace parcours::formats {
namespace {

namespace fs = std::filesystem;

// What a file is, by its first bytes: a form that is read, or a word for what is not.
struct Kind {
  std::optional<Form> form;
  std::string word;  // "PDF", of a file that is not read
};

bool is_database_address(std::string_view what) {
  return what.starts_with("postgresql://") || what.starts_with("postgres://");
}

Result<Kind> kind_of(const NamedFile& file) {
  const fs::path& path = file.path;
  ASSIGN_OR_RETURN(const std::string head, ingest::head_of(file));
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) {
    return bad_input("this is text in UTF-16", file.shown, "save it in UTF-8");
  }
  if (head.size() > 12 && head.substr(8, 4) == "DUCK") {
    return Kind{Form::omop_duckdb, ""};
  }
  if (!omop::table_of_file(path).empty() && !head.starts_with('{') && !head.starts_with('<')) {
    return Kind{Form::omop, ""};
  }
  if (cda::looks_like_cda(head) || cda::looks_like_zip(head)) {
    return Kind{Form::cda, ""};
  }
  if (fhir::looks_like_fhir(head)) {
    return Kind{Form::fhir, ""};
  }
  constexpr std::pair<std::string_view, std::string_view> known[] = {
      {"%PDF", "PDF"},    {"PAR1", "Parquet"},  {"PK\x03\x04", "ZIP"},
      {"{", "JSON"},      {"[", "JSON"},        {"<", "XML"},
      {"\x89PNG", "PNG"}, {"\xFF\xD8", "JPEG"}, {"\xD0\xCF\x11\xE0", "old Office"}};
  for (const auto& [magic, word] : known) {
    if (head.starts_with(magic)) {
      return Kind{std::nullopt, std::string(word)};
    }
  }
  std::string name = lower(path.filename().string());
  if (name.ends_with(".gz")) {
    name.resize(name.size() - 3);
  }
  if (name.ends_with(".csv") || name.ends_with(".tsv")) {
    return Kind{std::nullopt, "CSV"};
  }
  return Kind{std::nullopt, "other"};
}

std::string named(std::size_t count, const std::string& word) {
  return fmt::format("{} {} file{}", count, word, count == 1 ? "" : "s");
}

std::string why(Form form, std::size_t files, std::size_t all) {
  const std::string count = files == all
                                ? (all == 1 ? "the file" : fmt::format("all {} files", all))
                                : fmt::format("{} of {} files", files, all);
  const std::string verb = files == 1 ? "is" : "are";
  switch (form) {
    case Form::fhir:
      return fmt::format("{} hold{} FHIR resources", count, files == 1 ? "s" : "");
    case Form::cda:
      return fmt::format("{} {} clinical documents or archives of them", count, verb);
    case Form::omop:
      return fmt::format("{} {} called after OMOP's tables", count, verb);
    case Form::omop_duckdb:
      return fmt::format("{} {} a DuckDB database", count, verb);
    case Form::omop_postgres:
      return "the address is that of a PostgreSQL database";
  }
  return {};
}

std::unexpected<Error> nothing_known(const std::vector<std::string>& what,
                                     const std::map<std::string, std::size_t>& others) {
  const std::string where = fmt::format("{}", fmt::join(what, ", "));
  if (others.empty()) {
    return bad_input("there is no file", where);
  }
  std::vector<std::string> found;
  for (const auto& [word, count] : others) {
    found.push_back(named(count, word));
  }
  const bool csv = others.contains("CSV");
  return bad_input(
      fmt::format("no file is FHIR, CDA or a table of OMOP ({})", fmt::join(found, ", ")), where,
      csv ? "CSV needs a mapping that says what its columns mean: draft one with parcours ingest "
            "guess, and give it with --mapping, without --from"
          : "FHIR (NDJSON or bundles), CDA (XML or ZIP), OMOP (files called after its tables, a "
            "DuckDB file, or postgresql://...)");
}

}  // namespace

std::string_view to_string(Form form) {
  switch (form) {
    case Form::fhir:
      return "FHIR R4";
    case Form::cda:
      return "CDA R2";
    default:
      return "OMOP CDM";
  }
}

Result<Recognised> recognise(const std::vector<std::string>& what) {
  if (what.size() == 1 && is_database_address(what.front())) {
    return Recognised{Form::omop_postgres, {}, what.front(), why(Form::omop_postgres, 0, 0), {}};
  }
  if (std::ranges::any_of(what, is_database_address)) {
    return bad_input("a database is named beside something else", "--from",
                     "import them one at a time");
  }
  const auto is_word = [](std::string_view word) {
    return omop::is_table(word) || fhir::is_resource_type(word);
  };
  ASSIGN_OR_RETURN(const std::vector<NamedFile> files, ingest::files_of(what, is_word));
  std::map<Form, std::vector<NamedFile>> found;
  std::map<std::string, std::size_t> others;
  for (const NamedFile& file : files) {
    ASSIGN_OR_RETURN(const Kind kind, kind_of(file));
    if (kind.form) {
      found[*kind.form].push_back(file);
    } else {
      ++others[kind.word];
    }
  }
  if (found.empty()) {
    return nothing_known(what, others);
  }
  if (found.size() > 1) {
    std::vector<std::string> forms;
    for (const auto& [form, some] : found) {
      forms.push_back(named(some.size(), std::string(to_string(form))));
    }
    return bad_input(fmt::format("the files are of several forms: {}", fmt::join(forms, ", ")),
                     fmt::format("{}", fmt::join(what, ", ")), "import them one form at a time");
  }
  auto& [form, read] = *found.begin();
  if (form == Form::omop_duckdb && read.size() > 1) {
    return bad_input("more than one DuckDB database", fmt::format("{}", fmt::join(what, ", ")),
                     "import them one at a time");
  }
  Recognised made{form, std::move(read), {}, {}, {}};
  made.why = why(form, made.files.size(), files.size());
  for (const auto& [word, count] : others) {
    made.passed_over.push_back(named(count, word));
  }
  return made;
}

Result<std::unique_ptr<ingest::Intake>> open(const Recognised& source, ingest::Choices choices) {
  switch (source.form) {
    case Form::fhir:
      return fhir::open_fhir(source.files, std::move(choices));
    case Form::cda:
      return cda::open_cda(source.files, std::move(choices));
    case Form::omop_postgres: {
      ASSIGN_OR_RETURN(auto tables, omop::open_postgres(source.database));
      return omop::make_intake(std::move(tables), std::move(choices));
    }
    case Form::omop_duckdb: {
      ASSIGN_OR_RETURN(auto tables, omop::open_duckdb(source.files.front()));
      return omop::make_intake(std::move(tables), std::move(choices));
    }
    default: {
      ASSIGN_OR_RETURN(auto tables, omop::open_files(source.files));
      return omop::make_intake(std::move(tables), std::move(choices));
    }
  }
}

}  // namespace parcours::formats
