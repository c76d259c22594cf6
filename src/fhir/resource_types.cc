#include "fhir/resource_types.h"

#include <algorithm>
#include <array>

namespace parcours::fhir {
namespace {

constexpr std::string_view not_read = "a type of resource of which no row is made";
constexpr std::string_view drug = "a drug: it is read where a prescription names it";
constexpr std::string_view taken = "a drug said to be taken, which is no prescription";
constexpr std::string_view given = "a drug given, which is no prescription";
constexpr std::string_view dispensed = "a drug handed out, which is no prescription";
constexpr std::string_view report = "a report, whose observations are read by themselves";
constexpr std::string_view family = "an illness of a relative, not of the patient";

constexpr auto types = std::to_array<ResourceType>({
    {"Account", Use::left_out, not_read},
    {"ActivityDefinition", Use::left_out, not_read},
    {"AdverseEvent", Use::left_out, not_read},
    {"AllergyIntolerance", Use::allergy, {}},
    {"Appointment", Use::left_out, not_read},
    {"AppointmentResponse", Use::left_out, not_read},
    {"AuditEvent", Use::left_out, not_read},
    {"Basic", Use::left_out, not_read},
    {"Binary", Use::left_out, not_read},
    {"BiologicallyDerivedProduct", Use::left_out, not_read},
    {"BodyStructure", Use::left_out, not_read},
    {"Bundle", Use::bundle, {}},
    {"CapabilityStatement", Use::left_out, not_read},
    {"CarePlan", Use::left_out, not_read},
    {"CareTeam", Use::left_out, not_read},
    {"CatalogEntry", Use::left_out, not_read},
    {"ChargeItem", Use::left_out, not_read},
    {"ChargeItemDefinition", Use::left_out, not_read},
    {"Claim", Use::left_out, not_read},
    {"ClaimResponse", Use::left_out, not_read},
    {"ClinicalImpression", Use::left_out, not_read},
    {"CodeSystem", Use::left_out, not_read},
    {"Communication", Use::left_out, not_read},
    {"CommunicationRequest", Use::left_out, not_read},
    {"CompartmentDefinition", Use::left_out, not_read},
    {"Composition", Use::left_out, not_read},
    {"ConceptMap", Use::left_out, not_read},
    {"Condition", Use::condition, {}},
    {"Consent", Use::left_out, not_read},
    {"Contract", Use::left_out, not_read},
    {"Coverage", Use::left_out, not_read},
    {"CoverageEligibilityRequest", Use::left_out, not_read},
    {"CoverageEligibilityResponse", Use::left_out, not_read},
    {"DetectedIssue", Use::left_out, not_read},
    {"Device", Use::left_out, not_read},
    {"DeviceDefinition", Use::left_out, not_read},
    {"DeviceMetric", Use::left_out, not_read},
    {"DeviceRequest", Use::left_out, not_read},
    {"DeviceUseStatement", Use::left_out, not_read},
    {"DiagnosticReport", Use::left_out, report},
    {"DocumentManifest", Use::left_out, not_read},
    {"DocumentReference", Use::left_out, not_read},
    {"EffectEvidenceSynthesis", Use::left_out, not_read},
    {"Encounter", Use::encounter, {}},
    {"Endpoint", Use::left_out, not_read},
    {"EnrollmentRequest", Use::left_out, not_read},
    {"EnrollmentResponse", Use::left_out, not_read},
    {"EpisodeOfCare", Use::left_out, not_read},
    {"EventDefinition", Use::left_out, not_read},
    {"Evidence", Use::left_out, not_read},
    {"EvidenceVariable", Use::left_out, not_read},
    {"ExampleScenario", Use::left_out, not_read},
    {"ExplanationOfBenefit", Use::left_out, not_read},
    {"FamilyMemberHistory", Use::left_out, family},
    {"Flag", Use::left_out, not_read},
    {"Goal", Use::left_out, not_read},
    {"GraphDefinition", Use::left_out, not_read},
    {"Group", Use::left_out, not_read},
    {"GuidanceResponse", Use::left_out, not_read},
    {"HealthcareService", Use::left_out, not_read},
    {"ImagingStudy", Use::left_out, not_read},
    {"Immunization", Use::immunization, {}},
    {"ImmunizationEvaluation", Use::left_out, not_read},
    {"ImmunizationRecommendation", Use::left_out, not_read},
    {"ImplementationGuide", Use::left_out, not_read},
    {"InsurancePlan", Use::left_out, not_read},
    {"Invoice", Use::left_out, not_read},
    {"Library", Use::left_out, not_read},
    {"Linkage", Use::left_out, not_read},
    {"List", Use::left_out, not_read},
    {"Location", Use::left_out, not_read},
    {"Measure", Use::left_out, not_read},
    {"MeasureReport", Use::left_out, not_read},
    {"Media", Use::left_out, not_read},
    {"Medication", Use::drug, drug},
    {"MedicationAdministration", Use::left_out, given},
    {"MedicationDispense", Use::left_out, dispensed},
    {"MedicationKnowledge", Use::left_out, not_read},
    {"MedicationRequest", Use::prescription, {}},
    {"MedicationStatement", Use::left_out, taken},
    {"MedicinalProduct", Use::left_out, not_read},
    {"MedicinalProductAuthorization", Use::left_out, not_read},
    {"MedicinalProductContraindication", Use::left_out, not_read},
    {"MedicinalProductIndication", Use::left_out, not_read},
    {"MedicinalProductIngredient", Use::left_out, not_read},
    {"MedicinalProductInteraction", Use::left_out, not_read},
    {"MedicinalProductManufactured", Use::left_out, not_read},
    {"MedicinalProductPackaged", Use::left_out, not_read},
    {"MedicinalProductPharmaceutical", Use::left_out, not_read},
    {"MedicinalProductUndesirableEffect", Use::left_out, not_read},
    {"MessageDefinition", Use::left_out, not_read},
    {"MessageHeader", Use::left_out, not_read},
    {"MolecularSequence", Use::left_out, not_read},
    {"NamingSystem", Use::left_out, not_read},
    {"NutritionOrder", Use::left_out, not_read},
    {"Observation", Use::observation, {}},
    {"ObservationDefinition", Use::left_out, not_read},
    {"OperationDefinition", Use::left_out, not_read},
    {"OperationOutcome", Use::left_out, not_read},
    {"Organization", Use::left_out, not_read},
    {"OrganizationAffiliation", Use::left_out, not_read},
    {"Parameters", Use::left_out, not_read},
    {"Patient", Use::patient, {}},
    {"PaymentNotice", Use::left_out, not_read},
    {"PaymentReconciliation", Use::left_out, not_read},
    {"Person", Use::left_out, not_read},
    {"PlanDefinition", Use::left_out, not_read},
    {"Practitioner", Use::left_out, not_read},
    {"PractitionerRole", Use::left_out, not_read},
    {"Procedure", Use::procedure, {}},
    {"Provenance", Use::left_out, not_read},
    {"Questionnaire", Use::left_out, not_read},
    {"QuestionnaireResponse", Use::left_out, not_read},
    {"RelatedPerson", Use::left_out, not_read},
    {"RequestGroup", Use::left_out, not_read},
    {"ResearchDefinition", Use::left_out, not_read},
    {"ResearchElementDefinition", Use::left_out, not_read},
    {"ResearchStudy", Use::left_out, not_read},
    {"ResearchSubject", Use::left_out, not_read},
    {"RiskAssessment", Use::left_out, not_read},
    {"RiskEvidenceSynthesis", Use::left_out, not_read},
    {"Schedule", Use::left_out, not_read},
    {"SearchParameter", Use::left_out, not_read},
    {"ServiceRequest", Use::left_out, not_read},
    {"Slot", Use::left_out, not_read},
    {"Specimen", Use::left_out, not_read},
    {"SpecimenDefinition", Use::left_out, not_read},
    {"StructureDefinition", Use::left_out, not_read},
    {"StructureMap", Use::left_out, not_read},
    {"Subscription", Use::left_out, not_read},
    {"Substance", Use::left_out, not_read},
    {"SubstanceNucleicAcid", Use::left_out, not_read},
    {"SubstancePolymer", Use::left_out, not_read},
    {"SubstanceProtein", Use::left_out, not_read},
    {"SubstanceReferenceInformation", Use::left_out, not_read},
    {"SubstanceSourceMaterial", Use::left_out, not_read},
    {"SubstanceSpecification", Use::left_out, not_read},
    {"SupplyDelivery", Use::left_out, not_read},
    {"SupplyRequest", Use::left_out, not_read},
    {"Task", Use::left_out, not_read},
    {"TerminologyCapabilities", Use::left_out, not_read},
    {"TestReport", Use::left_out, not_read},
    {"TestScript", Use::left_out, not_read},
    {"ValueSet", Use::left_out, not_read},
    {"VerificationResult", Use::left_out, not_read},
    {"VisionPrescription", Use::left_out, not_read},
});

static_assert(std::ranges::is_sorted(types, {}, &ResourceType::name));

// Past blanks.
void skip_blanks(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
}

bool skip(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) {
    return false;
  }
  text.remove_prefix(word.size());
  skip_blanks(text);
  return true;
}

}  // namespace

std::span<const ResourceType> resource_types() {
  return types;
}

const ResourceType* find_resource_type(std::string_view name) {
  const auto found = std::ranges::lower_bound(types, name, {}, &ResourceType::name);
  return found == types.end() || found->name != name ? nullptr : &*found;
}

const ResourceType* type_at_head(std::string_view text) {
  if (!skip(text, "{") || !skip(text, "\"resourceType\"") || !skip(text, ":") ||
      !text.starts_with('"')) {
    return nullptr;
  }
  text.remove_prefix(1);
  const std::size_t end = text.find('"');
  return end == std::string_view::npos ? nullptr : find_resource_type(text.substr(0, end));
}

std::string_view id_at_head(std::string_view text) {
  if (!skip(text, "{") || !skip(text, "\"resourceType\"") || !skip(text, ":") ||
      !skip(text, "\"")) {
    return {};
  }
  text.remove_prefix(std::min(text.find('"'), text.size()));
  if (!skip(text, "\"") || !skip(text, ",") || !skip(text, "\"id\"") || !skip(text, ":") ||
      !text.starts_with('"')) {
    return {};
  }
  text.remove_prefix(1);
  const std::string_view id = text.substr(0, std::min(text.find('"'), text.size()));
  return id.size() == text.size() || id.contains('\\') ? std::string_view() : id;
}

}  // namespace parcours::fhir
