#include "mapping/row_file.h"

#include "base/latin1.h"

namespace parcours::mapping {

Result<CsvFile> open_row_file(const NamedFile& named, const RowFileForm& form) {
  ASSIGN_OR_RETURN(InputFile file, InputFile::open(named));
  ASSIGN_OR_RETURN(const std::string head, file.head(4));
  if (head == "PAR1") {
    if (!form.parquet) {
      return bad_input("this is Parquet, which this program does not read", named.shown,
                       "write the table as CSV in UTF-8");
    }
    CsvOptions of_text = form.csv;
    of_text.separator = ',';
    ASSIGN_OR_RETURN(auto text, form.parquet(std::move(file)));
    return CsvFile::open(ByteStream::of(std::move(text), named.shown), of_text);
  }
  ByteStream bytes = ByteStream::of(std::move(file));
  return CsvFile::open(
      form.encoding == Encoding::latin1 ? from_latin1(std::move(bytes)) : std::move(bytes),
      form.csv);
}

}  // namespace parcours::mapping
