// Reads whatever bytes as CSV, in blocks of a size that the first byte gives.
#include <cstdint>
#include <string>

#include "base/csv.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parcours;
  if (size == 0) {
    return 0;
  }
  const CsvOptions options = {.block_bytes = std::size_t{1} + data[0], .most_row_bytes = 4096};
  Result<CsvFile> file = CsvFile::open(
      ByteStream::of(std::string(reinterpret_cast<const char*>(data) + 1, size - 1), "fuzz"),
      options);
  if (!file) {
    return 0;
  }
  CsvRows rows(file->separator(), file->header().size());
  std::size_t sum = 0;
  while (true) {
    Result<CsvBlock> block = file->next(rows.release());
    if (!block || block->empty()) {
      return static_cast<int>(sum & 0);
    }
    rows.take(*std::move(block));
    while (rows.next()) {
      for (std::size_t i = 0; rows.defect() == CsvDefect::none && i < file->header().size(); ++i) {
        for (const char c : rows.field(i)) {
          sum += static_cast<unsigned char>(c);
        }
      }
    }
  }
}
