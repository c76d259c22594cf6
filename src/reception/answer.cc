#include "reception/answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "base/files.h"
#include "base/threads.h"

namespace parcours::reception {
namespace {

namespace fs = std::filesystem;

bool may_be_a_file_name(std::string_view practice) {
  return !practice.empty() && std::ranges::all_of(practice, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

// Into the folder, where it is whole or not at all; on the disk once the folder is flushed.
Status write_answer(const Answer& answer, const formalities::SigningKey& vault,
                    const fs::path& aside, const fs::path& folder) {
  ASSIGN_OR_RETURN(OutputFile file, OutputFile::create(aside, Readers::as_umask_says));
  RETURN_IF_ERROR(file.write(post::write_receipt(answer.receipt, vault)));
  RETURN_IF_ERROR(file.close());
  const fs::path path = folder / file_name(answer);
  std::error_code failed;
  fs::rename(aside, path, failed);
  return failed ? machine_fault("a receipt cannot be written: " + failed.message(), path.string(),
                                "mend it, and run the command again")
                : Status();
}

Status remove_answered(const fs::path& package) {
  std::error_code failed;
  fs::remove(package, failed);
  return failed ? machine_fault("an answered package cannot be deleted: " + failed.message(),
                                package.string(), "delete it; it would be answered again")
                : Status();
}

}  // namespace

std::string file_name(const Answer& answer) {
  const post::Receipt& receipt = answer.receipt;
  if (!answer.proved || !may_be_a_file_name(receipt.practice)) {
    return receipt.package.hex() + ".receipt";
  }
  const std::string refused =
      receipt.refused ? "-refused-" + receipt.package.hex().substr(0, 16) : "";
  return fmt::format("{}-{}{}.receipt", receipt.practice, receipt.number, refused);
}

Status write_answers(const std::vector<Answer>& answers, const formalities::SigningKey& vault,
                     const fs::path& folder, int threads) {
  if (answers.empty()) {
    return {};
  }
  // One folder aside for all: to make one for each would list the receipts' folder each time.
  ASSIGN_OR_RETURN(const ScratchFolder aside, ScratchFolder::make_beside(folder / "receipts"));
  std::vector<Status> done(answers.size());
  each_on_threads(answers.size(), threads, [&](std::size_t i) {
    done[i] = write_answer(answers[i], vault, aside.path() / std::to_string(i), folder);
  });
  RETURN_IF_ERROR(flush_to_disk(folder));
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (done[i]) {
      done[i] = remove_answered(answers[i].package);
    }
  }
  for (Status& one : done) {
    RETURN_IF_ERROR(one);
  }
  return {};
}

}  // namespace parcours::reception
