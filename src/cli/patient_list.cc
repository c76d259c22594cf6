#include "cli/patient_list.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "base/hex.h"
#include "records/private_file.h"

namespace parcours::cli {
namespace {

// A list of the patients of a country who objected.
constexpr std::size_t most_list_bytes = std::size_t{16} << 20;

Result<records::Secret> secret_lines(const std::string& file) {
  return file == "-" ? records::read_secret(STDIN_FILENO, "standard input", most_list_bytes)
                     : records::read_private_file(file, most_list_bytes);
}

// Each line's text, without spaces around it; empty lines are left out.
std::vector<std::string_view> lines_in(std::string_view text) {
  constexpr std::string_view spaces = " \t\r";
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    line.remove_prefix(std::min(line.find_first_not_of(spaces), line.size()));
    line = line.substr(0, line.find_last_not_of(spaces) + 1);
    if (!line.empty()) {
      lines.push_back(line);
    }
  }
  return lines;
}

std::optional<records::PatientId> pseudonym_in(std::string_view hex) {
  std::array<unsigned char, 16> bytes{};
  if (!from_hex(hex, bytes)) {
    return std::nullopt;
  }
  records::PatientId id;
  for (std::size_t i = 0; i < 8; ++i) {
    id.high = id.high << 8 | bytes[i];
    id.low = id.low << 8 | bytes[8 + i];
  }
  return id;
}

}  // namespace

void add_patient_list(CLI::App* verb, PatientList& list, const std::string& note) {
  verb->add_option("--patient-file", list.patients,
                   "A file that its owner alone can read, with the identifiers of the patients at "
                   "the source, one a line, at most 4096 bytes; - for standard input. " +
                       note)
      ->type_name("FILE");
  verb->add_option("--pseudonym-file", list.pseudonyms,
                   "The same with the patients' pseudonyms in this vault, 32 hexadecimal digits a "
                   "line")
      ->type_name("FILE");
}

Status check(const PatientList& list, const std::string& who, const std::string& verb) {
  if (list.patients.has_value() == list.pseudonyms.has_value()) {
    return bad_input("one file says " + who, verb, "give one of --patient-file, --pseudonym-file");
  }
  return {};
}

Result<std::vector<records::PatientId>> patients_in(const PatientList& list,
                                                    const records::ProgrammeKey& key) {
  const std::string& file = list.patients ? *list.patients : *list.pseudonyms;
  ASSIGN_OR_RETURN(const records::Secret text, secret_lines(file));
  const records::KeyedHash hash = records::pseudonym_hash(key);
  std::vector<records::PatientId> patients;
  for (const std::string_view line : lines_in(text.text())) {
    const std::optional<records::PatientId> patient =
        list.patients ? std::optional(records::pseudonym(hash, line)) : pseudonym_in(line);
    if (!patient) {
      return bad_input("a line is no pseudonym", file,
                       "write 32 hexadecimal digits a line, as the vault has them");
    }
    patients.push_back(*patient);
  }
  if (patients.empty()) {
    return bad_input("the file names nobody", file, "write one patient a line");
  }
  return patients;
}

}  // namespace parcours::cli
