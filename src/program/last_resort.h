// Ends a command that cannot continue and has no Error to return: one line on standard error and
// exit code 3.
//
// This happens if memory runs out, a library throws, or a thread cannot start. The line never
// repeats the exception's text, because it may quote the data.
//
// G1: needs no memory.
#pragma once

namespace parcours::program {

// What escapes from any thread, DuckDB's too, ends so from now on, and not by a signal. Call it
// once, from main, before anything else.
void prepare_last_words();

// To be called while an exception is handled: says what it was, and gives the exit code.
int last_words() noexcept;

}  // namespace parcours::program
