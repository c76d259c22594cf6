#include "vault/row_store.h"

#include <algorithm>
#include <bit>

namespace parcours::vault {
namespace {

constexpr std::size_t rows_a_group = 16;
constexpr std::size_t most_groups = std::size_t{1} << 14;

}  // namespace

template <class Row>
std::vector<Row> in_order(const std::vector<std::vector<Row>>& blocks) {
  std::size_t total = 0;
  for (const std::vector<Row>& block : blocks) {
    total += block.size();
  }
  const std::size_t groups =
      std::bit_ceil(std::clamp<std::size_t>(total / rows_a_group, 2, most_groups));
  const int shift = 64 - std::countr_zero(groups);
  const auto group_of = [shift](const Row& row) { return rows::patient_of(row).high >> shift; };

  std::vector<std::size_t> ends(groups + 1, 0);
  for (const std::vector<Row>& block : blocks) {
    for (const Row& row : block) {
      ++ends[group_of(row) + 1];
    }
  }
  for (std::size_t group = 1; group <= groups; ++group) {
    ends[group] += ends[group - 1];
  }
  std::vector<Row> rows(total);
  std::vector<std::size_t> next(ends.begin(), ends.end() - 1);
  for (const std::vector<Row>& block : blocks) {
    for (const Row& row : block) {
      rows[next[group_of(row)]++] = row;
    }
  }
  for (std::size_t group = 0; group < groups; ++group) {
    std::sort(rows.data() + ends[group], rows.data() + ends[group + 1]);
  }
  return rows;
}

template std::vector<rows::EventRow> in_order(const std::vector<std::vector<rows::EventRow>>&);
template std::vector<rows::PatientRow> in_order(const std::vector<std::vector<rows::PatientRow>>&);

}  // namespace parcours::vault
