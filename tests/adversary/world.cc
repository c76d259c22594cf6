#include "adversary/world.h"

#include <fmt/format.h>
#include <zlib.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>

#include "adversary/verdict.h"
#include "base/files.h"
#include "good_study.h"

namespace parcours::adversary {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void give_up(const std::string& why) {
  fmt::print(stderr, "adversary: the world cannot be made: {}\n", why);
  std::exit(3);
}

void put(const fs::path& path, const std::string& text) {
  if (const Status written = write_file(path, text); !written) {
    give_up(written.error().sentence());
  }
}

void put_packed(const fs::path& path, const std::string& text) {
  gzFile file = gzopen(path.c_str(), "wb");
  gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
  gzclose(file);
}

std::string people() {
  std::string text = "id,name,birth_year,sex,region,diagnosis\n";
  for (int i = 0; i < 120; ++i) {
    text += fmt::format("{},{}-{},{},{},{},{}\n", 700 + i * 13, planted, i, 1950 + i * 7 % 60,
                        i % 2 == 0 ? "F" : "M", 1 + i % 9, i % 5 == 0 ? "J45" : "I10");
  }
  return text;
}

std::string events() {
  std::string text = "patient,name,day,kind,code\n";
  for (int i = 0; i < 400; ++i) {
    text += fmt::format("{},{}-{},2024-{:02}-{:02},{},{}\n", 700 + i % 60 * 13, planted, i % 60,
                        1 + i % 12, 1 + i * 5 % 28, i % 3 == 0 ? "prescription" : "diagnosis",
                        i % 3 == 0   ? "R03BA02"
                        : i % 2 == 0 ? "J45.0"
                                     : "I10");
  }
  return text;
}

// Gives each row of a CSV file a planted name in a column of its own.
void plant_names(const fs::path& path) {
  std::istringstream lines(*read_file(path));
  std::string text;
  int row = 0;
  for (std::string line; std::getline(lines, line); ++row) {
    text += line + (row == 0 ? std::string(",name") : fmt::format(",{}-{}", planted, row)) + "\n";
  }
  put(path, text);
}

// The text with one of its parts replaced.
std::string altered(std::string text, const std::string& part, const std::string& instead) {
  const std::size_t at = text.find(part);
  if (at == std::string::npos) {
    give_up(fmt::format("'{}' does not stand where it is to be replaced", part));
  }
  return text.replace(at, part.size(), instead);
}

constexpr const char* table = R"(place,age,n
Lille,0-5,<11
Lille,6-11,30
Lille,12-17,<11
Lille,total,47
Amiens,0-5,<11
Amiens,6-11,55
Amiens,12-17,47
Amiens,total,109
Nord,0-5,17
Nord,6-11,85
Nord,12-17,54
Nord,total,156
)";

}  // namespace

World::World(fs::path folder, int patients) : folder_(std::move(folder)) {
  const std::string many = std::to_string(patients);
  run({"synth", "send", "--patients", many, "--seed", "3", "--flat", "--quiet"});
  run({"synth", "send2", "--patients", many, "--seed", "4", "--flat", "--quiet"});
  for (const char* file : {"patients.csv", "events.csv"}) {
    plant_names(folder_ / "send" / file);
    plant_names(folder_ / "send2" / file);
  }
  run(create_vault("panel.vault", {"--key", "programme.key", "--buckets", "4"}));
  run({"vault", "import", "panel.vault", "--key", "programme.key", "--mapping", "send/mapping.toml",
       "--quiet"});
  fs::copy(folder_ / "panel.vault", folder_ / "mixed.vault", fs::copy_options::recursive);
  run({"vault", "import", "mixed.vault", "--key", "programme.key", "--mapping",
       "send2/mapping.toml", "--quiet"});
  write_files();
  run({"release", "--vault", "panel.vault", "--study", "study.toml", "--rules", "rules.toml",
       "--key", "programme.key", "--out", "release", "--quiet"});
  fs::copy_file(folder_ / "release/tables/hypertension.parquet", folder_ / "table.parquet");
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / "panel.vault" / "events")) {
    if (entry.path().extension() == ".parquet") {
      fs::copy_file(entry.path(), folder_ / "export.parquet", fs::copy_options::overwrite_existing);
    }
  }
}

void World::write_files() const {
  const std::string source = PARCOURS_SOURCE_DIR;
  put(folder_ / "people.csv", people());
  put(folder_ / "export.csv", events());
  put_packed(folder_ / "export.csv.gz", events());
  put(folder_ / "study.toml",
      altered(good_study(), "\"diagnosis:I10*\"", "\"diagnosis:I10*\", within = [-365, 365]"));
  put(folder_ / "table.csv", table);
  put(folder_ / "places.csv", "place,parent\nLille,Nord\nAmiens,Nord\n");
  put(folder_ / "facts.txt", "age 40, F\nregion 3\n");
  put(folder_ / "columns.toml",
      "[columns]\nname = \"drop\"\nregion = \"place\"\ndiagnosis = \"sensitive\"\n");
  put(folder_ / "rules.toml", good_rules());
  put(folder_ / "attackers.toml", *read_file(source + "/attackers/default.toml"));
}

Ran World::run(std::vector<std::string> words) const {
  const Ran ran = run_parcours(words, {.folder = folder_});
  if (ran.exit != 0) {
    give_up(fmt::format("{}: {}", fmt::join(words, " "), ran.err));
  }
  return ran;
}

std::vector<Call> World::reading() const {
  return {
      {"risk events", {"risk", "export.csv", "--draws", "1000"}, {"export.csv"}, ""},
      {"risk packed", {"risk", "export.csv.gz", "--guess"}, {"export.csv.gz"}, ""},
      {"risk parquet", {"risk", "export.parquet", "--guess"}, {"export.parquet"}, ""},
      {"risk people", {"risk", "people.csv", "--attacks", "50"}, {"people.csv"}, ""},
      {"risk named",
       {"risk", "people.csv", "--patient", "id", "--sensitive", "diagnosis", "--attacks", "50"},
       {"people.csv"},
       ""},
      {"risk named events",
       {"risk", "export.csv", "--patient", "patient", "--day", "day", "--code", "code", "--guess"},
       {"export.csv"},
       ""},
      {"risk columns",
       {"risk", "@people.csv", "--columns", "columns.toml", "--attacks", "50"},
       {"columns.toml"},
       ""},
      {"risk attackers",
       {"risk", "@export.csv", "--attackers", "attackers.toml", "--draws", "1000"},
       {"attackers.toml"},
       ""},
      {"risk find",
       {"risk", "people.csv", "--find-file", "facts.txt"},
       {"people.csv", "facts.txt"},
       ""},
      {"risk with",
       {"risk", "@export.csv", "--with", "export.csv", "--attacks", "20", "--draws", "1000"},
       {"export.csv"},
       ""},
      {"risk report",
       {"risk", "people.csv", "--attacks", "50", "--report", "risk.html"},
       {"people.csv"},
       "risk.html"},
      {"risk release", {"risk", "release"}, {"release"}, ""},
      {"audit",
       {"audit", "table.csv", "--hierarchy", "place=places.csv", "--hidden", "<11=1..10"},
       {"table.csv", "places.csv"},
       ""},
      {"audit parquet", {"audit", "table.parquet"}, {"table.parquet"}, ""},
      {"study check", {"study", "check", "study.toml"}, {"study.toml"}, ""},
      {"study run",
       {"study", "run", "study.toml", "--vault", "@panel.vault", "--rules", "rules.toml"},
       {"study.toml", "rules.toml"},
       ""},
      {"release of a study",
       {"release", "--vault", "@panel.vault", "--study", "study.toml", "--rules", "rules.toml",
        "--key", "@programme.key", "--out", "out"},
       {"study.toml", "rules.toml"},
       "out"},
      {"import check",
       {"vault", "import", "@panel.vault", "--check", "--mapping", "send/mapping.toml",
        "--quarantine", "bad.csv"},
       {"send"},
       "bad.csv"},
      {"import",
       {"vault", "import", "panel.vault", "--key", "@programme.key", "--mapping",
        "@send/mapping.toml", "--data", "send", "--max-bad-rows", "1000"},
       {"panel.vault", "send"},
       ""},
      {"vault status", {"vault", "status", "panel.vault"}, {"panel.vault"}, ""},
      {"vault check", {"vault", "check", "panel.vault"}, {"panel.vault"}, ""},
      {"study run on a vault",
       {"study", "run", "@study.toml", "--vault", "panel.vault", "--rules", "@rules.toml"},
       {"panel.vault"},
       ""},
      {"compact", {"vault", "compact", "mixed.vault"}, {"mixed.vault"}, ""},
  };
}

std::vector<Call> World::changing() const {
  return {
      {"import",
       {"vault", "import", "panel.vault", "--key", "@programme.key", "--mapping",
        "@send2/mapping.toml"},
       {"panel.vault"},
       ""},
      {"compact", {"vault", "compact", "mixed.vault"}, {"mixed.vault"}, ""},
      {"release",
       {"release", "--vault", "@panel.vault", "--study", "@study.toml", "--rules", "@rules.toml",
        "--key", "@programme.key", "--out", "out"},
       {},
       "out"},
      {"risk --report",
       {"risk", "@people.csv", "--attacks", "50", "--report", "risk.html"},
       {},
       "risk.html"},
      {"audit --report",
       {"audit", "@table.csv", "--hidden", "<11=1..10", "--report", "audit.html"},
       {},
       "audit.html"},
  };
}

std::string World::answer_of(const fs::path& vault) const {
  const auto json_of = [&](const std::vector<std::string>& words) {
    const Ran ran = run_parcours(words, {.most_seconds = 60});
    auto json = nlohmann::json::parse(ran.out, nullptr, false);
    if (ran.exit != 0 || json.is_discarded()) {
      return nlohmann::json("exit code " + std::to_string(ran.exit) + ": " + ran.err);
    }
    for (const char* name : {"seconds", "path", "files", "bytes", "dead_rows", "packages"}) {
      json.erase(name);
    }
    return json;
  };
  return json_of({"study", "run", folder_ / "study.toml", "--vault", vault, "--rules",
                  folder_ / "rules.toml", "--json"})
             .dump() +
         json_of({"vault", "status", vault, "--json"}).dump();
}

}  // namespace parcours::adversary
