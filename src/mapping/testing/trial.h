// For tests: files in a scratch folder, a mapping, and what comes of them. Made-up records only.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/csv.h"
#include "base/files.h"
#include "ingest/testing/outcome.h"
#include "mapping/row_file.h"

namespace parcours::mapping {

class Trial {
 public:
  Trial();

  // The identifiers that pseudonyms are told by in the outcome.
  Trial& knowing(std::vector<std::string> patients);
  Trial& file(const std::string& name, const std::string& text);
  Trial& reading_parquet(ParquetText parquet);
  Trial& most_bad_rows(std::uint64_t most);
  Trial& telling_provenance();
  Trial& blocks_of(std::size_t bytes);

  ingest::Outcome run(const std::string& text, int threads = 1) const;

 private:
  ScratchFolder folder_;
  std::vector<std::string> ids_ = {"P1", "P2", "P3"};
  std::uint64_t most_ = 1000;
  bool provenance_ = false;
  CsvOptions options_;
  ParquetText parquet_;
};

}  // namespace parcours::mapping
