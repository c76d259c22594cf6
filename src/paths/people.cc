#include "paths/people.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "exports/column_sql.h"
#include "exports/interruption.h"
#include "vault/walk.h"
#include "vocabulary/levels.h"

namespace parcours::paths {
namespace {

// Takes the texts of one field and numbers them in the end.
class FieldBuilder {
 public:
  explicit FieldBuilder(std::string name) : name_(std::move(name)) { numbers_.emplace("", 0); }

  void set(std::size_t patient, const std::string& text) {
    if (patient >= values_.size()) {
      values_.resize(patient + 1, 0);
    }
    values_[patient] = number(text);
  }
  std::uint32_t number(const std::string& text) {
    return numbers_.try_emplace(text, static_cast<std::uint32_t>(numbers_.size())).first->second;
  }

  PersonField build(std::size_t patients) && {
    PersonField field{.name = std::move(name_), .labels = {}, .values = std::move(values_)};
    field.values.resize(patients, 0);
    std::vector<std::uint32_t> places(numbers_.size());
    for (const auto& [text, number] : numbers_) {  // "" comes first
      places[number] = static_cast<std::uint32_t>(field.labels.size());
      field.labels.push_back(text);
    }
    for (std::uint32_t& value : field.values) {
      value = places[value];
    }
    return field;
  }

 private:
  std::string name_;
  std::map<std::string, std::uint32_t> numbers_;
  std::vector<std::uint32_t> values_;
};

std::string place_of(const vault::Vault& vault, vocabulary::CodeId place, std::string_view level) {
  if (place == vocabulary::no_code) {
    return {};
  }
  const vocabulary::Code& code = vault.codes().at(place);
  return vocabulary::at_level(code.system, code.code, level).value_or("");
}

std::string sex_text(records::Sex sex) {
  return sex == records::Sex::female ? "F" : sex == records::Sex::male ? "M" : "";
}

}  // namespace

const PersonField* find_field(const People& people, std::string_view name) {
  const auto named = [&](std::string_view wanted) -> const PersonField* {
    const auto found = std::ranges::find(people, wanted, &PersonField::name);
    return found == people.end() ? nullptr : &*found;
  };
  const PersonField* born = name == "age" ? named("birth_year") : nullptr;
  return born != nullptr ? born : named(name);
}

std::vector<std::string> names_of(const People& people) {
  std::vector<std::string> names;
  for (const PersonField& field : people) {
    names.push_back(field.name);
  }
  return names;
}

Result<People> read_people(exports::Persons& persons, std::span<const exports::AskedColumn> asked,
                           const PathsRead& read, const Stop& stop) {
  if (asked.empty()) {
    return People();
  }
  exports::ExportFile& file = persons.file;
  const std::string patient = exports::name_sql(*persons.patient());
  std::vector<FieldBuilder> fields;
  std::string selected = patient;
  for (const exports::AskedColumn& each : asked) {
    fields.emplace_back(each.name);
    selected +=
        each.year ? fmt::format(", CAST(min({}) AS VARCHAR)", exports::birth_year_sql(each.column))
                  : fmt::format(", min({})", exports::text_sql(each.column));
  }
  const exports::Interruption interruption(file.connection(), stop);
  ASSIGN_OR_RETURN(duck::Stream rows,
                   file.query(fmt::format("SELECT {} FROM {} WHERE {} IS NOT NULL GROUP BY {}",
                                          selected, file.source(), patient, patient)));
  RETURN_IF_ERROR(duck::for_chunks(rows, [&]() -> Status {
    if (stop.requested()) {
      return stopped();
    }
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      const auto number = read.patients.numbers.find(rows.text(0, row));
      for (std::size_t i = 0; number && i < fields.size(); ++i) {
        if (!rows.null(i + 1, row)) {
          fields[i].set(read.patients.ranks[*number], std::string(rows.text(i + 1, row)));
        }
      }
    }
    return {};
  }));
  People people;
  for (FieldBuilder& field : fields) {
    people.push_back(std::move(field).build(read.paths.patients()));
  }
  return people;
}

Result<People> read_people(const vault::Vault& vault, const PathsRead& read, Progress& progress,
                           const Stop& stop) {
  FieldBuilder sex("sex");
  FieldBuilder born("birth_year");
  FieldBuilder place("place");
  FieldBuilder region("region");
  FieldBuilder practice("practice");
  std::size_t came = 0;
  const auto take = [&](const vault::Bucket& bucket) {
    for (std::size_t i = 0; i < bucket.patients(); ++i) {
      const records::Patient& person = bucket.people[i];
      if (bucket.record(i).size() == 0) {
        continue;
      }
      const std::uint32_t patient = read.patients.ranks[came++];
      sex.set(patient, sex_text(person.sex));
      born.set(patient, person.birth_year == records::no_birth_year
                            ? ""
                            : std::to_string(person.birth_year));
      place.set(patient, place_of(vault, person.place, "code"));
      region.set(patient, place_of(vault, person.place, "region"));
      practice.set(patient, person.practice < vault.practices().size()
                                ? vault.practices()[person.practice]
                                : std::string());
    }
  };
  RETURN_IF_ERROR(vault::for_buckets(vault, {}, "reading the people", progress, stop, take));
  People people;
  for (FieldBuilder* field : {&sex, &born, &place, &region, &practice}) {
    people.push_back(std::move(*field).build(came));
  }
  return people;
}

}  // namespace parcours::paths
