#include "study/labels.h"

#include <fmt/format.h>

#include <array>

#include "study/phrases.h"

namespace parcours::study {
namespace {

std::string listed_with(std::span<const tables::Label> labels, std::string tables::Label::*language,
                        std::string_view and_word) {
  std::string text;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (i > 0) {
      text += i + 1 < labels.size() ? std::string(", ") : fmt::format(" {} ", and_word);
    }
    text += labels[i].*language;
  }
  return text;
}

tables::Label place_label(std::string_view level) {
  if (level == "region") {
    return {"region", "région"};
  }
  if (level == "department") {
    return {"department", "département"};
  }
  return {"place of residence", "lieu de résidence"};
}

}  // namespace

tables::Category not_recorded() {
  return {not_recorded_code, {"not recorded", "non renseigné"}};
}

tables::Category none() {
  return {none_code, {"none", "aucun"}};
}

tables::Label kind_label(vocabulary::KindId kind) {
  static const std::array<tables::Label, 9> labels = {{{"consultation", "consultation"},
                                                       {"diagnosis", "diagnostic"},
                                                       {"prescription", "prescription"},
                                                       {"lab test", "examen de biologie"},
                                                       {"vital sign", "constante"},
                                                       {"vaccination", "vaccination"},
                                                       {"sick leave", "arrêt de travail"},
                                                       {"allergy", "allergie"},
                                                       {"history", "antécédent"}}};
  return kind < labels.size() ? labels[kind]
                              : tables::Label{vocabulary::kinds()[kind], vocabulary::kinds()[kind]};
}

tables::Label sex_label(std::string_view sex) {
  return sex == "female" ? tables::Label{"female", "femme"} : tables::Label{"male", "homme"};
}

tables::Label code_label(const vocabulary::Vocabulary& vocabulary, std::string_view system,
                         std::string_view level, std::string_view code) {
  return vocabulary.label_or_code(system, code, level);
}

tables::Label variable_label(const Variable& variable) {
  if (!variable.label.en.empty()) {
    return variable.label;
  }
  if (const auto* field = std::get_if<FieldTest>(&variable.source)) {
    if (field->field == "sex") {
      return {"sex", "sexe"};
    }
    if (field->field == "age") {
      return {"age", "âge"};
    }
    if (field->field == "birth_year") {
      return {"year of birth", "année de naissance"};
    }
    return field->field == "place" ? place_label(variable.level)
                                   : tables::Label{"practice", "cabinet"};
  }
  return {variable.id, variable.id};
}

tables::Label variable_name(const Variable& variable) {
  const tables::Label label = variable_label(variable);
  return {in_quotes(variable.id).en, in_quotes(label.fr.empty() ? variable.id : label.fr).fr};
}

tables::Label table_name(const StudyTable& table) {
  return {in_quotes(table.id).en, in_quotes(table.title.fr.empty() ? table.id : table.title.fr).fr};
}

tables::Label table_title(const Study& study, const StudyTable& table) {
  if (!table.title.en.empty()) {
    return table.title;
  }
  std::vector<tables::Label> names;
  for (const std::string& id : table.by) {
    if (const Variable* variable = find_variable(study, id)) {
      names.push_back(variable_label(*variable));
    }
  }
  if (const Variable* of = find_variable(study, table.of)) {
    names.push_back(variable_label(*of));
  }
  if (table.what == StudyTable::What::each) {
    names.push_back(table.each.kind ? kind_label(*table.each.kind)
                                    : tables::Label{"event", "événement"});
  }
  const tables::Label by = listed(names);
  const Variable* mean = find_variable(study, table.mean);
  if (mean != nullptr) {
    const tables::Label of = variable_label(*mean);
    return {fmt::format("Mean of {} by {}", of.en, by.en),
            fmt::format("Moyenne de {} par {}", of.fr, by.fr)};
  }
  return {"Patients by " + by.en, "Patients par " + by.fr};
}

tables::Label listed(std::span<const tables::Label> labels) {
  return {listed_with(labels, &tables::Label::en, "and"),
          listed_with(labels, &tables::Label::fr, "et")};
}

}  // namespace parcours::study
