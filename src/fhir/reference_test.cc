#include "fhir/reference.h"

#include <gtest/gtest.h>

namespace parcours::fhir {
namespace {

using Form = Reference::Form;

void expect_reference(std::string_view text, Form form, std::string_view base,
                      std::string_view path) {
  const Reference reference = read_reference(text);
  EXPECT_EQ(reference.form, form) << text;
  EXPECT_EQ(reference.base, base) << text;
  EXPECT_EQ(reference.path, path) << text;
}

TEST(Reference, EveryFormIsTold) {
  expect_reference("Patient/17", Form::relative, "", "Patient/17");
  expect_reference("Patient/17/_history/2", Form::relative, "", "Patient/17");
  expect_reference("https://a.example/fhir/Patient/17", Form::absolute, "https://a.example/fhir",
                   "Patient/17");
  expect_reference("http://a.example/Patient/17/_history/1", Form::absolute, "http://a.example",
                   "Patient/17");
  expect_reference("urn:uuid:5-6", Form::urn, "", "urn:uuid:5-6");
  expect_reference("#drug", Form::contained, "", "drug");
  expect_reference("Patient?identifier=a|b", Form::search, "", "Patient?identifier=a|b");
}

TEST(Reference, WhatIsNoneIsNone) {
  for (const char* text :
       {"", "Patient", "Patient/", "/17", "17/17", "ftp://a.example/Patient/17", "a b/17"}) {
    EXPECT_EQ(read_reference(text).form, Form::none) << text;
  }
}

TEST(Reference, TheTypeIsWhatThePathNames) {
  EXPECT_EQ(read_reference("https://a.example/Group/1").type(), "Group");
  EXPECT_EQ(read_reference("Patient/1").type(), "Patient");
  EXPECT_EQ(read_reference("urn:uuid:1").type(), "");
}

}  // namespace
}  // namespace parcours::fhir
