#include "fhir/walk.h"

#include "ingest/national_identity.h"

namespace parcours::fhir {

Words::Words(const ingest::Reading& reading, ingest::Ledger& ledger) {
  for (const ResourceType& type : resource_types()) {
    sections.push_back(ledger.section(type.name));
    left_out.push_back(type.left_out_because.empty() ? 0 : ledger.leaving(type.left_out_because));
  }
  unreadable = ledger.section("(no resource)");
  unknown_type = ledger.section("(no type of FHIR R4)");
  bundle_section = ledger.section("Bundle");
  const auto reason = [&](std::string_view text) { return reading.quarantine.reason(text); };
  not_json = reason("not JSON");
  bad_utf8 = reason("text that is not UTF-8");
  too_deep = reason("JSON nested deeper than 256 levels");
  too_long = reason("a resource that is longer than is read");
  no_resource = reason("JSON that is no resource");
  no_type = reason("no resource type");
  unknown = reason("a resource type that FHIR R4 does not have");
  nested_bundle = reason("a Bundle inside a Bundle");
  modifier = reason("a modifier extension, which may change what the resource means");
  rules = reason("implicit rules, which may change what the resource means");
  several_numbers = reason("several numbers of the identifier system that tells patients");
  several_national = reason(ingest::several_national_numbers);
  replaced = reason("a patient whose record another one replaces");
  day_form = reason("a day that is not written as FHIR does");
  deleted = ledger.leaving("deleted, as a Bundle of the source says");
  said_again = ledger.leaving(
      "a record that the source says again, or a version of it that is not the latest");
  deletes = ledger.leaving("an entry of a Bundle that deletes, or has no resource");
}

}  // namespace parcours::fhir
