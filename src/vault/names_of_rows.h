// Notes which codes, places and practices a row brings (records/stored_names.h).
#pragma once

#include "records/stored_names.h"
#include "rows/row.h"

namespace parcours::vault {

inline void note(records::NamesMet& met, const rows::EventRow& row) {
  met.note_event(row.patient, row.code, row.practice);
}

inline void note(records::NamesMet& met, const rows::PatientRow& row) {
  met.note_patient(row.patient.id, row.patient.place, row.patient.practice);
}

}  // namespace parcours::vault
