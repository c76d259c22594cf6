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

namespace parcours::mapping {

class RowReader {
 public:
  RowReader(const Mapping& mapping, const ingest::Registry& registry)
      : mapping_(mapping), registry_(registry), hash_(records::pseudonym_hash(registry.key)) {}

  // Does the cell say nothing?
  bool missing(std::string_view text) const;
  bool wanted(const FileRow& row, const BoundSection& bound, const Section& section) const;

  // nullptr when the cell says nothing. Valid until the next call.
  const records::PatientId* patient(std::string_view text);
  const ingest::Sender* sender(const FileRow& row, const BoundSection& bound,
                               const Section& section);

  // How the row came into the software; nothing where the mapping does not list what its cell says.
  std::optional<records::Provenance> provenance(const FileRow& row, const BoundSection& bound,
                                                const Section& section) const;
  // Why a row has none.
  struct ProvenanceReasons {
    ingest::ReasonId none = ingest::taken;
    ingest::ReasonId unknown = ingest::taken;
    static ProvenanceReasons of(const Section& section, ingest::Quarantine& quarantine);
  };
  ingest::ReasonId no_provenance(const FileRow& row, const BoundSection& bound,
                                 const ProvenanceReasons& reasons) const;

  // The code, recoded and as it is stored, under its number; no_code and why for one that cannot
  // enter (ingest/entering_code.h). Too many codes are a failure. Slow: callers keep what it says
  // of a text.
  struct Judged {
    vocabulary::CodeId code = vocabulary::no_code;
    ingest::CodeFault fault = ingest::CodeFault::none;
    ingest::PersonLike like = ingest::PersonLike::nothing;
  };
  Judged code(std::optional<vocabulary::KindId> kind, const std::string& system,
              std::string_view text, const Recode& map);

  // What must end the reading.
  const std::optional<Error>& failure() const { return failure_; }

 private:
  const Mapping& mapping_;
  const ingest::Registry& registry_;
  records::KeyedHash hash_;
  std::string last_patient_;
  records::PatientId last_id_;
  ingest::TextCache sender_numbers_;
  std::vector<ingest::Sender> senders_;
  std::optional<Error> failure_;
};

}  // namespace parcours::mapping
