#include "page/template.h"

#include <gtest/gtest.h>

namespace parcours::page {
namespace {

using nlohmann::json;

TEST(Template, TextsAreEscapedUnlessTheyAskNotToBe) {
  EXPECT_EQ(*fill("<p>{{a}} {{{a}}}</p>", json{{"a", "<b>"}}), "<p>&lt;b&gt; <b></p>");
}

TEST(Template, SectionsRepeatAndLookOutward) {
  const json content = {{"x", "!"}, {"list", json::array({json{{"n", 1}}, json{{"n", 2}}})}};
  EXPECT_EQ(*fill("{{#list}}{{n}}{{x}}{{/list}}.", content), "1!2!.");
  EXPECT_EQ(*fill("{{#list}}{{.}}{{/list}}", json{{"list", {"a", "b"}}}), "ab");
}

TEST(Template, WhatIsNotThereIsShownByTheInvertedSectionAlone) {
  for (const json& nothing : {json(nullptr), json(false), json(""), json::array()}) {
    EXPECT_EQ(*fill("{{#a}}yes{{/a}}{{^a}}no{{/a}}", json{{"a", nothing}}), "no");
  }
  EXPECT_EQ(*fill("{{#a}}yes{{/a}}{{^a}}no{{/a}}", json{{"a", 0}}), "yes");
}

TEST(Template, SectionsOfOneNameNest) {
  const json content = {{"a", json::array({json{{"a", json::array({1, 2})}}})}};
  EXPECT_EQ(*fill("{{#a}}({{#a}}{{.}}{{/a}}){{/a}}", content), "(12)");
}

TEST(Template, BothLanguagesAreThereUnlessTheyAgree) {
  EXPECT_EQ(*fill("{{*a.b}}", json{{"a", {{"b", {{"en", "x<"}, {"fr", "y"}}}}}}),
            "<span lang=\"en\">x&lt;</span><span lang=\"fr\">y</span>");
  EXPECT_EQ(*fill("{{*a}}", json{{"a", {{"en", "x"}, {"fr", "x"}}}}), "x");
}

TEST(Template, AHoleThatNothingFillsIsAnError) {
  EXPECT_FALSE(fill("{{a}}", json::object()));
  EXPECT_FALSE(fill("{{a.c}}", json{{"a", {{"b", 1}}}}));
  EXPECT_FALSE(fill("{{#a}}", json{{"a", 1}}));
  EXPECT_FALSE(fill("{{/a}}", json{{"a", 1}}));
  EXPECT_FALSE(fill("{{a", json{{"a", 1}}));
  EXPECT_FALSE(fill("{{*a}}", json{{"a", "x"}}));
}

}  // namespace
}  // namespace parcours::page
