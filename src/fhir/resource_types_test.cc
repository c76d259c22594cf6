#include "fhir/resource_types.h"

#include <gtest/gtest.h>

namespace parcours::fhir {
namespace {

TEST(ResourceTypes, WhatIsNotReadHasAReason) {
  for (const ResourceType& type : resource_types()) {
    EXPECT_EQ(type.left_out_because.empty(), type.use != Use::left_out && type.use != Use::drug)
        << type.name;
    EXPECT_EQ(find_resource_type(type.name), &type);
  }
  EXPECT_EQ(find_resource_type("Patients"), nullptr);
}

TEST(ResourceTypes, ATextsBeginningTellsItsType) {
  EXPECT_EQ(type_at_head(R"({"resourceType":"Patient","id")"), find_resource_type("Patient"));
  EXPECT_EQ(type_at_head(R"({ "resourceType" : "Goal"})"), find_resource_type("Goal"));
  for (const char* text : {"", "{", R"({"id":"1","resourceType":"Patient"})",
                           R"({"resourceType":"Pat)", R"({"resourceType":"Nobody"})"}) {
    EXPECT_EQ(type_at_head(text), nullptr) << text;
  }
}

TEST(ResourceTypes, ATextsBeginningMayTellItsId) {
  EXPECT_EQ(id_at_head(R"({"resourceType":"Patient","id":"17"})"), "17");
  EXPECT_EQ(id_at_head(R"({ "resourceType": "Goal", "id" : "a-b" ,)"), "a-b");
  for (const char* text :
       {"", R"({"resourceType":"Patient","id")", R"({"id":"1"})",
        R"({"resourceType":"Patient","id":"17)", R"({"resourceType":"Patient","meta":{},"id":"1"})",
        R"({"resourceType":"Patient","id":"\u0031"})"}) {
    EXPECT_EQ(id_at_head(text), "") << text;
  }
}

}  // namespace
}  // namespace parcours::fhir
