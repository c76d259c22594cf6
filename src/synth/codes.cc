#include "synth/codes.h"

#include "base/check.h"
#include "vocabulary/vocabulary.h"

namespace parcours::synth {

Codes::Codes() {
  for (vocabulary::KindId kind = 0; kind < vocabulary::kinds().size(); ++kind) {
    for (vocabulary::Code& code : vocabulary::Vocabulary::built_in_codes_of(kind)) {
      numbers_.emplace(std::pair(kind, code.code), static_cast<CodeNumber>(codes_.size()));
      codes_.push_back(std::move(code));
    }
  }
}

bool Codes::contains(std::string_view kind, std::string_view code) const {
  const std::optional<vocabulary::KindId> id = vocabulary::find_kind(kind);
  return id && numbers_.contains(std::pair(*id, std::string(code)));
}

CodeNumber Codes::number_of(std::string_view kind, std::string_view code) const {
  const std::optional<vocabulary::KindId> id = vocabulary::find_kind(kind);
  PARCOURS_CHECK(id);
  const auto found = numbers_.find(std::pair(*id, std::string(code)));
  PARCOURS_CHECK(found != numbers_.end());
  return found->second;
}

}  // namespace parcours::synth
