// A generated panel, written as the vendor of a practice software would send it. No line of it is
// about a real person.
//
//   patients.csv   patient,practice,birth_year,sex,department
//                  V4ZK0M3T,P001,2011,F,37
//   events.csv     patient,practice,date,kind,code,value
//                  V4ZK0M3T,P001,2023-03-06,lab,HBA1C,5.4
//   mapping.toml   what `parcours vault import` needs to read them
//   export.csv     if requested, an export like those that are sold: one line an event, with a
//                  stable code for each patient: patient,birth_year,sex,region,date,kind,code,value
//
// Values: days of treatment of a prescription, days of a sick leave, the figure of a lab or a
// vital.
//
// G1: the same options give the same bytes, whatever the number of threads.
// G2: the folder is complete or does not exist.
// G3: the number of events is the requested one, within 2 %.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/day.h"
#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "records/patient.h"

namespace parcours::synth {

// How the panel is written; all but CSV have choices.toml beside, which names their code systems.
enum class PanelForm : std::uint8_t {
  csv,
  fhir,  // Condition.ndjson, a file a type of resource; without sick leaves and histories
  cda,   // P001/V4ZK0M3T.xml, a document a patient; for small panels
  omop,  // person.csv, drug_exposure.csv, ...: tables of OMOP (omop_text.h)
};

struct PanelOptions {
  std::uint64_t patients = 0;
  std::optional<std::uint64_t> events;     // none: 5 a patient and year
  std::optional<std::uint32_t> practices;  // none: one for some 1,300 patients, but at least 13
  std::uint64_t seed = 1;
  int threads = 2;
  Day first;          // of the period
  Day last;           // of it, too
  bool flat = false;  // export.csv as well
  int detail = 1;  // codes of the source's own for each diagnosis, prescription and lab; at most 99
  PanelForm form = PanelForm::csv;
};

// A child whom a few known facts single out: the facts and the child's identifier.
struct PanelStory {
  std::string patient;
  int birth_year = 0;
  records::Sex sex = records::Sex::unknown;
  std::string department;
  std::string region;
  std::string diagnosis;  // as the source writes it
  std::string long_term;  // the history's code
  Day visit;              // one of their visits
  std::uint64_t events = 0;
};

struct PanelSummary {
  std::uint64_t patients = 0;
  std::uint64_t events = 0;
  std::uint64_t visits = 0;
  std::uint32_t practices = 0;
  std::uint64_t bytes = 0;
  std::optional<PanelStory> story;
};

// `folder` must not exist, or be empty. Errors: sizes that do not fit together, a folder that
// cannot be written.
Result<PanelSummary> write_panel(const std::filesystem::path& folder, const PanelOptions& options,
                                 Progress& progress, Stop& stop);

}  // namespace parcours::synth
