// parcours-practice as a practice runs it: the program, its size, and what it needs.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <set>
#include <string>

#include "base/files.h"
#include "post/package.h"
#include "practice/testing/made_practice.h"
#include "records/digest.h"

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

  practice::MadePractice made;
};

TEST_F(Program, GoesTheWholeWay) {
  const Said joined = join();
  ASSERT_EQ(joined.exit, 0) << joined.err;
  EXPECT_THAT(joined.out, HasSubstr("ssh-ed25519 "));
  const Said seen = shell("$P preview $F --from export");
  EXPECT_EQ(seen.exit, 0) << seen.err;
  EXPECT_THAT(seen.out, HasSubstr("3 of 5 events and 2 of 2 patients leave"));
  EXPECT_THAT(seen.out, HasSubstr("1 event of a kind that the permit does not name"));
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
  EXPECT_THAT(log.out, HasSubstr("l'entrepôt a accepté le paquet 1"));
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
  EXPECT_THAT(shell("LC_ALL=fr_FR.UTF-8 $P pack --help").out, HasSubstr("Préparer un paquet"));
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
  EXPECT_THAT(seen.out, HasSubstr("1 of 1 event and 1 of 1 patient leave"));
}

// A verb that is stopped, or whose disk fails, at each of its calls to the system.
class Stopped : public Program {
 protected:
  // Runs it so often that every call was hit once. Each time the folder, as it was before, is put
  // back; `exits` are those with which the verb may end when it is run again afterwards.
  void at_every_call(const std::string& verb, const std::set<int>& exits) {
    fs::remove_all(made.place("before"));
    if (fs::exists(made.folder())) {
      fs::copy(made.folder(), made.place("before"), fs::copy_options::recursive);
    }
    int fired = 0;
    for (const std::string call : {"write", "fsync", "rename", "unlink", "open", "mkdir"}) {
      for (const std::string deed : {"kill-before", "kill-after", "EIO", "ENOSPC", "short"}) {
        for (int nth = 1; hit(verb, call, deed, nth); ++nth) {
          ++fired;
          check(verb, exits, call + " " + std::to_string(nth) + " " + deed);
          if (HasFailure()) {
            return;
          }
        }
      }
    }
    EXPECT_GT(fired, 10) << "the shim stands in nobody's way";
  }

 private:
  bool hit(const std::string& verb, const std::string& call, const std::string& deed, int nth) {
    if (deed == "short" && call != "write") {
      return false;
    }
    fs::remove_all(made.folder());
    fs::remove_all(made.place("told"));
    if (fs::exists(made.place("before"))) {
      fs::copy(made.place("before"), made.folder(), fs::copy_options::recursive);
    }
    shell("LD_PRELOAD='" ADVERSARY_SHIM "' ADVERSARY_CALL=" + call + " ADVERSARY_DO=" + deed +
          " ADVERSARY_NTH=" + std::to_string(nth) + " ADVERSARY_UNDER='" +
          made.place("").parent_path().string() + "' ADVERSARY_TOLD=told " + verb);
    return read_file(made.place("told")).value_or("") == "fired";
  }

  // What the log says is so, and the work goes on.
  void check(const std::string& verb, const std::set<int>& exits, const std::string& where) {
    if (fs::exists(made.folder())) {
      const auto office = practice::Office::open(made.folder(), practice::Language::en);
      ASSERT_TRUE(office) << where << ": " << office.error().sentence();
      std::size_t packages = 0;
      for (const auto& [number, waiting] : office->state().waiting) {
        const auto digest = records::digest_of_file(office->package(number));
        ASSERT_TRUE(digest) << where;
        EXPECT_EQ(*digest, waiting.package) << where;
        ++packages;
      }
      EXPECT_EQ(std::distance(fs::directory_iterator(made.folder() / "outbox"), {}),
                static_cast<std::ptrdiff_t>(packages))
          << where;
      EXPECT_EQ(office->pseudonyms()->size(), office->state().keys.size()) << where;
      EXPECT_TRUE(office->objections()) << where;
    }
    const Said again = shell(verb);
    EXPECT_TRUE(exits.contains(again.exit)) << where << ": " << again.exit << " " << again.err;
  }
};

TEST_F(Stopped, Join) {
  at_every_call(
      "$P join $F --card vault.card --permit permit.toml --name cabinet-012 --mapping mapping.toml",
      {0, 2});  // the folder may be there already
}

TEST_F(Stopped, ObjectionsPackAndReceipt) {
  made.ready();
  at_every_call("$P objections $F --add P1 --quiet", {0});
  at_every_call("$P pack $F --from export --period 2026-11-27 --quiet", {0});
  const fs::path receipt = made.receipt(1);
  at_every_call("$P receipt $F '" + receipt.string() + "'", {0, 1});  // 1: it was taken before
}

TEST_F(Stopped, DestroyingAKey) {
  made.ready();
  at_every_call("$P key $F --destroy all", {0, 2});  // 2: it is destroyed already
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
