// The folder into which packages come. A package is a file "*.package"; its name says nothing more,
// since whoever put it there chose it.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <vector>

#include "base/error.h"
#include "base/stop.h"
#include "post/envelope.h"
#include "post/refusal.h"
#include "records/digest.h"

namespace parcours::reception {

// A package that lies in the folder, or what is called one.
struct Waiting {
  std::filesystem::path file;
  records::Digest digest;  // of the file
  // What it says of itself; nothing of it is believed before open_package().
  std::expected<post::Header, post::Refused> header;
};

struct Inbox {
  // The readable ones in order of practice and number, the others before them.
  std::vector<Waiting> waiting;
  // Other files, links, folders, and what cannot be read or is larger than any package.
  std::uint64_t passed_over = 0;
};

// Error: the folder cannot be read; the user asked to stop.
Result<Inbox> read_inbox(const std::filesystem::path& folder, int threads, const Stop& stop);

}  // namespace parcours::reception
