#include "vault/verified_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <span>
#include <system_error>

#include "records/digest.h"
#include "vault/encrypted_file.h"

namespace parcours::vault {
namespace {

namespace fs = std::filesystem;

std::unexpected<Error> no_memory(const std::string& path) {
  return machine_fault(fmt::format("not enough memory to read a file of the vault: {}",
                                   std::generic_category().message(errno)),
                       path);
}

std::unexpected<Error> changed(const std::string& path) {
  return bad_input("a file of the vault was changed after it was written", path, restore_hint);
}

Status write_at(int memory, std::uint64_t at, std::span<const char> bytes,
                const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t put = ::pwrite(memory, bytes.data(), bytes.size(), static_cast<off_t>(at));
    if (put < 0) {
      if (errno == EINTR) {
        continue;
      }
      return no_memory(path);
    }
    bytes = bytes.subspan(static_cast<std::size_t>(put));
    at += static_cast<std::uint64_t>(put);
  }
  return {};
}

}  // namespace

Result<VerifiedFile> VerifiedFile::make() {
  ASSIGN_OR_RETURN(InputFile memory, InputFile::in_memory("a file of the vault"));
  return VerifiedFile(std::move(memory));
}

Status VerifiedFile::read(const VaultPlace& vault, const BucketFile& file) {
  const fs::path path = file.path(vault.path());
  std::error_code ignored;
  const fs::file_status kind = fs::symlink_status(path, ignored);
  if (kind.type() == fs::file_type::not_found) {
    return bad_input("a file of the vault is missing", path.string(), restore_hint);
  }
  if (kind.type() != fs::file_type::regular && kind.type() != fs::file_type::none) {
    return bad_input("this should be a file of the vault, but it is not a regular file",
                     path.string(), restore_hint);
  }
  ASSIGN_OR_RETURN(const InputFile source, InputFile::open(path));
  return take(source, file, vault.cipher());
}

Status VerifiedFile::take(const InputFile& source, const BucketFile& file, const Cipher* cipher) {
  std::optional<Decrypter> decrypter;
  if (cipher != nullptr) {
    decrypter.emplace(*cipher, purpose_of(file));
  }
  records::Digester digester;
  std::uint64_t bytes = 0;  // of the file
  std::uint64_t kept = 0;   // of the memory
  const auto keep = [&](std::optional<std::span<const char>> some) -> Status {
    if (!some) {
      return changed(source.name());
    }
    RETURN_IF_ERROR(write_at(memory_.descriptor(), kept, *some, source.name()));
    kept += some->size();
    return {};
  };
  RETURN_IF_ERROR(source.each_block([&](std::span<const char> block) -> Status {
    if (block.size() > file.bytes - bytes) {
      return changed(source.name());
    }
    digester.take(block);
    bytes += block.size();
    return keep(decrypter ? decrypter->take(block) : block);
  }));
  if (decrypter) {
    RETURN_IF_ERROR(keep(decrypter->finish()));
  }
  if (bytes != file.bytes || digester.finish() != file.digest) {
    return changed(source.name());
  }
  // What a longer file left.
  if (::ftruncate(memory_.descriptor(), static_cast<off_t>(kept)) != 0) {
    return no_memory(source.name());
  }
  return {};
}

}  // namespace parcours::vault
