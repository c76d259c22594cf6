#include "sign_again.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "file_text.h"
#include "protect/sha256.h"

namespace parcours {

namespace fs = std::filesystem;

void sign_again(const fs::path& release) {
  const fs::path file = release / "evidence.json";
  auto evidence = nlohmann::ordered_json::parse(text_of(file));
  evidence["files"] = nlohmann::ordered_json::array();
  for (const auto& entry : fs::recursive_directory_iterator(release / "tables")) {
    evidence["files"].push_back({{"path", "tables/" + entry.path().filename().string()},
                                 {"bytes", entry.file_size()},
                                 {"sha256", protect::sha256(text_of(entry.path()))}});
  }
  std::ofstream(file, std::ios::trunc) << evidence.dump(1);
  fs::remove(release / "SHA256SUMS");
}

}  // namespace parcours
