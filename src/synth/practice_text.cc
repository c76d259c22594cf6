#include "synth/practice_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace parcours::synth {
namespace {

constexpr std::string_view sexes = "?FM";  // by enum Sex

// Writes to the end of a text whose room was made beforehand.
class Pen {
 public:
  explicit Pen(char* at) : at_(at) {}
  char* at() const { return at_; }

  void put(char c) { *at_++ = c; }
  void put(std::string_view text) {
    std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
  }
  void put_number(std::int32_t value) { at_ = std::to_chars(at_, at_ + 11, value).ptr; }

  // `value` times 10 to the power of `decimals`.
  void put_decimal(std::int32_t value, int decimals) {
    if (decimals == 0) {
      put_number(value);
      return;
    }
    if (value < 0) {
      put('-');
      value = -value;
    }
    std::int32_t power = 1;
    for (int i = 0; i < decimals; ++i) {
      power *= 10;
    }
    put_number(value / power);
    put('.');
    for (std::int32_t rest = value % power; power > 1; rest %= power) {
      power /= 10;
      put(static_cast<char>('0' + rest / power));
    }
  }

 private:
  char* at_;
};

// Appends up to `most` bytes, as `write` puts them by a Pen.
template <class Write>
void append(std::string& text, std::size_t most, Write write) {
  const std::size_t begin = text.size();
  text.resize(begin + most);
  Pen pen(text.data() + begin);
  write(pen);
  text.resize(static_cast<std::size_t>(pen.at() - text.data()));
}

std::string_view view(const std::array<char, 8>& code) {
  return {code.data(), code.size()};
}

}  // namespace

std::array<char, 8> patient_code(std::uint64_t seed, std::uint64_t number) {
  // A permutation of 40 bits: multiplying by an odd number and folding the upper half onto the
  // lower can both be undone.
  constexpr std::uint64_t mask = (1ULL << 40) - 1;
  std::uint64_t x = (number + seed * 0x9e3779b97f4a7c15) & mask;
  for (const std::uint64_t odd : {0x9e3779b97f4a7c15, 0xbf58476d1ce4e5b9, 0x94d049bb133111eb}) {
    x = (x * odd) & mask;
    x ^= x >> 21;
  }
  constexpr std::string_view letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  std::array<char, 8> code{};
  for (char& c : code) {
    c = letters[x & 31];
    x >>= 5;
  }
  return code;
}

PracticeText::PracticeText(const Model& model, std::uint32_t practices, int detail)
    : model_(model),
      width_(static_cast<int>(fmt::formatted_size("{}", practices))),
      detail_(detail) {
  for (Day day = model.first; day <= model.last; day = day + 1) {
    days_.push_back("," + to_string(day, Calendar::dates));
  }
  for (std::size_t i = 0; i < model.codes.size(); ++i) {
    const auto code = static_cast<CodeNumber>(i);
    for (int d = 0; d < detail; ++d) {
      codes_.push_back(fmt::format(",{},{},", vocabulary::kinds()[*model.codes.at(code).kind],
                                   source_code(code, d)));
    }
  }
}

std::string PracticeText::name(std::uint32_t number) const {
  return fmt::format("P{:0{}}", number + 1, width_);
}

std::string PracticeText::source_code(CodeNumber code, int detail) const {
  const vocabulary::Code& known = model_.codes.at(code);
  const std::string& kind = vocabulary::kinds()[*known.kind];
  if (detail_ == 1 || (kind != "diagnosis" && kind != "prescription" && kind != "lab")) {
    return known.code;
  }
  const bool dotted = known.system == "icd10" && known.code.find('.') != std::string::npos;
  return fmt::format("{}{}{:02}", known.code, dotted ? "" : ".", detail + 1);
}

void PracticeText::append_patients(const PracticePlan& plan, const Practice& practice,
                                   std::string& text) const {
  const std::string in_practice = "," + name(plan.number) + ",";
  for (std::size_t i = 0; i < practice.families.people.size(); ++i) {
    const Person& person = practice.families.people[i];
    append(text, in_practice.size() + 40, [&](Pen& pen) {
      pen.put(view(patient_code(model_.seed, plan.first_patient + i)));
      pen.put(in_practice);
      pen.put_number(year_of(person.born));
      pen.put(',');
      pen.put(sexes[static_cast<std::size_t>(person.sex)]);
      pen.put(',');
      pen.put(model_.population.places()[person.place].department);
      pen.put('\n');
    });
  }
}

void PracticeText::append_events(const PracticePlan& plan, const Practice& practice,
                                 std::string& text) const {
  const std::string in_practice = "," + name(plan.number);
  constexpr std::size_t most = 80;  // of a line, but for the practice
  for (const Visit& visit : practice.visits.all()) {
    const auto patient = patient_code(model_.seed, plan.first_patient + visit.person);
    const std::string& day = days_[static_cast<std::size_t>(visit.day - model_.first)];
    append(text, visit.events * (in_practice.size() + most), [&](Pen& pen) {
      for (const Event& event : practice.visits.events_of(visit)) {
        pen.put(view(patient));
        pen.put(in_practice);
        pen.put(day);
        pen.put(text_of(event));
        if (event.has_value) {
          pen.put_decimal(event.value, model_.measures.decimals(event.code));
        }
        pen.put('\n');
      }
    });
  }
}

void PracticeText::append_export(const PracticePlan& plan, const Practice& practice,
                                 std::string& text) const {
  constexpr std::size_t most = 100;  // of a line
  for (const Visit& visit : practice.visits.all()) {
    const Person& person = practice.families.people[visit.person];
    const auto patient = patient_code(model_.seed, plan.first_patient + visit.person);
    const std::string& day = days_[static_cast<std::size_t>(visit.day - model_.first)];
    const std::string& region = model_.population.places()[person.place].region;
    const int born = year_of(person.born);
    append(text, visit.events * most, [&](Pen& pen) {
      for (const Event& event : practice.visits.events_of(visit)) {
        pen.put(view(patient));
        pen.put(',');
        pen.put_number(born);
        pen.put(',');
        pen.put(sexes[static_cast<std::size_t>(person.sex)]);
        pen.put(',');
        pen.put(region);
        pen.put(day);
        pen.put(text_of(event));
        if (event.has_value) {
          pen.put_decimal(event.value, model_.measures.decimals(event.code));
        }
        pen.put('\n');
      }
    });
  }
}

}  // namespace parcours::synth
