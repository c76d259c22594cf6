// The facts of a document: walks its sections and entries.
//
// An item is what an entry says of the patient: a problem, a prescription, a result. What only
// groups items (organizers, concern acts, the act over a laboratory's results) is none, and neither
// is what says more about an item (severity, status, comments, dosage). An entry without any item
// is one that is left out.
//
// G1: every entry is at least one item, and every item is handed on once: as a fact, refused or
//     left out.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "cda/header.h"
#include "cda/role.h"
#include "cda/tree.h"
#include "ingest/fact_rows.h"

namespace parcours::cda {

// The names and reasons of a reading, asked for once.
class Names {
 public:
  Names(ingest::Ledger& ledger, ingest::Quarantine& quarantine);

  ingest::SectionId section(DocumentType type, Role role) const {
    return sections_[static_cast<std::size_t>(type)][static_cast<std::size_t>(role)];
  }

  enum class Leaving : std::uint8_t {
    planned,
    cancelled,
    not_held,
    negated,
    absent,
    says_nothing,
    relative,
    dispensed,
    given,
    device,
    attachment,
    adverse,
    imaging,
    no_kind,
    empty,
    count_
  };
  ingest::ReasonId operator[](Leaving leaving) const {
    return leavings_[static_cast<std::size_t>(leaving)];
  }
  ingest::ReasonId bad_value() const { return bad_value_; }
  ingest::ReasonId bad_negation() const { return bad_negation_; }

 private:
  std::array<std::array<ingest::SectionId, roles>, static_cast<std::size_t>(DocumentType::count_)>
      sections_{};
  std::array<ingest::ReasonId, static_cast<std::size_t>(Leaving::count_)> leavings_{};
  ingest::ReasonId bad_value_ = 0;
  ingest::ReasonId bad_negation_ = 0;
};

struct StatementsOptions {
  std::string_view reference;  // of the document's patient
  std::uint32_t file = 0;      // Quarantine::file
  const ingest::Choices* choices = nullptr;
};

// Puts every item of the document into `rows`.
Status put_statements(Element document, const Header& header, const StatementsOptions& options,
                      const Names& names, ingest::FactRows& rows);

}  // namespace parcours::cda
