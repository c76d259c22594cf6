#include "microdata/record_joins.h"

#include <algorithm>
#include <bit>
#include <set>
#include <utility>

namespace parcours::microdata {
namespace {

// Which columns are not known of a record: a bit for each column that may be unknown. Columns after
// the sixty-fourth of these are compared as they are.
using Unknown = std::uint64_t;

constexpr std::size_t most_sets = 64;    // of columns, by which records are compared
constexpr std::size_t most_kinds = 256;  // of records of one file, by what is not known
constexpr std::uint32_t nobody = ~std::uint32_t{0};

// The kinds of records with the fewest unknown columns first.
std::vector<Unknown> kinds_of(std::span<const Unknown> records, std::size_t most) {
  const std::set<Unknown> different(records.begin(), records.end());
  std::vector<Unknown> kinds(different.begin(), different.end());
  std::ranges::stable_sort(kinds, {}, [](Unknown kind) { return std::popcount(kind); });
  kinds.resize(std::min(kinds.size(), most));
  return kinds;
}

class RecordJoiner {
 public:
  RecordJoiner(const Microdata& first, std::span<const std::size_t> chosen,
               const SharedColumns& shared, int threads)
      : first_(first),
        chosen_(chosen),
        shared_(shared),
        threads_(threads),
        bits_(chosen.size(), 0),
        unknown_first_(first.records, 0),
        unknown_second_(shared.second.empty() ? 0 : shared.second.front().size(), 0) {
    int bit = 0;
    for (std::size_t i = 0; i < chosen.size() && i < shared.unknown.size() && bit < 64; ++i) {
      if (const auto code = shared.unknown[i]) {
        bits_[i] = Unknown{1} << bit++;
        note(first.columns[chosen[i]].codes, *code, bits_[i], unknown_first_);
        note(shared.second[i], *code, bits_[i], unknown_second_);
      }
    }
    made_.second.resize(unknown_first_.size());
    made_.alike.resize(unknown_first_.size(), false);
  }

  RecordJoins run() {
    kinds_first_ = kinds_of(unknown_first_, most_kinds);
    kinds_second_ = kinds_of(unknown_second_, most_kinds);
    std::vector<Unknown> of_both;
    for (const Unknown one : kinds_first_) {
      for (const Unknown other : kinds_second_) {
        of_both.push_back(one | other);
      }
    }
    for (const Unknown unknown : kinds_of(of_both, most_sets)) {
      join(unknown);
    }
    keep_those_of_one_partner();
    return std::move(made_);
  }

 private:
  static void note(std::span<const std::uint32_t> codes, std::uint32_t code, Unknown bit,
                   std::vector<Unknown>& records) {
    for (std::size_t record = 0; record < codes.size(); ++record) {
      records[record] |= codes[record] == code ? bit : 0;
    }
  }

  // The classes by the columns other than `unknown`; nothing where there is none.
  std::optional<JoinedClasses> classes_without(Unknown unknown) const {
    if (unknown == 0) {
      return join_classes(first_, chosen_, shared_, threads_);
    }
    ColumnChoice chosen;
    SharedColumns shared;
    for (std::size_t i = 0; i < chosen_.size(); ++i) {
      if ((bits_[i] & unknown) == 0) {
        chosen.push_back(chosen_[i]);
        shared.second.push_back(shared_.second[i]);
        shared.values.push_back(shared_.values[i]);
      }
    }
    return chosen.empty() ? std::nullopt
                          : std::optional(join_classes(first_, chosen, shared, threads_));
  }

  // By class, its one record among those that know all but `unknown`; nobody where none or several
  // are.
  static std::vector<std::uint32_t> alone(std::span<const std::uint32_t> class_of,
                                          std::size_t classes, std::span<const Unknown> records,
                                          Unknown unknown) {
    std::vector<std::uint32_t> only(classes, nobody);
    std::vector<bool> several(classes, false);
    for (std::uint32_t record = 0; record < class_of.size(); ++record) {
      if ((records[record] & ~unknown) == 0) {
        const std::uint32_t its_class = class_of[record];
        several[its_class] = several[its_class] || only[its_class] != nobody;
        only[its_class] = several[its_class] ? nobody : record;
      }
    }
    return only;
  }

  // Of which exactly the columns of `unknown` are not known of both.
  void join(Unknown unknown) {
    const std::optional<JoinedClasses> classes = classes_without(unknown);
    if (!classes) {
      return;
    }
    const std::size_t count = classes->in_first.size();
    const auto one = alone(classes->of_first, count, unknown_first_, unknown);
    const auto other = alone(classes->of_second, count, unknown_second_, unknown);
    for (std::size_t c = 0; c < count; ++c) {
      if (one[c] != nobody && other[c] != nobody &&
          (unknown_first_[one[c]] | unknown_second_[other[c]]) == unknown) {
        pairs_.push_back({one[c], other[c]});
      }
    }
    for (const Unknown kind : kinds_second_) {
      if ((kind & ~unknown) == 0) {
        note_alike(*classes, kind, unknown);
      }
    }
  }

  // By some columns a record may be joined to one record and by others to another.
  void keep_those_of_one_partner() {
    std::vector<std::uint8_t> of_first(unknown_first_.size(), 0);
    std::vector<std::uint8_t> of_second(unknown_second_.size(), 0);
    const auto note_one = [](std::uint8_t& partners) { partners = partners == 0 ? 1 : 2; };
    for (const auto& [one, other] : pairs_) {
      note_one(of_first[one]);
      note_one(of_second[other]);
    }
    for (const auto& [one, other] : pairs_) {
      if (of_first[one] == 1 && of_second[other] == 1) {
        made_.second[one] = other;
      }
    }
  }

  void note_alike(const JoinedClasses& classes, Unknown kind, Unknown unknown) {
    std::vector<bool> has(classes.in_second.size(), false);
    for (std::size_t record = 0; record < unknown_second_.size(); ++record) {
      if (unknown_second_[record] == kind) {
        has[classes.of_second[record]] = true;
      }
    }
    for (std::size_t record = 0; record < unknown_first_.size(); ++record) {
      if ((unknown_first_[record] | kind) == unknown && has[classes.of_first[record]]) {
        made_.alike[record] = true;
      }
    }
  }

  const Microdata& first_;
  std::span<const std::size_t> chosen_;
  const SharedColumns& shared_;
  const int threads_;
  std::vector<Unknown> bits_;  // by column; 0 where it is compared as it is
  std::vector<Unknown> unknown_first_;
  std::vector<Unknown> unknown_second_;
  std::vector<Unknown> kinds_first_;
  std::vector<Unknown> kinds_second_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs_;  // records of the first, the second
  RecordJoins made_;
};

}  // namespace

RecordJoins join_records(const Microdata& first, std::span<const std::size_t> chosen,
                         const SharedColumns& shared, int threads) {
  return RecordJoiner(first, chosen, shared, threads).run();
}

}  // namespace parcours::microdata
