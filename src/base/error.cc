#include "base/error.h"

#include <system_error>

namespace parcours {
namespace {

std::unexpected<Error> make(Fault fault, std::string found, std::string where, std::string right) {
  return std::unexpected(Error{fault, std::move(found), std::move(where), std::move(right)});
}

}  // namespace

std::string Error::sentence() const {
  std::string line;
  if (!where.empty()) {
    line = where + ": ";
  }
  line += found;
  if (!right.empty()) {
    line += "; " + right;
  }
  return line;
}

std::unexpected<Error> refused(std::string found, std::string where, std::string right) {
  return make(Fault::rule, std::move(found), std::move(where), std::move(right));
}

std::unexpected<Error> bad_input(std::string found, std::string where, std::string right) {
  return make(Fault::input, std::move(found), std::move(where), std::move(right));
}

std::unexpected<Error> machine_fault(std::string found, std::string where, std::string right) {
  return make(Fault::machine, std::move(found), std::move(where), std::move(right));
}

std::string errno_text(int number) {
  return std::generic_category().message(number);
}

std::unexpected<Error> stopped() {
  return make(Fault::stopped, "stopped on request; nothing was changed", {}, {});
}

}  // namespace parcours
