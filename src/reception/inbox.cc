#include "reception/inbox.h"

#include <algorithm>
#include <optional>
#include <system_error>
#include <tuple>

#include "base/threads.h"
#include "post/package.h"

namespace parcours::reception {
namespace {

namespace fs = std::filesystem;

constexpr const char* package_ending = ".package";

struct Listed {
  std::vector<fs::path> packages;
  std::uint64_t others = 0;
};

Result<Listed> listed(const fs::path& folder) {
  Listed found;
  std::error_code failed;
  fs::directory_iterator entries(folder, failed);
  for (; !failed && entries != fs::directory_iterator(); entries.increment(failed)) {
    std::error_code unseen;
    const bool regular = entries->symlink_status(unseen).type() == fs::file_type::regular;
    if (regular && entries->path().extension() == package_ending) {
      found.packages.push_back(entries->path());
    } else {
      ++found.others;
    }
  }
  if (failed) {
    return bad_input("the packages cannot be listed: " + failed.message(), folder.string(),
                     "name the folder into which the packages come");
  }
  return found;
}

std::optional<Waiting> waiting_in(const fs::path& file) {
  const Result<std::string> bytes = post::read_package(file);
  if (!bytes) {
    return std::nullopt;
  }
  auto header = post::read_header(*bytes);
  if (header) {
    const records::Digest digest = header->digest;
    return Waiting{file, digest, std::move(header)};
  }
  records::Digester digester;
  digester.take(*bytes);
  return Waiting{file, digester.finish(), std::move(header)};
}

auto place_of(const Waiting& one) {
  const bool known = one.header.has_value();
  return std::tuple(known, known ? one.header->practice : "", known ? one.header->number : 0,
                    one.digest.hex(), one.file);
}

}  // namespace

Result<Inbox> read_inbox(const fs::path& folder, int threads, const Stop& stop) {
  ASSIGN_OR_RETURN(const Listed found, listed(folder));
  std::vector<std::optional<Waiting>> read(found.packages.size());
  each_on_threads(read.size(), threads, [&](std::size_t i) {
    if (!stop.requested()) {
      read[i] = waiting_in(found.packages[i]);
    }
  });
  if (stop.requested()) {
    return stopped();
  }
  Inbox inbox{.waiting = {}, .passed_over = found.others};
  for (std::optional<Waiting>& one : read) {
    if (one) {
      inbox.waiting.push_back(*std::move(one));
    } else {
      ++inbox.passed_over;
    }
  }
  std::ranges::sort(inbox.waiting, {}, place_of);
  return inbox;
}

}  // namespace parcours::reception
