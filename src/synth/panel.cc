#include "synth/panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <mutex>

#include "base/check.h"
#include "base/files.h"
#include "base/threads.h"
#include "synth/cda_text.h"
#include "synth/csv_writer.h"
#include "synth/fhir_text.h"
#include "synth/layout.h"
#include "synth/model.h"
#include "synth/omop_text.h"
#include "synth/practice.h"
#include "synth/practice_text.h"

namespace parcours::synth {

std::string_view synth_mapping_toml();  // mapping.toml, with PERIOD where the period's label goes

namespace {

namespace fs = std::filesystem;
using namespace synth;

constexpr std::uint64_t events_a_year = 5;
constexpr std::uint64_t most_events = 400;  // a patient
constexpr int most_detail = 99;

std::uint64_t target_of(const PanelOptions& options) {
  constexpr double year = 365.25;
  const double years = (options.last - options.first + 1) / year;
  const auto usual =
      static_cast<std::uint64_t>(static_cast<double>(options.patients * events_a_year) * years);
  return options.events.value_or(std::max(usual, options.patients));
}

Status check(const fs::path& folder, const PanelOptions& options) {
  const std::uint64_t events = target_of(options);
  if (options.patients == 0 || options.patients > 1ULL << 32) {
    return bad_input(fmt::format("{} patients", options.patients), {},
                     "give a number of patients from 1 to 4294967296");
  }
  if (options.last < options.first || options.last - options.first > 100 * 366) {
    return bad_input(
        fmt::format("a period from {} to {}", to_string(options.first, Calendar::dates),
                    to_string(options.last, Calendar::dates)),
        {}, "give a first day before the last, at most 100 years apart");
  }
  if (events < options.patients || events > options.patients * most_events) {
    return bad_input(fmt::format("{} events for {} patients", events, options.patients), {},
                     fmt::format("give from 1 to {} events for each patient", most_events));
  }
  if (options.practices && (*options.practices == 0 || *options.practices > options.patients)) {
    return bad_input(
        fmt::format("{} practices for {} patients", *options.practices, options.patients), {},
        "give at least 1 practice and at most one for each patient");
  }
  if (options.detail < 1 || options.detail > most_detail) {
    return bad_input(fmt::format("a detail of {}", options.detail), {},
                     fmt::format("give a number from 1 to {}", most_detail));
  }
  if (options.form != PanelForm::csv && (options.detail != 1 || options.flat)) {
    return bad_input("codes of more detail, or an export, in another form than CSV", {},
                     "these are of CSV alone");
  }
  std::error_code ignored;
  if (!fs::is_directory(folder_of(folder), ignored)) {
    return bad_input("there is no such folder", folder_of(folder).string(), "create it first");
  }
  if (fs::exists(folder, ignored) && !fs::is_empty(folder, ignored)) {
    return bad_input("this path already exists", folder.string(),
                     "name a path that does not exist yet");
  }
  return {};
}

// The pace at which patients have a little more events than asked for, so that each practice can be
// thinned down to its share: by a few tries, since events do not grow in step with the pace.
double pace_for(const Model& model, double events_wanted, int detail) {
  constexpr double margin = 1.04;
  constexpr int tries = 5;
  double pace = 1;
  for (int i = 0; i < tries; ++i) {
    const double got = events_a_patient(model, {.pace = pace, .detail = detail});
    pace = std::clamp(pace * margin * events_wanted / got, 0.01, 200.0);
  }
  return pace;
}

PanelStory story_of(const Model& model, const PracticeText& text, const PracticePlan& plan,
                    const Practice& practice) {
  const std::uint32_t child = *practice.child;
  const Person& person = practice.families.people[child];
  const Place& place = model.population.places()[person.place];
  const auto code = patient_code(model.seed, plan.first_patient + child);
  PanelStory story{.patient = std::string(code.data(), code.size()),
                   .birth_year = year_of(person.born),
                   .sex = person.sex,
                   .department = place.department,
                   .region = place.region,
                   .long_term = "ALD14"};
  const CodeNumber asthma = model.codes.number_of("diagnosis", "J45.0");
  std::vector<Day> days;
  for (const Visit& visit : practice.visits.all()) {
    if (visit.person != child) {
      continue;
    }
    days.push_back(visit.day);
    for (const Event& event : practice.visits.events_of(visit)) {
      ++story.events;
      if (event.code == asthma && story.diagnosis.empty()) {
        story.diagnosis = text.source_code(event.code, event.detail);
      }
    }
  }
  if (!days.empty()) {
    story.visit = days[days.size() / 2];
  }
  return story;
}

struct PanelFile {
  std::string name;
  std::string_view header;
};

std::vector<PanelFile> files_of(const PanelOptions& options) {
  std::vector<PanelFile> files;
  switch (options.form) {
    case PanelForm::cda:  // a file a patient: write_documents()
      break;
    case PanelForm::fhir:
      for (const std::string_view type : FhirText::types) {
        files.push_back({std::string(type) + ".ndjson", ""});
      }
      break;
    case PanelForm::omop:
      for (const OmopText::Table& table : OmopText::tables()) {
        files.push_back({std::string(table.name) + ".csv", table.header});
      }
      break;
    case PanelForm::csv:
      files = {{"patients.csv", patients_header}, {"events.csv", events_header}};
      if (options.flat) {
        files.push_back({"export.csv", export_header});
      }
  }
  return files;
}

// The panel while threads write it.
class Work {
 public:
  Work(const Model& model, const PanelOptions& options, std::vector<PracticePlan> plans,
       std::vector<OutputFile> files, fs::path folder, Progress& progress, Stop& stop)
      : model_(model),
        options_(options),
        folder_(std::move(folder)),
        plans_(std::move(plans)),
        text_(model, static_cast<std::uint32_t>(plans_.size()), options.detail),
        fhir_(model),
        omop_(model),
        manner_{.pace = pace_for(
                    model,
                    static_cast<double>(target_of(options)) / static_cast<double>(options.patients),
                    options.detail),
                .detail = options.detail},
        writer_(std::move(files), static_cast<std::size_t>(options.threads) * 2),
        progress_(progress),
        stop_(stop) {}

  Result<PanelSummary> run() {
    progress_.begin("writing the panel", options_.patients);
    on_threads(options_.threads, [this](int) {
      try {
        make_practices();
      } catch (...) {
        writer_.fail(stopped().error());  // nobody waits for what it took on
        throw;
      }
    });
    progress_.end();
    if (stop_.requested()) {
      return stopped();
    }
    ASSIGN_OR_RETURN(const std::uint64_t bytes, writer_.close());
    summary_.bytes += bytes;
    summary_.practices = static_cast<std::uint32_t>(plans_.size());
    return summary_;
  }

 private:
  // Makes one practice after another until there is none left.
  void make_practices() {
    CsvWriter::Texts texts;
    while (!stop_.requested()) {
      const std::uint32_t number = next_.fetch_add(1);
      if (number >= plans_.size()) {
        return;
      }
      const PracticePlan& plan = plans_[number];
      const Practice practice = make_practice(model_, plan, manner_);
      if (options_.form == PanelForm::cda) {
        texts.clear();
        if (const Status written = write_documents(plan, practice); !written) {
          return writer_.fail(written.error());
        }
      } else {
        write(plan, practice, texts);
      }
      Result<CsvWriter::Texts> spent = writer_.put(number, std::move(texts));
      if (!spent) {
        return;
      }
      texts = *std::move(spent);
      add(plan, practice);
    }
    writer_.fail(stopped().error());
  }

  void write(const PracticePlan& plan, const Practice& practice, CsvWriter::Texts& texts) const {
    texts.resize(files_of(options_).size());
    for (std::string& text : texts) {
      text.clear();
    }
    if (options_.form == PanelForm::fhir) {
      fhir_.append(plan, practice, text_.name(plan.number), texts);
      return;
    }
    if (options_.form == PanelForm::omop) {
      omop_.append(plan, practice, texts);
      return;
    }
    text_.append_patients(plan, practice, texts[0]);
    text_.append_events(plan, practice, texts[1]);
    if (options_.flat) {
      text_.append_export(plan, practice, texts[2]);
    }
  }

  // A folder for each practice, a document for each of its patients.
  Status write_documents(const PracticePlan& plan, const Practice& practice) {
    const std::string name = text_.name(plan.number);
    const CdaText cda(model_);
    std::vector<std::vector<const Visit*>> visits(practice.families.people.size());
    for (const Visit& visit : practice.visits.all()) {
      visits[visit.person].push_back(&visit);
    }
    RETURN_IF_ERROR(make_folder(folder_ / name, Readers::as_umask_says));
    for (std::size_t i = 0; i < visits.size(); ++i) {
      const auto code = patient_code(model_.seed, plan.first_patient + i);
      const std::string patient(code.data(), code.size());
      ASSIGN_OR_RETURN(OutputFile file, OutputFile::create(folder_ / name / (patient + ".xml"),
                                                           Readers::as_umask_says));
      RETURN_IF_ERROR(file.write(
          cda.document(patient, name, practice.families.people[i], visits[i], practice.visits)));
      ASSIGN_OR_RETURN(const std::uint64_t bytes, file.close());
      const std::lock_guard lock(mutex_);
      summary_.bytes += bytes;
    }
    return {};
  }

  void add(const PracticePlan& plan, const Practice& practice) {
    {
      const std::lock_guard lock(mutex_);
      summary_.patients += practice.families.people.size();
      summary_.events += practice.events;
      summary_.visits += practice.visits.all().size();
      if (practice.child) {
        summary_.story = story_of(model_, text_, plan, practice);
      }
    }
    progress_.add(practice.families.people.size());
  }

  const Model& model_;
  const PanelOptions& options_;
  const fs::path folder_;
  const std::vector<PracticePlan> plans_;
  const PracticeText text_;
  const FhirText fhir_;
  const OmopText omop_;
  const Manner manner_;
  CsvWriter writer_;
  Progress& progress_;
  Stop& stop_;
  std::atomic<std::uint32_t> next_{0};
  std::mutex mutex_;
  PanelSummary summary_;
};

std::string period_of(const PanelOptions& options) {
  return fmt::format("{}..{}", to_string(options.first, Calendar::dates),
                     to_string(options.last, Calendar::dates));
}

void exchange(std::string& text, std::string_view what, std::string_view by) {
  const std::size_t at = text.find(what);
  PARCOURS_CHECK(at != std::string::npos);
  text.replace(at, what.size(), by);
}

std::string mapping_for(const PanelOptions& options) {
  std::string text(synth_mapping_toml());
  exchange(text, "PERIOD", period_of(options));
  if (options.detail > 1) {
    // The source's own codes are none of the known systems.
    exchange(text, "diagnosis    = \"icd10\"", "diagnosis    = \"detailed-icd10\"");
    exchange(text, "prescription = \"atc\"", "prescription = \"detailed-atc\"");
    exchange(text, "lab          = \"lab\"", "lab          = \"detailed-lab\"");
  }
  return text;
}

// What an import needs to read the files.
Status write_legend(const fs::path& folder, const PanelOptions& options) {
  switch (options.form) {
    case PanelForm::fhir:
      return write_file(folder / "choices.toml", FhirText::choices(period_of(options)));
    case PanelForm::cda:
      return write_file(folder / "choices.toml", cda_choices(period_of(options)));
    case PanelForm::omop:
      return write_file(folder / "choices.toml", OmopText::choices(period_of(options)));
    default:
      return write_file(folder / "mapping.toml", mapping_for(options));
  }
}

Result<OutputFile> begin_file(const fs::path& path, std::string_view header) {
  ASSIGN_OR_RETURN(OutputFile file, OutputFile::create(path, Readers::as_umask_says));
  RETURN_IF_ERROR(file.write(header));
  return file;
}

}  // namespace

Result<PanelSummary> write_panel(const fs::path& place, const PanelOptions& options,
                                 Progress& progress, Stop& stop) {
  const fs::path folder = place.has_filename() ? place : place.parent_path();  // "panel/"
  RETURN_IF_ERROR(check(folder, options));
  ASSIGN_OR_RETURN(ScratchFolder aside, ScratchFolder::make_beside(folder));
  std::vector<OutputFile> files;
  for (const PanelFile& one : files_of(options)) {
    ASSIGN_OR_RETURN(OutputFile file, begin_file(aside.path() / one.name, one.header));
    files.push_back(std::move(file));
  }
  RETURN_IF_ERROR(write_legend(aside.path(), options));

  const Model model(options.first, options.last, options.seed);
  const std::uint32_t practices = options.practices.value_or(usual_practices(options.patients));
  Work work(model, options, lay_out(model, practices, options.patients, target_of(options)),
            std::move(files), aside.path(), progress, stop);
  ASSIGN_OR_RETURN(PanelSummary summary, work.run());
  RETURN_IF_ERROR(std::move(aside).keep_as(folder));
  return summary;
}

}  // namespace parcours::synth
