#include "omop/csv_table.h"

#include <optional>
#include <utility>

#include "base/csv.h"
#include "vocabulary/omop_tables.h"

namespace parcours::omop {
namespace {

class CsvTable : public TableRows {
 public:
  CsvTable(CsvFile file, std::vector<std::size_t> places, const ingest::Reading& reading)
      : file_(std::move(file)),
        rows_(file_.separator(), file_.header().size()),
        places_(std::move(places)),
        reading_(reading) {}

  Result<bool> next() override {
    while (!rows_.next()) {
      if (reading_.stop.requested()) {
        return stopped();
      }
      ASSIGN_OR_RETURN(CsvBlock block, file_.next(rows_.release()));
      if (reading_.progress != nullptr) {
        reading_.progress->add(block.read);
      }
      if (block.empty()) {
        return false;
      }
      rows_.take(std::move(block));
    }
    return true;
  }

  std::string_view field(std::size_t column) const override {
    return places_[column] == no_place ? std::string_view() : rows_.field(places_[column]);
  }
  std::uint64_t line() const override { return rows_.line(); }
  std::string_view defect() const override {
    return rows_.defect() == CsvDefect::none ? std::string_view() : to_string(rows_.defect());
  }

 private:
  CsvFile file_;
  CsvRows rows_;
  std::vector<std::size_t> places_;
  const ingest::Reading reading_;
};

// Some rows, which tell one version of a table from another.
Result<std::vector<std::vector<std::string>>> first_rows(CsvFile& csv) {
  constexpr std::size_t enough = 200;
  const std::size_t columns = csv.header().size();
  std::vector<std::vector<std::string>> all;
  ASSIGN_OR_RETURN(CsvBlock block, csv.next());
  CsvRows rows(csv.separator(), columns);
  rows.take(std::move(block));
  while (all.size() < enough && rows.next()) {
    if (rows.defect() == CsvDefect::none) {
      std::vector<std::string> row;
      for (std::size_t i = 0; i < columns; ++i) {
        row.emplace_back(rows.field(i));
      }
      all.push_back(std::move(row));
    }
  }
  return all;
}

// The columns' names; the file itself is opened again, as some of its rows were read.
Result<CsvFile> open_without_names(const std::function<ByteStream()>& bytes,
                                   const std::string& file_name, std::vector<std::string>& names,
                                   std::size_t block_bytes, Error otherwise) {
  const CsvOptions bare{.block_bytes = block_bytes, .has_header = false};
  Result<CsvFile> sampled = CsvFile::open(bytes(), bare);
  if (sampled) {
    ASSIGN_OR_RETURN(const auto rows, first_rows(*sampled));
    if (auto known = vocabulary::omop_columns(file_name, sampled->header().size(), rows)) {
      names = *std::move(known);
      return CsvFile::open(bytes(), bare);
    }
  }
  return std::unexpected(std::move(otherwise));
}

}  // namespace

Result<std::unique_ptr<TableRows>> open_csv_table(
    const std::function<ByteStream()>& bytes, const std::string& file_name, const TablePart& part,
    const std::vector<std::string>& columns, std::size_t needed, const ingest::Reading& reading,
    std::size_t block_bytes) {
  std::vector<std::string> names;
  Result<CsvFile> csv = CsvFile::open(bytes(), {.block_bytes = block_bytes});
  if (csv) {
    names = csv->header().reveal();
  } else {
    csv = open_without_names(bytes, file_name, names, block_bytes, csv.error());
    if (!csv) {
      return std::unexpected(csv.error());
    }
  }
  ASSIGN_OR_RETURN(std::vector<std::size_t> places, places_of(part, names, columns, needed));
  return std::make_unique<CsvTable>(*std::move(csv), std::move(places), reading);
}

}  // namespace parcours::omop
