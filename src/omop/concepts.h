// The names of concepts, from the CONCEPT table of the user's vocabulary files (Athena).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/fact.h"
#include "omop/table.h"

namespace parcours::omop {

class Concepts {
 public:
  // Reads the vocabularies that the project knows; of the others a concept's id stands as its code.
  static Result<Concepts> read(const Tables& tables, const ingest::Reading& reading);

  // The code of a concept in its own vocabulary; nothing of one that is not known. Valid as long as
  // this.
  std::optional<ingest::Coding> find(std::string_view concept_id) const;

  std::size_t size() const { return all_.size(); }

 private:
  struct Concept {
    std::uint32_t id;
    std::uint32_t at;  // of its code, in codes_
    std::uint8_t length;
    std::uint8_t system;  // in systems_
  };

  std::vector<Concept> all_;  // by id
  std::string codes_;
  std::vector<std::string> systems_;
};

}  // namespace parcours::omop
