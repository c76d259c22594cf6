// OpenSSH's own program, whose word decides in tests what a key and a signature are.
#pragma once

#include <filesystem>
#include <string>

namespace parcours::formalities {

bool have_ssh_keygen();

// What `ssh-keygen WORDS...` printed; `code` is its exit code.
struct SshKeygen {
  std::string output;
  int code = -1;
};
SshKeygen ssh_keygen(const std::string& words, const std::string& input = {});

// Writes a text to a file of its owner's alone.
std::filesystem::path private_text(const std::filesystem::path& path, const std::string& text);

}  // namespace parcours::formalities
