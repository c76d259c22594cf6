// Counts, for each name that an import brings (a code, a place or a practice), whether one patient
// or several use it. Patients may come in any order, and any number of times.
#pragma once

#include <cstdint>
#include <vector>

#include "records/patient.h"

namespace parcours::records {

class NameUse {
 public:
  enum class Users : std::uint8_t { none, one, several };

  void note(std::uint32_t name, const PatientId& patient) {
    if (name < users_.size() && users_[name] == Users::several) {
      return;  // nearly always
    }
    meet(name, patient);
  }

  Users users(std::uint32_t name) const {
    return name < users_.size() ? users_[name] : Users::none;
  }

  // Adds what another has noted.
  void merge(const NameUse& other);

 private:
  void meet(std::uint32_t name, const PatientId& patient);

  std::vector<Users> users_;
  std::vector<PatientId> first_;  // who used it first
};

}  // namespace parcours::records
