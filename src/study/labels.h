// The English and French labels of a study's variables and categories.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "study/study.h"
#include "tables/table.h"
#include "vocabulary/vocabulary.h"

namespace parcours::study {

// Categories that are not of the data: no value, no event.
inline constexpr const char* not_recorded_code = "_U";
inline constexpr const char* none_code = "none";
tables::Category not_recorded();
tables::Category none();

tables::Label kind_label(vocabulary::KindId kind);
tables::Label sex_label(std::string_view sex);  // female, male

// What a code at a level is called.
tables::Label code_label(const vocabulary::Vocabulary& vocabulary, std::string_view system,
                         std::string_view level, std::string_view code);

// The variable's own label, or one made from what it is: "age", "region", or its id.
tables::Label variable_label(const Variable& variable);

// What sentences call a variable and a table: 'first_drug', as its author wrote it; in French «
// premier traitement », its French label, where it has one.
tables::Label variable_name(const Variable& variable);
tables::Label table_name(const StudyTable& table);

// The table's own title, or one made from what is counted: "Patients by age and sex".
tables::Label table_title(const Study& study, const StudyTable& table);

// "a, b and c", "a, b et c"
tables::Label listed(std::span<const tables::Label> labels);

}  // namespace parcours::study
