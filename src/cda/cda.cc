#include "cda/cda.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <unordered_map>
#include <utility>

#include "base/byte_stream.h"
#include "base/input_file.h"
#include "base/no_day.h"
#include "cda/archive.h"
#include "cda/header.h"
#include "cda/statements.h"
#include "cda/tree.h"
#include "cda/versions.h"
#include "ingest/fact_intake.h"
#include "ingest/national_identity.h"

namespace parcours::cda {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view place_system = "fr-department";

// A file that is no archive.
class FileBytes : public Bytes {
 public:
  explicit FileBytes(ByteStream stream) : stream_(std::move(stream)) {}

  Result<std::size_t> read(std::span<char> to) override {
    Result<std::size_t> got = stream_.read(to);
    if (!got) {
      if (got.error().fault != Fault::input) {
        return got;
      }
      defect_ = Defect::damaged;
      return 0;
    }
    unpacked_ += *got;
    if (unpacked_ > growth_from && unpacked_ / most_growth > stream_.position()) {
      defect_ = Defect::bomb;
      return 0;
    }
    return got;
  }

 private:
  ByteStream stream_;
  std::uint64_t unpacked_ = 0;
};

// A document that the second reading reads.
struct Listed {
  std::uint32_t file = 0;
  std::optional<Member> member;
  std::uint32_t place = 0;  // Quarantine::file
  std::size_t fingerprint = 0;
  std::uint64_t bytes = 0;  // packed
};

std::size_t fingerprint_of(const Header& header) {
  const std::hash<std::string> hash;
  return hash(header.id) ^ (hash(header.number) * 31) ^ (hash(header.practice) * 961) ^
         static_cast<std::size_t>(header.version);
}

class CdaFormat : public ingest::Format {
 public:
  struct File {
    NamedFile file;
    std::uint64_t size = 0;
  };

  explicit CdaFormat(std::vector<File> files) : files_(std::move(files)) {}

  std::uint64_t bytes() const override {
    std::uint64_t sum = 0;
    for (const File& file : files_) {
      sum += 2 * file.size;
    }
    return sum;
  }
  std::vector<fs::path> files() const override {
    std::vector<fs::path> paths;
    for (const File& file : files_) {
      paths.push_back(file.file.path);
    }
    return paths;
  }

  Status read_people(const ingest::Reading& reading, ingest::People& people) override;
  std::unique_ptr<ingest::FactReader> reader(const ingest::Reading& reading,
                                             ingest::People& people) override;

 private:
  class Headers;
  class Facts;

  std::vector<File> files_;
  std::vector<Listed> documents_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> closed_{false};
};

std::array<ingest::ReasonId, defects> reasons_of(ingest::Quarantine& quarantine) {
  std::array<ingest::ReasonId, defects> reasons{};
  for (std::size_t i = 1; i < defects; ++i) {
    reasons.at(i) = quarantine.reason(to_string(static_cast<Defect>(i)));
  }
  return reasons;
}

// The first reading: the header of every document.
class CdaFormat::Headers {
 public:
  Headers(CdaFormat& format, const ingest::Reading& reading, ingest::People& people)
      : format_(format),
        reading_(reading),
        people_(people),
        reasons_(reasons_of(reading.quarantine)),
        section_(people.ledger().section("documents")),
        older_(people.ledger().leaving("an older version of a document")),
        again_(people.ledger().leaving("the same document again")),
        no_body_(people.ledger().leaving("a document without entries: a PDF, a picture or a text")),
        other_(people.ledger().leaving("a file of an archive that is no CDA document")),
        consulted_(people.ledger().leaving(
            "only consulted elsewhere (as the insurer's history of reimbursements is)")),
        several_numbers_(reading.quarantine.reason(ingest::several_national_numbers)),
        no_practice_(
            reading.quarantine.reason("a document that names no organisation of its author")) {}

  Status read() {
    for (std::uint32_t i = 0; i < format_.files_.size(); ++i) {
      RETURN_IF_ERROR(read_file(i));
      done(format_.files_[i].size);
    }
    RETURN_IF_ERROR(put_people());
    // The second reading reads part of the bytes again; the others are done with.
    const std::uint64_t once = format_.bytes() / 2;
    std::uint64_t again = 0;
    for (const Listed& one : format_.documents_) {
      again += one.bytes;
    }
    done(once - std::min(again, once));
    return {};
  }

 private:
  void done(std::uint64_t bytes) const {
    if (reading_.progress != nullptr) {
      reading_.progress->add(bytes);
    }
  }

  Status read_file(std::uint32_t number) {
    const File& file = format_.files_[number];
    ASSIGN_OR_RETURN(const InputFile input, InputFile::open(file.file));
    ASSIGN_OR_RETURN(const std::string head, input.head(4));
    Listed listed{.file = number, .bytes = file.size};
    const std::uint32_t place = reading_.quarantine.file(file.file.shown);
    if (!looks_like_zip(head)) {
      listed.place = place;
      FileBytes bytes(ByteStream::of(input));
      return read_document(bytes, listed);
    }
    ASSIGN_OR_RETURN(Archive::Opened opened, Archive::open(input));
    if (opened.archive == nullptr) {
      return refuse(place, {opened.defect, 1});
    }
    ASSIGN_OR_RETURN(const std::vector<Member> members, opened.archive->documents(xml_));
    std::uint64_t missing = 0;  // documents
    for (const Member& member : members) {
      if (member.defect == Defect::missing_member) {
        RETURN_IF_ERROR(refuse(place, {member.defect, ++missing}));
        continue;
      }
      if (member.other) {
        people_.tally().leave_out(section_, other_);
        continue;
      }
      // The number of a member, not its name: the name may be a patient's.
      listed.place =
          reading_.quarantine.file(fmt::format("{}#{}", file.file.shown, member.index + 1));
      if (member.defect != Defect::none) {
        RETURN_IF_ERROR(refuse(listed.place, {member.defect, 1}));
        continue;
      }
      listed.member = member;
      listed.bytes = member.packed;
      const std::unique_ptr<Bytes> bytes = opened.archive->read(member);
      RETURN_IF_ERROR(read_document(*bytes, listed));
    }
    return {};
  }

  Status read_document(Bytes& bytes, Listed listed) {
    if (reading_.stop.requested()) {
      return stopped();
    }
    ASSIGN_OR_RETURN(const DefectAt at, tree_.read(bytes, TreeReader::Part::header));
    if (at.defect == Defect::not_cda && listed.member) {
      people_.tally().leave_out(section_, other_);
      return {};
    }
    if (!at.good()) {
      return refuse(listed.place, at);
    }
    Header header = read_header(tree_.document(), people_.choices().patient_identifier);
    if (header.patients != 1) {
      return refuse(listed.place, {Defect::several_patients, 1});
    }
    listed.fingerprint = fingerprint_of(header);
    headers_.push_back(std::move(header));
    found_.push_back(listed);
    return {};
  }

  Status refuse(std::uint32_t place, DefectAt at) {
    return people_.tally().refuse({section_, place, at.line},
                                  reasons_[static_cast<std::size_t>(at.defect)]);
  }

  // What several documents say of a patient together.
  struct Known {
    std::string born;
    records::Sex sex = records::Sex::unknown;
    std::string department;
    Instant made;  // of the document that the department is of
  };

  // A patient may move, so the newest document says where they live; and what a document does not
  // say, another one may.
  void complete(const std::vector<std::size_t>& read) {
    std::unordered_map<std::string, Known> known;
    const bool one_practice = !people_.choices().practice.empty();
    const auto key = [&](const Header& header) {
      return (one_practice ? "" : header.practice) + '\n' + header.number;
    };
    for (const std::size_t i : read) {
      const Header& header = headers_[i];
      Known& one = known[key(header)];
      if (one.born.empty() && !stands_for_no_day(header.born)) {
        one.born = header.born;
      }
      one.sex = one.sex == records::Sex::unknown ? header.sex : one.sex;
      const Instant made = instant_of(header.made);
      if (!header.department.empty() && (one.department.empty() || one.made < made)) {
        one.department = header.department;
        one.made = made;
      }
    }
    for (const std::size_t i : read) {
      Header& header = headers_[i];
      const Known& one = known.at(key(header));
      header.born = header.born.empty() ? one.born : header.born;
      header.sex = header.sex == records::Sex::unknown ? one.sex : header.sex;
      header.department = one.department;
    }
  }

  Status put_people() {
    const std::vector<Standing> standing = standings(headers_);
    std::vector<std::size_t> read;
    for (std::size_t i = 0; i < headers_.size(); ++i) {
      const Header& header = headers_[i];
      if (standing[i] != Standing::newest) {
        people_.tally().leave_out(section_, standing[i] == Standing::again ? again_ : older_);
      } else if (!header.has_body) {
        people_.tally().leave_out(section_, no_body_);
      } else {
        read.push_back(i);
      }
    }
    complete(read);
    for (const std::size_t i : read) {
      Header& header = headers_[i];
      for (const std::string& name : std::exchange(header.names, {})) {
        people_.note_name(name);
      }
      if (header.type == DocumentType::reimbursements) {
        people_.tally().leave_out(section_, consulted_);
      } else if (header.several_numbers) {
        RETURN_IF_ERROR(people_.tally().refuse({section_, found_[i].place, 1}, several_numbers_));
      } else if (header.practice.empty() && people_.choices().practice.empty()) {
        RETURN_IF_ERROR(people_.tally().refuse({section_, found_[i].place, 1}, no_practice_));
      } else {
        const std::string reference = std::to_string(format_.documents_.size());
        RETURN_IF_ERROR(people_.add({.reference = reference,
                                     .number = header.number,
                                     .practice = header.practice,
                                     .born = header.born,
                                     .sex = header.sex,
                                     .place_system = place_system,
                                     .place = header.department},
                                    {section_, found_[i].place, 1}));
      }
      format_.documents_.push_back(found_[i]);
    }
    return {};
  }

  CdaFormat& format_;
  const ingest::Reading& reading_;
  ingest::People& people_;
  std::array<ingest::ReasonId, defects> reasons_;
  ingest::SectionId section_;
  ingest::ReasonId older_, again_, no_body_, other_, consulted_;
  ingest::ReasonId several_numbers_, no_practice_;
  XmlReader xml_;
  TreeReader tree_;
  std::vector<Header> headers_;
  std::vector<Listed> found_;
};

// The second reading: a document at a time.
class CdaFormat::Facts : public ingest::FactReader {
 public:
  Facts(CdaFormat& format, const ingest::Reading& reading, ingest::People& people)
      : format_(format),
        reading_(reading),
        people_(people),
        reasons_(reasons_of(reading.quarantine)),
        section_(people.ledger().section("documents")),
        names_(people.ledger(), reading.quarantine) {}

  Result<bool> next(ingest::FactRows& rows) override {
    const std::size_t number = format_.next_++;
    if (format_.closed_ || number >= format_.documents_.size()) {
      return false;
    }
    if (Status status = read(number, rows); !status) {
      format_.closed_ = true;
      return std::unexpected(std::move(status).error());
    }
    return true;
  }

 private:
  Status read(std::size_t number, ingest::FactRows& rows) {
    const Listed& listed = format_.documents_[number];
    const NamedFile& file = format_.files_[listed.file].file;
    ASSIGN_OR_RETURN(const std::unique_ptr<Bytes> bytes, open(listed));
    if (bytes == nullptr) {
      return changed(file);
    }
    ASSIGN_OR_RETURN(const DefectAt at, tree_.read(*bytes, TreeReader::Part::whole));
    if (reading_.progress != nullptr) {
      reading_.progress->add(listed.bytes);
    }
    if (!at.good()) {
      // Its patient was read before, so its place must be another one.
      return rows.refuse({section_, listed.place, std::max<std::uint64_t>(at.line, 2)},
                         reasons_[static_cast<std::size_t>(at.defect)]);
    }
    const Header header = read_header(tree_.document(), people_.choices().patient_identifier);
    if (fingerprint_of(header) != listed.fingerprint) {
      return changed(file);
    }
    const std::string reference = std::to_string(number);
    return put_statements(
        tree_.document(), header,
        {.reference = reference, .file = listed.place, .choices = &people_.choices()}, names_,
        rows);
  }

  Result<std::unique_ptr<Bytes>> open(const Listed& listed) {
    const NamedFile& file = format_.files_[listed.file].file;
    if (listed.member && archive_ != nullptr && archive_of_ == listed.file) {
      return archive_->read(*listed.member);
    }
    ASSIGN_OR_RETURN(const InputFile input, InputFile::open(file));
    if (!listed.member) {
      return std::make_unique<FileBytes>(ByteStream::of(input));
    }
    ASSIGN_OR_RETURN(Archive::Opened opened, Archive::open(input));
    if (opened.archive == nullptr) {
      return std::unique_ptr<Bytes>();
    }
    archive_ = std::move(opened.archive);
    archive_of_ = listed.file;
    return archive_->read(*listed.member);
  }

  static std::unexpected<Error> changed(const NamedFile& file) {
    return bad_input("the file has changed since the import began", file.shown);
  }

  CdaFormat& format_;
  const ingest::Reading reading_;
  ingest::People& people_;
  std::array<ingest::ReasonId, defects> reasons_;
  ingest::SectionId section_;
  Names names_;
  TreeReader tree_;
  std::unique_ptr<Archive> archive_;  // that was read last
  std::uint32_t archive_of_ = 0;
};

Status CdaFormat::read_people(const ingest::Reading& reading, ingest::People& people) {
  documents_.clear();
  next_ = 0;
  return Headers(*this, reading, people).read();
}

std::unique_ptr<ingest::FactReader> CdaFormat::reader(const ingest::Reading& reading,
                                                      ingest::People& people) {
  return std::make_unique<Facts>(*this, reading, people);
}

}  // namespace

Result<std::unique_ptr<ingest::Intake>> open_cda(std::vector<NamedFile> named,
                                                 ingest::Choices choices) {
  std::vector<CdaFormat::File> files;
  for (NamedFile& one : named) {
    ASSIGN_OR_RETURN(const InputFile input, InputFile::open(one));
    files.push_back({std::move(one), input.size()});
  }
  return std::make_unique<ingest::FactIntake>(std::make_unique<CdaFormat>(std::move(files)),
                                              std::move(choices));
}

bool looks_like_cda(std::string_view head) {
  std::string text(head);
  std::erase(text, '\0');  // UTF-16
  const std::size_t at = text.find("ClinicalDocument");
  return at != std::string::npos && at > 0 && (text[at - 1] == '<' || text[at - 1] == ':') &&
         text.contains("urn:hl7-org:v3");
}

bool looks_like_zip(std::string_view head) {
  return head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06");
}

}  // namespace parcours::cda
