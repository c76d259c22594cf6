// What a document's header says: which document it is, of which patient, from which practice.
// Personal data.
#pragma once

#include <string>
#include <vector>

#include "cda/tree.h"
#include "ingest/fact.h"

namespace parcours::cda {

// What sort of document, for the names of sections and for what holds of the whole document.
enum class DocumentType : std::uint8_t {
  other,
  summary,         // VSM, the French medical summary
  ips,             // the international patient summary
  laboratory,      // CR-BIO
  rapid_test,      // TROD
  prescription,    // eP
  dispensation,    // eDISP
  vaccinations,    // VAC
  reimbursements,  // CNAM-HR, the insurer's history: only consulted
  child_health,    // CS8, CS9, CS24
  count_
};

std::string_view short_name(DocumentType type);  // "VSM", "CR-BIO"

struct Header {
  DocumentType type = DocumentType::other;
  bool has_body = true;  // of entries: not a picture or a PDF
  int patients = 0;      // that it is about: one, or something is wrong

  std::string id;  // root and extension
  std::string set;
  std::int64_t version = 1;
  std::string made;  // when, as written
  // Documents and sets that this one replaces.
  struct Replaced {
    std::string id;
    std::string set;
    std::int64_t version = 0;
  };
  std::vector<Replaced> replaces;

  std::string number;              // the patient's; empty: none
  bool several_numbers = false;    // two of the INS: nothing says which is the patient's
  std::vector<std::string> names;  // what the patient is called, so that it enters nowhere
  std::string practice;            // for which it was written; empty: not said
  std::string born;                // the year; what is no year is as written
  records::Sex sex = records::Sex::unknown;
  std::string department;  // of residence, in France; empty: not said
};

// `patient_identifier`: the root whose numbers are taken where a patient has no national number.
Header read_header(Element document, std::string_view patient_identifier);

}  // namespace parcours::cda
