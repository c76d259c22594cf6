#include "study/study.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/files.h"

namespace parcours::study {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const char* const asthma = R"([study]
id     = "asthma-children"
title  = { en = "Controller treatment in childhood asthma", fr = "Traitement de fond de l'asthme" }
permit = "2026-DR-014"
period = [2023-01-01, 2025-12-31]
rules  = "france-2026"

[population]
index   = { first = "diagnosis:J45*" }
age     = [6, 17]
sex     = ["female", "male"]
place   = { level = "region", is = ["84", "11"] }
require = [{ any = "consultation:*", within = [-365, -1] }]
exclude = [{ any = "diagnosis:E84*" }]

[variables]
sex        = { field = "sex" }
age        = { field = "age", bands = [6, 12] }
region     = { field = "place", level = "region", label = "region" }
controller = { any = "prescription:R03BA*", within = [0, 90] }
visits     = { count = "consultation:*", within = [0, 365], bands = [0, 1, 3, 6, 12] }
hba1c      = { last = "lab:HBA1C", within = [-180, 0] }
first_drug = { first = "prescription:R03*", level = "atc4" }

[[table]]
id = "controller"
by = ["age", "sex", "region"]
of = "controller"

[[table]]
id   = "drugs"
by   = ["age"]
each = { code = "prescription:R03*", level = "atc5", within = [0, 365] }

[[table]]
id    = "hba1c"
title = "Mean HbA1c"
by    = ["age", "sex"]
mean  = "hba1c"
)";

// The text with one of its parts replaced.
std::string with(const std::string& part, const std::string& other) {
  std::string text = asthma;
  const std::size_t at = text.find(part);
  EXPECT_NE(at, std::string::npos) << part;
  return text.replace(at, part.size(), other);
}

std::vector<std::string> mistakes_in(const std::string& text, Calendar calendar = Calendar::dates) {
  std::vector<std::string> sentences;
  for (const Error& error : examine_study(text, "s.toml", calendar).mistakes) {
    sentences.push_back(error.sentence());
  }
  return sentences;
}

TEST(Study, AWholeStudyIsReadAsItStands) {
  const auto study = parse_study(asthma, "s.toml", Calendar::dates);
  ASSERT_TRUE(study) << study.error().sentence();
  EXPECT_EQ(study->id, "asthma-children");
  EXPECT_EQ(study->title.fr, "Traitement de fond de l'asthme");
  EXPECT_EQ(study->permit, "2026-DR-014");
  EXPECT_EQ(study->rules, "france-2026");
  EXPECT_EQ(study->period->first, *day_of(2023, 1, 1));
  EXPECT_EQ(study->period->second, *day_of(2025, 12, 31));
  EXPECT_EQ(to_string(std::get<vocabulary::Pattern>(study->population.index)), "diagnosis:J45*");
  EXPECT_EQ(study->population.age, std::pair(6, 17));
  ASSERT_EQ(study->population.fields.size(), 2u);
  EXPECT_THAT(study->population.fields[0].values, ElementsAre("female", "male"));
  EXPECT_EQ(study->population.fields[1].level, "region");
  EXPECT_EQ(study->population.require[0].within, (Window{-365, -1}));
  EXPECT_EQ(study->population.exclude[0].within, std::nullopt);
}

TEST(Study, VariablesStandInTheOrderOfTheFile) {
  const auto study = parse_study(asthma, "s.toml", Calendar::dates);
  ASSERT_TRUE(study);
  std::vector<std::string> ids;
  for (const Variable& variable : study->variables) {
    ids.push_back(variable.id);
  }
  EXPECT_THAT(ids,
              ElementsAre("sex", "age", "region", "controller", "visits", "hba1c", "first_drug"));
  const auto& visits = std::get<EventTest>(study->variables[4].source);
  EXPECT_EQ(visits.measure, EventTest::Measure::count);
  EXPECT_THAT(study->variables[4].bands, ElementsAre(0, 1, 3, 6, 12));
  EXPECT_EQ(study->variables[6].level, "atc4");
  EXPECT_EQ(study->variables[6].line, 23);
}

TEST(Study, TablesKnowWhatTheyCount) {
  const auto study = parse_study(asthma, "s.toml", Calendar::dates);
  ASSERT_TRUE(study);
  ASSERT_EQ(study->tables.size(), 3u);
  EXPECT_EQ(study->tables[0].what, StudyTable::What::of);
  EXPECT_EQ(study->tables[1].what, StudyTable::What::each);
  EXPECT_EQ(study->tables[1].level, "atc5");
  EXPECT_EQ(study->tables[1].within, (Window{0, 365}));
  EXPECT_EQ(study->tables[2].what, StudyTable::What::mean);
  EXPECT_EQ(study->tables[2].title.fr, "Mean HbA1c");
}

TEST(Study, SaysWhichMarginsItNeedsAndWhatHidingCosts) {
  std::string text =
      with("of = \"controller\"",
           "of = \"controller\"\nkeep = [[\"sex\", \"age\"], [\"age\", \"sex\"], []]");
  text += "keep = [[\"age\"]]\n[protection]\ncost = \"patients\"\n";
  const auto study = parse_study(text, "s.toml", Calendar::dates);
  ASSERT_TRUE(study) << study.error().sentence();
  const tables::Needs needs = needs_of(*study);
  EXPECT_EQ(needs.cost, tables::HidingCost::patients);
  EXPECT_EQ(needs.kept,
            (std::vector<std::vector<tables::Margin>>{{{"age", "sex"}, {}}, {}, {{"age"}}}));
}

TEST(Study, ThatSaysNothingOfItNeedsNoMarginAndHidesMarginsLast) {
  const tables::Needs needs = needs_of(*parse_study(asthma, "s.toml", Calendar::dates));
  EXPECT_EQ(needs.cost, tables::HidingCost::margins);
  EXPECT_EQ(needs.kept, std::vector<std::vector<tables::Margin>>(3));
}

TEST(Study, AnIndexDayIsWrittenThreeWays) {
  const std::string first = "{ first = \"diagnosis:J45*\" }";
  for (const char* written : {"2024-01-01", "{ day = 2024-01-01 }"}) {
    const auto study = parse_study(with(first, written), "s.toml", Calendar::dates);
    ASSERT_TRUE(study) << study.error().sentence();
    EXPECT_EQ(std::get<Day>(study->population.index), *day_of(2024, 1, 1));
  }
  const std::string relative = R"([study]
id = "a"
title = "A"
rules = "r"
[population]
index = -30
[variables]
sex = { field = "sex" }
[[table]]
id = "t"
by = ["sex"]
)";
  for (const Calendar calendar : {Calendar::days, Calendar::order}) {
    const auto study = parse_study(relative, "s.toml", calendar);
    ASSERT_TRUE(study) << study.error().sentence();
    EXPECT_EQ(std::get<Day>(study->population.index), Day{-30});
  }
  EXPECT_EQ(calendar_of_study(relative), Calendar::days);
  EXPECT_EQ(calendar_of_study(asthma), Calendar::dates);
}

struct Mistake {
  std::string part;   // of the study above
  std::string other;  // what stands there instead
  std::string sentence;
};

class StudyMistake : public testing::TestWithParam<Mistake> {};

TEST_P(StudyMistake, IsNamedWithItsLineAndWhatWouldBeRight) {
  EXPECT_THAT(mistakes_in(with(GetParam().part, GetParam().other)),
              ElementsAre(HasSubstr(GetParam().sentence)));
}

INSTANTIATE_TEST_SUITE_P(
    Words, StudyMistake,
    testing::Values(
        Mistake{"permit =", "permits =",
                "s.toml:4: unknown key 'permits' in [study]; did you mean 'permit'?"},
        Mistake{"[variables]", "[variable]\n[variables]",
                "s.toml:16: unknown key 'variable' in the study file; did you mean 'variables'?"},
        Mistake{"within = [0, 90]", "withn = [0, 90]",
                "s.toml:20: unknown key 'withn' in 'controller' in [variables]; did you mean "
                "'within'?"},
        Mistake{"any = \"prescription", "an = \"prescription",
                "s.toml:20: unknown key 'an' in 'controller' in [variables]; did you mean 'any'?"},
        Mistake{"diagnosis:J45*", "diagnossis:J45*",
                "s.toml:9: unknown kind 'diagnossis'; did you mean 'diagnosis'?"},
        Mistake{"field = \"sex\"", "field = \"sexe\"",
                "s.toml:17: unknown field 'sexe'; did you mean 'sex'?"},
        Mistake{"level = \"atc4\"", "level = \"atc9\"",
                "s.toml:23: unknown level 'atc9'; did you mean 'atc"},
        Mistake{"of = \"controller\"", "of = \"controler\"",
                "s.toml:28: unknown variable 'controler'; did you mean 'controller'?"},
        Mistake{"[\"female\", \"male\"]", "[\"femal\"]",
                "s.toml:11: unknown sex 'femal'; did you mean 'female'?"}));

INSTANTIATE_TEST_SUITE_P(
    Patterns, StudyMistake,
    testing::Values(Mistake{"diagnosis:E84*", "", "s.toml:14: the event pattern is empty"},
                    Mistake{"diagnosis:E84*",
                            "diagnosis:", "s.toml:14: the event pattern 'diagnosis:' is empty"},
                    Mistake{"diagnosis:E84*", "E84*",
                            "s.toml:14: the event pattern 'E84*' names no kind"},
                    Mistake{"diagnosis:E84*", "diagnosis:E*4",
                            "s.toml:14: the event pattern 'diagnosis:E*4' has a '*'"}));

INSTANTIATE_TEST_SUITE_P(
    Numbers, StudyMistake,
    testing::Values(
        Mistake{"bands = [6, 12]", "bands = [12, 6]",
                "s.toml:18: the bands of 'age' do not ascend: 12 comes before 6"},
        Mistake{"bands = [6, 12]", "bands = [6, 6]", "do not ascend"},
        Mistake{"bands = [6, 12]", "bands = [6.5, 12]", "not whole numbers"},
        Mistake{"bands = [6, 12]", "bands = [-6, 12]", "begin below 0"},
        Mistake{"bands = [6, 12]", "bands = []", "not a list of numbers"},
        Mistake{"bands = [6, 12]", "bands = [nan]", "not a list of numbers"},
        Mistake{"within = [0, 90]", "within = [90, 0]",
                "s.toml:20: 'within' in 'controller' in [variables] is reversed: [90, 0]; did you "
                "mean [0, 90]?"},
        Mistake{"within = [0, 90]", "within = [0]", "is not two whole numbers"},
        Mistake{"within = [0, 90]", "within = [0, 9223372036854775807]", "it must lie within"},
        Mistake{"age     = [6, 17]", "age     = [17, 6]",
                "s.toml:10: 'age' in [population] is reversed"},
        Mistake{"[2023-01-01, 2025-12-31]", "[2025-12-31, 2023-01-01]",
                "s.toml:5: the period is reversed"},
        Mistake{"[2023-01-01, 2025-12-31]", "[2023-01-01]",
                "s.toml:5: 'period' in [study] is not two days"},
        Mistake{"2023-01-01", "\"2023-01-01\"", "write it without quotes: 2023-01-31"},
        Mistake{"2023-01-01", "2023-01-01T00:00:00", "is a date with a time of day, not a date"},
        Mistake{"2023-01-01", "2023-02-30", "s.toml:5: this is not TOML"},
        Mistake{"{ first = \"diagnosis:J45*\" }", "2022-12-31",
                "s.toml:9: the index day 2022-12-31 lies outside the study's period"},
        Mistake{"{ first = \"diagnosis:J45*\" }", "12",
                "s.toml:9: the index day is a whole number, not a date"}));

INSTANTIATE_TEST_SUITE_P(
    Shapes, StudyMistake,
    testing::Values(
        Mistake{"\"asthma-children\"", "7",
                "s.toml:2: 'id' in [study] is a whole number; it must be a text"},
        Mistake{"\"asthma-children\"", "\"../x\"", "s.toml:2: the id of the study is '../x'"},
        Mistake{"rules  = \"france-2026\"", "", "s.toml:1: [study] has no 'rules'"},
        Mistake{"index   = { first = \"diagnosis:J45*\" }", "",
                "s.toml:8: [population] has no 'index'"},
        Mistake{"id   = \"drugs\"", "id   = \"controller\"",
                "s.toml:30: a second table has the id 'controller'; the first is in line 25"},
        Mistake{"by = [\"age\", \"sex\", \"region\"]", "by = [\"age\", \"age\"]",
                "s.toml:27: 'age' appears twice in table 'controller'"},
        Mistake{"of = \"controller\"", "of = \"controller\"\nmean = \"hba1c\"", "more than one of"},
        Mistake{"of = \"controller\"", "of = \"age\"", "'age' appears twice"},
        Mistake{"mean  = \"hba1c\"", "mean  = \"controller\"",
                "s.toml:39: 'controller' has no numbers, so it has no mean"},
        Mistake{"{ any = \"prescription:R03BA*\", within = [0, 90] }", "{ within = [0, 90] }",
                "s.toml:20: 'controller' in [variables] has no measure; write one of: any, count"},
        Mistake{"level = \"atc4\"", "level = \"atc4\", bands = [1]",
                "'first_drug' has bands and a level"},
        Mistake{"{ field = \"sex\" }", "{ field = \"sex\", bands = [1] }",
                "'sex' has no numbers, so it has no bands"},
        Mistake{"{ field = \"sex\" }", "{ field = \"sex\", any = \"*\" }",
                "'sex' is both a field and an event test"},
        Mistake{", bands = [6, 12]", "", "s.toml:18: 'age' has no bands"},
        Mistake{"sex        = {", "status = { any = \"*\" }\nsex = {",
                "a variable has the reserved name 'status'"}));

INSTANTIATE_TEST_SUITE_P(
    Needs, StudyMistake,
    testing::Values(
        Mistake{
            "of = \"controller\"", "of = \"controller\"\nkeep = [[\"age\"], [\"regio\", \"sex\"]]",
            "s.toml:29: 'keep' names 'regio', which is not a variable of table 'controller'; did "
            "you mean 'region'?"},
        Mistake{"of = \"controller\"", "of = \"controller\"\nkeep = [[\"visits\"]]",
                "s.toml:29: 'keep' names 'visits', which is not a variable of table 'controller'; "
                "known: age, sex, region, controller"},
        Mistake{"of = \"controller\"", "of = \"controller\"\nkeep = [[\"age\", \"age\"]]",
                "s.toml:29: 'age' appears twice in a margin"},
        Mistake{"of = \"controller\"", "of = \"controller\"\nkeep = [\"age\"]",
                "s.toml:29: 'keep' in [[table]] is not a list of lists of texts"},
        Mistake{"of = \"controller\"", "of = \"controller\"\nkeep = [[7]]",
                "s.toml:29: 'keep' in [[table]] is not a list of lists of texts"},
        Mistake{"of = \"controller\"", "of = \"controller\"\nkep = [[]]",
                "s.toml:29: unknown key 'kep' in [[table]]; did you mean 'keep'?"},
        Mistake{
            "by   = [\"age\"]", "by   = [\"age\"]\nkeep = [[\"codes\"]]",
            "'keep' names 'codes', which is not a variable of table 'drugs'; did you mean 'code'?"},
        Mistake{"[variables]", "[protection]\ncost = \"cell\"\n[variables]",
                "s.toml:17: unknown cost 'cell'; did you mean 'cells'?"},
        Mistake{"[variables]", "[protection]\nprice = \"cells\"\ncost = \"cells\"\n[variables]",
                "s.toml:17: unknown key 'price' in [protection]"},
        Mistake{"[variables]", "[protection]\n[variables]",
                "s.toml:16: [protection] has no 'cost'"}));

INSTANTIATE_TEST_SUITE_P(
    Later, StudyMistake,
    testing::Values(Mistake{"[[table]]", "[[pathway]]\nid = \"lines\"\n\n[[table]]",
                            "s.toml:25: [[pathway]] is not supported yet"},
                    Mistake{"[[table]]", "[[survival]]\nid = \"lines\"\n\n[[table]]",
                            "s.toml:25: [[survival]] is not supported yet"}));

TEST(StudyMistakes, AllOfAFileAreNamedInOrderOfLine) {
  std::string text = with("diagnosis:J45*", "diagnossis:J45*");
  text.replace(text.find("[0, 90]"), 7, "[90, 0]");
  text.replace(text.find("\"controller\"\n\n"), 12, "\"controler\"");
  text.replace(text.find("permit"), 6, "pemrit");
  EXPECT_THAT(mistakes_in(text),
              ElementsAre(HasSubstr("s.toml:4:"), HasSubstr("s.toml:9:"), HasSubstr("s.toml:20:"),
                          HasSubstr("s.toml:28: unknown variable 'controler'")));
  const auto study = parse_study(text, "s.toml", Calendar::dates);
  ASSERT_FALSE(study);
  EXPECT_THAT(study.error().sentence(),
              HasSubstr("(and 3 more; `parcours study check` names all)"));
  EXPECT_EQ(study.error().fault, Fault::input);
}

TEST(StudyMistakes, AVariableWithAMistakeIsNotCalledUnknownAsWell) {
  EXPECT_EQ(mistakes_in(with("prescription:R03BA*", "prescrption:R03BA*")).size(), 1u);
}

TEST(StudyMistakes, ACountWithoutBandsIsNoCategory) {
  std::string text = with(", bands = [0, 1, 3, 6, 12]", "");
  text.replace(text.find("of = \"controller\""), 17, "of = \"visits\"");
  EXPECT_THAT(mistakes_in(text),
              ElementsAre(HasSubstr("s.toml:28: 'visits' is a count without bands")));
}

TEST(StudyMistakes, AStudyWithoutATableSaysSo) {
  const std::string text = std::string(asthma).substr(0, std::string(asthma).find("[[table]]"));
  EXPECT_THAT(mistakes_in(text), ElementsAre(HasSubstr("the study has no table")));
}

TEST(StudyMistakes, AnOrderHasNoDaysToCountWithin) {
  const auto sentences = mistakes_in(asthma, Calendar::order);
  EXPECT_THAT(sentences, testing::Contains(HasSubstr("s.toml:20: 'within' counts days, but the "
                                                     "vault has only an order")));
  EXPECT_THAT(sentences,
              testing::Contains(HasSubstr("s.toml:5: the period's first day is a date")));
}

TEST(StudyMistakes, NeitherEmptyTextNorBytesAreAStudy) {
  EXPECT_THAT(mistakes_in(""), testing::SizeIs(3));
  EXPECT_THAT(mistakes_in("\xff\xfe\x01"), ElementsAre(HasSubstr("this is not TOML")));
  EXPECT_THAT(mistakes_in("study = 1\npopulation = 2\ntable = 3"), testing::SizeIs(3));
}

TEST(StudyMistakes, AFileThatIsMissingIsAnError) {
  const auto study = read_study("/nowhere/s.toml", Calendar::dates);
  ASSERT_FALSE(study);
  EXPECT_THAT(study.error().sentence(), HasSubstr("/nowhere/s.toml"));
}

TEST(Studies, SayWhatTheyServeAndWhoAsks) {
  const auto with = [](const std::string& lines) {
    std::string text = asthma;
    text.insert(text.find("permit ="), lines);
    return parse_study(text, "s.toml", Calendar::dates);
  };
  const Result<Study> asked = with("purpose = \"statistics\"\nasked_by = \"Observatoire\"\n");
  ASSERT_TRUE(asked) << asked.error().sentence();
  EXPECT_EQ(asked->purpose, "statistics");
  EXPECT_EQ(asked->asked_by, "Observatoire");
  EXPECT_EQ(asked->calendar, Calendar::dates);
  EXPECT_THAT(with("")->purpose, IsEmpty());
  EXPECT_EQ(with("")->renewed_min, std::nullopt);
  EXPECT_EQ(with("renewed_min = 0.9\n")->renewed_min, 0.9);
  EXPECT_THAT(with("renewed_min = 90\n").error().sentence(), HasSubstr("s.toml:4"));
  EXPECT_EQ(with("purpose = \"statistic\"\n").error().sentence(),
            "s.toml:4: unknown purpose 'statistic'; did you mean 'statistics'?");
  const Result<Study> banned = with("purpose = \"advertising\"\n");
  ASSERT_FALSE(banned);
  EXPECT_EQ(banned.error().fault, Fault::rule);
  EXPECT_THAT(banned.error().sentence(),
              testing::AllOf(HasSubstr("s.toml:4"), HasSubstr("'advertising'"),
                             HasSubstr("2025/327"), HasSubstr("article 54")));
}

}  // namespace
}  // namespace parcours::study
