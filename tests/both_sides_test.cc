// The practice's program and the collector's, one beside the other, as the two sides run them: from
// the permit to the receipt, and a patient's question to its answer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/files.h"
#include "practice/testing/made_practice.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;
using practice::MadePractice;
using testing::HasSubstr;
using testing::Not;

struct Ended {
  int exit = -1;
  std::string out;
  std::string err;
};

class BothSides : public testing::Test {
 protected:
  BothSides() {
    must("$V vault create panel.vault $K --keeper keeper.key --permit permit.toml");
    must("$V vault card panel.vault $K --out vault.card");
    must("rm permit.toml.sig && $V permit sign permit.toml --key keeper.key");
    must(
        "$P join cabinet --card vault.card --permit permit.toml --name cabinet-012 --mapping "
        "mapping.toml");
    must(
        "$V practice admit panel.vault cabinet-012 --public-key cabinet/practice.key.pub --keeper "
        "keeper.key");
    must("$P agree cabinet --doctor 'Dr Anne Martin' && mkdir inbox receipts");
  }

  // A line for the shell; $V is the collector's program, $K its key, $P the practice's program.
  Ended shell(const std::string& line) const {
    const std::string out = made.place("out").string();
    const std::string err = made.place("err").string();
    const std::string command =
        "cd '" + made.place("").string() +
        "' && V='" PARCOURS_COMMAND "' P='" PARCOURS_PRACTICE
        "' K='--key programme.key' LANG=C LC_ALL=C && export LANG LC_ALL && { " +
        line + "; } >'" + out + "' 2>'" + err + "' </dev/null";
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, *read_file(out), *read_file(err)};
  }
  std::string must(const std::string& line) const {
    const Ended ended = shell(line);
    EXPECT_EQ(ended.exit, 0) << line << "\n" << ended.err;
    return ended.out;
  }
  void send(const std::string& period = "2026-11-27") const {
    must("$P pack cabinet --from export --period " + period + " && $P send cabinet --to inbox");
  }
  std::string receive() const {
    return must("$V vault receive panel.vault $K --from inbox --receipts receipts --quiet");
  }
  bool anywhere(const std::string& text) const {
    return std::ranges::any_of(
        fs::recursive_directory_iterator(made.place("")), [&](const fs::directory_entry& entry) {
          return entry.is_regular_file() &&
                 read_file(entry.path()).value_or("").find(text) != std::string::npos;
        });
  }

  practice::MadePractice made;
};

TEST_F(BothSides, APackageIsTakenAndItsReceiptEndsIt) {
  send();
  receive();
  EXPECT_TRUE(fs::is_empty(made.place("inbox")));
  must("$P receipt cabinet receipts/*");
  EXPECT_TRUE(fs::is_empty(made.place("cabinet/outbox")));
  EXPECT_THAT(must("$V vault status panel.vault --json"), HasSubstr("\"events\": 3"));
}

TEST_F(BothSides, APackageByAnOldCardIsTakenForATimeAndThenThePracticeHearsWhatToDo) {
  send("2026-11-26");
  must(
      "$V vault card panel.vault $K --renew --old-days 30 --keeper keeper.key --renewal "
      "first.renewal.toml");
  receive();
  EXPECT_THAT(must("$P receipt cabinet receipts/* && rm receipts/*"),
              HasSubstr("sealed to an old key of the vault"));
  must(
      "$V vault card panel.vault $K --renew --old-days 0 --keeper keeper.key --renewal "
      "renewal.toml");
  send();
  receive();
  EXPECT_THAT(must("$P receipt cabinet receipts/* && rm receipts/*"),
              HasSubstr("Take the vault's renewed key"));
  must("$P card cabinet --renewal renewal.toml");
  send();
  receive();
  EXPECT_THAT(must("$P receipt cabinet receipts/*"), HasSubstr("The vault took package 2"));
  const Ended older = shell("$P card cabinet --renewal first.renewal.toml");
  EXPECT_EQ(older.exit, 1);
  EXPECT_THAT(older.err, HasSubstr("has key 3 already"));
}

// The practice packs under the permit that it knows, and hears what to do.
TEST_F(BothSides, APermitThatIsSupersededBeforeThePackageComesIsTakenAnewAndAgreedTo) {
  must("$P pack cabinet --from export --period 2026-11-27");
  must(
      "sed -e 's/2026-DR-014/2027-DR-001/' -e 's/^rules .*/&\\nsupersedes = \"2026-DR-014\"/' "
      "permit.toml > next.toml && $V permit sign next.toml --key keeper.key && "
      "$V permit enter panel.vault next.toml");
  must("$P send cabinet --to inbox");
  receive();
  EXPECT_THAT(must("$P receipt cabinet receipts/* && rm receipts/*"),
              HasSubstr("parcours-practice permit"));
  EXPECT_THAT(must("$P permit cabinet --take next.toml"), HasSubstr("has not agreed to it"));
  EXPECT_EQ(shell("$P pack cabinet --from export --period 2026-11-27").exit, 1);
  must("$P agree cabinet --doctor 'Dr Anne Martin'");
  send();
  receive();
  EXPECT_THAT(must("$P receipt cabinet receipts/*"), HasSubstr("The vault took package 1"));
}

TEST_F(BothSides, TheCardOfAPracticeIsTheVaultsAfterARenewal) {
  must("$V vault card panel.vault $K --renew --old-days 30 --keeper keeper.key --renewal new.toml");
  const std::string said = must("$P card cabinet --renewal new.toml");
  const std::string spoken = said.substr(said.find("fingerprint: ") + 13);
  EXPECT_THAT(must("$V vault card panel.vault $K"), HasSubstr(spoken));
}

TEST_F(BothSides, APatientIsToldWhatIsHeld) {
  send();
  receive();
  must("$P subject cabinet --patient P1 --out asked.request --language fr");
  const std::string said =
      must("$V vault subject panel.vault $K --request asked.request --out answer.letter");
  EXPECT_THAT(said, Not(HasSubstr("J45")));
  const std::string text = must("$P subject cabinet --open answer.letter");
  EXPECT_THAT(text, HasSubstr("Année de naissance 1980"));
  EXPECT_THAT(text, HasSubstr("2024-01-02  J45.0 (icd10)"));
  EXPECT_THAT(text, HasSubstr("En tout : 2."));
  EXPECT_THAT(text, Not(HasSubstr("J20")));  // is another patient's
  EXPECT_THAT(must("$V vault subject panel.vault --log"), HasSubstr("SHA256:"));
  EXPECT_THAT(must("$P log cabinet"), HasSubstr("asked what the vault holds of a patient"));
  EXPECT_THAT(must("$P log cabinet"), Not(HasSubstr("P1")));
}

TEST_F(BothSides, TheAnswerOpensForWhoAskedAlone) {
  send();
  receive();
  must("$P subject cabinet --patient P1 --out asked.request");
  must("$V vault subject panel.vault $K --request asked.request --out answer.letter");
  must("$V key make other.key --name Other");
  const Ended other = shell("$V key open answer.letter --key other.key");
  EXPECT_EQ(other.exit, 2);
  EXPECT_THAT(other.err, HasSubstr("sealed for another key"));
  EXPECT_EQ(other.out, "");
  EXPECT_THAT(must("$V key open answer.letter --key cabinet/practice.key --card vault.card"),
              HasSubstr("J45.0"));
}

TEST_F(BothSides, APracticeThatIsNotAdmittedIsToldNothing) {
  send();
  receive();
  must("$P subject cabinet --patient P1 --out asked.request");
  must("$V practice suspend panel.vault cabinet-012 --keeper keeper.key");
  const Ended refused =
      shell("$V vault subject panel.vault $K --request asked.request --out answer.letter");
  EXPECT_EQ(refused.exit, 1);
  EXPECT_THAT(refused.err, HasSubstr("not one that the vault has admitted"));
  EXPECT_FALSE(fs::exists(made.place("answer.letter")));
  EXPECT_THAT(must("$V vault subject panel.vault --log"), HasSubstr("No patient was told yet"));
}

TEST_F(BothSides, ARequestIsNeededWholeAndForThisVault) {
  must("$P subject cabinet --patient P1 --out asked.request");
  must("sed 's/cabinet-012/cabinet-013/' asked.request > other.request");
  EXPECT_EQ(
      shell("$V vault subject panel.vault $K --request other.request --out answer.letter").exit, 1);
  must("$V vault create second.vault $K --keeper keeper.key --permit permit.toml");
  must(
      "$V practice admit second.vault cabinet-012 --public-key cabinet/practice.key.pub --keeper "
      "keeper.key");
  const Ended second =
      shell("$V vault subject second.vault $K --request asked.request --out answer.letter");
  EXPECT_EQ(second.exit, 1);
  EXPECT_THAT(second.err, HasSubstr("meant for the vault"));
}

TEST_F(BothSides, TheKeeperAnswersWhoHasNoPractice) {
  must("cp mapping.toml export && $V vault import panel.vault $K --mapping export/mapping.toml -q");
  must("$V key make requester.key --name Requester && umask 077 && echo P2 > who");
  must(
      "$V vault subject panel.vault $K --patient-file who --for requester.key.pub --language en "
      "--out answer.letter");
  const std::string text = must("$V key open answer.letter --key requester.key");
  EXPECT_THAT(text, HasSubstr("J20.9 (icd10)"));
  EXPECT_THAT(text, HasSubstr("Year of birth 1950"));
  EXPECT_EQ(shell("$V vault subject panel.vault $K --patient-file who --out again.letter").exit, 2);
}

TEST_F(BothSides, AWithdrawnObjectionTravelsAndWhatWasDeletedStaysAway) {
  const auto events = [&] { return must("$V vault status panel.vault --json"); };
  send("2026-11-25");
  must("$P objections cabinet --add P1");
  send("2026-11-26");
  receive();
  EXPECT_THAT(events(), HasSubstr("\"objections\": 1"));
  must("$V vault compact panel.vault --quiet");
  const std::string said = must("$P objections cabinet --withdraw P1");
  EXPECT_THAT(said, HasSubstr("0 new, 1 withdrawn; 0 patients object."));
  send("2026-11-27");
  EXPECT_THAT(receive(), HasSubstr("1  objections withdrawn, for what is sent from now on"));
  EXPECT_THAT(must("$P receipt cabinet receipts/cabinet-012-3.receipt"),
              HasSubstr("It noted objections that are withdrawn: 1"));
  EXPECT_THAT(events(), HasSubstr("\"objections\": 0"));
  EXPECT_THAT(events(), HasSubstr("\"events\": 5"));  // P2 three times, P1 in the last alone
  must("$V vault check panel.vault --quiet");
}

// What the doctor only looked at is the case for which all this was made.
TEST_F(BothSides, WhatWasOnlyConsultedStaysAndBothSidesSayHowMuch) {
  must(
      "printf '%s\\n' id,date,kind,code,value,origin P1,2024-01-02,diagnosis,J45.0,,saisie "
      "P1,2024-02-02,diagnosis,J46,,labo P1,2024-03-02,diagnosis,J47,,repris "
      "P2,2024-01-02,diagnosis,J20.9,,vu P2,2024-01-03,diagnosis,J21.9,,vu P2,2024-01-04,diagnosis,J22,,fax > export/events.csv");
  must(
      "printf '%s\\n' 'provenance = { column = \"origin\", entered = [\"saisie\"], received = "
      "[\"labo\"], imported = [\"repris\"], consulted = [\"vu\"] }' >> cabinet/mapping.toml");
  const std::string before = must("$P preview cabinet --from export --language fr");
  EXPECT_THAT(before, HasSubstr("sont transmis : 2 événements sur 3 et 1 patient sur 2"));
  EXPECT_THAT(before, HasSubstr("1 événement d'une provenance que la formalité ne permet pas"));
  EXPECT_THAT(before, HasSubstr("2 seulement consultés ailleurs"));
  EXPECT_THAT(before, HasSubstr("1 une provenance que le mapping ne liste pas (colonne 'origin')"));
  send();
  receive();
  const std::string receipt = must("$P receipt cabinet receipts/* --language fr");
  EXPECT_THAT(receipt, HasSubstr("2 événements de 1 patient"));
  EXPECT_THAT(receipt, HasSubstr("écarté : 1 ligne, d'une provenance que"));
  EXPECT_THAT(receipt, HasSubstr("écarté : 2 lignes, seulement consultés ailleurs"));
  EXPECT_THAT(must("$V vault status panel.vault --json"), HasSubstr("\"events\": 2"));

  const std::string import =
      "$V vault import panel.vault $K --mapping cabinet/mapping.toml "
      "--data export --period again ";
  for (const std::string& as : {import + "--check", import}) {
    EXPECT_THAT(must(as), HasSubstr("2  left out: only consulted elsewhere")) << as;
    EXPECT_THAT(must(as + " --json"), HasSubstr("\"items\": 2")) << as;
  }
  EXPECT_THAT(must(import), HasSubstr("1 by its provenance"));
  EXPECT_THAT(must("$V vault status panel.vault --json"), HasSubstr("\"events\": 4"));
}

// Both start at once on the same folder: what the one takes the other does not take again.
TEST_F(BothSides, TwoThatReceiveAtOnceTakeEachPackageOnce) {
  for (const char* period : {"2026-11-25", "2026-11-26", "2026-11-27"}) {
    send(period);
  }
  const std::string one = "$V vault receive panel.vault $K --from inbox --receipts receipts -q";
  const Ended ended = shell(one + " & first=$!; " + one + "; second=$?; wait $first; exit $second");
  EXPECT_THAT(ended.exit, testing::AnyOf(0, 2)) << ended.err;  // 2: the other one is at it
  receive();
  EXPECT_TRUE(fs::is_empty(made.place("inbox")));
  must("$P receipt cabinet receipts/*");
  EXPECT_TRUE(fs::is_empty(made.place("cabinet/outbox")));
  EXPECT_THAT(must("$V vault status panel.vault --json"), HasSubstr("\"events\": 9"));
}

TEST_F(BothSides, ADiskThatIsFullLosesNothing) {
  send();
  for (const char* blocks : {"0", "1", "2", "8", "16", "40", "64"}) {
    shell("trap '' XFSZ; ulimit -f " + std::string(blocks) +
          "; $V vault receive panel.vault $K --from inbox --receipts receipts -q 2>/dev/null");
    ASSERT_FALSE(fs::is_empty(made.place("inbox")) && fs::is_empty(made.place("receipts")))
        << blocks;
  }
  receive();
  must("$P receipt cabinet receipts/*");
  EXPECT_TRUE(fs::is_empty(made.place("cabinet/outbox")));
  EXPECT_THAT(must("$V vault status panel.vault --json"), HasSubstr("\"events\": 3"));
  must("$V vault check panel.vault --quiet");
}

TEST_F(BothSides, CtrlCWhileReceivingLosesNothing) {
  for (int day = 10; day < 28; ++day) {
    send("2026-11-" + std::to_string(day));
  }
  for (const char* after : {"0.02", "0.1", "0.3", "0.6", "1.0"}) {
    shell("timeout --foreground -s INT " + std::string(after) +
          " $V vault receive panel.vault $K --from inbox --receipts receipts -q");
  }
  receive();
  EXPECT_TRUE(fs::is_empty(made.place("inbox")));
  must("$P receipt cabinet receipts/*");
  EXPECT_TRUE(fs::is_empty(made.place("cabinet/outbox")));
  EXPECT_THAT(must("$V vault status panel.vault --json"), HasSubstr("\"events\": 54"));
  must("$V vault check panel.vault --quiet");
}

}  // namespace
}  // namespace parcours
