#include "records/name_use.h"

#include <algorithm>

namespace parcours::records {

void NameUse::meet(std::uint32_t name, const PatientId& patient) {
  if (name >= users_.size()) {
    const std::size_t size = std::max<std::size_t>(std::size_t{name} + 1, 2 * users_.size());
    users_.resize(size, Users::none);
    first_.resize(size);
  }
  if (users_[name] == Users::none) {
    users_[name] = Users::one;
    first_[name] = patient;
  } else if (first_[name] != patient) {
    users_[name] = Users::several;
  }
}

void NameUse::merge(const NameUse& other) {
  for (std::uint32_t name = 0; name < other.users_.size(); ++name) {
    if (other.users_[name] == Users::none) {
      continue;
    }
    note(name, other.first_[name]);
    if (other.users_[name] == Users::several) {
      users_[name] = Users::several;
    }
  }
}

}  // namespace parcours::records
