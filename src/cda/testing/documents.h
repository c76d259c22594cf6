// For tests: made-up documents, and what comes of reading them.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/files.h"
#include "ingest/choices.h"
#include "ingest/testing/outcome.h"

namespace parcours::cda {

// The national number of a made-up patient, without its key.
inline constexpr const char* made_number = "2800275001001";

// A document of one patient; what is left empty is not in it.
struct MadeDocument {
  std::string templates = "<templateId root=\"1.2.250.1.213.1.1.1.13\"/>";
  std::string id = "<id root=\"1.2.3\" extension=\"d1\"/>";
  std::string code = "<code code=\"SYNTH\" codeSystem=\"1.2.250.1.213.1.1.4.12\"/>";
  std::string made = "20240601120000+0200";
  std::string set;
  std::string number = "<id root=\"1.2.250.1.213.1.4.8\" extension=\"2800275001001\"/>";
  std::string addr = "<addr><postalCode>75007</postalCode><country>FRANCE</country></addr>";
  std::string sex = "F";
  std::string born = "19800214";
  std::string organisation = "<id root=\"1.2.9\" extension=\"mayo\"/>";  // of the author
  std::string related;
  std::string body;  // sections

  std::string text() const;
};

// A section with a LOINC code, and entries.
std::string section(const std::string& code, const std::string& entries,
                    const std::string& templates = "");
// A concern with a problem of ICD-10.
std::string problem(const std::string& code, const std::string& day);
// A result of LOINC; `value` is an element.
std::string result(const std::string& code, const std::string& day, const std::string& value);

struct Read {
  ingest::Outcome outcome;
  std::vector<std::string> sections;  // "VSM problems: 2 = 0 + 1 + 1 + 0"
  std::vector<std::string> left_out;  // "1 negated: ..."
  std::uint64_t items = 0;
};

// Writes the files into a folder and reads them, in order of name.
Read read_files(const std::map<std::string, std::string>& files,
                const ingest::Choices& choices = {},
                const ingest::OutcomeOptions& options = {.patients = {made_number, "P2"}});
Read read_paths(const std::vector<std::filesystem::path>& paths,
                const ingest::Choices& choices = {},
                const ingest::OutcomeOptions& options = {.patients = {made_number, "P2"}});

// A zip archive of these members, in this order.
std::string zip_of(const std::vector<std::pair<std::string, std::string>>& members);

}  // namespace parcours::cda
