// Keeps the process's memory private, because it holds personal data: no core files, and no reading
// by other processes.
#pragma once

namespace parcours {

// From now on no signal leaves a core file, no handler of cores gets one, and other processes of
// the same user can neither read this one's memory nor attach to it. Call it once, first in main.
void keep_memory_private();

}  // namespace parcours
