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

// A practice and the package that it sends.
struct Sender {
  records::PracticeId practice = 0;
  rows::PackageId package = 0;
};

// A patient is known once in each package.
struct PatientOfPackage {
  records::PatientId patient;
  rows::PackageId package;
  friend bool operator==(const PatientOfPackage&, const PatientOfPackage&) = default;
};

struct Registry {
  vocabulary::CodeBook& codes;
  const records::ProgrammeKey& key;
  std::string period;  // label of the packages
  std::function<records::PracticeId(std::string_view name)> practice;
  std::function<rows::PackageId(records::PracticeId practice, std::string_view period)> package;
  // Told of a patient's number at the source and of the pseudonym made of it, as often as it is
  // read; may be empty.
  std::function<void(std::string_view number, const records::PatientId& patient)> met = {};

  Sender sender(std::string_view name) const {
    const records::PracticeId number = practice(name);
    return {number, package(number, period)};
  }
};

// A longer text is free text, which is not stored.
inline constexpr std::size_t longest_code = 100;

// More different codes than any nomenclature has: what is read as codes is something else.
inline constexpr std::size_t most_codes = 2'000'000;

}  // namespace parcours::ingest

template <>
struct std::hash<parcours::ingest::PatientOfPackage> {
  std::size_t operator()(const parcours::ingest::PatientOfPackage& one) const noexcept {
    return one.patient.low ^ one.package;
  }
};
