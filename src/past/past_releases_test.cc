#include "past/past_releases.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/random.h"
#include "past/sealed_file.h"
#include "records/key_check.h"
#include "study/plan.h"

namespace parcours::past {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

Ties some_ties(Random& random) {
  Ties ties{.few = random.below(12), .practices_exact = random.below(4), .groups = {}};
  for (const bool differences : {false, true}) {
    Ties::Groups groups{differences, {}, {}};
    for (std::uint32_t g = 0; g < 5; ++g) {
      groups.groups.push_back({.patients = 1 + random.below(900),
                               .practices = random.below(4),
                               .largest_practice = random.below(900),
                               .fingerprint = Uint128{random()} << 64 | random(),
                               .value = {},
                               .only_practice = random.below(3)});
    }
    groups.relations = {{{{0, 1}, {3, -1}, {4, -2}}}, {{{2, -1}}}};
    ties.groups.push_back(std::move(groups));
  }
  return ties;
}

// A release of three tables, of `of`, `each` and means.
struct SomeRelease {
  PastRelease release;
  crowds::Roll roll;
};

SomeRelease some_release(std::uint64_t seed) {
  Random random(seed);
  SomeRelease made;
  PastRelease& release = made.release;
  crowds::Roll& roll = made.roll;
  release.entry = {.day = "2026-11-27",
                   .study = "asthma",
                   .title = {"Asthma", "Asthme"},
                   .study_sha256 = "s",
                   .rules = "france-2026",
                   .rules_sha256 = "r",
                   .state = 7 + seed,
                   .population_shown = seed % 2 == 0,
                   .question = "asthma\nfrom",
                   .period = "2023-01-01/2025-12-31",
                   .period_in_words = {"three years", "trois ans"},
                   .last_day = 20453};
  release.told.population = "from 19723";
  release.own = some_ties(random).groups;
  if (seed % 3 != 0) {
    release.ties = some_ties(random);
    release.narrow_before = {{Uint128{random()} << 64 | random(), 3}, {7, 0}};
  }
  const tables::Dimension sex{
      "sex", {"sex", "sexe"}, {{"female", {"f", "f"}}, {"male", {"m", "m"}}}};
  tables::Dimension code{"code", {"code", "code"}, {{"A", {"a", "a"}}, {"B", {"b", "b"}}}, false};
  using What = study::StudyTable::What;
  for (const What what : {What::of, What::each, What::mean}) {
    ToldTable told{what, {{Trait::sex, {}, "sex"}}, what == What::of ? "" : "counted"};
    tables::Table table{"t" + std::to_string(release.tables.size()), {"T", "T"}, {sex}, {}, {}};
    if (what == What::each) {
      table.dimensions.push_back(code);
    } else if (what == What::mean) {
      table.mean_of = tables::Label{"visits", "visites"};
      told.dimensions.push_back({Trait::events, {3, 900, 70000}, "any J45"});
      table.dimensions.push_back({"asthma", {}, {{"yes", {}}, {"no", {}}}});
    }
    for (std::size_t cell = 0; cell < table.cell_count(); ++cell) {
      const bool shown = random.below(3) != 0;
      table.cells.push_back(
          {shown ? tables::CellStatus::published : tables::CellStatus::confidential,
           shown ? random.below(5000) : 0,
           what == What::mean && shown ? std::optional(0.1 * random.below(90)) : std::nullopt});
    }
    release.told.tables.push_back(std::move(told));
    release.tables.push_back(std::move(table));
    roll.tables.emplace_back();
    if (what == What::each) {
      roll.tables.back().starts.push_back(0);
    }
  }
  for (std::uint64_t i = 0; i < 300; ++i) {
    if (random.below(4) == 0) {
      continue;
    }
    roll.ids.push_back({i, seed % 2 == 0 ? i : 1000 - i});
    roll.practices.push_back(random.below(40));
    std::vector<crowds::Roll::OfTable>& tables = roll.tables;
    tables[0].places.push_back(random.below(9) == 0 ? study::no_cell : random.below(2));
    tables[1].places.push_back(random.below(2));
    for (std::uint32_t column = 0; column < 2; ++column) {
      if (random.below(2) == 0) {
        tables[1].columns.push_back(column);
      }
    }
    tables[1].starts.push_back(static_cast<std::uint32_t>(tables[1].columns.size()));
    tables[2].places.push_back(random.below(3) == 0 ? study::no_cell : random.below(4));
    tables[2].values.push_back(static_cast<crowds::Micro>(random.below(1000)) - 500);
  }
  return made;
}

// As it is to be remembered after those that `past` has.
NewRelease numbered(SomeRelease some, const PastReleases& past) {
  NewRelease made{std::move(some.release), past.people()};
  made.release.roll = made.people.enter(some.roll);
  return made;
}

class Past : public testing::Test {
 protected:
  void SetUp() override { make_vault(folder_.path()); }
  void make_vault(const fs::path& vault) const {
    ASSERT_TRUE(vault::Catalog::create(vault, records::check_of(key_), Calendar::dates, 1));
  }
  fs::path catalog() const { return folder_.path() / "catalog.sqlite"; }
  Result<PastReleases> open() const { return PastReleases::open(folder_.path(), key_, Stop()); }
  Status add(std::uint64_t seed) const {
    ASSIGN_OR_RETURN(PastReleases past, open());
    return past.add(numbered(some_release(seed), past));
  }
  fs::path file(const char* name) const { return folder_.path() / "past" / name; }

  const ScratchFolder folder_ = *ScratchFolder::make(fs::temp_directory_path(), "parcours-test-");
  const records::ProgrammeKey key_ = records::ProgrammeKey::generate();
};

TEST_F(Past, G3_WhatIsReadIsWhatWasAdded) {
  std::vector<PastRelease> added;
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    Result<PastReleases> past = open();  // anew each time: nothing is kept but on the disk
    ASSERT_TRUE(past) << past.error().sentence();
    EXPECT_EQ(past->count(), seed);
    NewRelease made = numbered(some_release(seed), *past);
    added.push_back(made.release);
    added.back().entry.number = static_cast<std::uint32_t>(seed + 1);
    ASSERT_TRUE(past->add(std::move(made)));
    for (const PastRelease& release : added) {
      const Result<PastRelease> read = past->read(release.entry.number);
      ASSERT_TRUE(read) << read.error().sentence();
      EXPECT_TRUE(*read == release) << "release " << release.entry.number;
    }
  }
}

TEST_F(Past, ItsFilesTellNothingWithoutTheKey) {
  ASSERT_TRUE(add(1));
  for (const auto& entry : fs::directory_iterator(folder_.path() / "past")) {
    std::stringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    EXPECT_EQ(text.str().find("asthma"), std::string::npos);
    EXPECT_EQ(
        fs::status(entry.path()).permissions() & (fs::perms::group_all | fs::perms::others_all),
        fs::perms::none);
  }
  const records::ProgrammeKey other = records::ProgrammeKey::generate();
  const auto wrong = PastReleases::open(folder_.path(), other, Stop());
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().fault, Fault::input);
  EXPECT_THAT(wrong.error().sentence(), HasSubstr("000001.people"));
}

TEST_F(Past, AChangedSwappedOrMissingFileIsAnErrorThatNamesIt) {
  for (std::uint64_t seed = 0; seed < 3; ++seed) {
    ASSERT_TRUE(add(seed));
  }
  fs::copy_file(file("000002.release"), file("kept"));
  fs::copy_file(file("000003.release"), file("000002.release"),
                fs::copy_options::overwrite_existing);
  EXPECT_THAT(open().error().sentence(), HasSubstr("000002.release"));
  fs::copy_file(file("kept"), file("000002.release"), fs::copy_options::overwrite_existing);
  fs::resize_file(file("000002.release"), fs::file_size(file("000002.release")) - 1);
  EXPECT_THAT(open().error().sentence(), HasSubstr("000002.release"));
  fs::remove(file("000002.release"));
  const Result<PastReleases> past = open();
  ASSERT_FALSE(past);
  EXPECT_THAT(past.error().sentence(), HasSubstr("000002.release"));
}

// A crash between the two files: the release is not remembered, and the next one takes its number.
TEST_F(Past, G2_AReleaseThatWasHalfAddedIsNone) {
  ASSERT_TRUE(add(0));
  fs::copy_file(catalog(), file("catalog"));
  ASSERT_TRUE(add(1));
  fs::copy_file(file("catalog"), catalog(), fs::copy_options::overwrite_existing);
  fs::remove(file("000002.release"));
  Result<PastReleases> past = open();
  ASSERT_TRUE(past && past->count() == 1);
  NewRelease made = numbered(some_release(2), *past);
  PastRelease again = made.release;
  again.entry.number = 2;
  ASSERT_TRUE(past->add(std::move(made)));
  EXPECT_TRUE(*past->read(2) == again);
}

// A crash before the catalog was marked: the release is remembered, and then marked.
TEST_F(Past, G2_AReleaseThatTheCatalogDoesNotKnowYetIsRemembered) {
  ASSERT_TRUE(add(0));
  fs::copy_file(catalog(), file("catalog"));
  ASSERT_TRUE(add(1));
  fs::copy_file(file("catalog"), catalog(), fs::copy_options::overwrite_existing);
  EXPECT_EQ(open()->count(), 2);
  fs::remove(file("000002.release"));
  EXPECT_FALSE(open());
}

TEST_F(Past, G4_AFolderThatIsDeletedOlderOrOfAnotherVaultIsAnError) {
  const fs::path past = folder_.path() / "past";
  const fs::path kept = folder_.path() / "kept";
  const auto refused = [&] {
    const Result<PastReleases> opened = open();
    return !opened && opened.error().fault == Fault::input &&
           opened.error().found.contains("it was deleted or exchanged, or is of an older copy");
  };
  const auto put_back = [&](const fs::path& from) {
    fs::remove_all(past);
    fs::copy(from, past);
  };
  ASSERT_TRUE(add(0));
  fs::copy(past, kept);
  fs::copy_file(catalog(), kept / "catalog");
  ASSERT_TRUE(add(1));
  fs::copy(past, folder_.path() / "newest");
  fs::remove_all(past);
  EXPECT_TRUE(refused()) << "deleted";
  put_back(kept);
  EXPECT_TRUE(refused()) << "older";
  put_back(folder_.path() / "newest");
  EXPECT_EQ(open()->count(), 2);

  // A copy of the vault was used apart, under the same number and the same key.
  fs::copy_file(catalog(), folder_.path() / "catalog now");
  fs::copy_file(kept / "catalog", catalog(), fs::copy_options::overwrite_existing);
  put_back(kept);
  ASSERT_TRUE(add(2));
  fs::copy_file(folder_.path() / "catalog now", catalog(), fs::copy_options::overwrite_existing);
  EXPECT_TRUE(refused()) << "of another copy";

  const fs::path other = folder_.path() / "other";
  fs::create_directory(other);
  make_vault(other);
  for (std::uint64_t seed = 0; seed < 2; ++seed) {
    Result<PastReleases> past_of_other = PastReleases::open(other, key_, Stop());
    ASSERT_TRUE(past_of_other);
    ASSERT_TRUE(past_of_other->add(numbered(some_release(seed), *past_of_other)));
  }
  put_back(other / "past");
  const Result<PastReleases> of_other = open();
  ASSERT_FALSE(of_other);
  EXPECT_THAT(of_other.error().sentence(),
              HasSubstr("not as the program sealed it for this vault"));
}

TEST_F(Past, AMemoryThatIsALinkIsRefused) {
  fs::create_directory(folder_.path() / "elsewhere");
  fs::create_directory_symlink(folder_.path() / "elsewhere", folder_.path() / "past");
  const Result<PastReleases> past = open();
  ASSERT_FALSE(past);
  EXPECT_EQ(past.error().fault, Fault::input);
}

TEST_F(Past, AWithdrawalIsNotedOnce) {
  ASSERT_TRUE(add(0));
  EXPECT_FALSE(open()->withdrawal(1)->has_value());
  ASSERT_TRUE(open()->withdraw(1, {"2026-11-28", "a wrong mapping"}));
  EXPECT_EQ((*open()->withdrawal(1))->reason, "a wrong mapping");
  EXPECT_FALSE(open()->withdraw(1, {"2026-11-29", "again"}));
  EXPECT_FALSE(open()->withdraw(2, {"2026-11-29", "none"}));
}

TEST_F(Past, BytesOfNoReleaseAreAnErrorAndNothingElse) {
  SomeRelease some = some_release(3);
  some.release.roll = People().enter(some.roll);
  const std::string whole = to_bytes(some.release);
  ASSERT_TRUE(past_release_of(whole));
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    EXPECT_FALSE(past_release_of(whole.substr(0, size)));
  }
  Random random(9);
  for (int i = 0; i < 3000; ++i) {
    std::string changed = whole;
    changed[random.below(static_cast<std::uint32_t>(changed.size()))] =
        static_cast<char>(random.below(256));
    const auto release = past_release_of(changed);  // an error, or a release that can be written
    if (release) {
      EXPECT_FALSE(to_bytes(*release).empty());
    }
  }
}

}  // namespace
}  // namespace parcours::past
