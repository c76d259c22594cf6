#include "mapping/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "ingest/cells.h"

namespace parcours::mapping {
namespace {

namespace fs = std::filesystem;

// Does `name` fit `pattern`, in which '*' is any characters?
bool fits(std::string_view name, std::string_view pattern) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) {
    return name == pattern;
  }
  if (!name.starts_with(pattern.substr(0, star))) {
    return false;
  }
  for (std::size_t from = star; from <= name.size(); ++from) {
    if (fits(name.substr(from), pattern.substr(star + 1))) {
      return true;
    }
  }
  return false;
}

// "visits.csv", "visits-*.csv#3".
std::string short_name(const FilePlan& file) {
  return file.file.shown.substr(file.file.shown.rfind('/') + 1);  // npos + 1 is 0
}

// Opens files as sections name them.
class Binder {
 public:
  Binder(const Mapping& mapping, fs::path data, const CsvOptions& options, ParquetText parquet)
      : mapping_(mapping),
        data_(std::move(data)),
        form_{options, mapping.encoding, std::move(parquet)} {
    form_.csv.separator = mapping.separator;
  }

  Result<std::vector<NamedFile>> files(const Section& section) const {
    std::vector<NamedFile> files;
    for (const std::string& name : section.files) {
      const fs::path path = data_ / name;
      const std::string pattern = path.filename().string();
      if (pattern.find('*') == std::string::npos) {
        files.emplace_back(path);
        continue;
      }
      std::vector<fs::path> found;
      std::error_code error;
      for (const fs::directory_entry& entry : fs::directory_iterator(path.parent_path(), error)) {
        if (fits(entry.path().filename().string(), pattern)) {
          found.push_back(entry.path());
        }
      }
      if (found.empty()) {
        return bad_input(fmt::format("no file fits '{}'", path.string()),
                         mapping_.place(section.line), "name the folder of the files with --data");
      }
      std::ranges::sort(found);
      for (std::size_t i = 0; i < found.size(); ++i) {
        files.emplace_back(found[i], fmt::format("{}#{}", path.string(), i + 1));
      }
    }
    return files;
  }

  Result<FilePlan> open(const NamedFile& named, const Section& section) const {
    Result<CsvFile> file = open_row_file(named, form_);
    if (!file) {
      Error error = file.error();
      error.found = error.where + ": " + error.found;
      error.where = mapping_.place(section.line);
      return std::unexpected(std::move(error));
    }
    FilePlan plan{.file = named, .form = form_, .bytes = file->size()};
    plan.form.csv.separator = file->separator();
    plan.form.csv.judge_header = false;  // it is judged
    plan.header = file->header();
    return plan;
  }

  // Reads what is joined to the file's rows, of the columns that were bound.
  Status read_joined(FilePlan& file) const {
    for (Join& join : file.joins) {
      const JoinSection& section = mapping_.joins[join.section];
      ASSIGN_OR_RETURN(JoinedTable table,
                       JoinedTable::read(data_ / section.with, form_, section.key.name,
                                         join.columns, mapping_.place(section.line)));
      join.table = std::make_shared<const JoinedTable>(std::move(table));
    }
    return {};
  }

  Result<ColumnIndex> column(FilePlan& file, const std::optional<ColumnName>& name) const {
    if (!name) {
      return no_column;
    }
    if (const auto section = join_of(file, name->name)) {
      return joined_column(file, *section, name->name);
    }
    return own_column(file, name);
  }

  Result<ColumnIndex> own_column(const FilePlan& file,
                                 const std::optional<ColumnName>& name) const {
    const std::vector<std::string>& header = file.header.reveal();
    const auto same = [&](const std::string& each) { return trimmed(each) == name->name; };
    const auto found = std::ranges::find_if(header, same);
    if (found == header.end()) {
      return bad_input(fmt::format("{} has no column '{}'", short_name(file), name->name),
                       mapping_.place(name->line), file.header.hint(name->name));
    }
    if (std::ranges::count_if(header, same) > 1) {
      return bad_input(
          fmt::format("{} has more than one column '{}'", short_name(file), name->name),
          mapping_.place(name->line), "name each column once in the file's header");
    }
    return static_cast<ColumnIndex>(found - header.begin());
  }

  // The join that gives a column "visit.patient" to the file.
  std::optional<std::size_t> join_of(const FilePlan& file, std::string_view name) const {
    const std::string_view as = name.substr(0, name.find('.'));
    for (std::size_t i = 0; i < mapping_.joins.size() && as.size() < name.size(); ++i) {
      const JoinSection& join = mapping_.joins[i];
      const auto called = [&](const std::string& pattern) {
        return fits(file.file.path.filename().string(), fs::path(pattern).filename().string());
      };
      if (join.as == as && std::ranges::any_of(join.files, called)) {
        return i;
      }
    }
    return std::nullopt;
  }

  Result<ColumnIndex> joined_column(FilePlan& file, std::size_t section,
                                    std::string_view name) const {
    auto join = std::ranges::find(file.joins, section, &Join::section);
    if (join == file.joins.end()) {
      ASSIGN_OR_RETURN(const ColumnIndex key, own_column(file, mapping_.joins[section].column));
      join = file.joins.insert(join, Join{.section = section, .key = key});
    }
    join->columns.emplace_back(name.substr(name.find('.') + 1));
    file.joined.push_back(
        {static_cast<std::size_t>(join - file.joins.begin()), join->columns.size() - 1});
    return file.header.size() + file.joined.size() - 1;
  }

  // A kind that is written as a column's name is meant for every row.
  Result<ColumnIndex> kind_column(FilePlan& file, const std::optional<ColumnName>& name) const {
    Result<ColumnIndex> found = column(file, name);
    if (!found && name && vocabulary::find_kind(name->name)) {
      Error error = found.error();
      error.right = fmt::format(
          "a string names a column; if every row is of this kind, write "
          "kind = {{ constant = \"{}\" }}",
          name->name);
      return std::unexpected(std::move(error));
    }
    return found;
  }

  Result<std::vector<ColumnIndex>> columns(FilePlan& file,
                                           const std::vector<ColumnName>& names) const {
    std::vector<ColumnIndex> columns;
    for (const ColumnName& name : names) {
      ASSIGN_OR_RETURN(const ColumnIndex index, column(file, name));
      columns.push_back(index);
    }
    return columns;
  }

  Result<BoundSection> common(FilePlan& file, const Section& section) const {
    BoundSection bound;
    ASSIGN_OR_RETURN(bound.patient, column(file, section.patient));
    ASSIGN_OR_RETURN(bound.practice, column(file, section.practice.column));
    ASSIGN_OR_RETURN(bound.provenance,
                     column(file, section.provenance ? section.provenance->column
                                                     : std::optional<ColumnName>()));
    for (const Condition& condition : section.where) {
      ASSIGN_OR_RETURN(const ColumnIndex index, column(file, condition.column));
      bound.where.push_back(index);
    }
    return bound;
  }

  Result<BoundPatients> bind(FilePlan& file, const PatientsSection& section) const {
    BoundPatients bound;
    ASSIGN_OR_RETURN(static_cast<BoundSection&>(bound), common(file, section));
    bound.section = &section;
    ASSIGN_OR_RETURN(bound.born, column(file, section.born.column));
    ASSIGN_OR_RETURN(bound.sex, column(file, section.sex));
    ASSIGN_OR_RETURN(bound.place, column(file, section.place ? section.place->column
                                                             : std::optional<ColumnName>()));
    return bound;
  }

  Result<BoundEvents> bind(FilePlan& file, const EventsSection& section, std::size_t number) const {
    BoundEvents bound;
    ASSIGN_OR_RETURN(static_cast<BoundSection&>(bound), common(file, section));
    bound.section = &section;
    bound.number = number;
    ASSIGN_OR_RETURN(bound.day, column(file, section.day.column));
    ASSIGN_OR_RETURN(bound.kind, kind_column(file, section.kind.column));
    ASSIGN_OR_RETURN(bound.code, column(file, section.code.column));
    ASSIGN_OR_RETURN(bound.value, column(file, section.value));
    ASSIGN_OR_RETURN(bound.code_columns, columns(file, section.code_columns));
    return bound;
  }

 private:
  const Mapping& mapping_;
  fs::path data_;
  RowFileForm form_;
};

// A row that was only consulted must not give a patient either: where a file's events say of each
// row what it is, its patients have to say it as well.
Status check_consulted_patients(const Plan& plan) {
  const Mapping& mapping = *plan.mapping;
  if (!mapping.patients || mapping.patients->provenance) {
    return {};
  }
  for (const FilePlan& file : plan.event_files) {
    const bool of_both = std::ranges::find(plan.patient_files, file.file.path,
                                           [](const FilePlan& one) { return one.file.path; }) !=
                         plan.patient_files.end();
    for (const BoundEvents& bound : file.events) {
      const auto& said = bound.section->provenance;
      if (of_both && said && said->column && said->may_be_consulted()) {
        return bad_input(
            fmt::format("{} has patients as well, and [patients] does not say which of its rows "
                        "were only consulted",
                        short_name(file)),
            mapping.place(said->line), "write the same provenance in [patients]");
      }
    }
  }
  return {};
}

}  // namespace

std::uint64_t Plan::bytes() const {
  std::uint64_t bytes = 0;
  for (const FilePlan& file : patient_files) {
    bytes += file.bytes;
  }
  for (const FilePlan& file : event_files) {
    bytes += file.bytes;
  }
  return bytes;
}

Result<Plan> make_plan(Mapping told, const fs::path& data, ParquetText parquet,
                       const CsvOptions& options) {
  Plan plan;
  plan.mapping = std::make_shared<const Mapping>(std::move(told));
  const Mapping& mapping = *plan.mapping;
  const Binder binder(mapping, data, options, std::move(parquet));
  if (mapping.patients) {
    ASSIGN_OR_RETURN(const std::vector<NamedFile> files, binder.files(*mapping.patients));
    for (const NamedFile& named : files) {
      ASSIGN_OR_RETURN(FilePlan file, binder.open(named, *mapping.patients));
      ASSIGN_OR_RETURN(file.patients, binder.bind(file, *mapping.patients));
      RETURN_IF_ERROR(binder.read_joined(file));
      plan.patient_files.push_back(std::move(file));
    }
  }
  for (std::size_t i = 0; i < mapping.events.size(); ++i) {
    const EventsSection& section = mapping.events[i];
    ASSIGN_OR_RETURN(const std::vector<NamedFile> files, binder.files(section));
    for (const NamedFile& named : files) {
      auto file = std::ranges::find(plan.event_files, named.path,
                                    [](const FilePlan& one) { return one.file.path; });
      if (file == plan.event_files.end()) {
        ASSIGN_OR_RETURN(FilePlan opened, binder.open(named, section));
        plan.event_files.push_back(std::move(opened));
        file = plan.event_files.end() - 1;
      }
      ASSIGN_OR_RETURN(BoundEvents bound, binder.bind(*file, section, i));
      file->events.push_back(std::move(bound));
    }
  }
  for (FilePlan& file : plan.event_files) {
    RETURN_IF_ERROR(binder.read_joined(file));
  }
  RETURN_IF_ERROR(check_consulted_patients(plan));
  return plan;
}

}  // namespace parcours::mapping
