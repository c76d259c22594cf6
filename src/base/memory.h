// The most memory that the program may take, and the error when that is not enough.
//
// One limit holds for everything: the kernel's RLIMIT_DATA (setrlimit(2): the heap and, since Linux
// 4.7, private writable mappings). DuckDB's allocations and ours count towards it. Above the limit
// an allocation fails (std::bad_alloc; in DuckDB an error), and the command ends with exit code 3
// and the sentence of out_of_memory(). DuckDB may use three quarters of the limit (duck/duck.cc).
//
// Sizes are binary: 1 GB is 1,024 MB is 1,048,576 KB.
//
// G1: the limit is never above what the machine, its control group or a limit of the shell gives.
// G2: out_of_memory_line() takes no memory.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/error.h"

namespace parcours {

// The least of the machine's memory, of the limits of its control group (version 1 or 2), and of
// the limits that the process was started with (ulimit -v, ulimit -d). In bytes.
std::uint64_t machine_memory();

// "4GB", "512 MB", "1.5g", "800000" (bytes).
Result<std::uint64_t> parse_memory(std::string_view text);

// Limits memory from now on to `bytes`, or to the machine's memory if that is less or `bytes` is 0.
// Memory already in use counts. Under a sanitizer, which maps terabytes for itself, there is no
// limit.
void limit_memory(std::uint64_t bytes);

// The limit in force, in bytes.
std::uint64_t memory_limit();

// "needs more than 4,096 MB of memory; raise --memory, or ..."
Error out_of_memory();

// The same as a line for standard error, with its line end. Do not call limit_memory() at the same
// time.
std::string_view out_of_memory_line();

}  // namespace parcours
