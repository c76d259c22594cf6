// parcours-practice as a practice runs it: the program, its size, and what it needs.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/files.h"
#include "post/package.h"
#include "practice/testing/made_practice.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;
using practice::Changes;
using practice::MadePractice;
using testing::HasSubstr;
using testing::Not;

struct Said {
  int exit = -1;
  std::string out;
  std::string err;
};

class Program : public testing::Test {
 protected:
  // A line for the shell; $P is the program, $F the practice's folder.
  Said shell(const std::string& line) const {
    const std::string out = made.place("out").string();
    const std::string err = made.place("err").string();
    const std::string command = "cd '" + made.place("").string() +
                                "' && P='" PARCOURS_PRACTICE "' F='" + made.folder().string() +
                                "' LANG=C LC_ALL=C && export LANG LC_ALL && { " + line + "; } >'" +
                                out + "' 2>'" + err + "' </dev/null";
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, *read_file(out), *read_file(err)};
  }
  Said join() const {
    return shell(
        "$P join $F --card vault.card --permit permit.toml --name cabinet-012 "
        "--mapping mapping.toml");
  }

  MadePractice made;
};

TEST_F(Program, GoesTheWholeWay) {
  const Said joined = join();
  ASSERT_EQ(joined.exit, 0) << joined.err;
  EXPECT_THAT(joined.out, HasSubstr("ssh-ed25519 "));
  const Said seen = shell("$P preview $F --from export");
  EXPECT_EQ(seen.exit, 0) << seen.err;
  EXPECT_THAT(seen.out, HasSubstr("3 of 5 events and 2 of 2 patients leave"));
  EXPECT_THAT(seen.out, HasSubstr("1 events of a kind that the permit does not name"));
  const Said early = shell("$P pack $F --from export --period 2026-11-27");
  EXPECT_EQ(early.exit, 1);
  EXPECT_THAT(early.err, HasSubstr("has not agreed"));
  ASSERT_EQ(shell("$P agree $F --doctor 'Dr Anne Martin'").exit, 0);
  ASSERT_EQ(shell("$P objections $F --add P1").exit, 0);
  const Said packed = shell("$P pack $F --from export --period 2026-11-27 --json");
  ASSERT_EQ(packed.exit, 0) << packed.err;
  EXPECT_THAT(packed.out, HasSubstr("\"events\": 1"));
  const Said sent = shell("mkdir usb && $P send $F --to usb");
  ASSERT_EQ(sent.exit, 0) << sent.err;
  EXPECT_TRUE(fs::exists(made.place("usb/cabinet-012-000001.package")));
  EXPECT_EQ(made.opened().events.size(), 1u);
  const fs::path receipt = made.receipt(1);
  const Said answered = shell("$P receipt $F '" + receipt.string() + "'");
  ASSERT_EQ(answered.exit, 0) << answered.err;
  EXPECT_TRUE(fs::is_empty(made.folder() / "outbox"));
  const Said log = shell("$P log $F --language fr");
  EXPECT_THAT(log.out, HasSubstr("le coffre a pris le paquet 1"));
  EXPECT_THAT(log.out, Not(HasSubstr("P1")));
  EXPECT_EQ(shell("$P leave $F").exit, 2);
  ASSERT_EQ(shell("$P leave $F --yes").exit, 0);
  EXPECT_EQ(shell("$P pack $F --from export --period 2026-11-27").exit, 1);
  EXPECT_EQ(shell("$P log $F").exit, 0);
}

TEST_F(Program, ErrorsAreOneLineInTheLanguageThatIsAskedFor) {
  const Said wrong = shell("$P agree nowhere --language fr");
  EXPECT_EQ(wrong.exit, 2);
  EXPECT_THAT(wrong.err, HasSubstr("ce n'est pas le dossier d'un cabinet"));
  EXPECT_EQ(std::count(wrong.err.begin(), wrong.err.end(), '\n'), 1);
  EXPECT_EQ(shell("$P fly").exit, 2);
  EXPECT_THAT(shell("LC_ALL=fr_FR.UTF-8 $P pack --help").out, HasSubstr("Faire un paquet"));
}

TEST_F(Program, ShowsAPatientsRowsOnATerminalAlone) {
  ASSERT_EQ(join().exit, 0);
  const Said seen = shell("$P preview $F --from export --patient P1");
  EXPECT_EQ(seen.exit, 2);
  EXPECT_EQ(seen.out, "");
  EXPECT_THAT(seen.err, HasSubstr("on a terminal alone"));
}

TEST_F(Program, RefusesParquetClearly) {
  ASSERT_EQ(join().exit, 0);
  ASSERT_TRUE(write_file(made.place("export/events.csv"), "PAR1"));
  const Said seen = shell("$P preview $F --from export");
  EXPECT_EQ(seen.exit, 2);
  EXPECT_THAT(seen.err, HasSubstr("Parquet, which this program does not read"));
}

TEST_F(Program, ReadsFhirByItself) {
  ASSERT_EQ(shell("$P join $F --card vault.card --permit permit.toml --name cabinet-012").exit, 0);
  ASSERT_TRUE(write_file(
      made.place("a.ndjson"),
      R"({"resourceType":"Patient","id":"p1","gender":"female","birthDate":"1980-05-06"})"
      "\n"
      R"({"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/p1"},)"
      R"("onsetDateTime":"2023-04-05","code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10",)"
      R"("code":"J45.0"}]}})"
      "\n"));
  const Said seen = shell("$P preview $F --from a.ndjson");
  EXPECT_EQ(seen.exit, 0) << seen.err;
  EXPECT_THAT(seen.out, HasSubstr("1 of 1 events and 1 of 1 patients leave"));
}

TEST_F(Program, IsSmallAndNeedsNoDatabase) {
  ASSERT_EQ(shell("cp $P small && strip small").exit, 0);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  EXPECT_LT(fs::file_size(made.place("small")), 5'000'000u);
#endif
  const Said needs = shell("ldd $P");
  EXPECT_EQ(needs.exit, 0);
  EXPECT_THAT(needs.out, HasSubstr("libc.so"));
  EXPECT_THAT(needs.out, Not(HasSubstr("duckdb")));
  EXPECT_THAT(needs.out, Not(HasSubstr("sqlite")));
}

}  // namespace
}  // namespace parcours
