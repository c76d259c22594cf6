// One thread's reading of a source of rows: those that may enter go to the rows that wait in
// memory.
#pragma once

#include <cstddef>
#include <memory>

#include "base/error.h"
#include "base/stop.h"
#include "columns/columns.h"
#include "rows/row_columns.h"
#include "vault/admission.h"
#include "vault/row_store.h"
#include "vault/tallies.h"
#include "vocabulary/code_book.h"

namespace parcours::vault {

template <class Row>
struct Drain {
  Drain(columns::Source& source, RowStore<Row>& store, Admission& admission,
        const vocabulary::CodeBook& codes, rows::PackageId first_package)
      : chunk(source.columns()),
        reader(source.reader()),
        filler(store),
        judge(admission, codes),
        tallies(first_package) {}

  // Reads on until the rows run out or `full` says so.
  template <class Full>
  Status run(const Stop& stop, Full full) {
    while (!ended && !full()) {
      if (stop.requested()) {
        return stopped();
      }
      ASSIGN_OR_RETURN(const std::size_t rows, chunk.fill(*reader));
      ended = rows == 0;
      const rows::RowChunk<Row> all(chunk);
      for (std::size_t i = 0; i < rows; ++i) {
        Row row = all[i];
        if (judge.admits(row)) {
          tallies.count(row);
          filler.add(row);
        }
      }
    }
    filler.finish();
    return {};
  }

  columns::Chunk chunk;
  std::unique_ptr<columns::Source::Reader> reader;
  typename RowStore<Row>::Filler filler;
  Admission::Judge judge;
  Tallies tallies;
  bool ended = false;
};

}  // namespace parcours::vault
