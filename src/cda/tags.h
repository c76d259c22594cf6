// The elements and attributes that are read, by their names in HL7's CDA R2 (and, of medicines, in
// the extension of IHE Pharmacy).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace parcours::cda {

enum class Tag : std::uint8_t {
  other,
  act,
  addr,
  administrative_gender_code,
  as_content,
  as_specialized_kind,
  assigned_author,
  assigned_authoring_device,
  author,
  birth_time,
  center,
  clinical_document,
  code,
  comp,
  component,
  consumable,
  container_packaged_medicine,
  country,
  effective_time,
  encounter,
  entry,
  entry_relationship,
  family,
  generalized_medicine_class,
  given,
  id,
  low,
  manufactured_material,
  manufactured_product,
  name,
  non_xml_body,
  observation,
  observation_media,
  organizer,
  parent_document,
  participant,
  participant_role,
  patient,
  patient_role,
  playing_device,
  playing_entity,
  postal_code,
  procedure,
  record_target,
  region_of_interest,
  related_document,
  related_subject,
  represented_organization,
  section,
  set_id,
  status_code,
  structured_body,
  subject,
  substance_administration,
  supply,
  template_id,
  translation,
  value,
  version_number,
};

struct TagName {
  std::string_view name;
  Tag tag;
};

inline constexpr std::array<TagName, 58> tag_names = {{
    {"act", Tag::act},
    {"addr", Tag::addr},
    {"administrativeGenderCode", Tag::administrative_gender_code},
    {"asContent", Tag::as_content},
    {"asSpecializedKind", Tag::as_specialized_kind},
    {"assignedAuthor", Tag::assigned_author},
    {"assignedAuthoringDevice", Tag::assigned_authoring_device},
    {"author", Tag::author},
    {"birthTime", Tag::birth_time},
    {"center", Tag::center},
    {"ClinicalDocument", Tag::clinical_document},
    {"code", Tag::code},
    {"comp", Tag::comp},
    {"component", Tag::component},
    {"consumable", Tag::consumable},
    {"containerPackagedMedicine", Tag::container_packaged_medicine},
    {"country", Tag::country},
    {"effectiveTime", Tag::effective_time},
    {"encounter", Tag::encounter},
    {"entry", Tag::entry},
    {"entryRelationship", Tag::entry_relationship},
    {"family", Tag::family},
    {"generalizedMedicineClass", Tag::generalized_medicine_class},
    {"given", Tag::given},
    {"id", Tag::id},
    {"low", Tag::low},
    {"manufacturedMaterial", Tag::manufactured_material},
    {"manufacturedProduct", Tag::manufactured_product},
    {"name", Tag::name},
    {"nonXMLBody", Tag::non_xml_body},
    {"observation", Tag::observation},
    {"observationMedia", Tag::observation_media},
    {"organizer", Tag::organizer},
    {"parentDocument", Tag::parent_document},
    {"participant", Tag::participant},
    {"participantRole", Tag::participant_role},
    {"patient", Tag::patient},
    {"patientRole", Tag::patient_role},
    {"playingDevice", Tag::playing_device},
    {"playingEntity", Tag::playing_entity},
    {"postalCode", Tag::postal_code},
    {"procedure", Tag::procedure},
    {"recordTarget", Tag::record_target},
    {"regionOfInterest", Tag::region_of_interest},
    {"relatedDocument", Tag::related_document},
    {"relatedSubject", Tag::related_subject},
    {"representedOrganization", Tag::represented_organization},
    {"section", Tag::section},
    {"setId", Tag::set_id},
    {"statusCode", Tag::status_code},
    {"structuredBody", Tag::structured_body},
    {"subject", Tag::subject},
    {"substanceAdministration", Tag::substance_administration},
    {"supply", Tag::supply},
    {"templateId", Tag::template_id},
    {"translation", Tag::translation},
    {"value", Tag::value},
    {"versionNumber", Tag::version_number},
}};

enum class Attr : std::uint8_t {
  other,
  code,
  code_system,
  extension,
  mood_code,
  negation_ind,
  null_flavor,
  root,
  type,  // of XML Schema instances: the data type of a value
  type_code,
  unit,
  value,
};

// What may stand in an entry and says something of a patient.
constexpr bool is_statement(Tag tag) {
  switch (tag) {
    case Tag::act:
    case Tag::encounter:
    case Tag::observation:
    case Tag::observation_media:
    case Tag::organizer:
    case Tag::procedure:
    case Tag::region_of_interest:
    case Tag::substance_administration:
    case Tag::supply:
      return true;
    default:
      return false;
  }
}

}  // namespace parcours::cda
