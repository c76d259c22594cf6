#include "base/private_memory.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <string>

namespace parcours {
namespace {

constexpr uid_t nobody = 65534;

TEST(PrivateMemory, LeavesNoCore) {
  EXPECT_EXIT(
      {
        keep_memory_private();
        rlimit limit{};
        ::getrlimit(RLIMIT_CORE, &limit);
        std::_Exit(limit.rlim_cur == 0 && limit.rlim_max == 0 && ::prctl(PR_GET_DUMPABLE) == 0 ? 0
                                                                                               : 1);
      },
      testing::ExitedWithCode(0), "");
}

// Open files are handed to libraries by such a path, and the process mostly is not root.
TEST(PrivateMemory, ItsOwnOpenFilesCanBeOpenedByTheirPathByAnyUser) {
  EXPECT_EXIT(
      {
        const int file = ::open("/proc/self/exe", O_RDONLY);
        if (::geteuid() == 0 && ::setresuid(nobody, nobody, nobody) != 0) {
          std::_Exit(2);
        }
        keep_memory_private();
        const std::string path = "/proc/self/fd/" + std::to_string(file);
        std::_Exit(file >= 0 && ::open(path.c_str(), O_RDONLY) >= 0 ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace parcours
