// What the values of a column look like, counted one by one; no value is shown.
//
//   ColumnProfile profile;
//   profile.add("2023-03-06");
//   profile.days()          // 1: the share of the values that read as a day
//
// A missing value is null, empty, or one of the usual marks (NA, NULL, ?, *, ., -, unknown).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exports/different_hashes.h"
#include "exports/value_shapes.h"

namespace parcours::exports {

class ColumnProfile {
 public:
  // A hash of the value, or 0 where it is a missing one.
  std::uint32_t add(std::string_view value);
  std::uint32_t add_missing() {
    ++missing_;
    return 0;
  }

  std::uint64_t lines() const { return values_ + missing_; }
  std::uint64_t values() const { return values_; }
  std::uint64_t missing() const { return missing_; }
  // Different values, of those added.
  std::uint64_t distinct() const { return distinct_.size(); }
  double missing_share() const { return part(missing_, lines()); }
  // Different values to values: 1 where none comes twice.
  double distinct_share() const { return part(distinct(), values_); }
  // Whether every value is one of so many at most.
  bool constant() const { return distinct() == 1 && missing_ == 0; }

  // Of the values, without those that stand for no day (base/no_day.h).
  double days() const {
    return part(iso_days_ > written_days() ? iso_days_ : written_days(), values_ - no_days_);
  }
  // How those are written that are neither.
  std::vector<std::string> shapes() const { return shapes_.commonest(); }
  // Shares of the values.
  double whole_numbers() const { return part(whole_, values_); }
  double numbers() const { return part(numbers_, values_); }  // whole ones, 6.25 and 6,25
  double codes() const {
    return part(codes_ + number_codes_, values_);
  }  // like J45.0, R03BA02, 250.83
  double number_codes() const {
    return part(number_codes_, values_);
  }  // like 250.83, which may as well be a measure
  double emails() const { return part(emails_, values_); }
  double phones() const { return part(phones_, values_); }
  double internet() const { return part(internet_, values_); }  // IP addresses
  double security_numbers() const {
    return part(nirs_, values_);
  }  // France's NIR, its key included
  double pseudonyms() const {
    return part(pseudonyms_, values_);
  }                                                     // 16 and more hexadecimal digits, or a UUID
  double keys() const { return part(keys_, values_); }  // eight and more letters and digits, both
  double sentences() const { return part(sentences_, values_); }  // four words and more
  // Values that say "total", in English and French.
  std::uint64_t totals() const { return totals_; }
  bool sexes() const { return values_ > 0 && sexes_ == values_ && distinct() <= 3; }
  // Whether they are whole numbers in a row, each once, in whatever order.
  bool counts_up() const {
    return whole_ == values_ && values_ > 1 && distinct() == values_ &&
           static_cast<std::uint64_t>(largest_) - static_cast<std::uint64_t>(least_) + 1 == values_;
  }
  std::int64_t least() const { return least_; }  // of the whole numbers
  std::int64_t largest() const { return largest_; }
  // Whether its whole numbers can be no days: six centuries apart, or beyond any day that is
  // counted from a usual beginning (a Julian day is below 2.5 million). Seconds and milliseconds
  // since 1970 are such.
  bool beyond_days() const;

  // How its days are written: empty for ISO dates, "%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d" and the like
  // where they can all be read so; nothing where they are no days. Where several fit, the day comes
  // first. A time after the day says nothing.
  std::optional<std::string> day_format() const;
  // The same of periods: "%Y-%m", "%m/%Y" and the like, "%G-W%V", "%Y-Q%q" and
  // the like; and where the column is named
  // like a period also "%Y" and "%Y%m", which may as well be numbers. Years are 1900 to 2100.
  std::optional<std::string> period_format(bool named) const;

 private:
  static double part(std::uint64_t some, std::uint64_t all) {
    return all == 0 ? 0 : static_cast<double>(some) / static_cast<double>(all);
  }
  std::uint64_t written_days() const;
  void add_day(std::string_view value);
  void add_period(std::string_view value);

  DifferentHashes distinct_;  // of the values: enough to count them, and nothing to read
  std::uint64_t values_ = 0;
  std::uint64_t missing_ = 0;
  std::uint64_t no_days_ = 0;  // that stand for none
  ValueShapes shapes_;         // of values that are no days
  std::uint64_t iso_days_ = 0;
  std::uint64_t day_first_[3] = {};    // with / - .
  std::uint64_t month_first_[3] = {};  // with / - .
  std::uint64_t year_first_[3] = {};   // with / - .
  std::uint64_t compact_days_ = 0;     // 20230306
  std::uint64_t named_days_[3] = {};   // 06MAR2023, 06-MAR-2023, 06 Mar 2023
  std::uint64_t year_month_[2] = {};   // with / -
  std::uint64_t month_year_[2] = {};   // with / -
  std::uint64_t compact_months_ = 0;   // 202303
  std::uint64_t weeks_[2] = {};        // 2023-W07, 2023W07
  std::uint64_t quarters_[6] = {};     // 2023-Q2, 2023Q2, 2023 Q2, and with T
  std::uint64_t years_ = 0;            // 2023
  std::uint64_t whole_ = 0;
  std::uint64_t numbers_ = 0;
  std::uint64_t codes_ = 0;
  std::uint64_t number_codes_ = 0;
  std::uint64_t emails_ = 0;
  std::uint64_t phones_ = 0;
  std::uint64_t internet_ = 0;
  std::uint64_t nirs_ = 0;
  std::uint64_t pseudonyms_ = 0;
  std::uint64_t keys_ = 0;
  std::uint64_t sentences_ = 0;
  std::uint64_t sexes_ = 0;
  std::uint64_t totals_ = 0;
  std::int64_t least_ = 0;
  std::int64_t largest_ = 0;
};

}  // namespace parcours::exports
