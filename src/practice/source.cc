#include "practice/source.h"

#include <algorithm>
#include <system_error>

#include "cda/cda.h"
#include "fhir/fhir.h"
#include "ingest/source_files.h"
#include "mapping/mapped_files.h"
#include "practice/words.h"

namespace parcours::practice {
namespace {

namespace fs = std::filesystem;

// With more bad items a source is not what it was taken for.
constexpr std::uint64_t most_bad_items = 1'000'000;

struct Sorted {
  std::vector<NamedFile> fhir;
  std::vector<NamedFile> cda;
  std::size_t others = 0;
};

Result<Sorted> sort(const std::vector<std::string>& what) {
  Sorted sorted;
  ASSIGN_OR_RETURN(const std::vector<NamedFile> files,
                   ingest::files_of(what, fhir::is_resource_type));
  for (const NamedFile& file : files) {
    ASSIGN_OR_RETURN(const std::string head, ingest::head_of(file));
    if (cda::looks_like_cda(head) || cda::looks_like_zip(head)) {
      sorted.cda.push_back(file);
    } else if (fhir::looks_like_fhir(head)) {
      sorted.fhir.push_back(file);
    } else {
      ++sorted.others;
    }
  }
  return sorted;
}

Result<Source> by_mapping(const std::vector<std::string>& what, const fs::path& path,
                          Language language) {
  std::error_code error;
  if (!fs::exists(path, error)) {
    return complain(language, words::no_mapping(path.string()), what.front());
  }
  if (what.size() > 1) {
    return complain(language, words::several_folders(), what[1]);
  }
  ASSIGN_OR_RETURN(mapping::Mapping mapping, mapping::read_mapping(path));
  Source source{.form = "CSV", .intake = nullptr, .most_bad_rows = mapping.max_bad_rows};
  const fs::path data = fs::is_directory(what.front(), error)
                            ? fs::path(what.front())
                            : fs::path(what.front()).parent_path();
  ASSIGN_OR_RETURN(mapping::Plan plan, mapping::make_plan(std::move(mapping), data, nullptr));
  source.intake = std::make_unique<mapping::MappedFiles>(std::move(plan));
  return source;
}

}  // namespace

Result<Source> open_source(const std::vector<std::string>& what, const fs::path& mapping,
                           Language language) {
  ASSIGN_OR_RETURN(Sorted sorted, sort(what));
  if (!sorted.fhir.empty() && !sorted.cda.empty()) {
    return complain(language, words::several_forms(sorted.fhir.size(), sorted.cda.size()),
                    what.front());
  }
  if (sorted.fhir.empty() && sorted.cda.empty()) {
    return by_mapping(what, mapping, language);
  }
  ingest::Choices choices;
  if (std::error_code error; fs::exists(mapping, error)) {
    ASSIGN_OR_RETURN(choices, ingest::read_choices(mapping));
  }
  Source source;
  source.most_bad_rows = choices.max_bad_rows.value_or(most_bad_items);
  if (sorted.cda.empty()) {
    source.form = "FHIR R4";
    ASSIGN_OR_RETURN(source.intake, fhir::open_fhir(std::move(sorted.fhir), std::move(choices)));
  } else {
    source.form = "CDA R2";
    ASSIGN_OR_RETURN(source.intake, cda::open_cda(std::move(sorted.cda), std::move(choices)));
  }
  return source;
}

}  // namespace parcours::practice
