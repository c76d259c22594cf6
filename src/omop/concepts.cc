#include "omop/concepts.h"

#include <algorithm>
#include <charconv>

#include "omop/cdm.h"

namespace parcours::omop {
namespace {

std::optional<std::uint32_t> id_of(std::string_view text) {
  std::uint32_t id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(id)
                                                                  : std::nullopt;
}

}  // namespace

Result<Concepts> Concepts::read(const Tables& tables, const ingest::Reading& reading) {
  // UCUM stands for units, which facts name by their code.
  const auto system_named = [](std::string_view vocabulary) {
    return vocabulary == "UCUM" ? std::string_view("ucum") : system_of_vocabulary(vocabulary);
  };
  Concepts made;
  for (const TablePart& part : tables.parts()) {
    if (part.table != "concept") {
      continue;
    }
    ASSIGN_OR_RETURN(
        const auto rows,
        tables.open(part, {"concept_id", "vocabulary_id", "concept_code"}, 3, reading));
    while (true) {
      ASSIGN_OR_RETURN(const bool more, rows->next());
      if (!more) {
        break;
      }
      if (!rows->defect().empty()) {
        continue;  // a concept less: its id stands as its code
      }
      const std::optional<std::uint32_t> id = id_of(rows->field(0));
      const std::string_view system = system_named(rows->field(1));
      const std::string_view code = rows->field(2);
      if (!id || system.empty() || code.empty() || code.size() > 255) {
        continue;
      }
      auto known = std::ranges::find(made.systems_, system);
      if (known == made.systems_.end()) {
        known = made.systems_.insert(known, std::string(system));
      }
      made.all_.push_back({*id, static_cast<std::uint32_t>(made.codes_.size()),
                           static_cast<std::uint8_t>(code.size()),
                           static_cast<std::uint8_t>(known - made.systems_.begin())});
      made.codes_ += code;
    }
  }
  std::ranges::stable_sort(made.all_, {}, &Concept::id);
  return made;
}

std::optional<ingest::Coding> Concepts::find(std::string_view concept_id) const {
  const std::optional<std::uint32_t> id = id_of(concept_id);
  if (!id) {
    return std::nullopt;
  }
  const auto found = std::ranges::lower_bound(all_, *id, {}, &Concept::id);
  if (found == all_.end() || found->id != *id) {
    return std::nullopt;
  }
  return ingest::Coding{systems_[found->system],
                        std::string_view(codes_).substr(found->at, found->length)};
}

}  // namespace parcours::omop
