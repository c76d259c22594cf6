#include "cli/output_place.h"

#include "base/files.h"
#include "vault/place.h"

namespace parcours::cli {

Status check_output_file(const std::filesystem::path& path,
                         const std::vector<std::filesystem::path>& inputs) {
  RETURN_IF_ERROR(vault::check_outside_vaults(path));
  return check_writable(path, inputs);
}

}  // namespace parcours::cli
