// A Parquet file as CSV text, for programs that read CSV: made as it is read, never held whole.
//
// The first line is the header. Fields are quoted and stand between commas; a null is an empty
// field without quotes. A row's line is its number, the header being 1, if no value holds a line's
// end.
#pragma once

#include <memory>

#include "base/byte_stream.h"
#include "base/error.h"
#include "base/input_file.h"

namespace parcours::duck {

Result<std::unique_ptr<ByteSource>> parquet_text(InputFile file);

}  // namespace parcours::duck
