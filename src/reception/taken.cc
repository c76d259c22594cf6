#include "reception/taken.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace parcours::reception {
namespace {

std::uint64_t sum_or_most(std::uint64_t a, std::uint64_t b) {
  constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  return a > most - b ? most : a + b;
}

void add_cut(std::vector<post::CutCount>& all, std::string_view reason, std::uint64_t rows) {
  if (rows == 0) {
    return;
  }
  const auto known = std::ranges::find(all, reason, &post::CutCount::reason);
  if (known == all.end()) {
    all.push_back({std::string(reason), rows});
  } else {
    known->rows = sum_or_most(known->rows, rows);  // the practice's figure may be any
  }
}

}  // namespace

post::TakenPackage taken_of(const Judged& judged) {
  post::TakenPackage taken;
  taken.patients = judged.contents.patients.size();
  std::array<std::uint64_t, vault::most_kinds> events{};
  for (const rows::EventRow& row : judged.contents.events) {
    ++events.at(row.kind);
  }
  for (std::size_t kind = 0; kind < events.size(); ++kind) {
    if (events[kind] > 0) {
      taken.events.push_back({static_cast<vocabulary::KindId>(kind), events[kind]});
    }
  }
  taken.cut = judged.contents.cut;
  for (std::size_t i = 0; i < formalities::uncovered_reasons; ++i) {
    add_cut(taken.cut, formalities::to_string(static_cast<formalities::Uncovered>(i)),
            judged.cut.uncovered[i]);
  }
  add_cut(taken.cut, "objection", judged.cut.objected);
  add_cut(taken.cut, "its retention", judged.cut.expired);
  taken.objections = judged.contents.objections.size();
  return taken;
}

post::TakenPackage taken_of(const vault::PackageCounts& counts) {
  post::TakenPackage taken;
  taken.patients = counts.patients;
  for (std::size_t kind = 0; kind < counts.events.size(); ++kind) {
    if (counts.events[kind] > 0) {
      taken.events.push_back({static_cast<vocabulary::KindId>(kind), counts.events[kind]});
    }
  }
  return taken;
}

}  // namespace parcours::reception
