#include <filesystem>

#include "base/files.h"
#include "cli/command.h"
#include "cli/man_page.h"

namespace parcours::cli {
namespace {

Status write_pages(const CLI::App& root, const std::filesystem::path& folder) {
  for (const ManPage& page : man_pages(root)) {
    RETURN_IF_ERROR(write_file(folder / page.file, page.text));
  }
  return {};
}

}  // namespace

void add_manual(CLI::App& root, Session& session) {
  auto folder = std::make_shared<std::string>();
  CLI::App* verb =
      root.add_subcommand("manual", "Write the manual pages of all commands into a folder");
  verb->add_option("folder", *folder, "An existing folder, such as share/man/man1")->required();
  finish(verb, session, "parcours manual ~/.local/share/man/man1",
         [&root, folder](Session&) { return write_pages(root, *folder); });
}

}  // namespace parcours::cli
