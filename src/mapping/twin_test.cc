// The sources against a slow twin: one row after another, on random small files.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <charconv>

#include "mapping/testing/trial.h"

namespace parcours::mapping {
namespace {

constexpr const char* mapping = R"toml(
calendar = "dates"
missing = ["NA"]
practice = { constant = "here" }
[patients]
file = "f.csv"
patient = "id"
sex = { column = "sex", female = ["F"], male = ["M"] }
provenance = { column = "from", entered = ["own", ""], received = ["lab"], consulted = ["seen"] }
several_rows = "first"
[[events]]
file = "f.csv"
patient = "id"
day = "day"
kind = { constant = "diagnosis" }
code = { columns = ["a", "b"], not = ["?"] }
system = "icd10"
provenance = { column = "from", entered = ["own", ""], received = ["lab"], consulted = ["seen"] }
value = "value"
[[events]]
file = "f.csv"
patient = "id"
day = "day"
kind = "kind"
code = "a"
system = { lab = "lab" }
where = { column = "b", in = ["?"] }
provenance = { column = "from", imported = ["own", "lab", ""], consulted = ["seen"] }
)toml";

using Fields = std::vector<std::string>;  // id, sex, day, kind, a, b, value, from

bool says_nothing(const std::string& text) {
  return text.empty() || text == "NA";
}

// What a row's value says, for `Trial`'s words; nothing where it is no number.
std::optional<std::string> value_of(const std::string& text) {
  double number = 0;
  if (says_nothing(text)) {
    return "-";
  }
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && *end == '\0' ? std::optional(fmt::format("{}", number))
                                              : std::nullopt;
}

struct Twin {
  std::map<std::string, std::string> patients;
  std::vector<std::string> events;
  std::vector<std::string> bad;
  std::size_t left_out = 0;

  void put_aside(std::size_t line, std::string_view reason) {
    bad.push_back(fmt::format("f.csv:{}: {}", line, reason));
  }

  void read(std::size_t line, const Fields& row) {
    if (row.size() != 8) {
      return put_aside(line, "the wrong number of columns");
    }
    if (row[7] == "seen") {  // as a patient and as a diagnosis; and as a laboratory's value
      left_out += row[5] == "?" ? 3 : 2;
      return;
    }
    if (row[7] != "own" && row[7] != "lab" && !row[7].empty()) {
      return put_aside(line, row[7] == "NA"
                                 ? "no provenance in column 'from'"
                                 : "a provenance that the mapping does not list in column 'from'");
    }
    if (says_nothing(row[0])) {
      return put_aside(line, "no patient in column 'id'");
    }
    if (row[1] != "F" && row[1] != "M" && !says_nothing(row[1])) {
      return put_aside(line, "an unknown sex in column 'sex'");
    }
    const std::string sex = row[1] == "F" ? "female" : row[1] == "M" ? "male" : "unknown";
    patients.try_emplace(row[0], sex);
    const std::optional<Day> day = parse_iso_day(row[2]);
    const std::optional<std::string> value = value_of(row[6]);
    if (!day) {
      return put_aside(
          line, says_nothing(row[2]) ? "no day in column 'day'" : "not a date in column 'day'");
    }
    if (!value) {
      return put_aside(line, "not a number in column 'value'");
    }
    if (*value == "612345678") {
      return put_aside(line, "a value that nothing measured has in column 'value'");
    }
    for (const std::string& code : {row[4], row[5]}) {
      if (!says_nothing(code) && code != "?" && code.size() != 3) {
        return put_aside(line,
                         "a code that does not have the form of its code system in the mapping");
      }
    }
    const std::string who = fmt::format("{} here {} ", row[0], day->number);
    if (row[5] == "?") {
      if (!vocabulary::find_kind(row[3])) {
        return put_aside(line, "an unknown kind in column 'kind'");
      }
      if (row[3] != "lab") {
        return put_aside(line, "a kind without a code system in column 'kind'");
      }
      if (says_nothing(row[4])) {
        return put_aside(line, "no code in column 'a'");
      }
      events.push_back(fmt::format("{}lab lab:{} - imported", who, row[4]));
    }
    for (const std::string& code : {row[4], row[5]}) {
      if (!says_nothing(code) && code != "?") {
        events.push_back(fmt::format("{}diagnosis icd10:{} {} {}", who, code, *value,
                                     row[7] == "lab" ? "received" : "entered"));
      }
    }
  }
};

// A field as any program might write it.
std::string written(const std::string& text, bool quoted) {
  return quoted ? "\"" + text + "\"" : text;
}

RC_GTEST_PROP(SourceTwin, RandomFilesReadAsRowByRow, ()) {
  const auto one_of = [](auto... texts) { return rc::gen::element<std::string>(texts...); };
  const std::vector<rc::Gen<std::string>> columns = {
      one_of("P1", "P2", "P3", "P1", "P2", "", "NA"),
      one_of("F", "M", "F", "M", "", "X"),
      one_of("2024-01-01", "2023-12-31", "2024-01-01", "2023-02-29", "", "soon"),
      one_of("lab", "lab", "lab", "vital", "dz"),
      one_of("A10", "B20", "?", "", "NA", "asthma"),
      one_of("?", "C30", "", "A10", "?"),
      one_of("1", "-2.5", "", "NA", "1,5", "high", "0612345678"),
      one_of("own", "own", "lab", "", "seen", "NA", "Seen")};
  std::string text = "id,sex,day,kind,a,b,value,from\n";
  Twin twin;
  const std::size_t rows = *rc::gen::inRange<std::size_t>(0, 60);
  for (std::size_t line = 2; line < rows + 2; ++line) {
    Fields row;
    for (const auto& column : columns) {
      row.push_back(*column);
    }
    row.resize(*rc::gen::weightedElement<std::size_t>({{20, 8}, {1, 7}}));
    for (std::size_t i = 0; i < row.size(); ++i) {
      const bool comma = row[i].find(',') != std::string::npos;
      text += (i > 0 ? "," : "") +
              written(row[i], comma || *rc::gen::weightedElement<bool>({{5, false}, {1, true}}));
    }
    text += *rc::gen::weightedElement<std::string>({{5, "\n"}, {1, "\r\n"}});
    twin.read(line, row);
  }
  Trial trial;
  trial.telling_provenance().file("f.csv", text).blocks_of(*rc::gen::inRange<std::size_t>(1, 400));
  const ingest::Outcome outcome = trial.run(mapping, 2);

  std::vector<std::string> patients;
  for (const auto& [patient, sex] : twin.patients) {
    patients.push_back(fmt::format("{} here - {} -", patient, sex));
  }
  std::ranges::sort(twin.events);
  RC_ASSERT(outcome.error == "");
  RC_ASSERT(outcome.patients == patients);
  RC_ASSERT(outcome.events == twin.events);
  RC_ASSERT(outcome.bad_rows == twin.bad);
  RC_ASSERT(outcome.left_out ==
            (twin.left_out == 0
                 ? std::vector<std::string>{}
                 : std::vector{fmt::format("{}: {}", ingest::only_consulted, twin.left_out)}));
  RC_ASSERT(outcome.rows == 2 * rows);
}

}  // namespace
}  // namespace parcours::mapping
