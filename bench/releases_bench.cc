// Many releases from one vault, one after another: how much longer each takes than the one before,
// as it is judged together with all of them, and how much the vault remembers. A line a release
// draws it.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <system_error>

#include "base/files.h"
#include "base/random.h"
#include "bench/bench.h"
#include "bench/measure.h"
#include "bench/panel.h"

namespace parcours::bench {
namespace {

namespace fs = std::filesystem;

struct Chosen {
  const char* tables;
  const char* bands;
  const char* level;
  const char* visits;
  const char* code;
  std::uint32_t year;
};

// Small studies such as an analyst asks: the same people and traits in ever other bands and levels.
Chosen chosen(Random& random) {
  constexpr std::array tables = {
      R"(
[[table]]
id = "visits"
by = ["age", "sex"]
of = "visits"
[[table]]
id = "has-by-place"
by = ["place"]
of = "has"
)",
      R"(
[[table]]
id = "has-by-age"
by = ["age", "sex"]
of = "has"
)",
      R"(
[[table]]
id = "visits-of-those-who-have"
by = ["age", "has"]
of = "visits"
)"};
  constexpr std::array bands = {
      "18, 45, 65",         "30, 60",     "18, 30, 45, 60, 75", "20, 40, 60",
      "15, 25, 35, 45, 55", "18, 50, 75", "12, 18, 40, 70",     "25, 55"};
  constexpr std::array levels = {"region", "region", "department"};
  constexpr std::array visits = {"1, 3", "1, 2, 4", "1, 5", "1, 2, 4, 7"};
  constexpr std::array codes = {"diagnosis:I10*",    "diagnosis:E11*",    "diagnosis:J45*",
                                "diagnosis:I*",      "prescription:A10*", "prescription:C09*",
                                "prescription:R03*", "prescription:C*"};
  const auto one_of = [&](const auto& all) {
    return all[random.below(static_cast<std::uint32_t>(all.size()))];
  };
  return {one_of(tables), one_of(bands), one_of(levels),
          one_of(visits), one_of(codes), 2023 + random.below(3)};
}

std::string text_of(std::size_t number, const Chosen& study) {
  return fmt::format(R"([study]
id       = "release-{}"
title    = {{ en = "Visits and treatment", fr = "Consultations et traitement" }}
permit   = "2026-DR-014"
purpose  = "public-health-research"
asked_by = "Observatoire des soins de ville"
period   = [{}-01-01, {}-12-31]
rules    = "france-2026"

[population]
index   = {}-12-31
require = [{{ any = "consultation:*" }}]

[variables]
sex    = {{ field = "sex" }}
age    = {{ field = "age", bands = [{}] }}
place  = {{ field = "place", level = "{}" }}
visits = {{ count = "consultation:*", bands = [{}] }}
has    = {{ any = "{}" }}
{})",
                     number, study.year, study.year, study.year, study.bands, study.level,
                     study.visits, study.code, study.tables);
}

double megabytes_in(const fs::path& folder) {
  double bytes = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    bytes += static_cast<double>(entry.file_size());
  }
  return bytes / 1e6;
}

}  // namespace

Status releases_bench(const Setting& setting, Figures& figures) {
  const std::size_t releases = setting.full ? 40 : 12;
  RETURN_IF_ERROR(need_vault(setting));
  const fs::path folder = setting.folder / "scratch" / "releases";
  const fs::path vault = folder / "vault";
  const fs::path source = PARCOURS_SOURCE_DIR;
  fs::remove_all(folder);
  fs::create_directories(folder);
  fs::copy(vault_of(setting), vault, fs::copy_options::recursive);
  Random random(1);
  Measured first;
  Measured last;
  for (std::size_t number = 1; number <= releases; ++number) {
    const std::string study = (folder / "study.toml").string();
    const fs::path out = folder / "out";
    fs::remove_all(out);
    RETURN_IF_ERROR(write_file(study, text_of(number, chosen(random))));
    Result<Measured> made = run_parcours(
        {"release", "--vault", vault.string(), "--key", vault_of(setting).string() + ".key",
         "--study", study, "--rules", (source / "rules" / "france-2026.toml").string(), "--out",
         out.string(), "--seed", "1", "--threads", std::to_string(setting.threads), "--quiet"});
    if (!made) {
      fmt::print("{:>4}  {}\n", number, made.error().sentence());
      continue;
    }
    first = first.processor == 0 ? *made : first;  // one may be refused
    last = *made;
    fmt::print("{:>4}  {:>6.2f} s  {:>6.2f} CPU s  {:>5.0f} MB  past {:>6.1f} MB  {}\n", number,
               made->seconds, made->processor, made->megabytes, megabytes_in(vault / "past"),
               std::string(static_cast<std::size_t>(made->processor / first.processor * 4), '#'));
    std::fflush(stdout);
  }
  figures.add("releases.last", last.processor, "s", "the first release, on the processor",
              first.processor, static_cast<double>(releases) / 2);
  figures.add("releases.time", last.seconds, "s", "the time allowed for any release", 60, 1);
  figures.add("releases.memory", last.megabytes, "MB", "4 GB", 4096, 1);
  figures.add("releases.past", megabytes_in(vault / "past") / static_cast<double>(releases), "MB",
              "1 GB for 500 releases, each", 1024.0 / 500, 1);
  fs::remove_all(folder);
  return {};
}

}  // namespace parcours::bench
