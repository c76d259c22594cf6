#include "reception/judged.h"

#include <algorithm>
#include <set>
#include <utility>

#include "formalities/cover.h"
#include "formalities/retention.h"
#include "post/step_two.h"
#include "vault/living.h"
#include "vocabulary/code_book.h"

namespace parcours::reception {
namespace {

// Rows of one patient lie together, so the last one's pseudonym is kept.
class StepTwo {
 public:
  explicit StepTwo(const records::KeyedHash& pseudonyms) : pseudonyms_(pseudonyms) {}
  records::PatientId operator()(const records::PatientId& step_one) {
    if (!known_ || step_one != from_) {
      known_ = true;
      from_ = step_one;
      to_ = post::step_two(pseudonyms_, step_one);
    }
    return to_;
  }

 private:
  const records::KeyedHash& pseudonyms_;
  bool known_ = false;
  records::PatientId from_;
  records::PatientId to_;
};

void take_step_two(post::Contents& contents, const records::KeyedHash& pseudonyms) {
  StepTwo step(pseudonyms);
  for (rows::PatientRow& row : contents.patients) {
    row.patient.id = step(row.patient.id);
  }
  for (rows::EventRow& row : contents.events) {
    row.patient = step(row.patient);
  }
  for (std::vector<records::PatientId>* some : {&contents.objections, &contents.withdrawn}) {
    for (records::PatientId& patient : *some) {
      patient = step(patient);
    }
  }
}

// Takes out the patients of whom a fact has outlived its retention and no fact is left.
void drop_silent(post::Contents& contents, std::set<records::PatientId> outlived) {
  for (const rows::EventRow& row : contents.events) {
    outlived.erase(row.patient);
  }
  std::erase_if(contents.patients,
                [&](const rows::PatientRow& row) { return outlived.contains(row.patient.id); });
}

void cut_all(Judged& judged) {
  judged.cut.uncovered[static_cast<std::size_t>(formalities::Uncovered::practice)] +=
      judged.contents.patients.size() + judged.contents.events.size();
  judged.contents.patients.clear();
  judged.contents.events.clear();
}

}  // namespace

Judged judged(post::Contents contents, const formalities::KnownPermit* permit,
              const records::KeyedHash& pseudonyms, std::string_view practice,
              std::string_view vault_name, Retained retained) {
  Judged judged{.contents = std::move(contents), .permit = permit, .cut = {}};
  take_step_two(judged.contents, pseudonyms);
  if (permit == nullptr) {
    return judged;
  }
  const formalities::Covers& covers = permit->permit.covers;
  if (!formalities::covers_practice(covers, practice) &&
      !formalities::covers_practice(covers, vault_name)) {
    cut_all(judged);
    return judged;
  }
  vocabulary::CodeBook book;
  std::vector<vocabulary::CodeId> in_book;
  for (const vocabulary::Code& code : judged.contents.codes) {
    in_book.push_back(book.intern(code));
  }
  const formalities::Cover cover(covers, book);
  const Day oldest = std::max(
      retained.first, formalities::oldest_fact(permit->permit.retention,
                                               covers.calendar == Calendar::dates, retained.day));
  std::set<records::PatientId> outlived;  // who enter only if a fact of theirs does
  for (const rows::PatientRow& row : judged.contents.patients) {
    if (retained.first > formalities::every_day) {
      outlived.insert(row.patient.id);
    }
  }
  judged.cut.expired += std::erase_if(judged.contents.events, [&](const rows::EventRow& row) {
    if (row.day < oldest) {
      outlived.insert(row.patient);
    }
    return row.day < oldest;
  });
  std::erase_if(judged.contents.events, [&](const rows::EventRow& row) {
    const formalities::Uncovered why =
        cover.judge(static_cast<vocabulary::KindId>(row.kind), in_book[row.code], row.day,
                    static_cast<records::Provenance>(row.provenance));
    judged.cut.uncovered[static_cast<std::size_t>(why)] +=
        why == formalities::Uncovered::nothing ? 0 : 1;
    return why != formalities::Uncovered::nothing;
  });
  drop_silent(judged.contents, std::move(outlived));
  return judged;
}

void cut_objections(Judged& judged,
                    const std::function<bool(const records::PatientId&)>& objected) {
  judged.cut.objected += std::erase_if(judged.contents.patients, [&](const rows::PatientRow& row) {
    return objected(row.patient.id);
  });
  judged.cut.objected += std::erase_if(
      judged.contents.events, [&](const rows::EventRow& row) { return objected(row.patient); });
}

bool is_period(std::string_view text) {
  constexpr std::size_t longest = 40;
  const auto may_stand = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-_.+").contains(c);
  };
  return !text.empty() && text.size() <= longest && std::ranges::all_of(text, may_stand);
}

}  // namespace parcours::reception
