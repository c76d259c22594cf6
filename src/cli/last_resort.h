// The last words of a command that cannot go on: one line on standard error and exit code 3, where
// no Error came back.
//
// Memory that runs out, a library that throws, a thread that cannot start. Nothing that the
// exception says is repeated, as it may quote the data.
//
// G1: needs no memory.
#pragma once

namespace parcours {

// What escapes from any thread, DuckDB's too, ends so from now on, and not by a signal. Call it
// once, from main, before anything else.
void prepare_last_words();

// To be called while an exception is handled: says what it was, and gives the exit code.
int last_words() noexcept;

}  // namespace parcours
