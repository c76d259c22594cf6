#include "omop/testing/small_database.h"

namespace parcours::omop {

const std::map<std::string, std::string>& small_database() {
  static const std::map<std::string, std::string> tables = {
      {"person",
       "person_id,gender_concept_id,year_of_birth,birth_datetime,location_id,provider_id,"
       "care_site_id\n"
       "1,8507,1980,,1,,10\n"
       "2,8532,,1990-05-06 00:00:00,2,7,\n"
       "3,0,1970,,,,\n"},
      {"location",
       "location_id,state,zip,country_source_value\n"
       "1,MA,02139,US\n"
       "2,,69003,FR\n"},
      {"provider", "provider_id,care_site_id\n7,11\n"},
      {"concept",
       "concept_id,concept_name,vocabulary_id,concept_code\n"
       "100,Asthma,SNOMED,195967001\n"
       "101,Asthma,ICD10CM,J45.909\n"
       "102,Glucose,LOINC,2345-7\n"
       "103,Weight,LOINC,29463-7\n"
       "104,mg/dL,UCUM,mg/dL\n"
       "105,Flu vaccine,CVX,140\n"
       "106,Own,Local,DUPONT\n"
       "4306655,Death,SNOMED,419620001\n"},
      {"condition_occurrence",
       "condition_occurrence_id,person_id,condition_concept_id,condition_start_date,"
       "condition_source_value,condition_source_concept_id,condition_status_concept_id\n"
       "1,1,100,2023-01-02,J45.909,101,0\n"
       "2,2,100,2023-01-03,asthma,0,0\n"
       "3,2,100,2023-01-04,asthma,0,32899\n"
       "4,9,100,2023-01-05,asthma,0,0\n"
       "5,3,0,2023-01-06,asthma,0,0\n"
       "6,3,100,2023-01,asthma,0,0\n"
       "7,3,106,2023-01-08,Jean Dupont,106,0\n"},
      {"measurement",
       "measurement_id,person_id,measurement_concept_id,measurement_date,value_as_number,"
       "unit_concept_id,unit_source_value,operator_concept_id\n"
       "1,1,102,2023-02-01,100,104,,4172703\n"
       "2,1,103,2023-02-01,70,0,kg,\n"
       "3,1,102,2023-02-02,many,104,,\n"
       "4,1,3025315,2023-02-03,,0,,\n"
       "5,1,102,2023-02-04,50,104,,4171756\n"},
      {"drug_exposure",
       "drug_exposure_id,person_id,drug_concept_id,drug_exposure_start_date,drug_type_concept_id\n"
       "1,2,105,2023-03-01,32838\n"
       "2,2,105,2023-03-02,32818\n"},
      {"device_exposure",
       "device_exposure_id,person_id,device_concept_id,device_exposure_start_date,"
       "unique_device_id\n"
       "1,3,45768171,2023-03-04,00844588003288\n"},
      {"death", "person_id,death_date\n3,2024-01-01\n"}};
  return tables;
}

}  // namespace parcours::omop
