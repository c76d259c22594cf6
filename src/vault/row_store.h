// Rows that wait in memory for their bucket's file, and their sorting into the file's order
// (rows/row.h). Personal data.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

#include "rows/row.h"

namespace parcours::vault {

inline int bucket_of(const records::PatientId& patient, int buckets) {
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
      const int bucket = bucket_of(rows::patient_of(row), static_cast<int>(open_.size()));
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

}  // namespace parcours::vault
