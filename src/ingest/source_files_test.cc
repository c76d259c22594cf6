#include "ingest/source_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"

namespace parcours::ingest {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

class SourceFiles : public testing::Test {
 protected:
  void put(const std::string& name) {
    fs::create_directories((folder_.path() / name).parent_path());
    ASSERT_TRUE(write_file(folder_.path() / name, "x"));
  }
  std::string at(const std::string& name) const { return (folder_.path() / name).string(); }

  // What is shown of each file, without the folder.
  std::vector<std::string> shown(const std::vector<std::string>& what) const {
    const auto files = files_of(what, [](std::string_view word) { return word == "condition"; });
    EXPECT_TRUE(files) << files.error().sentence();
    std::vector<std::string> names;
    const std::string folder = folder_.path().string() + "/";
    for (const NamedFile& file : *files) {
      EXPECT_TRUE(fs::exists(file.path)) << file.path;
      names.push_back(file.shown.substr(file.shown.starts_with(folder) ? folder.size() : 0));
    }
    return names;
  }

  ScratchFolder folder_ = *ScratchFolder::make(fs::temp_directory_path(), "files-");
};

TEST_F(SourceFiles, G1AFolderIsReadInOrderOfName) {
  for (const char* name : {"e/b.xml", "e/a-1/x.xml", "e/a/x.xml", "e/.hidden", "e/.git/x.xml"}) {
    put(name);
  }
  const auto files = files_of({at("e")}, [](std::string_view) { return false; });
  ASSERT_TRUE(files);
  std::vector<std::string> names;
  for (const NamedFile& file : *files) {
    names.push_back(fs::relative(file.path, folder_.path() / "e").string());
  }
  // As `LC_ALL=C sort` has them.
  EXPECT_THAT(names, ElementsAre("a-1/x.xml", "a/x.xml", "b.xml"));
}

TEST_F(SourceFiles, G2AFileOfAFolderIsShownByItsPlace) {
  for (const char* name : {"e/DUPONT_Jean_1956.xml", "e/A.xml", "e/martin/condition.ndjson"}) {
    put(name);
  }
  EXPECT_THAT(shown({at("e")}), ElementsAre("e/#1", "e/#2", "e/#3"));
  EXPECT_THAT(shown({at("e/")}), ElementsAre("e/#1", "e/#2", "e/#3"));
}

TEST_F(SourceFiles, G2AFileThatIsCalledAfterAWordOfItsFormIsShownByItsName) {
  for (const char* name :
       {"e/Condition.000.ndjson.gz", "e/condition_2.json", "e/condition.dupont.json",
        "e/condition dupont.json", "e/observation.json"}) {
    put(name);
  }
  EXPECT_THAT(shown({at("e")}), ElementsAre("e/Condition.000.ndjson.gz", "e/#2", "e/#3",
                                            "e/condition_2.json", "e/#5"));
}

TEST_F(SourceFiles, G2ANameThatTheUserTypedIsTheirs) {
  put("e/DUPONT_Jean_1956.xml");
  put("e/MARTIN.xml");
  EXPECT_THAT(shown({at("e/DUPONT_Jean_1956.xml")}), ElementsAre("e/DUPONT_Jean_1956.xml"));
  EXPECT_THAT(shown({at("e"), at("e/MARTIN.xml")}), ElementsAre("e/#1", "e/MARTIN.xml"));
}

TEST_F(SourceFiles, ANameOfNothingIsAnError) {
  EXPECT_FALSE(files_of({at("none")}, [](std::string_view) { return true; }));
}

}  // namespace
}  // namespace parcours::ingest
