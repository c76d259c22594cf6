// Rows between a source and a bucket's file. Personal data.
//
// A source's rows come in any order. A file's rows are in the order of `<` below: by patient; a
// patient's events by day; a patient's rows with the newest package first.
#pragma once

#include <atomic>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <tuple>
#include <utility>
#include <vector>

#include "base/day.h"
#include "records/patient.h"
#include "vault/catalog.h"

namespace parcours {

// Package numbers share a word with the kind.
inline constexpr PackageId most_packages = 1u << 24;

struct EventRow {
  PatientId patient;
  double value = 0;  // no_value where there is none
  PracticeId practice = 0;
  Day day;
  CodeId code = 0;
  std::uint32_t package : 24 = 0;
  std::uint32_t kind : 8 = 0;

  friend bool operator<(const EventRow& a, const EventRow& b) {
    if (const auto order = a.patient <=> b.patient; std::is_neq(order)) {
      return std::is_lt(order);
    }
    if (a.day != b.day) {
      return a.day < b.day;
    }
    return std::pair(a.code, a.package) < std::pair(b.code, b.package);
  }
};

struct PatientRow {
  Patient patient;
  PackageId package = 0;

  friend bool operator<(const PatientRow& a, const PatientRow& b) {
    const auto key = [](const PatientRow& row) {
      const Patient& p = row.patient;
      return std::tuple(p.id, ~row.package, p.practice, p.birth_year, p.sex, p.place);
    };
    return key(a) < key(b);
  }
};

inline const PatientId& patient_of(const EventRow& row) {
  return row.patient;
}
inline const PatientId& patient_of(const PatientRow& row) {
  return row.patient.id;
}

inline int bucket_of(const PatientId& patient, int buckets) {
  return static_cast<int>(patient.low % static_cast<std::uint64_t>(buckets));
}

// All rows of the blocks, in order. Pseudonyms are keyed hashes, so their top bits cut the rows
// into small even groups, and only these are sorted; any other pseudonyms come out right as well,
// but slower.
template <class Row>
std::vector<Row> in_order(const std::vector<std::vector<Row>>& blocks);

// Rows waiting in memory, by bucket.
template <class Row>
class RowStore {
 public:
  explicit RowStore(int buckets) : buckets_(static_cast<std::size_t>(buckets)) {}

  // What one thread adds through. Whole blocks change hands, so that threads hardly meet.
  class Filler {
   public:
    explicit Filler(RowStore& store) : store_(&store), open_(store.buckets_.size()) {}

    void add(const Row& row) {
      const int bucket = bucket_of(patient_of(row), static_cast<int>(open_.size()));
      std::vector<Row>& block = open_[static_cast<std::size_t>(bucket)];
      if (block.capacity() == 0) {
        block.reserve(block_rows);
      }
      block.push_back(row);
      if (block.size() == block_rows) {
        store_->take_in(bucket, std::exchange(block, {}));
      }
    }

    // Hands over what is left.
    void finish() {
      for (std::size_t bucket = 0; bucket < open_.size(); ++bucket) {
        if (!open_[bucket].empty()) {
          open_[bucket].shrink_to_fit();
          store_->take_in(static_cast<int>(bucket), std::exchange(open_[bucket], {}));
        }
      }
    }

   private:
    RowStore* store_;
    std::vector<std::vector<Row>> open_;
  };

  // Of what was handed over.
  std::size_t bytes() const { return rows_.load(std::memory_order_relaxed) * sizeof(Row); }

  // The bucket's rows in order; the store has them no more.
  std::vector<Row> take_out(int bucket) {
    std::vector<std::vector<Row>> blocks;
    {
      const std::lock_guard lock(mutex_);
      blocks = std::exchange(buckets_[static_cast<std::size_t>(bucket)], {});
    }
    std::vector<Row> rows = in_order(blocks);
    rows_ -= rows.size();
    return rows;
  }

 private:
  static constexpr std::size_t block_rows = 1024;

  void take_in(int bucket, std::vector<Row> block) {
    rows_ += block.size();
    const std::lock_guard lock(mutex_);
    buckets_[static_cast<std::size_t>(bucket)].push_back(std::move(block));
  }

  std::mutex mutex_;
  std::vector<std::vector<std::vector<Row>>> buckets_;  // blocks of rows
  std::atomic<std::size_t> rows_ = 0;
};

}  // namespace parcours
