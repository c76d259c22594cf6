#include "synth/omop_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "synth/practice_text.h"

namespace parcours::synth {
namespace {

enum TableNumber : std::size_t {
  person,
  location,
  care_site,
  visits,
  conditions,
  drugs,
  measurements,
  observations
};

struct KindOfTable {
  std::string_view kind;
  TableNumber table;
};

constexpr std::array<KindOfTable, 8> kind_tables = {{{"consultation", visits},
                                                     {"diagnosis", conditions},
                                                     {"prescription", drugs},
                                                     {"vaccination", drugs},
                                                     {"lab", measurements},
                                                     {"vital", measurements},
                                                     {"history", observations},
                                                     {"allergy", observations}}};

// Standard concepts of vital signs (src/omop/cdm.h), so that they are told from laboratory values.
std::string_view concept_of(std::string_view code) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> concepts = {
      {{"HEIGHT", "3036277"},
       {"WEIGHT", "3025315"},
       {"SBP", "3004249"},
       {"DBP", "3012888"},
       {"PULSE", "3027018"},
       {"TEMP", "3020891"},
       {"SPO2", "40762499"}}};
  const auto found =
      std::ranges::find(concepts, code, &std::pair<std::string_view, std::string_view>::first);
  return found == concepts.end() ? "0" : found->second;
}

std::string_view gender_concept(records::Sex sex) {
  return sex == records::Sex::female ? "8532" : sex == records::Sex::male ? "8507" : "0";
}

}  // namespace

const std::array<OmopText::Table, 8>& OmopText::tables() {
  static constexpr std::array<Table, 8> all = {{
      {"person",
       "person_id,gender_concept_id,year_of_birth,race_concept_id,ethnicity_concept_id,"
       "location_id,care_site_id,person_source_value\n"},
      {"location", "location_id,state,country_source_value\n"},
      {"care_site", "care_site_id,care_site_name\n"},
      {"visit_occurrence",
       "visit_occurrence_id,person_id,visit_concept_id,visit_start_date,visit_end_date,"
       "visit_type_concept_id,visit_source_value,visit_source_concept_id\n"},
      {"condition_occurrence",
       "condition_occurrence_id,person_id,condition_concept_id,condition_start_date,"
       "condition_type_concept_id,condition_source_value,condition_source_concept_id\n"},
      {"drug_exposure",
       "drug_exposure_id,person_id,drug_concept_id,drug_exposure_start_date,"
       "drug_exposure_end_date,drug_type_concept_id,drug_source_value,drug_source_concept_id\n"},
      {"measurement",
       "measurement_id,person_id,measurement_concept_id,measurement_date,"
       "measurement_type_concept_id,value_as_number,measurement_source_value,"
       "measurement_source_concept_id\n"},
      {"observation",
       "observation_id,person_id,observation_concept_id,observation_date,"
       "observation_type_concept_id,observation_source_value,observation_source_concept_id\n"},
  }};
  return all;
}

OmopText::OmopText(const Model& model) : model_(model) {
  for (std::size_t i = 0; i < model.codes.size(); ++i) {
    const vocabulary::Code& code = model.codes.at(static_cast<CodeNumber>(i));
    CodeText& text = codes_.emplace_back();
    const auto table =
        std::ranges::find(kind_tables, vocabulary::kinds()[*code.kind], &KindOfTable::kind);
    if (table != kind_tables.end()) {
      text.table = table->table;
      text.code = code.code;
      text.concept_id = concept_of(code.code);
      text.measured = table->table == measurements;
    }
  }
}

// Numbers are unique as a practice's are multiples of its first patient's.
void OmopText::append(const PracticePlan& plan, const Practice& practice,
                      std::vector<std::string>& texts) const {
  constexpr std::uint64_t events_a_patient = 1'000'000;
  constexpr std::string_view from_record = "32817";  // "EHR"
  const std::uint64_t first = plan.first_patient + 1;
  fmt::format_to(std::back_inserter(texts[care_site]), "{0},practice {0}\n", plan.number + 1);
  for (std::size_t i = 0; i < practice.families.people.size(); ++i) {
    const Person& one = practice.families.people[i];
    const auto code = patient_code(model_.seed, plan.first_patient + i);
    fmt::format_to(std::back_inserter(texts[person]), "{},{},{},0,0,{},{},{}\n", first + i,
                   gender_concept(one.sex), year_of(one.born), first + i, plan.number + 1,
                   std::string_view(code.data(), code.size()));
    fmt::format_to(std::back_inserter(texts[location]), "{},{},FR\n", first + i,
                   model_.population.places()[one.place].department);
  }
  std::uint64_t number = first * events_a_patient;
  for (const Visit& visit : practice.visits.all()) {
    const std::string day = to_string(visit.day, Calendar::dates);
    const std::uint64_t who = first + visit.person;
    for (const Event& event : practice.visits.events_of(visit)) {
      const CodeText& code = codes_[event.code];
      const auto to = std::back_inserter(texts[code.table]);
      switch (code.table) {
        case visits:
        case drugs:
          fmt::format_to(to, "{},{},0,{},{},{},{},0\n", ++number, who, day, day, from_record,
                         code.code);
          break;
        case conditions:
        case observations:
          fmt::format_to(to, "{},{},0,{},{},{},0\n", ++number, who, day, from_record, code.code);
          break;
        case measurements:
          fmt::format_to(
              to, "{},{},{},{},{},{},{},0\n", ++number, who, code.concept_id, day, from_record,
              event.has_value ? model_.measures.written(event.code, event.value) : "", code.code);
          break;
        default:
          break;
      }
    }
  }
}

std::string OmopText::choices(std::string_view period) {
  std::string text = fmt::format(
      "# How the OMOP tables of this generated panel are read. No line of them is about a real "
      "person.\n"
      "period = \"{}\"\n"
      "patient_identifier = \"person_source_value\"\n\n"
      "[omop_source_values]\n"
      "consultation = \"consultation\"\n"
      "diagnosis    = \"icd10\"\n"
      "prescription = \"atc\"\n"
      "lab          = \"lab\"\n"
      "vital        = \"vital\"\n"
      "history      = \"history\"\n",
      period);
  for (const std::string_view kind : {"consultation", "lab", "vital", "history"}) {
    text += fmt::format("\n[[code_system]]\nname  = \"{0}\"\nkinds = [\"{0}\"]\n", kind);
  }
  return text;
}

}  // namespace parcours::synth
