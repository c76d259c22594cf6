// How much a release about a few hundred patients leaves to say of 20,000.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "story.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;

// After a release about some hundred children almost nothing was left to say of all patients: what
// their hidden cells and all others' tell together was bounded by hiding whatever was near.
TEST(ReleaseAboutFew, HidesLittleOfWhatIsSaidOfAll) {
  const Folder folder;
  write(folder / "france-2026.toml", good_rules());
  const std::string about_all = R"([study]
id     = "all"
title  = { en = "Visits", fr = "Consultations" }
permit = "2026-DR-014"
purpose  = "public-health-research"
asked_by = "Observatoire des soins de ville"
period = [2024-01-01, 2024-12-31]
rules  = "france-2026"

[population]
index   = 2024-12-31
require = [{ any = "consultation:*" }]

[variables]
sex    = { field = "sex" }
age    = { field = "age", bands = [6, 18, 30, 45, 60, 75] }
visits = { count = "consultation:*", bands = [1, 3, 6, 12] }

[[table]]
id = "visits"
by = ["age", "sex"]
of = "visits"
)";
  const auto prepare = [&](std::vector<std::string> words) {
    const Ran ran = run_parcours(words);
    ASSERT_EQ(ran.exit, 0) << ran.err;
  };
  const std::string key = folder / "programme.key";
  prepare({"synth", folder / "send", "--patients", "20000", "--seed", "5", "--flat"});
  prepare(create_vault(folder / "before.vault", {"--key", key}));
  prepare({"vault", "import", folder / "before.vault", "--key", key, "--mapping",
           folder / "send" / "mapping.toml"});
  fs::copy(folder / "before.vault", folder / "after.vault", fs::copy_options::recursive);
  const auto published = [&](const std::string& of, const std::string& study) {
    write(folder / "study.toml", study);
    const fs::path out = folder / "out";
    fs::remove_all(out);
    const Ran ran =
        run_parcours({"release", "--vault", folder / of, "--study", folder / "study.toml",
                      "--rules", folder / "france-2026.toml", "--key", key, "--out", out});
    EXPECT_EQ(ran.exit, 0) << ran.err;
    return nlohmann::json::parse(text_of(out / "evidence.json"))["tables"][0]["published"]
        .get<int>();
  };
  published("after.vault", text_of(fs::path(PARCOURS_SOURCE_DIR) / "examples/panel/study.toml"));
  EXPECT_GE(published("after.vault", about_all) * 10, published("before.vault", about_all) * 9);
}

}  // namespace
}  // namespace parcours
