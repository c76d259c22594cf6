// Gives numbers to the codes, practices and packages of an import. The vault's Import provides
// these functions; ingest does not depend on the vault, so the caller connects the two. All
// functions may be called from several threads.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "records/keys.h"
#include "records/patient.h"
#include "rows/row.h"
#include "vocabulary/code_book.h"

namespace parcours::ingest {

struct Registry {
  CodeBook& codes;
  const ProgrammeKey& key;
  std::string period;  // label of the packages
  std::function<PracticeId(std::string_view name)> practice;
  std::function<PackageId(PracticeId practice, std::string_view period)> package;
};

}  // namespace parcours::ingest
