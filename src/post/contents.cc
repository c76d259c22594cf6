#include "post/contents.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <iterator>
#include <optional>

#include "base/hex.h"
#include "base/printable.h"
#include "base/utf8.h"
#include "post/limits.h"
#include "records/provenance.h"
#include "records/record.h"
#include "vocabulary/kinds.h"

namespace parcours::post {
namespace {

std::vector<bool> codes_named(const Contents& contents) {
  std::vector<bool> named(contents.codes.size());
  const auto name = [&](vocabulary::CodeId code) {
    if (code < named.size()) {
      named[code] = true;
    }
  };
  for (const rows::EventRow& row : contents.events) {
    name(row.code);
  }
  for (const rows::PatientRow& row : contents.patients) {
    name(row.patient.place);
  }
  return named;
}

void drop_codes_without_rows(Contents& contents) {
  const std::vector<bool> named = codes_named(contents);
  std::vector<vocabulary::CodeId> places(named.size(), vocabulary::no_code);
  std::vector<vocabulary::Code> kept;
  for (std::size_t i = 0; i < named.size(); ++i) {
    if (named[i]) {
      places[i] = static_cast<vocabulary::CodeId>(kept.size());
      kept.push_back(std::move(contents.codes[i]));
    }
  }
  const auto moved = [&](vocabulary::CodeId code) {
    return code < places.size() ? places[code] : code;
  };
  for (rows::EventRow& row : contents.events) {
    row.code = moved(row.code);
  }
  for (rows::PatientRow& row : contents.patients) {
    row.patient.place = moved(row.patient.place);
  }
  contents.codes = std::move(kept);
}

// What is wrong, or nullptr.
using Wrong = const char*;

Wrong wrong_with(const vocabulary::Code& code) {
  const auto good = [](const std::string& text) {
    return !text.empty() && text.size() <= longest_text && valid_utf8(text) &&
           text.find('\0') == std::string::npos;
  };
  if (!good(code.system) || !good(code.code)) {
    return "no code, or one that is too long";
  }
  return code.kind && *code.kind >= vocabulary::kinds().size()
             ? "a kind that this program does not know"
             : nullptr;
}

Wrong wrong_with(const rows::PatientRow& row, const std::vector<vocabulary::Code>& codes) {
  const records::Patient& patient = row.patient;
  if (row.package != 0 || patient.practice != 0) {
    return "a practice or a package, which only a vault numbers";
  }
  if (patient.sex > records::Sex::male) {
    return "an unknown sex";
  }
  if (patient.birth_year != records::no_birth_year &&
      !records::plausible_birth_year(patient.birth_year)) {
    return "an impossible year of birth";
  }
  if (patient.place != vocabulary::no_code &&
      (patient.place >= codes.size() || !codes[patient.place].place())) {
    return "a place that is not among the codes";
  }
  return nullptr;
}

Wrong wrong_with(const rows::EventRow& row, const std::vector<vocabulary::Code>& codes) {
  if (row.package != 0 || row.practice != 0) {
    return "a practice or a package, which only a vault numbers";
  }
  if (row.code >= codes.size() || !codes[row.code].kind) {
    return "a code that is not among the codes of events";
  }
  if (row.kind != *codes[row.code].kind) {
    return "a kind that differs from its code's kind";
  }
  if (row.day < first_day_possible || row.day > last_day_possible) {
    return "an impossible day";
  }
  if (row.provenance >= static_cast<unsigned>(records::Provenance::consulted)) {
    return "a provenance that is not allowed: it was only consulted";
  }
  if (records::has_value(row.value) && !std::isfinite(row.value)) {
    return "a value that is not a number";
  }
  return nullptr;
}

template <class Rows, class... More>
Status check_each(const Rows& rows, std::string_view what, const More&... more) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (const Wrong wrong = wrong_with(rows[i], more...)) {
      return bad_input(fmt::format("{} {} has {}", what, i + 1, wrong), "the package");
    }
  }
  return {};
}

Wrong wrong_with_labels(const Contents& contents) {
  if (!is_vault_number(contents.vault)) {
    return "no number of a vault";
  }
  if (!is_label(contents.practice)) {
    return "no name of a practice";
  }
  if (contents.number < 1 || contents.number > most_number) {
    return "no number of a package";
  }
  if (!is_label(contents.period)) {
    return "no period";
  }
  if (!is_label(contents.permit) || contents.permit_digest == records::Digest()) {
    return "no permit";
  }
  if (!is_moment(contents.made_at)) {
    return "no moment at which it was made";
  }
  if (const auto& confirmed = contents.confirmed;
      confirmed && (confirmed->number < 1 || confirmed->number >= contents.number ||
                    confirmed->receipt == records::Digest())) {
    return "a confirmed receipt that is not of an earlier package";
  }
  return nullptr;
}

Wrong wrong_with_counts(const Contents& contents) {
  const bool small =
      contents.codes.size() <= most_codes && contents.patients.size() <= most_patients &&
      contents.events.size() <= most_events && contents.objections.size() <= most_objections &&
      contents.withdrawn.size() <= most_objections && contents.cut.size() <= most_cut_reasons;
  if (!small) {
    return "more than a practice can have";
  }
  return std::ranges::all_of(contents.cut, [](const CutCount& cut) { return is_label(cut.reason); })
             ? nullptr
             : "a reason for cut rows that is no label";
}

Wrong wrong_with_order(const Contents& contents) {
  const auto id = [](const rows::PatientRow& row) { return row.patient.id; };
  const auto rises = [](const auto& all, auto of) {
    return std::ranges::adjacent_find(all, std::ranges::greater_equal(), of) == all.end();
  };
  if (!rises(contents.patients, id) || !rises(contents.objections, std::identity()) ||
      !rises(contents.withdrawn, std::identity()) ||
      !std::is_sorted(contents.events.begin(), contents.events.end())) {
    return "rows that are not in order, or a patient twice";
  }
  return std::ranges::all_of(codes_named(contents), std::identity()) ? nullptr
                                                                     : "a code that no row names";
}

// Whether two lists in order of patient share one.
template <class Rows>
bool meets(const std::vector<records::PatientId>& people, const Rows& rows) {
  auto person = people.begin();
  for (const auto& row : rows) {
    person = std::find_if(person, people.end(), [&](const records::PatientId& one) {
      return one >= rows::patient_of(row);
    });
    if (person == people.end()) {
      return false;
    }
    if (*person == rows::patient_of(row)) {
      return true;
    }
  }
  return false;
}

}  // namespace

Contents in_order(Contents contents) {
  drop_codes_without_rows(contents);
  std::stable_sort(contents.patients.begin(), contents.patients.end());
  std::stable_sort(contents.events.begin(), contents.events.end());
  for (std::vector<records::PatientId>* some : {&contents.objections, &contents.withdrawn}) {
    std::ranges::sort(*some);
    const auto again = std::ranges::unique(*some);
    some->erase(again.begin(), again.end());
  }
  return contents;
}

Status check(const Contents& contents) {
  const auto has = [](Wrong wrong) {
    return bad_input(fmt::format("the package has {}", wrong), "the package");
  };
  if (const Wrong wrong = wrong_with_labels(contents)) {
    return has(wrong);
  }
  if (const Wrong wrong = wrong_with_counts(contents)) {
    return has(wrong);
  }
  RETURN_IF_ERROR(check_each(contents.codes, "code"));
  RETURN_IF_ERROR(check_each(contents.patients, "patient", contents.codes));
  RETURN_IF_ERROR(check_each(contents.events, "event", contents.codes));
  if (const Wrong wrong = wrong_with_order(contents)) {
    return has(wrong);
  }
  if (meets(contents.objections, contents.patients) ||
      meets(contents.objections, contents.events)) {
    return has("rows of a patient who objected");
  }
  std::vector<records::PatientId> both;
  std::ranges::set_intersection(contents.objections, contents.withdrawn, std::back_inserter(both));
  if (!both.empty()) {
    return has("a patient who objects and withdrew it");
  }
  return {};
}

bool is_vault_number(std::string_view text) {
  std::array<unsigned char, 16> bytes;
  return from_hex(text, bytes);
}

bool is_label(std::string_view text) {
  return !text.empty() && text.size() <= longest_text && valid_utf8(text) &&
         printable(text) == text;
}

bool is_moment(std::string_view text) {
  constexpr std::string_view like = "dddd-dd-ddTdd:dd:ddZ";
  return std::ranges::equal(
      text, like, [](char c, char form) { return form == 'd' ? c >= '0' && c <= '9' : c == form; });
}

}  // namespace parcours::post
