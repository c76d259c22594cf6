// The same panel, sent in four forms into four vaults: they hold as many patients, practices and
// events of each kind, but for what a form cannot say. The rows themselves are compared by the
// round trips (round_trip_*_test.cc).
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "command.h"
#include "story.h"

namespace parcours {
namespace {

using Json = nlohmann::json;
using Events = std::map<std::string, int>;

class Forms : public testing::Test {
 protected:
  // What a vault holds after the import.
  Json imported(const std::string& form, std::vector<std::string> source) {
    const std::string vault = folder_ / (form + ".vault");
    EXPECT_EQ(run_parcours({"synth", folder_ / form, "--patients", "150", "--seed", "3", "--from",
                            "2023-01-01", "--to", "2024-12-31", "--as", form, "--quiet"})
                  .exit,
              0);
    EXPECT_EQ(run_parcours(create_vault(vault, {"--key", folder_ / (form + ".key")})).exit, 0);
    std::vector<std::string> words = {"vault",
                                      "import",
                                      vault,
                                      "--key",
                                      folder_ / (form + ".key"),
                                      "--quarantine",
                                      folder_ / (form + "-bad.csv")};
    words.insert(words.end(), source.begin(), source.end());
    const Ran ran = run_parcours(words);
    EXPECT_EQ(ran.exit, 0) << form << ": " << ran.err;
    EXPECT_EQ(text_of(folder_ / (form + "-bad.csv")), "file,line,reason\n") << form;
    EXPECT_EQ(run_parcours({"vault", "check", vault}).exit, 0) << form;
    return Json::parse(run_parcours({"vault", "status", vault, "--json", "--codes"}).out, nullptr,
                       false);
  }
  Json imported_as(const std::string& form) {
    return imported(form, {"--from", folder_ / form, "--mapping", folder_ / form / "choices.toml"});
  }

  static Events events_of(const Json& status) {
    Events events;
    for (const auto& [kind, cover] : status["codes_by_kind"].items()) {
      events[kind] = cover["all"]["events"].get<int>();
    }
    return events;
  }

  Folder folder_;
};

TEST_F(Forms, OfTheSamePanelFillTheSameVault) {
  const Json csv = imported("csv", {"--mapping", folder_ / "csv" / "mapping.toml"});
  Events whole = events_of(csv);
  ASSERT_GT(whole["consultation"], 100);
  ASSERT_GT(whole["sick_leave"], 0);
  whole.erase("sick_leave");  // only CSV says it

  const Json cda = imported_as("cda");
  EXPECT_EQ(events_of(cda), whole);

  Events without_history = whole;
  without_history.erase("history");  // FHIR has no event for it
  const Json fhir = imported_as("fhir");
  EXPECT_EQ(events_of(fhir), without_history);

  // OMOP tells vaccines from drugs by CVX, knows allergies as observations, and calls a peak flow a
  // laboratory value.
  const Json omop = imported_as("omop");
  Events in_omop = events_of(omop);
  EXPECT_EQ(in_omop["prescription"], whole["prescription"] + whole["vaccination"]);
  EXPECT_EQ(in_omop["history"], whole["history"] + whole["allergy"]);
  EXPECT_EQ(in_omop["lab"] + in_omop["vital"], whole["lab"] + whole["vital"]);
  EXPECT_EQ(in_omop["diagnosis"], whole["diagnosis"]);
  EXPECT_EQ(in_omop["consultation"], whole["consultation"]);

  for (const Json* other : {&cda, &fhir, &omop}) {
    EXPECT_EQ((*other)["patients"], csv["patients"]);
    EXPECT_EQ((*other)["practices"], csv["practices"]);
  }
}

}  // namespace
}  // namespace parcours
