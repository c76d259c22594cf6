#include "draft/patients_section.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "base/toml.h"
#include "draft/look.h"

namespace parcours::draft {
namespace {

class PatientsDrafting {
 public:
  PatientsDrafting(const SeenFiles& seen, SeenFile& file) : seen_(seen), file_(file) {}
  Status write_patients();
  Section section() && { return std::move(section_); }

 private:
  Status write_sex();

  const SeenFiles& seen_;
  SeenFile& file_;
  Section section_;
};

Status PatientsDrafting::write_sex() {
  const exports::ColumnGuess* sex = seeming(file_.guess, exports::ColumnRole::sex);
  if (sex == nullptr) {
    return {};
  }
  ASSIGN_OR_RETURN(const std::optional<SexWords> words,
                   sex_words(file_.file, sex->name, seen_.missing));
  if (!words) {
    section_.doubts.push_back(fmt::format(
        "{}: column '{}' seems to be the sex, but its words are not known", file_.name, sex->name));
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
  section_.line("sex", value + " }", sex->reason.en);
  return {};
}

Status PatientsDrafting::write_patients() {
  const NamedColumn patient = of_role(file_, exports::ColumnRole::patient);
  section_.text += "\n[patients]\n";
  section_.line("file", toml_text(file_.name), "");
  section_.line("patient", patient.text, patient.column->reason.en);
  section_.practice(file_);
  const exports::ColumnGuess* birth = seeming(file_.guess, exports::ColumnRole::birth_year);
  const exports::ColumnGuess* age = seeming(file_.guess, exports::ColumnRole::age);
  if (seen_.dates && birth != nullptr) {
    if (is_date(*birth) && birth->day_format != "%Y") {
      const bool iso = birth->day_format.empty();
      section_.line("birth_date",
                    iso ? toml_text(birth->name)
                        : fmt::format("{{ column = {}, format = {} }}", toml_text(birth->name),
                                      toml_text(birth->day_format)),
                    birth->reason.en);
    } else {
      section_.line("birth_year", toml_text(birth->name), birth->reason.en);
    }
  } else if (!seen_.dates && age != nullptr) {
    section_.line("age", toml_text(age->name), "the age at day 0");
    section_.doubts.push_back(fmt::format("{}: is '{}' the age at day 0?", file_.name, age->name));
  }
  RETURN_IF_ERROR(write_sex());
  for (const exports::ColumnGuess& column : file_.guess.columns) {
    if (column.role != exports::ColumnRole::place || &column == practice_of(file_.guess)) {
      continue;
    }
    if (any_word_of(column.name, {"dep", "dept"})) {
      section_.line(
          "place",
          fmt::format("{{ column = {}, system = \"fr-department\" }}", toml_text(column.name)),
          column.reason.en);
      break;
    }
    section_.doubts.push_back(fmt::format(
        "{}: '{}' is a place, which is left out; add place = {{ column = {}, system = \"...\" }} "
        "if it is as coarse as a department",
        file_.name, column.name, toml_text(column.name)));
    break;
  }
  if (file_.guess.several_lines) {
    section_.line("several_rows", "\"first\"", "patients have several rows");
  }
  return {};
}

}  // namespace

Result<Section> patients_section(const SeenFiles& seen, SeenFile& file) {
  PatientsDrafting drafting(seen, file);
  RETURN_IF_ERROR(drafting.write_patients());
  return std::move(drafting).section();
}

}  // namespace parcours::draft
