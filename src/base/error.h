// Errors are values. A function that can fail returns Result<T>; it throws nothing.
//
// An Error says what was found, where (file, line, row), and what would be right, so that the
// person who reads it can correct the input without reading this program. It never holds personal
// data: it names a value of a record by its place (file and line) and does not quote it.
//
//   Result<Day> day = parse_day(text);
//   if (!day) return std::unexpected(day.error());
//
// is written
//
//   ASSIGN_OR_RETURN(const Day day, parse_day(text));
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace parcours {

// Whose turn it is to act. The number is the command's exit code.
enum class Fault {
  rule = 1,       // refused by a rule, which the error names
  input = 2,      // wrong use or wrong input
  machine = 3,    // disk, memory, a library that failed
  stopped = 130,  // the user asked to stop (Ctrl-C); nothing was left half-done
};

struct Error {
  Fault fault;
  std::string found;  // what was found: "unknown kind 'diagnossis'"
  std::string where;  // "studies/asthma.toml:12"; empty when there is no place
  std::string right;  // what would be right: "did you mean 'diagnosis'?"; may be empty

  // One line: "studies/asthma.toml:12: unknown kind 'diagnossis'; did you mean 'diagnosis'?"
  std::string sentence() const;
};

template <class T>
using Result = std::expected<T, Error>;
using Status = std::expected<void, Error>;

std::unexpected<Error> refused(std::string found, std::string where = {}, std::string right = {});
std::unexpected<Error> bad_input(std::string found, std::string where = {}, std::string right = {});
std::unexpected<Error> machine_fault(std::string found, std::string where = {},
                                     std::string right = {});
std::unexpected<Error> stopped();

// What the system's error number says: "No space left on device".
std::string errno_text(int number);

}  // namespace parcours

#define PARCOURS_JOIN_(a, b) a##b
#define PARCOURS_JOIN(a, b) PARCOURS_JOIN_(a, b)

#define RETURN_IF_ERROR(expression)                               \
  do {                                                            \
    if (auto parcours_status = (expression); !parcours_status) {  \
      return std::unexpected(std::move(parcours_status).error()); \
    }                                                             \
  } while (false)

#define ASSIGN_OR_RETURN_(temporary, declaration, expression) \
  auto temporary = (expression);                              \
  if (!temporary) {                                           \
    return std::unexpected(std::move(temporary).error());     \
  }                                                           \
  declaration = *std::move(temporary)

#define ASSIGN_OR_RETURN(declaration, expression) \
  ASSIGN_OR_RETURN_(PARCOURS_JOIN(parcours_result_, __LINE__), declaration, expression)
