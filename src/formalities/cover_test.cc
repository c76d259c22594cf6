#include "formalities/cover.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "formalities/testing/permit_text.h"

namespace parcours::formalities {
namespace {

Covers covers_with(const std::map<std::string, std::string>& changes) {
  const Result<Permit> permit = parse_permit(permit_text(changes), "permit.toml");
  EXPECT_TRUE(permit) << permit.error().sentence();
  return permit ? permit->covers : Covers{};
}

// A permit's words, before any program reads them.
struct AnyWords {
  std::vector<std::string> kinds;
  std::vector<std::string> codes;  // "diagnosis:J4*"
  int first = 0;
  int last = 0;
  std::vector<std::string> provenance;
};

std::string quoted(const std::vector<std::string>& words) {
  return fmt::format("[\"{}\"]", fmt::join(words, "\", \""));
}

// Judges by the words alone.
Uncovered slow_judge(const AnyWords& words, const std::string& kind, const std::string& code,
                     int day, const std::string& provenance) {
  const auto in = [](const std::vector<std::string>& list, const std::string& word) {
    return std::count(list.begin(), list.end(), word) > 0;
  };
  if (!in(words.kinds, kind)) {
    return Uncovered::kind;
  }
  const std::string full = kind + ":" + code;
  bool named = false;
  for (const std::string& pattern : words.codes) {
    const bool open = pattern.back() == '*';
    const std::string front = pattern.substr(0, pattern.size() - 1);
    named = named || (open ? full.compare(0, front.size(), front) == 0 : full == pattern);
  }
  if (!named) {
    return Uncovered::code;
  }
  if (day < words.first || day > words.last) {
    return Uncovered::day;
  }
  return in(words.provenance, provenance) ? Uncovered::nothing : Uncovered::provenance;
}

int any_number(int first, int end) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(first, end));
}

AnyWords any_words() {
  AnyWords words;
  for (const std::string kind : {"consultation", "diagnosis", "lab"}) {
    if (any_number(0, 3) == 0 && (kind != "lab" || !words.kinds.empty())) {
      continue;
    }
    words.kinds.push_back(kind);
    const std::size_t before = words.codes.size();
    for (const std::string code : {"J45", "J4*", "J*", "E1", "E*", "J45*"}) {
      if (any_number(0, 4) == 0) {
        words.codes.push_back(kind + ":" + code);
      }
    }
    if (words.codes.size() == before) {
      words.codes.push_back(kind + ":*");
    }
  }
  if (any_number(0, 5) == 0) {
    words.codes = {"*"};
  }
  words.first = any_number(-5, 6);
  words.last = words.first + any_number(0, 6);
  const std::vector<std::vector<std::string>> ways = {
      {"entered"}, {"entered", "received"}, {"received", "imported"}};
  words.provenance = ways[static_cast<std::size_t>(any_number(0, 3))];
  return words;
}

RC_GTEST_PROP(Covers, G1JudgeEachRowAsThePermitsOwnWordsDo, ()) {
  const AnyWords words = any_words();
  const Result<Permit> permit =
      parse_permit(permit_text({{"covers.kinds", quoted(words.kinds)},
                                {"covers.codes", quoted(words.codes)},
                                {"covers.days", fmt::format("[{}, {}]", words.first, words.last)},
                                {"covers.provenance", quoted(words.provenance)}}),
                   "permit.toml");
  RC_ASSERT(permit.has_value());
  vocabulary::CodeBook book;
  Cover cover(permit->covers, book);
  book.intern({{}, "fr-department", "J45"});
  book.skip();
  for (const std::string kind : {"consultation", "diagnosis", "lab", "vital"}) {
    for (const std::string code : {"J", "J4", "J45", "J450", "E1", "E10", "C"}) {
      const vocabulary::CodeId id = book.intern({vocabulary::find_kind(kind), "any", code});
      RC_ASSERT(!cover.code(id));  // not met yet
      cover.meet(book);
      for (int day = -6; day <= 12; ++day) {
        for (std::size_t way = 0; way < records::provenance_names.size(); ++way) {
          RC_ASSERT(
              cover.judge(*vocabulary::find_kind(kind), id, {day},
                          static_cast<records::Provenance>(way)) ==
              slow_judge(words, kind, code, day, std::string(records::provenance_names[way])));
        }
      }
    }
  }
  RC_ASSERT(!cover.code(0) && !cover.code(1) && !cover.code(vocabulary::no_code));
}

TEST(CoverOfAPermit, KnowsItsFieldsAndPractices) {
  const Covers some =
      covers_with({{"covers.fields", "[\"sex\"]"}, {"covers.practices", "[\"cabinet-012\"]"}});
  const Cover cover(some, vocabulary::CodeBook());
  EXPECT_TRUE(cover.sex());
  EXPECT_FALSE(cover.birth_year() || cover.place());
  EXPECT_TRUE(covers_practice(some, "cabinet-012"));
  EXPECT_FALSE(covers_practice(some, "cabinet-01"));
  EXPECT_TRUE(covers_practice(covers_with({}), "any"));
}

TEST(CoverOfAPermit, CoversThePracticesOfAnotherThatListsNoMore) {
  const auto listing = [](std::vector<std::string> names) {
    Covers covers;
    covers.all_practices = names.empty();
    covers.practices = std::move(names);
    return covers;
  };
  EXPECT_TRUE(covers_practices_of(listing({}), listing({})));
  EXPECT_TRUE(covers_practices_of(listing({}), listing({"a"})));
  EXPECT_TRUE(covers_practices_of(listing({"b", "a"}), listing({"a"})));
  EXPECT_FALSE(covers_practices_of(listing({"b"}), listing({"a", "b"})));
  EXPECT_FALSE(covers_practices_of(listing({"a"}), listing({})));
}

TEST(CoverOfAPermit, ThatSaysNothingCoversNothing) {
  vocabulary::CodeBook book;
  const vocabulary::CodeId code =
      book.intern({vocabulary::known_kinds().diagnosis, "icd10", "J45"});
  const Cover cover(Covers{}, book);
  EXPECT_EQ(
      cover.judge(vocabulary::known_kinds().diagnosis, code, {0}, records::Provenance::entered),
      Uncovered::kind);
  EXPECT_FALSE(cover.provenance(records::Provenance::entered) || cover.sex());
  EXPECT_FALSE(covers_practice(Covers{}, "cabinet-012"));
}

TEST(CoverOfAPermit, SaysWhyInWords) {
  EXPECT_EQ(to_string(Uncovered::code), "its code");
  EXPECT_EQ(to_string(Uncovered::practice), "its practice");
}

}  // namespace
}  // namespace parcours::formalities
