#include "vault/encrypted_file.h"

#include <fmt/format.h>

#include "base/output_file.h"
#include "base/wiped.h"

namespace parcours::vault {

std::string purpose_of(const BucketFile& file) {
  return fmt::format("{} {} {}", folder_name(file.content), file.bucket, file.name);
}

Result<FileBytes> write_encrypted(const Cipher& cipher, std::string_view purpose,
                                  const InputFile& plain, const std::filesystem::path& path) {
  ASSIGN_OR_RETURN(OutputFile file, OutputFile::create(path, Readers::owner));
  Encrypter encrypter(cipher, purpose);
  records::Digester digester;
  WipedString chunk(chunk_bytes, '\0');
  std::size_t got = chunk_bytes;
  for (std::uint64_t at = 0; got == chunk_bytes; at += got) {
    ASSIGN_OR_RETURN(got, plain.read_at(at, chunk));
    const std::string_view made = encrypter.next({chunk.data(), got});
    digester.take(made);
    RETURN_IF_ERROR(file.write(made));
  }
  ASSIGN_OR_RETURN(const std::uint64_t bytes, file.close());
  return FileBytes{bytes, digester.finish()};
}

}  // namespace parcours::vault
