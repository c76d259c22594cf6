#include "formalities/testing/ssh_keygen.h"

#include <sys/stat.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "base/files.h"

namespace parcours::formalities {

bool have_ssh_keygen() {
  static const bool have = std::system("command -v ssh-keygen >/dev/null 2>&1") == 0;
  return have;
}

SshKeygen ssh_keygen(const std::string& words, const std::string& input) {
  const auto folder = *ScratchFolder::make(std::filesystem::temp_directory_path(), "ssh-");
  const auto in = private_text(folder.path() / "input", input);
  SshKeygen result;
  FILE* pipe = ::popen(("ssh-keygen " + words + " 2>&1 <'" + in.string() + "'").c_str(), "r");
  if (pipe == nullptr) {
    return result;
  }
  std::array<char, 4096> block{};
  for (std::size_t got = 0; (got = std::fread(block.data(), 1, block.size(), pipe)) > 0;) {
    result.output.append(block.data(), got);
  }
  const int status = ::pclose(pipe);
  result.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return result;
}

std::filesystem::path private_text(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
  ::chmod(path.c_str(), 0600);
  return path;
}

}  // namespace parcours::formalities
