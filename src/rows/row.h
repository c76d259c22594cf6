// A row of a patient and a row of an event, as a source gives them and a vault keeps them. Personal
// data.
//
// A source's rows come in any order. A file's rows are in the order of `<` below: by patient; a
// patient's events by day; a patient's rows with the newest package first.
#pragma once

#include <compare>
#include <cstdint>
#include <tuple>
#include <utility>

#include "base/day.h"
#include "records/patient.h"
#include "vocabulary/code_book.h"

namespace parcours::rows {

// A package's place in the vault's list of packages.
using PackageId = std::uint32_t;

// Package numbers share a word with the kind and the provenance.
inline constexpr PackageId most_packages = 1u << 24;

struct EventRow {
  records::PatientId patient;
  double value = 0;  // no_value where there is none
  records::PracticeId practice = 0;
  Day day;
  vocabulary::CodeId code = 0;
  std::uint32_t package : 24 = 0;
  std::uint32_t kind : 6 = 0;
  std::uint32_t provenance : 2 = 0;  // a Provenance

  friend bool operator<(const EventRow& a, const EventRow& b) {
    if (const auto order = a.patient <=> b.patient; std::is_neq(order)) {
      return std::is_lt(order);
    }
    if (a.day != b.day) {
      return a.day < b.day;
    }
    return std::pair(a.code, a.package) < std::pair(b.code, b.package);
  }
};

struct PatientRow {
  records::Patient patient;
  PackageId package = 0;

  friend bool operator<(const PatientRow& a, const PatientRow& b) {
    const auto key = [](const PatientRow& row) {
      const records::Patient& p = row.patient;
      return std::tuple(p.id, ~row.package, p.practice, p.birth_year, p.sex, p.place);
    };
    return key(a) < key(b);
  }
};

inline const records::PatientId& patient_of(const EventRow& row) {
  return row.patient;
}
inline const records::PatientId& patient_of(const PatientRow& row) {
  return row.patient.id;
}

}  // namespace parcours::rows
