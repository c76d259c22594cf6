// The common part of reading patients and events: the row's patient and practice, the conditions of
// `where`, and the codes of cells. Each thread has its own.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "ingest/entering_code.h"
#include "ingest/quarantine.h"
#include "ingest/registry.h"
#include "ingest/text_cache.h"
#include "mapping/plan.h"

namespace parcours::ingest {

class RowReader {
 public:
  RowReader(const Mapping& mapping, const Registry& registry)
      : mapping_(mapping), registry_(registry), hash_(pseudonym_hash(registry.key)) {}

  // Does the cell say nothing?
  bool missing(std::string_view text) const;
  bool wanted(const FileRow& row, const BoundSection& bound, const Section& section) const;

  // nullptr when the cell says nothing. Valid until the next call.
  const PatientId* patient(std::string_view text);
  const Sender* sender(const FileRow& row, const BoundSection& bound, const Section& section);

  // How the row came into the software; nothing where the mapping does not list what its cell says.
  std::optional<Provenance> provenance(const FileRow& row, const BoundSection& bound,
                                       const Section& section) const;
  // Why a row has none.
  struct ProvenanceReasons {
    ReasonId none = taken;
    ReasonId unknown = taken;
    static ProvenanceReasons of(const Section& section, Quarantine& quarantine);
  };
  ReasonId no_provenance(const FileRow& row, const BoundSection& bound,
                         const ProvenanceReasons& reasons) const;

  // The code, recoded and as it is stored, under its number; no_code and why for one that cannot
  // enter (ingest/entering_code.h). Too many codes are a failure. Slow: callers keep what it says
  // of a text.
  struct Judged {
    CodeId code = no_code;
    CodeFault fault = CodeFault::none;
    PersonLike like = PersonLike::nothing;
  };
  Judged code(std::optional<KindId> kind, const std::string& system, std::string_view text,
              const Recode& map);

  // What must end the reading.
  const std::optional<Error>& failure() const { return failure_; }

 private:
  const Mapping& mapping_;
  const Registry& registry_;
  KeyedHash hash_;
  std::string last_patient_;
  PatientId last_id_;
  TextCache sender_numbers_;
  std::vector<Sender> senders_;
  std::optional<Error> failure_;
};

}  // namespace parcours::ingest
