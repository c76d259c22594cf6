// Resources about a patient's care become facts: an Encounter a consultation, a Condition a
// diagnosis, a MedicationRequest a prescription, and so on. What did not happen (planned, not done,
// entered in error, refuted) is left out; what may mean something else than it seems to (a modifier
// extension, a status that R4 does not have) is refused.
//
// The items of an Observation are its value and each component that has a code; of any other
// resource there is one.
#pragma once

#include "fhir/directory.h"
#include "fhir/json.h"
#include "fhir/resource_types.h"
#include "ingest/choices.h"
#include "ingest/fact_rows.h"

namespace parcours::fhir {

// Whether a modifier extension stands in a resource, as far as its text has told.
enum class Modifiers : std::uint8_t { none, look, there };

class Facts {
 public:
  // All must outlive it.
  Facts(const Directory& directory, const ingest::Choices& choices, const ingest::Reading& reading,
        ingest::Ledger& ledger, ingest::FactRows& rows);

  // Of a resource of a use from encounter to procedure.
  Status put(const JsonObject& resource, Use use, const ingest::ItemPlace& at, Modifiers modifiers);

 private:
  // What becomes of something before its code and day are looked at.
  struct Verdict {
    enum class Fate { read, refuse, leave_out } fate = Fate::read;
    ingest::ReasonId why = 0;
    bool reads() const { return fate == Fate::read; }
  };
  Verdict refuse(ingest::ReasonId why) const { return {Verdict::Fate::refuse, why}; }
  Verdict leave_out(ingest::ReasonId why) const { return {Verdict::Fate::leave_out, why}; }

  Verdict judge(const JsonObject& resource, Use use, Modifiers modifiers);
  Verdict judge_status(const JsonObject& resource, Use use) const;
  Verdict judge_verification(const JsonObject& resource) const;
  Verdict judge_prescription(const JsonObject& resource) const;
  Verdict judge_subject(const JsonObject& resource, Use use);
  Verdict judge_category(const JsonObject& resource, Use use);
  Verdict read_drug(const JsonObject& resource);
  Verdict judge_codes(const JsonObject& resource, Use use);
  Verdict read_value(const JsonObject& from);

  Status put_observation(const JsonObject& resource, const Verdict& verdict,
                         const ingest::ItemPlace& at);
  Status end(const Verdict& verdict, const ingest::ItemPlace& at);
  std::string_view day_of(const JsonObject& resource, Use use) const;
  std::string_view written_day(const JsonObject& resource, std::string_view date,
                               std::string_view period) const;

  const Directory& directory_;
  const ingest::Choices& choices_;
  ingest::FactRows& rows_;
  ingest::Fact fact_;
  Codings codings_;

  struct {
    ingest::ReasonId modifier, rules, no_status, bad_status, bad_verification, logical, contained,
        no_subject, search, bad_number, no_drug, day_form;
  } refusals_;
  struct {
    ingest::ReasonId error, not_done, not_final, unknown, refuted, unconfirmed, says_none,
        not_patient, focus, other_category, concern, absent, no_value, not_an_order, reported,
        forbidden;
  } leavings_;
};

}  // namespace parcours::fhir
