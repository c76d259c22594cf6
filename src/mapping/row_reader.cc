#include "mapping/row_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "ingest/cells.h"

namespace parcours::mapping {

bool RowReader::missing(std::string_view text) const {
  return text.empty() || std::ranges::binary_search(mapping_.missing, text);
}

bool RowReader::wanted(const FileRow& row, const BoundSection& bound,
                       const Section& section) const {
  for (std::size_t i = 0; i < section.where.size(); ++i) {
    const Condition& condition = section.where[i];
    const std::string_view cell = trimmed(row.field(bound.where[i]));
    if (std::ranges::binary_search(condition.values, cell) != condition.in) {
      return false;
    }
  }
  return true;
}

const records::PatientId* RowReader::patient(std::string_view text) {
  text = trimmed(text);
  if (text != last_patient_ || text.empty()) {
    if (missing(text)) {
      return nullptr;
    }
    last_patient_ = text;
    last_id_ = records::pseudonym(hash_, text);
    if (registry_.met) {
      registry_.met(text, last_id_);
    }
  }
  return &last_id_;
}

const ingest::Sender* RowReader::sender(const FileRow& row, const BoundSection& bound,
                                        const Section& section) {
  const std::string_view name =
      bound.practice == no_column ? section.practice.constant : trimmed(row.field(bound.practice));
  if (const std::uint32_t* number = sender_numbers_.find(name)) {
    return &senders_[*number];
  }
  if (missing(name)) {
    return nullptr;
  }
  const ingest::Sender sender = registry_.sender(name);
  sender_numbers_.insert(name, static_cast<std::uint32_t>(senders_.size()));
  senders_.push_back(sender);
  return &senders_.back();
}

std::optional<records::Provenance> RowReader::provenance(const FileRow& row,
                                                         const BoundSection& bound,
                                                         const Section& section) const {
  if (!section.provenance) {
    return records::Provenance::entered;
  }
  if (bound.provenance == no_column) {
    return section.provenance->constant;
  }
  const auto word = section.provenance->words.find(trimmed(row.field(bound.provenance)));
  return word == section.provenance->words.end() ? std::nullopt : std::optional(word->second);
}

RowReader::ProvenanceReasons RowReader::ProvenanceReasons::of(const Section& section,
                                                              ingest::Quarantine& quarantine) {
  if (!section.provenance || !section.provenance->column) {
    return {};
  }
  const std::string& column = section.provenance->column->name;
  return {.none = quarantine.reason(fmt::format("no provenance in column '{}'", column)),
          .unknown = quarantine.reason(
              fmt::format("a provenance that the mapping does not list in column '{}'", column))};
}

ingest::ReasonId RowReader::no_provenance(const FileRow& row, const BoundSection& bound,
                                          const ProvenanceReasons& reasons) const {
  return missing(trimmed(row.field(bound.provenance))) ? reasons.none : reasons.unknown;
}

RowReader::Judged RowReader::code(std::optional<vocabulary::KindId> kind, const std::string& system,
                                  std::string_view text, const Recode& map) {
  if (const auto entry = map.find(text); entry != map.end()) {
    text = entry->second;
  }
  ingest::EnteringCode entering =
      ingest::entering_code({kind, system, vocabulary::code_system_called(system)}, trimmed(text),
                            {mapping_.not_identifiers});
  if (entering.fault != ingest::CodeFault::none) {
    return {vocabulary::no_code, entering.fault, entering.like};
  }
  if (registry_.codes.size() > ingest::most_codes) {
    failure_ = Error{
        Fault::input,
        fmt::format("more than {} different codes of system '{}'", ingest::most_codes, system),
        mapping_.path.string(), "check that its column holds codes"};
  }
  return {registry_.codes.intern({kind, system, std::move(entering.text)})};
}

}  // namespace parcours::mapping
