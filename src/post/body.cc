#include "post/body.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>
#include <span>

#include "base/bytes.h"
#include "base/hex.h"
#include "post/limits.h"
#include "records/record.h"

namespace parcours::post {
namespace {

constexpr std::uint64_t body_format = 2;

// How the value of an event is written. A value that a doctor writes has few decimals.
enum ValueForm : std::uint8_t { none = 0, whole = 1, most_decimals = 4, eight_bytes = 5 };

constexpr double tens[] = {1, 10, 100, 1000};

// Of an event, beside the value's form: its provenance.
constexpr unsigned form_bits = 3;

// Of a patient.
constexpr unsigned sex_bits = 3;
constexpr unsigned has_row = 4;
constexpr unsigned has_birth_year = 8;
constexpr unsigned has_place = 16;

struct WrittenValue {
  std::uint8_t form = none;
  std::int64_t digits = 0;
};

WrittenValue written(double value) {
  if (!records::has_value(value)) {
    return {};
  }
  constexpr double largest = 1e15;  // below, a whole number times ten is exact enough to compare
  for (std::uint8_t form = whole; form <= most_decimals && std::abs(value) < largest; ++form) {
    const double ten = tens[form - whole];
    const double digits = std::round(value * ten);
    if (std::abs(digits) >= largest) {
      break;
    }
    const auto whole_digits = static_cast<std::int64_t>(digits);
    const double back = static_cast<double>(whole_digits) / ten;
    if (std::bit_cast<std::uint64_t>(back) == std::bit_cast<std::uint64_t>(value)) {
      return {form, whole_digits};
    }
  }
  return {eight_bytes, 0};
}

class BodyWriter {
 public:
  void label(std::string_view text) { bytes_.text(text); }
  void number(std::uint64_t value) { bytes_.number(value); }
  void integer(std::int64_t value) { bytes_.integer(value); }
  void id(const records::PatientId& id) {
    bytes_.fixed(id.high, 8);
    bytes_.fixed(id.low, 8);
  }
  void hex(std::string_view digits) {
    std::string raw(digits.size() / 2, '\0');
    from_hex(digits, {reinterpret_cast<unsigned char*>(raw.data()), raw.size()});
    for (const char byte : raw) {
      bytes_.fixed(static_cast<unsigned char>(byte), 1);
    }
  }
  void value(double value, unsigned provenance) {
    const WrittenValue as = written(value);
    bytes_.fixed(as.form | provenance << form_bits, 1);
    if (as.form == eight_bytes) {
      bytes_.real(value);
    } else if (as.form != none) {
      bytes_.integer(as.digits);
    }
  }
  void row(const rows::PatientRow* row) {
    if (row == nullptr) {
      bytes_.fixed(0, 1);
      return;
    }
    const records::Patient& patient = row->patient;
    const bool born = patient.birth_year != records::no_birth_year;
    const bool placed = patient.place != vocabulary::no_code;
    bytes_.fixed(static_cast<unsigned>(patient.sex) | has_row | (born ? has_birth_year : 0u) |
                     (placed ? has_place : 0u),
                 1);
    if (born) {
      bytes_.integer(patient.birth_year);
    }
    if (placed) {
      bytes_.number(patient.place);
    }
  }
  std::string take() { return bytes_.take(); }

 private:
  ByteWriter bytes_;
};

// Calls each(id, row or nullptr, first event, events) on every patient who has a row or an event.
template <class Each>
void for_people(const Contents& contents, Each each) {
  auto row = contents.patients.begin();
  auto event = contents.events.begin();
  while (row != contents.patients.end() || event != contents.events.end()) {
    const bool row_first = event == contents.events.end() ||
                           (row != contents.patients.end() && row->patient.id <= event->patient);
    const records::PatientId id = row_first ? row->patient.id : event->patient;
    const auto end = std::find_if(event, contents.events.end(),
                                  [&](const rows::EventRow& one) { return one.patient != id; });
    each(id, row_first ? &*row : nullptr, std::span(event, end));
    row += row_first ? 1 : 0;
    event = end;
  }
}

void put_people(BodyWriter& to, const Contents& contents) {
  std::uint64_t people = 0;
  for_people(contents, [&](const auto&...) { ++people; });
  to.number(people);
  to.number(contents.patients.size());
  to.number(contents.events.size());
  for_people(contents, [&](const records::PatientId& id, const rows::PatientRow* row,
                           std::span<const rows::EventRow> events) {
    to.id(id);
    to.row(row);
    to.number(events.size());
    std::int32_t day = 0;
    for (const rows::EventRow& event : events) {
      to.integer(event.day.number - day);
      day = event.day.number;
      to.number(event.code);
      to.value(event.value, event.provenance);
    }
  });
}

class BodyReader {
 public:
  explicit BodyReader(std::string_view body) : bytes_(body) {}

  Contents read() {
    Contents contents;
    if (bytes_.number() != body_format) {
      bytes_.refuse();
    }
    contents.vault = hex(16);
    contents.practice = bytes_.text();
    contents.number = bytes_.number();
    contents.period = bytes_.text();
    contents.permit = bytes_.text();
    contents.permit_digest =
        records::Digest::parse(hex(records::Digest::size)).value_or(records::Digest());
    contents.made_at = bytes_.text();
    if (const std::uint64_t number = bytes_.number(); number > 0) {
      contents.confirmed = {
          number, records::Digest::parse(hex(records::Digest::size)).value_or(records::Digest())};
    }
    codes(contents);
    people(contents);
    people_of(contents.objections);
    people_of(contents.withdrawn);
    const std::size_t reasons = count(most_cut_reasons);
    for (std::size_t i = 0; i < reasons && good(); ++i) {
      std::string reason = bytes_.text();
      contents.cut.push_back({std::move(reason), bytes_.number()});
    }
    if (!bytes_.at_end()) {
      bytes_.refuse();
    }
    return contents;
  }

  bool good() const { return bytes_.good(); }

 private:
  // How many items follow, each of at least one byte.
  std::size_t count(std::size_t most) {
    const std::size_t found = bytes_.count();
    if (found > most) {
      bytes_.refuse();
    }
    return good() ? found : 0;
  }

  void people_of(std::vector<records::PatientId>& people) {
    const std::size_t found = count(most_objections);
    for (std::size_t i = 0; i < found && good(); ++i) {
      people.push_back(id());
    }
  }

  std::string hex(std::size_t size) {
    std::string raw(size, '\0');
    for (char& byte : raw) {
      byte = static_cast<char>(bytes_.fixed(1));
    }
    return to_hex({reinterpret_cast<const unsigned char*>(raw.data()), raw.size()});
  }

  records::PatientId id() {
    const std::uint64_t high = bytes_.fixed(8);
    return {high, bytes_.fixed(8)};
  }

  double value(std::uint8_t form) {
    if (form == none) {
      return records::no_value;
    }
    if (form == eight_bytes) {
      return bytes_.real();
    }
    if (form > eight_bytes) {
      bytes_.refuse();
      return records::no_value;
    }
    return static_cast<double>(bytes_.integer()) / tens[form - whole];
  }

  void codes(Contents& contents) {
    const std::size_t codes = count(most_codes);
    for (std::size_t i = 0; i < codes && good(); ++i) {
      const std::uint64_t kind = bytes_.number(256);  // 0: a place
      std::string system = bytes_.text();
      contents.codes.push_back(
          {kind == 0 ? std::nullopt : std::optional(static_cast<vocabulary::KindId>(kind - 1)),
           std::move(system), bytes_.text()});
    }
  }

  void patient(Contents& contents, const records::PatientId& id, std::uint64_t bits) {
    constexpr unsigned known = sex_bits | has_row | has_birth_year | has_place;
    const bool row = (bits & has_row) != 0;
    if ((bits & ~std::uint64_t{known}) != 0 || (!row && bits != 0)) {
      bytes_.refuse();
    }
    if (!row || !good()) {
      return;
    }
    rows::PatientRow made;
    made.patient.id = id;
    made.patient.sex = static_cast<records::Sex>(bits & sex_bits);
    if ((bits & has_birth_year) != 0) {
      const std::int64_t year = bytes_.integer();
      made.patient.birth_year = static_cast<std::int16_t>(year);
      if (made.patient.birth_year != year || year == records::no_birth_year) {
        bytes_.refuse();
      }
    }
    if ((bits & has_place) != 0) {
      made.patient.place = static_cast<vocabulary::CodeId>(bytes_.number(most_codes));
    }
    contents.patients.push_back(made);
  }

  void event(Contents& contents, const records::PatientId& id, std::int64_t& day) {
    const std::int64_t days = bytes_.integer();
    const vocabulary::CodeId code = static_cast<vocabulary::CodeId>(bytes_.number(most_codes));
    constexpr std::int64_t longest = last_day_possible.number - first_day_possible.number;
    if (days < -longest || days > longest || code >= contents.codes.size()) {
      bytes_.refuse();
      return;
    }
    day += days;
    const std::uint64_t bits = bytes_.fixed(1);
    rows::EventRow made;
    made.patient = id;
    made.day = Day{static_cast<std::int32_t>(day)};
    made.code = code;
    made.kind = contents.codes[code].kind.value_or(0);
    made.provenance = static_cast<std::uint32_t>(bits >> form_bits) & 3u;
    made.value = value(bits & ((1u << form_bits) - 1));
    if (bits >> (form_bits + 2) != 0 || day < first_day_possible.number ||
        day > last_day_possible.number) {
      bytes_.refuse();
    }
    contents.events.push_back(made);
  }

  static bool has(const std::vector<rows::PatientRow>& rows, const records::PatientId& id) {
    return !rows.empty() && rows.back().patient.id == id;
  }

  void people(Contents& contents) {
    const std::size_t people = count(most_patients + most_events);
    const std::size_t patients = count(most_patients);
    const std::size_t events = count(most_events);
    contents.patients.reserve(patients);
    contents.events.reserve(events);
    for (std::size_t i = 0; i < people && good(); ++i) {
      const records::PatientId who = id();
      patient(contents, who, bytes_.fixed(1));
      const std::uint64_t of_patient = bytes_.number(events - contents.events.size());
      if (of_patient == 0 && !has(contents.patients, who)) {
        bytes_.refuse();  // a patient of whom nothing is said
      }
      std::int64_t day = 0;
      for (std::uint64_t j = 0; j < of_patient && good(); ++j) {
        event(contents, who, day);
      }
    }
    if (contents.patients.size() != patients || contents.events.size() != events) {
      bytes_.refuse();
    }
  }

  ByteReader bytes_;
};

}  // namespace

std::string body_of(const Contents& contents) {
  BodyWriter to;
  to.number(body_format);
  to.hex(contents.vault);
  to.label(contents.practice);
  to.number(contents.number);
  to.label(contents.period);
  to.label(contents.permit);
  to.hex(contents.permit_digest.hex());
  to.label(contents.made_at);
  to.number(contents.confirmed ? contents.confirmed->number : 0);
  if (contents.confirmed) {
    to.hex(contents.confirmed->receipt.hex());
  }
  to.number(contents.codes.size());
  for (const vocabulary::Code& code : contents.codes) {
    to.number(code.kind ? *code.kind + 1u : 0u);
    to.label(code.system);
    to.label(code.code);
  }
  put_people(to, contents);
  for (const auto* some : {&contents.objections, &contents.withdrawn}) {
    to.number(some->size());
    for (const records::PatientId& id : *some) {
      to.id(id);
    }
  }
  to.number(contents.cut.size());
  for (const CutCount& cut : contents.cut) {
    to.label(cut.reason);
    to.number(cut.rows);
  }
  return to.take();
}

Result<Contents> contents_of(std::string_view body) {
  BodyReader reader(body);
  Contents contents = reader.read();
  if (!reader.good()) {
    return bad_input("what the package holds is not as this program writes it", "the package");
  }
  RETURN_IF_ERROR(check(contents));
  return contents;
}

}  // namespace parcours::post
