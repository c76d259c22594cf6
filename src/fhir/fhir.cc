#include "fhir/fhir.h"

#include <algorithm>

#include "fhir/directory.h"
#include "fhir/facts.h"
#include "fhir/patient.h"
#include "fhir/piece_queue.h"
#include "fhir/resource_types.h"
#include "fhir/versions.h"
#include "fhir/walk.h"
#include "ingest/fact_intake.h"

namespace parcours::fhir {
namespace {

using ingest::FactRows;
using ingest::ItemPlace;
using ingest::People;
using ingest::Reading;
using ingest::ReasonId;

bool is_modified(const Found& found) {
  return found.modifiers == Modifiers::there ||
         (found.modifiers == Modifiers::look && has_member_within(found.resource, modifier_word));
}

// What an event is made of.
bool is_fact(Use use) {
  return use >= Use::encounter && use <= Use::procedure;
}

Versions::Place place_of(const Found& found) {
  return {found.file, found.at.line, found.entry};
}

// "Condition/7" of what an entry deletes: the last two parts of the address, whatever it begins
// with. Empty: a search, or no address of a resource.
std::string_view deleted_name(std::string_view url) {
  if (url.contains('?')) {
    return {};
  }
  url = url.substr(0, url.find('#'));
  url = url.substr(0, url.find("/_history"));
  while (url.ends_with('/')) {
    url.remove_suffix(1);
  }
  const std::size_t before_id = url.rfind('/');
  if (before_id == std::string_view::npos || before_id == 0) {
    return {};
  }
  const std::size_t before_type = url.rfind('/', before_id - 1);
  return before_type == std::string_view::npos ? url : url.substr(before_type + 1);
}

// Before the first reading: what the source deletes, which resources it says twice, and that it is
// of one server.
class Survey {
 public:
  Survey(Directory& directory, Versions& versions) : directory_(directory), versions_(versions) {}

  static bool passes(const ResourceType& type) {
    return type.use != Use::bundle && !is_fact(type.use);
  }
  bool passes(const ResourceType& type, std::string_view id) {
    if (is_fact(type.use)) {
      note(type.name, id);
      return true;
    }
    return false;
  }

  static Status no_resource(const ingest::ItemPlace&, ingest::ReasonId, const ResourceType*) {
    return {};
  }

  Status entry_without(const ingest::ItemPlace&, std::string_view deleted) {
    if (const std::string_view name = deleted_name(deleted); !name.empty()) {
      directory_.add_deleted(name);
    }
    return {};
  }

  Status found(const Found& found) {
    const bool fact = is_fact(found.type->use);
    if (fact) {
      note(found.type->name, text_in(found.resource, "id"));
    }
    if (fact || found.type->use == Use::patient) {
      return of_one_server(found);
    }
    return {};
  }

 private:
  void note(std::string_view type, std::string_view id) {
    if (!id.empty()) {
      versions_.note(Directory::name_of(type, id, ""));
    }
  }

  // Two servers may give the same id to different patients.
  Status of_one_server(const Found& found) {
    const Reference address = read_reference(found.full_url);
    if (address.form != Reference::Form::absolute || address.type() != found.type->name) {
      return {};
    }
    const std::string_view server = address.base.substr(address.base.find("://"));
    if (server_.empty()) {
      server_ = server;
    }
    return server == server_
               ? Status()
               : bad_input(
                     "records of two servers, which may give the same id to different patients",
                     std::string(found.where), "import the records of each server by themselves");
  }

  Directory& directory_;
  Versions& versions_;
  std::string server_;
};

// The first reading: patients become people, and the directory learns what references mean. What it
// cannot read is the second reading's, but for what begins as a Patient.
class FirstReading {
 public:
  FirstReading(const Words& words, ingest::People& people, Directory& directory, Versions& versions)
      : words_(words), people_(people), directory_(directory), versions_(versions) {}

  bool passes(const ResourceType& type) const {
    return type.use == Use::left_out || (is_fact(type.use) && !versions_.any());
  }
  bool passes(const ResourceType& type, std::string_view id) const {
    return is_fact(type.use) && !versions_.stands_twice(Directory::name_of(type.name, id, ""));
  }

  Status no_resource(const ingest::ItemPlace& at, ingest::ReasonId reason,
                     const ResourceType* type) {
    return type != nullptr && type->use == Use::patient ? people_.tally().refuse(at, reason)
                                                        : Status();
  }

  static Status entry_without(const ingest::ItemPlace&, std::string_view) { return {}; }

  // The first absolute reference to a patient says which server the source is of.
  void look_for_base(const Block& block) {
    if (directory_.base().empty()) {
      directory_.note_reference_to(block.first_base());
    }
  }

  Status found(const Found& found) {
    if (is_fact(found.type->use)) {
      if (const std::string_view id = text_in(found.resource, "id");
          versions_.any() && !id.empty()) {
        versions_.add(Directory::name_of(found.type->name, id, ""), version_of(found.resource),
                      place_of(found));
      }
      return {};
    }
    if (found.type->use != Use::drug && found.type->use != Use::patient) {
      return {};
    }
    directory_.note_address(found.full_url);
    if (found.type->use == Use::drug) {
      drug(found);
      return {};
    }
    return patient(found);
  }

 private:
  void drug(const Found& found) {
    codings_.clear();
    if (text_in(found.resource, "status") != "entered-in-error" && !is_modified(found)) {
      add_codings_in(found.resource, "code", codings_);
    }
    directory_.add_drug(
        Directory::name_of("Medication", text_in(found.resource, "id"), found.full_url),
        found.full_url, codings_);
  }

  Status patient(const Found& found) {
    const std::string name =
        Directory::name_of("Patient", text_in(found.resource, "id"), found.full_url);
    if (directory_.deleted(name)) {
      people_.tally().leave_out(found.at.section, words_.deleted);
      return {};
    }
    if (is_modified(found)) {
      return people_.tally().refuse(found.at, words_.modifier);
    }
    if (member(found.resource, "implicitRules")) {
      return people_.tally().refuse(found.at, words_.rules);
    }
    read_patient(found.resource, people_.choices(), read_);
    if (read_.defect == PatientDefect::replaced) {
      return people_.tally().refuse(found.at, words_.replaced);
    }
    // Its address names it, whatever becomes of this record of it.
    directory_.add_patient(name, found.full_url);
    if (read_.defect != PatientDefect::none) {
      return people_.tally().refuse(found.at, read_.defect == PatientDefect::several_numbers
                                                  ? words_.several_numbers
                                                  : words_.several_national);
    }
    if (!is_fhir_day(read_.person.born)) {
      return people_.tally().refuse(found.at, words_.day_form);
    }
    each_name(found.resource, [&](std::string_view word) { people_.note_name(word); });
    read_.person.reference = name;
    return people_.add(read_.person, found.at);
  }

  const Words& words_;
  ingest::People& people_;
  Directory& directory_;
  Versions& versions_;
  Codings codings_;
  ReadPatient read_;
};

// The second reading: everything but the patients.
class SecondReading {
 public:
  SecondReading(const ingest::Choices& choices, const Words& words, const Directory& directory,
                const Versions& versions, const ingest::Reading& reading, ingest::Ledger& ledger,
                ingest::FactRows& rows)
      : words_(words),
        directory_(directory),
        versions_(versions),
        rows_(rows),
        facts_(directory, choices, reading, ledger, rows) {}

  static bool passes(const ResourceType& type) { return type.use == Use::patient; }

  Status no_resource(const ingest::ItemPlace& at, ingest::ReasonId reason,
                     const ResourceType* type) {
    // Of what is not read the rest need not be seen.
    if (reason == words_.too_long && type != nullptr && !type->left_out_because.empty()) {
      rows_.leave_out(at.section, words_.left_out[Words::number(*type)]);
      return {};
    }
    return rows_.refuse(at, reason);
  }

  Status entry_without(const ingest::ItemPlace& at, std::string_view) {
    rows_.leave_out(at.section, words_.deletes);
    return {};
  }

  Status found(const Found& found) {
    if (found.type->use == Use::patient) {
      return {};
    }
    if (!found.type->left_out_because.empty()) {
      rows_.leave_out(found.at.section, words_.left_out[Words::number(*found.type)]);
      return {};
    }
    if (directory_.any_deleted() || versions_.any()) {
      const std::string_view id = text_in(found.resource, "id");
      const std::string name = Directory::name_of(found.type->name, id, "");
      if (directory_.deleted(name)) {
        rows_.leave_out(found.at.section, words_.deleted);
        return {};
      }
      if (!id.empty() && !versions_.counts(name, place_of(found))) {
        rows_.leave_out(found.at.section, words_.said_again);
        return {};
      }
    }
    return facts_.put(found.resource, found.type->use, found.at, found.modifiers);
  }

 private:
  const Words& words_;
  const Directory& directory_;
  const Versions& versions_;
  ingest::FactRows& rows_;
  Facts facts_;
};

std::vector<std::string> names_of(const std::vector<FileToRead>& files) {
  std::vector<std::string> names;
  for (const FileToRead& file : files) {
    names.push_back(file.file.shown);
  }
  return names;
}

std::vector<std::uint32_t> numbers_of(const std::vector<std::string>& names,
                                      const ingest::Reading& reading) {
  std::vector<std::uint32_t> numbers;
  for (const std::string& name : names) {
    numbers.push_back(reading.quarantine.file(name));
  }
  return numbers;
}

class FhirFormat : public ingest::Format {
 public:
  FhirFormat(std::vector<FileToRead> files, const CutOptions& options)
      : to_read_(std::move(files)), names_(names_of(to_read_)), options_(options) {}

  std::uint64_t bytes() const override {
    std::uint64_t sum = 0;
    for (const FileToRead& file : to_read_) {
      sum += 3 * file.bytes;
    }
    return sum;
  }

  std::vector<std::filesystem::path> files() const override {
    std::vector<std::filesystem::path> all;
    for (const FileToRead& file : to_read_) {
      all.push_back(file.file.path);
    }
    return all;
  }

  Status read_people(const ingest::Reading& reading, ingest::People& people) override {
    words_.emplace(reading, people.ledger());
    numbers_ = numbers_of(names_, reading);
    std::uint64_t text = 0;
    for (const FileToRead& file : to_read_) {
      text += file.file.path.extension() == ".gz" ? file.bytes * 10 : file.bytes;
    }
    versions_.expect(text);
    Survey survey(directory_, versions_);
    PieceQueue everything(to_read_, options_, reading.stop, reading.progress);
    RETURN_IF_ERROR(walk(survey, everything));
    versions_.noted();
    FirstReading first(*words_, people, directory_, versions_);
    PieceQueue queue(to_read_, options_, reading.stop, reading.progress);
    return walk(first, queue);
  }

  std::unique_ptr<ingest::FactReader> reader(const ingest::Reading& reading,
                                             ingest::People& people) override {
    if (!queue_) {
      queue_.emplace(to_read_, options_, reading.stop, reading.progress);
    }
    return std::make_unique<EventReading>(*this, reading, people);
  }

 private:
  class EventReading : public ingest::FactReader {
   public:
    EventReading(FhirFormat& format, const ingest::Reading& reading, ingest::People& people)
        : format_(format), reading_(reading), people_(people) {}

    Result<bool> next(ingest::FactRows& rows) override {
      if (!second_) {
        second_.emplace(people_.choices(), *format_.words_, format_.directory_, format_.versions_,
                        reading_, people_.ledger(), rows);
        walk_.emplace(*second_, *format_.words_, format_.names_);
      }
      Result<bool> more = walk_->next(*format_.queue_, format_.numbers_);
      if (!more) {
        format_.queue_->close();
      }
      return more;
    }

   private:
    FhirFormat& format_;
    const ingest::Reading reading_;
    ingest::People& people_;
    std::optional<SecondReading> second_;
    std::optional<Walk<SecondReading>> walk_;
  };

  template <class Visitor>
  Status walk(Visitor& visitor, PieceQueue& queue) {
    Walk<Visitor> all(visitor, *words_, names_);
    while (true) {
      ASSIGN_OR_RETURN(const bool more, all.next(queue, numbers_));
      if (!more) {
        return {};
      }
      if constexpr (requires { visitor.look_for_base(all.block()); }) {
        visitor.look_for_base(all.block());
      }
    }
  }

  const std::vector<FileToRead> to_read_;
  const std::vector<std::string> names_;
  const CutOptions options_;
  std::optional<Words> words_;
  std::vector<std::uint32_t> numbers_;
  Directory directory_;
  Versions versions_;
  std::optional<PieceQueue> queue_;
};

}  // namespace

Result<std::unique_ptr<ingest::Intake>> open_fhir(std::vector<NamedFile> files,
                                                  ingest::Choices choices,
                                                  const CutOptions& options) {
  if (files.empty()) {
    return bad_input("no files to read FHIR from");
  }
  std::vector<FileToRead> to_read;
  for (NamedFile& one : files) {
    ASSIGN_OR_RETURN(const InputFile file, InputFile::open(one));
    to_read.push_back({std::move(one), file.size()});
  }
  auto format = std::make_unique<FhirFormat>(std::move(to_read), options);
  return std::make_unique<ingest::FactIntake>(std::move(format), std::move(choices));
}

bool is_resource_type(std::string_view name) {
  const std::string small = lower(name);
  return std::ranges::any_of(resource_types(),
                             [&](const ResourceType& type) { return lower(type.name) == small; });
}

bool looks_like_fhir(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) {
    head.remove_prefix(3);
  }
  head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n"), head.size()));
  return head.starts_with('{') && head.find("\"resourceType\"") != std::string_view::npos;
}

}  // namespace parcours::fhir
