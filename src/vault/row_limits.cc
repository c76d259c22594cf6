#include "vault/row_limits.h"

#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "vault/verified_file.h"
#include "vocabulary/kinds.h"

namespace parcours::vault {
namespace {

// What stands for the kind of a code that is of no event: of a place, and of one without a system,
// which is neither.
constexpr vocabulary::KindId place_kind = 255;
constexpr vocabulary::KindId no_kind = 254;

constexpr const char* no_practice = "a practice that the catalog does not have";
constexpr const char* no_package = "a package that the catalog does not list for this file";

// Whether a value lies between two, both included.
template <class T>
auto in_range(T first, T last) {
  return [first, last](T value) { return (value >= first) & (value <= last); };
}

// The first row whose value is there and not good. All rows are asked without looking whether their
// value is there, which is quick: what stands where there is none may be anything, but is mostly
// good too.
template <class Good>
std::optional<std::size_t> first_bad(std::size_t rows, const std::uint64_t* given, Good good) {
  std::uint32_t bad = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    bad |= static_cast<std::uint32_t>(!good(row));
  }
  for (std::size_t row = 0; bad != 0 && row < rows; ++row) {
    if (rows::is_set(given, row) && !good(row)) {
      return row;
    }
  }
  return std::nullopt;
}

// Holds the columns of one chunk against their limits, and keeps the first that fails.
class Judge {
 public:
  Judge(std::uint64_t before, const std::string& where) : before_(before), where_(where) {}

  // good(value) of each value that is there, or else the row has `what`.
  template <class T, class Good>
  void hold(std::span<const T> values, const char* what, Good good,
            const std::uint64_t* given = nullptr) {
    rows(
        values.size(), what, [&](std::size_t row) { return good(values[row]); }, given);
  }

  template <class Good>
  void rows(std::size_t rows, const char* what, Good good, const std::uint64_t* given = nullptr) {
    if (!status_) {
      return;
    }
    if (const auto row = first_bad(rows, given, good)) {
      status_ =
          bad_input(fmt::format("row {} has {}", before_ + *row + 1, what), where_, restore_hint);
    }
  }

  bool passed() const { return status_.has_value(); }
  Status status() && { return std::move(status_); }

 private:
  std::uint64_t before_;
  const std::string& where_;
  Status status_;
};

}  // namespace

RowLimits::RowLimits(const CatalogContents& catalog)
    : calendar_(catalog.calendar),
      buckets_(static_cast<std::uint64_t>(catalog.buckets)),
      practices_(catalog.practices.size()) {
  for (const Package& package : catalog.packages) {
    days_.take(package.counts.days);
  }
  for (vocabulary::CodeId id = 0; id < catalog.codes.size(); ++id) {
    const vocabulary::Code& code = catalog.codes.at(id);
    kinds_of_codes_.push_back(code.kind.value_or(code.system.empty() ? no_kind : place_kind));
  }
}

Status RowLimits::check(const StoredEvents& chunk, const BucketFile& file, std::uint64_t before,
                        const std::string& where) const {
  Judge judge(before, where);
  judge.hold(chunk.practices, no_practice,
             [most = practices_](records::PracticeId practice) { return practice < most; });
  judge.hold(chunk.packages, no_package, in_range(file.first_package, file.last_package));
  judge.hold(chunk.days, "a day outside the days of its package",
             in_range(days_.first(), days_.last()));
  judge.hold(
      chunk.values, "a value that is not a number",
      [](double value) { return std::isfinite(value); }, chunk.values_given);
  judge.hold(
      chunk.provenances, "a provenance that never enters",
      [](records::Provenance provenance) { return provenance < records::Provenance::consulted; });
  judge.hold(chunk.codes, "a code that the catalog does not have",
             [most = kinds_of_codes_.size()](vocabulary::CodeId code) { return code < most; });
  if (!judge.passed()) {
    return std::move(judge).status();
  }
  const vocabulary::KindId* kinds = kinds_of_codes_.data();
  judge.hold(chunk.codes, "a code that is not an event's code",
             [kinds](vocabulary::CodeId code) { return kinds[code] < no_kind; });
  judge.rows(chunk.kinds.size(), "a kind that differs from its code's kind",
             [&](std::size_t row) { return chunk.kinds[row] == kinds[chunk.codes[row]]; });
  return std::move(judge).status();
}

Status RowLimits::check(const StoredPatients& chunk, const BucketFile& file, std::uint64_t before,
                        const std::string& where) const {
  Judge judge(before, where);
  judge.hold(chunk.practices, no_practice,
             [most = practices_](records::PracticeId practice) { return practice < most; });
  judge.hold(chunk.packages, no_package, in_range(file.first_package, file.last_package));
  judge.hold(chunk.sexes, "an unknown sex",
             [](records::Sex sex) { return sex <= records::Sex::male; });
  judge.hold(chunk.birth_years, "an impossible year of birth", records::plausible_birth_year,
             chunk.birth_years_given);
  judge.hold(
      chunk.places, "a place that the catalog does not have",
      [&](vocabulary::CodeId place) {
        return place < kinds_of_codes_.size() && kinds_of_codes_[place] == place_kind;
      },
      chunk.places_given);
  return std::move(judge).status();
}

}  // namespace parcours::vault
