#include "base/private_memory.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace parcours {

void keep_memory_private() {
  // Not dumpable keeps a core from the handler that the kernel pipes it to, which the limit does
  // not. A process that is not dumpable may still open its own /proc/self/fd.
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  ::prctl(PR_SET_DUMPABLE, 0);
}

}  // namespace parcours
