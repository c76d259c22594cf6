// What the adversary tries. Each part goes on until its share of the time is over, counts what it
// tried, and keeps what failed.
#pragma once

#include "adversary/trial.h"

namespace parcours::adversary {

// A valid input of some verb, changed. The command must end in time, by itself, with an exit code
// that is documented, with one line of error at most, and tell or write no planted name.
bool change_inputs(const Share& share);

// kill -9 at a random moment, and at the nth rename, fsync, unlink, write or open. A vault must
// then say what it said before or what it says after; what a call makes is whole or not there; and
// once the call was made again, nothing else is left.
bool kill_it(const Share& share);

// The nth write, fsync, rename, unlink, open, mkdir or ftruncate fails, as on a broken or a full
// disk, or takes half. The command must say so in one line, or have done its work; and as above.
bool break_the_disk(const Share& share);

// Ctrl-C at a random moment. The command must end within two seconds, with exit code 130, or have
// done its work; and as above.
bool stop_it(const Share& share);

}  // namespace parcours::adversary
