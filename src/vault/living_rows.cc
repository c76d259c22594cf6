#include "vault/living_rows.h"

#include <algorithm>
#include <cstdint>
#include <ranges>
#include <utility>

namespace parcours::vault {

void LivingRows::begin(const BucketFile& file) {
  bucket_ = file.bucket;
  file_ = living_->asks(file);
  next_objection_ = 0;
}

const Stretches& LivingRows::of(const StoredEvents& chunk) {
  if (file_.asks.package) {
    keep_by_package(chunk);
    return kept_;
  }
  keep_without_objections(chunk);
  if (file_.same) {
    keep_by_test(chunk, *file_.same);
  }
  return kept_;
}

// Patient by patient, whose rows lie together.
void LivingRows::keep_by_package(const StoredEvents& chunk) {
  kept_.clear();
  const auto rows = static_cast<std::uint32_t>(chunk.patients.size());
  auto next = std::ranges::upper_bound(chunk.firsts, 0U);
  for (std::uint32_t begin = 0; begin < rows;) {
    const std::uint32_t end = next == chunk.firsts.end() ? rows : *next++;
    keep_by_package_of(chunk, {begin, end});
    begin = end;
  }
}

// Asks each row of a patient whether it lives, and once whether the patient objects.
void LivingRows::keep_by_package_of(const StoredEvents& chunk, const Stretch& of_patient) {
  rows::EventRow one;
  one.patient = rows::patient_id(chunk.patients[of_patient.begin]);
  const rows::PackageId dead_below = living_->dead_below(one.patient);
  for (std::uint32_t row = of_patient.begin; row < of_patient.end; ++row) {
    one.package = chunk.packages[row] & (rows::most_packages - 1);
    one.code = chunk.codes[row];
    if (file_.asks.day) {
      one.day = chunk.days[row];
    }
    if (file_.asks.provenance) {
      one.provenance = static_cast<std::uint32_t>(chunk.provenances[row]) & 0x3U;
    }
    if (one.package >= dead_below && living_->lives_by_permit(one)) {
      kept_.keep(row);
    } else if (living_->outlived(one)) {
      note_outlived(one.patient);
    }
  }
}

// Leaves out the patients who object, each of them altogether. They come in order, as the rows do,
// and are few: each is looked for.
void LivingRows::keep_without_objections(const StoredEvents& chunk) {
  const std::vector<Living::Objected>& objections = living_->objections(bucket_);
  const auto rows = static_cast<std::uint32_t>(chunk.patients.size());
  const auto all = std::views::iota(std::uint32_t{0}, rows);
  const auto patient_at = [&](std::uint32_t row) { return rows::patient_id(chunk.patients[row]); };
  kept_.clear();
  std::uint32_t begin = 0;
  if (next_objection_ < objections.size()) {
    const records::PatientId first = patient_at(0);
    const records::PatientId last = patient_at(rows - 1);
    while (next_objection_ < objections.size() && objections[next_objection_].patient < first) {
      ++next_objection_;
    }
    for (std::size_t next = next_objection_;
         next < objections.size() && !(last < objections[next].patient); ++next) {
      const auto theirs = std::ranges::equal_range(all.begin() + begin, all.end(),
                                                   objections[next].patient, {}, patient_at);
      if (!theirs.empty()) {
        kept_.keep({begin, theirs.front()});
        begin = theirs.back() + 1;
      }
    }
  }
  kept_.keep({begin, rows});
}

// Asks each of the rows that are kept so far, all of them the same.
void LivingRows::keep_by_test(const StoredEvents& chunk, const Living::OneTest& test) {
  const Living::Asks& asks = file_.asks;
  const auto on_its_day = [&](std::uint32_t row) {
    return test.first <= chunk.days[row] && chunk.days[row] <= test.last;
  };
  const auto covered = [&](std::uint32_t row) {
    return (!asks.code || test.cover->code(chunk.codes[row])) &&
           (!asks.provenance || test.cover->provenance(chunk.provenances[row]));
  };
  const auto too_old = [&](std::uint32_t row) { return chunk.days[row] < test.too_old; };
  std::swap(asked_of_, kept_);
  kept_.clear();
  if (!asks.day) {
    keep_where(chunk, covered, [](std::uint32_t) { return false; });
  } else if (!asks.code && !asks.provenance) {
    keep_where(chunk, on_its_day, too_old);
  } else {
    keep_where(
        chunk, [&](std::uint32_t row) { return on_its_day(row) && covered(row); }, too_old);
  }
}

// Notes the patients of the rows that are too old.
template <class Lives, class TooOld>
void LivingRows::keep_where(const StoredEvents& chunk, Lives lives, TooOld too_old) {
  for (const Stretch& one : asked_of_.all()) {
    for (std::uint32_t row = one.begin; row < one.end;) {
      const std::uint32_t begin = row;
      while (row < one.end && lives(row)) {
        ++row;
      }
      kept_.keep({begin, row});
      for (; row < one.end && !lives(row); ++row) {
        if (too_old(row)) {
          note_outlived(rows::patient_id(chunk.patients[row]));
        }
      }
    }
  }
}

void LivingRows::note_outlived(const records::PatientId& patient) {
  if (outlived_.empty() || outlived_.back() != patient) {
    outlived_.push_back(patient);
  }
}

}  // namespace parcours::vault
