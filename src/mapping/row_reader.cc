#include "mapping/row_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "ingest/cells.h"

namespace parcours::ingest {

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

const PatientId* RowReader::patient(std::string_view text) {
  text = trimmed(text);
  if (text != last_patient_ || text.empty()) {
    if (missing(text)) {
      return nullptr;
    }
    last_patient_ = text;
    last_id_ = pseudonym(hash_, text);
    if (registry_.met) {
      registry_.met(text, last_id_);
    }
  }
  return &last_id_;
}

const Sender* RowReader::sender(const FileRow& row, const BoundSection& bound,
                                const Section& section) {
  const std::string_view name =
      bound.practice == no_column ? section.practice.constant : trimmed(row.field(bound.practice));
  if (const std::uint32_t* number = sender_numbers_.find(name)) {
    return &senders_[*number];
  }
  if (missing(name)) {
    return nullptr;
  }
  const Sender sender = registry_.sender(name);
  sender_numbers_.insert(name, static_cast<std::uint32_t>(senders_.size()));
  senders_.push_back(sender);
  return &senders_.back();
}

RowReader::Judged RowReader::code(std::optional<KindId> kind, const std::string& system,
                                  std::string_view text, const Recode& map) {
  if (const auto entry = map.find(text); entry != map.end()) {
    text = entry->second;
  }
  EnteringCode entering = entering_code({kind, system, code_system_called(system)}, trimmed(text),
                                        {mapping_.not_identifiers});
  if (entering.fault != CodeFault::none) {
    return {no_code, entering.fault, entering.like};
  }
  if (registry_.codes.size() > most_codes) {
    failure_ = Error{Fault::input,
                     fmt::format("more than {} different codes of system '{}'", most_codes, system),
                     mapping_.path.string(), "check that its column holds codes"};
  }
  return {registry_.codes.intern({kind, system, std::move(entering.text)})};
}

}  // namespace parcours::ingest
