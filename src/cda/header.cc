#include "cda/header.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "base/letters.h"
#include "base/no_day.h"
#include "ingest/national_identity.h"
#include "vocabulary/code_systems.h"
#include "vocabulary/postal_code.h"

namespace parcours::cda {
namespace {

struct TypeTemplate {
  std::string_view root;
  DocumentType type;
};

// The templates of document types: of the health agency's CI-SIS, of IHE and of HL7.
constexpr std::array<TypeTemplate, 15> type_templates = {
    {{"1.2.250.1.213.1.1.1.13", DocumentType::summary},
     {"1.2.250.1.213.1.1.1.51", DocumentType::ips},
     {"2.16.840.1.113883.10.22.1.1", DocumentType::ips},
     {"1.2.250.1.213.1.1.1.55", DocumentType::laboratory},
     {"1.3.6.1.4.1.19376.1.3.3", DocumentType::laboratory},
     {"1.2.250.1.213.1.1.1.59", DocumentType::rapid_test},
     {"1.2.250.1.213.1.1.1.39", DocumentType::prescription},
     {"1.3.6.1.4.1.19376.1.9.1.1.1", DocumentType::prescription},
     {"1.2.250.1.213.1.1.1.54", DocumentType::dispensation},
     {"1.3.6.1.4.1.19376.1.9.1.1.3", DocumentType::dispensation},
     {"1.2.250.1.213.1.1.1.37", DocumentType::vaccinations},
     {"1.2.250.1.213.1.1.1.46", DocumentType::vaccinations},
     {"1.3.6.1.4.1.19376.1.5.3.1.1.18.1.2", DocumentType::vaccinations},
     {"1.2.250.1.213.1.1.1.36", DocumentType::reimbursements},
     {"1.2.250.1.213.1.1.1.5", DocumentType::child_health}}};

struct TypeCode {
  std::string_view system;
  std::string_view code;
  DocumentType type;
};

constexpr std::string_view ans_documents = "1.2.250.1.213.1.1.4.12";
constexpr std::string_view loinc_oid = "2.16.840.1.113883.6.1";

// The codes of document types, for documents whose templates say nothing.
constexpr std::array<TypeCode, 9> type_codes = {
    {{ans_documents, "SYNTH", DocumentType::summary},
     {loinc_oid, "60591-5", DocumentType::ips},
     {loinc_oid, "11502-2", DocumentType::laboratory},
     {loinc_oid, "96173-0", DocumentType::rapid_test},
     {loinc_oid, "57833-6", DocumentType::prescription},
     {loinc_oid, "60593-1", DocumentType::dispensation},
     {loinc_oid, "11369-6", DocumentType::vaccinations},
     {loinc_oid, "87273-9", DocumentType::vaccinations},
     {ans_documents, "CERT_DECL", DocumentType::child_health}}};

// The insurer's history has this code whatever else a document says: it must not enter.
bool is_history_of_reimbursements(Element document) {
  const Element code = document.child(Tag::code);
  return code[Attr::code_system] == ans_documents && code[Attr::code] == "REMB";
}

DocumentType type_of(Element document) {
  if (is_history_of_reimbursements(document)) {
    return DocumentType::reimbursements;
  }
  DocumentType found = DocumentType::other;
  for (Element one = document.first(); one; one = one.next()) {
    if (one.tag() != Tag::template_id) {
      continue;
    }
    const auto known = std::ranges::find(type_templates, one[Attr::root], &TypeTemplate::root);
    if (known != type_templates.end() && found != DocumentType::reimbursements) {
      found = known->type;
    }
  }
  if (found == DocumentType::other) {
    const Element code = document.child(Tag::code);
    for (const TypeCode& known : type_codes) {
      if (code[Attr::code_system] == known.system && code[Attr::code] == known.code) {
        found = known.type;
      }
    }
  }
  return found;
}

// "root^extension", or the root alone.
std::string whole_id(Element id) {
  std::string text(trimmed(id[Attr::root]));
  if (!text.empty() && !trimmed(id[Attr::extension]).empty()) {
    text += '^';
    text += trimmed(id[Attr::extension]);
  }
  return text;
}

std::int64_t version_of(Element version) {
  const std::string_view text = trimmed(version[Attr::value]);
  std::int64_t number = 1;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// The INS, else the number that the user names, else the first.
void read_patient_number(Element patient_role, std::string_view patient_identifier,
                         Header& header) {
  patient_identifier = vocabulary::without_oid_prefix(patient_identifier);
  ingest::NationalIdentity ins;
  std::string named;
  std::string any;
  for (Element id = patient_role.first(); id; id = id.next()) {
    if (id.tag() != Tag::id) {
      continue;
    }
    const std::string_view root = trimmed(id[Attr::root]);
    const std::string_view extension = trimmed(id[Attr::extension]);
    // A root alone is of everybody who has a number of it.
    if (root.empty() || extension.empty() || !id[Attr::null_flavor].empty() ||
        ins.note(root, extension)) {
      continue;
    }
    if (named.empty() && !patient_identifier.empty() && root == patient_identifier) {
      named = extension;
    }
    if (any.empty()) {
      any = whole_id(id);
    }
  }
  header.number = !ins.number().empty() ? ins.number() : named.empty() ? any : named;
  header.several_numbers = ins.several();
}

// The organisation for which the first author wrote who is a person; else the first program. The
// custodian only keeps the document: it may be the insurer or the host of a record.
std::string practice_of(Element document) {
  std::string of_program;
  for (Element one = document.first(); one; one = one.next()) {
    if (one.tag() != Tag::author) {
      continue;
    }
    const Element author = one.child(Tag::assigned_author);
    const Element id = author.child(Tag::represented_organization).child(Tag::id);
    std::string organisation = id[Attr::null_flavor].empty() ? whole_id(id) : "";
    if (organisation.empty()) {
      continue;
    }
    if (!author.child(Tag::assigned_authoring_device)) {
      return organisation;
    }
    if (of_program.empty()) {
      of_program = std::move(organisation);
    }
  }
  return of_program;
}

bool is_france(std::string_view country) {
  const std::string name = lower(trimmed(country));
  return name.empty() || name == "fr" || name == "fra" || name == "france";
}

// XML leaves line ends and blanks around a text.
std::string_view without_blanks(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t from = text.find_first_not_of(blanks);
  return from == std::string_view::npos
             ? std::string_view()
             : text.substr(from, text.find_last_not_of(blanks) - from + 1);
}

std::string place_of(Element patient_role) {
  for (Element addr = patient_role.first(); addr; addr = addr.next()) {
    if (addr.tag() == Tag::addr && is_france(without_blanks(addr.child(Tag::country).text()))) {
      std::string found =
          vocabulary::department_of(without_blanks(addr.child(Tag::postal_code).text()));
      if (!found.empty()) {
        return found;
      }
    }
  }
  return "";
}

}  // namespace

std::string_view short_name(DocumentType type) {
  constexpr std::array<std::string_view, static_cast<std::size_t>(DocumentType::count_)> names = {
      "other", "VSM", "IPS", "CR-BIO", "TROD", "eP", "eDISP", "VAC", "CNAM-HR", "CS"};
  return names.at(static_cast<std::size_t>(type));
}

Header read_header(Element document, std::string_view patient_identifier) {
  Header header;
  header.type = type_of(document);
  header.id = whole_id(document.child(Tag::id));
  header.set = whole_id(document.child(Tag::set_id));
  header.version = version_of(document.child(Tag::version_number));
  header.made = trimmed(document.child(Tag::effective_time)[Attr::value]);
  for (Element one = document.first(); one; one = one.next()) {
    header.patients += one.tag() == Tag::record_target ? 1 : 0;
    if (one.tag() == Tag::related_document && one[Attr::type_code] == "RPLC") {
      const Element parent = one.child(Tag::parent_document);
      header.replaces.push_back({whole_id(parent.child(Tag::id)),
                                 whole_id(parent.child(Tag::set_id)),
                                 version_of(parent.child(Tag::version_number))});
    }
    if (one.tag() == Tag::component && one.child(Tag::non_xml_body)) {
      header.has_body = false;
    }
  }
  const Element patient_role = document.child(Tag::record_target, Tag::patient_role);
  const Element patient = patient_role.child(Tag::patient);
  read_patient_number(patient_role, patient_identifier, header);
  header.practice = practice_of(document);
  for (Element one = patient.first(); one; one = one.next()) {
    if (one.tag() == Tag::name) {
      for (Element part = one.first(); part; part = part.next()) {
        if (part.tag() == Tag::given || part.tag() == Tag::family) {
          header.names.emplace_back(part.text());
        }
      }
    }
  }
  // Only the year is kept, where there is one.
  const std::string_view born = trimmed(patient.child(Tag::birth_time)[Attr::value]);
  const bool year = born.size() >= 4 && std::ranges::all_of(born.substr(0, 4), is_digit) &&
                    !stands_for_no_day(born);
  header.born = year ? born.substr(0, 4) : born;
  const std::string_view sex = patient.child(Tag::administrative_gender_code)[Attr::code];
  header.sex = sex == "F"   ? records::Sex::female
               : sex == "M" ? records::Sex::male
                            : records::Sex::unknown;
  header.department = place_of(patient_role);
  return header;
}

}  // namespace parcours::cda
