#include "records/stored_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

namespace parcours::records {
namespace {

using testing::HasSubstr;
using Users = NameUse::Users;

PatientId patient(std::uint64_t number) {
  return {number, number};
}

// Held against sets of patients; cut in two and merged it is the same.
RC_GTEST_PROP(NameUse, TellsOneFromSeveralInAnyOrderAndInParts, ()) {
  NameUse whole;
  NameUse parts[2];
  std::map<std::uint32_t, std::set<std::uint64_t>> twin;
  for (int left = *rc::gen::inRange(0, 40); left > 0; --left) {
    const auto name = static_cast<std::uint32_t>(*rc::gen::inRange(0, 12));
    const auto who = static_cast<std::uint64_t>(*rc::gen::inRange(0, 4));
    whole.note(name, patient(who));
    parts[*rc::gen::inRange(0, 2)].note(name, patient(who));
    twin[name].insert(who);
  }
  parts[0].merge(parts[1]);
  for (std::uint32_t name = 0; name < 14; ++name) {
    const std::size_t users = twin.contains(name) ? twin[name].size() : 0;
    const Users expected = users == 0 ? Users::none : users == 1 ? Users::one : Users::several;
    RC_ASSERT(whole.users(name) == expected);
    RC_ASSERT(parts[0].users(name) == expected);
  }
}

// An import of codes of one kind and system, `shared` of them of two patients each and `lonely` of
// one each; the first `known` of all are in the vault already.
StoredNames codes(int shared, int lonely, std::size_t known = 0) {
  vocabulary::CodeBook book;
  NamesMet met;
  met.known_codes = known;
  for (int i = 0; i < shared + lonely; ++i) {
    const vocabulary::CodeId code =
        book.intern({vocabulary::find_kind("diagnosis"), "icd10", std::to_string(i)});
    met.note_event(patient(1), code, 0);
    if (i < shared) {
      met.note_event(patient(2), code, 0);
    }
  }
  return stored_names(met, book, 1);
}

StoredNames practices(int shared, int lonely, std::size_t known = 0) {
  vocabulary::CodeBook book;
  NamesMet met;
  met.known_practices = known;
  std::uint64_t next = 0;
  for (int i = 0; i < shared + lonely; ++i) {
    met.note_patient(patient(next++), vocabulary::no_code, static_cast<PracticeId>(i));
    if (i < shared) {
      met.note_patient(patient(next++), vocabulary::no_code, static_cast<PracticeId>(i));
    }
  }
  return stored_names(met, book, static_cast<std::size_t>(shared + lonely));
}

TEST(StoredNames, CountsWhatIsNewByKindAndSystem) {
  vocabulary::CodeBook book;
  const vocabulary::CodeId old = book.intern({vocabulary::find_kind("diagnosis"), "icd10", "J45"});
  const vocabulary::CodeId fresh =
      book.intern({vocabulary::find_kind("diagnosis"), "icd10", "J46"});
  const vocabulary::CodeId drug =
      book.intern({vocabulary::find_kind("prescription"), "atc", "R03"});
  const vocabulary::CodeId place = book.intern({std::nullopt, "fr-department", "75"});
  book.intern({vocabulary::find_kind("lab"), "lab", "of a row that was not taken"});
  NamesMet met;
  met.known_codes = 1;
  for (const vocabulary::CodeId code : {old, fresh, drug}) {
    met.note_event(patient(1), code, 0);
  }
  met.note_event(patient(2), old, 0);
  met.note_patient(patient(1), place, 0);
  const StoredNames stored = stored_names(met, book, 1);
  ASSERT_EQ(stored.systems.size(), 3);
  EXPECT_EQ(stored.systems[0].names.met, 2);
  EXPECT_EQ(stored.systems[0].names.fresh, 1);
  EXPECT_EQ(stored.systems[0].names.of_one_patient, 1);
  EXPECT_EQ(stored.sentence(), "1 practice, 2 codes in 2 systems and 1 place");
}

TEST(StoredNames, G1_CodesOfOnePatientEachAreRefusedWithTheRemedy) {
  const Status status = check_names(codes(2, 18), {{}, "m.toml"});
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().fault, Fault::rule);
  EXPECT_EQ(status.error().where, "m.toml");
  EXPECT_THAT(status.error().found, HasSubstr("18 of the 20 diagnosis codes of system 'icd10'"));
  EXPECT_THAT(status.error().right, HasSubstr("not_identifiers = [\"icd10\"]"));
  EXPECT_TRUE(check_names(codes(2, 18), {{"icd10"}, "m.toml"}));
  EXPECT_FALSE(check_names(codes(2, 18), {{"atc"}, "m.toml"}));
}

TEST(StoredNames, G1_OtherCodesAreNot) {
  EXPECT_TRUE(check_names(codes(3, 17), {{}, ""}));     // 85 % of one patient
  EXPECT_TRUE(check_names(codes(0, 19), {{}, ""}));     // few
  EXPECT_TRUE(check_names(codes(2, 18, 1), {{}, ""}));  // few that are new
  EXPECT_FALSE(check_names(codes(0, 1000), {{}, ""}));
}

TEST(StoredNames, G2_APracticeForMostPatientsIsRefused) {
  const Status status = check_names(practices(5, 5), {{}, "m.toml"});
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().fault, Fault::rule);
  EXPECT_THAT(status.error().right, HasSubstr("constant"));
  EXPECT_FALSE(check_names(practices(0, 60), {{}, ""}));
  EXPECT_TRUE(check_names(practices(6, 4), {{}, ""}));
  EXPECT_TRUE(check_names(practices(0, 9), {{}, ""}));
  EXPECT_TRUE(check_names(practices(5, 5, 1), {{}, ""}));  // a small send of practices known
}

}  // namespace
}  // namespace parcours::records
