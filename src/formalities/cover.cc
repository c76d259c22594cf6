#include "formalities/cover.h"

#include <algorithm>

namespace parcours::formalities {
namespace {

bool has_field(const Covers& covers, std::string_view field) {
  return std::ranges::find(covers.fields, field) != covers.fields.end();
}

bool covers_kind(const Covers& covers, vocabulary::KindId kind) {
  return kind < covers.kinds.size() && covers.kinds[kind];
}

bool covers_code(const Covers& covers, const vocabulary::Code& code) {
  return code.kind && covers_kind(covers, *code.kind) &&
         std::ranges::any_of(covers.codes, [&](const vocabulary::Pattern& pattern) {
           return vocabulary::matches(pattern, code);
         });
}

}  // namespace

std::string_view to_string(Uncovered why) {
  constexpr std::array<std::string_view, uncovered_reasons> words = {
      "nothing", "its kind", "its code", "its day", "its provenance", "its practice"};
  return words.at(static_cast<std::size_t>(why));
}

Cover::Cover(const Covers& covers, const vocabulary::CodeBook& codes)
    : covers_(covers),
      days_(covers.days),
      birth_year_(has_field(covers, "birth_year")),
      sex_(has_field(covers, "sex")),
      place_(has_field(covers, "place")) {
  for (std::size_t one = 0; one < std::min(provenance_.size(), covers.provenance.size()); ++one) {
    provenance_[one] = covers.provenance[one];
  }
  meet(codes);
}

void Cover::meet(const vocabulary::CodeBook& codes) {
  while (codes_.size() < codes.size()) {
    codes_.push_back(
        covers_code(covers_, codes.at(static_cast<vocabulary::CodeId>(codes_.size()))));
  }
}

void Cover::narrow(const Cover& other) {
  for (std::size_t code = 0; code < codes_.size(); ++code) {
    codes_[code] = codes_[code] && other.code(static_cast<vocabulary::CodeId>(code));
  }
  days_ = {std::max(days_.first, other.days_.first), std::min(days_.last, other.days_.last)};
  for (std::size_t one = 0; one < provenance_.size(); ++one) {
    provenance_[one] = provenance_[one] && other.provenance_[one];
  }
  birth_year_ = birth_year_ && other.birth_year_;
  sex_ = sex_ && other.sex_;
  place_ = place_ && other.place_;
}

Uncovered Cover::judge(vocabulary::KindId kind, vocabulary::CodeId code, Day day,
                       records::Provenance provenance) const {
  if (!covers_kind(covers_, kind)) {
    return Uncovered::kind;
  }
  if (!this->code(code)) {
    return Uncovered::code;
  }
  if (!this->day(day)) {
    return Uncovered::day;
  }
  return this->provenance(provenance) ? Uncovered::nothing : Uncovered::provenance;
}

bool covers_practice(const Covers& covers, std::string_view name) {
  return covers.all_practices ||
         std::ranges::find(covers.practices, name) != covers.practices.end();
}

bool covers_practices_of(const Covers& covers, const Covers& other) {
  return covers.all_practices ||
         (!other.all_practices && std::ranges::all_of(other.practices, [&](const auto& name) {
           return covers_practice(covers, name);
         }));
}

}  // namespace parcours::formalities
