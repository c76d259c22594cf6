// The answer to a package: its receipt in a file, and then the package is gone.
//
// A receipt of a package that was taken is "cabinet-012-7.receipt". One that was refused is
// "cabinet-012-7-refused-4f2a9c01b37d88e1.receipt", with the beginning of the package's digest, as
// several may have come under one number. A name that is not of a-z, 0-9, '-' and '_' alone, and
// one that nobody has proved, is not used: then the file is called after the package's digest.
//
// G1: a package is deleted only when its receipt is on the disk.
// G2: whoever does not have a practice's key causes no file that is called after the practice.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "formalities/signing_key.h"
#include "post/receipt.h"

namespace parcours::reception {

struct Answer {
  std::filesystem::path package;
  post::Receipt receipt;
  bool proved = false;  // the practice's signature was checked, now or when it was taken
};

std::string file_name(const Answer& answer);

// Signs and writes all receipts to a folder. The first error, after all were tried: the packages
// of those that could not be written stay.
Status write_answers(const std::vector<Answer>& answers, const formalities::SigningKey& vault,
                     const std::filesystem::path& folder, int threads);

}  // namespace parcours::reception
