// What the program says to a practice, in both languages: what is wrong, and what a deed was.
// Answers to verbs stand in answers.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/text.h"
#include "practice/entry.h"
#include "practice/language.h"

namespace parcours::practice::words {

Complaint no_practice_folder();
Complaint bad_log_line();
Complaint has_left();
Complaint bad_name();
Complaint not_a_keeper(std::string_view key);
Complaint other_card(std::string_view fingerprint);
Complaint no_collection(std::string_view permit);
Complaint practice_not_covered(std::string_view permit, std::string_view practice);
Complaint share_needed();
Complaint no_share_wanted();
Complaint not_in_force(std::string_view permit, std::string_view first, std::string_view last);
Complaint no_agreement(std::string_view permit);
Complaint no_agreement_to_withdraw();
Complaint bad_period();
Complaint key_destroyed(std::string_view label);
Complaint key_missing(std::string_view label);
Complaint key_there(std::string_view label);
Complaint no_such_key(std::string_view label);
Complaint bad_label();
Complaint uncovered(std::uint64_t events);
Complaint nothing_to_pack();
Complaint other_calendar();
Complaint several_practices(std::uint64_t count);
Complaint no_mapping(std::string_view place);
Complaint several_folders();
Complaint several_forms(std::uint64_t fhir, std::uint64_t cda);
Complaint nothing_waits();
Complaint package_changed();
Complaint no_such_package(std::uint64_t number);
Complaint other_package(std::uint64_t number);
Complaint terminal_only();
Complaint no_number();
Complaint leave_unsure();
Complaint no_key_left();
Complaint ask_or_open();
Complaint follows_otherwise(std::string_view permit);
Complaint no_renewal();
Complaint renewal_of_no_keeper(std::string_view key);
Complaint renewal_of_other_vault();
Complaint old_renewal(std::uint64_t number, std::uint64_t held);

// Why an event is cut ("its code") or left out; where it has no words, the reason itself.
Text reason(std::string_view uncovered);
// A field of patients: "birth year".
Text field(std::string_view name);

// A line of the log as a sentence.
Text sentence(const Entry& entry);

}  // namespace parcours::practice::words
