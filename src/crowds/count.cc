#include "crowds/count.h"

#include <algorithm>
#include <atomic>
#include <new>
#include <optional>
#include <thread>
#include <vector>

#include "base/memory.h"
#include "base/threads.h"
#include "crowds/tally.h"

namespace parcours {
namespace {

constexpr std::size_t patients_between_stops = 4096;

// What the workers share: buckets are handed out one by one; the first error ends the work of all.
class Work {
 public:
  Work(const Vault& vault, const Plan& plan, const CountOptions& options, Progress& progress,
       const Stop& stop)
      : vault_(vault), plan_(plan), options_(options), progress_(progress), stop_(stop) {
    columns_ = plan.columns();
    for (const PlanTable& table : plan.tables()) {
      columns_.practice = columns_.practice || table.what == StudyTable::What::each;
      columns_.day = columns_.day || table.windowed;
    }
  }

  Result<Tally> tally() {
    Result<Tally> tally = one_worker();
    if (!tally) {
      failed_.store(true, std::memory_order_relaxed);
    }
    return tally;
  }

 private:
  Result<Tally> one_worker() try {
    ASSIGN_OR_RETURN(Tally tally,
                     Tally::make(plan_.tables(), options_.practices_exact, fingerprints_));
    ASSIGN_OR_RETURN(BucketReader reader, vault_.reader(columns_));
    Asker asker(plan_);
    for (int next = next_++; next < vault_.buckets() && !failed_.load(std::memory_order_relaxed);
         next = next_++) {
      ASSIGN_OR_RETURN(const Bucket* bucket, reader.read(next));
      RETURN_IF_ERROR(walk(*bucket, asker, tally));
      progress_.add(1);
    }
    return tally;
  } catch (const std::bad_alloc&) {
    return std::unexpected(out_of_memory());
  }

  Status walk(const Bucket& bucket, Asker& asker, Tally& tally) const {
    for (std::size_t i = 0; i < bucket.patients(); ++i) {
      if (i % patients_between_stops == 0 && stop_.requested()) {
        return stopped();
      }
      const Record record = bucket.record(i);
      if (const Standing* standing = asker.ask(record)) {
        tally.add(record, *standing);
      }
    }
    return {};
  }

  const Vault& vault_;
  const Plan& plan_;
  const CountOptions& options_;
  Progress& progress_;
  const Stop& stop_;
  // Fingerprints are compared within one count and never kept, so their key need not be known to
  // anybody, nor be the programme's. No figure depends on it.
  const KeyedHash fingerprints_ = KeyedHash::of_this_run();
  EventColumns columns_;
  std::atomic<int> next_{0};
  std::atomic<bool> failed_{false};
};

int worker_count(const CountOptions& options, int buckets) {
  const int wanted =
      options.threads > 0 ? options.threads : static_cast<int>(std::thread::hardware_concurrency());
  return std::clamp(wanted, 1, std::max(buckets, 1));
}

// One tally for each worker, in no order that matters.
std::vector<Result<Tally>> tallies(Work& work, int workers) {
  std::vector<std::optional<Result<Tally>>> slots(static_cast<std::size_t>(workers));
  on_threads(workers, [&](int i) { slots[static_cast<std::size_t>(i)] = work.tally(); });
  std::vector<Result<Tally>> results;
  for (std::optional<Result<Tally>>& slot : slots) {
    if (slot) {
      results.push_back(*std::move(slot));
    }
  }
  return results;
}

}  // namespace

Result<Counted> count(const Vault& vault, const Plan& plan, const CountOptions& options,
                      Progress& progress, const Stop& stop) {
  if (options.practices_exact < 1 || options.practices_exact > most_practices_exact) {
    return bad_input(
        "practices cannot be counted exactly up to " + std::to_string(options.practices_exact), {},
        "between 1 and " + std::to_string(most_practices_exact));
  }
  progress.begin("counting", static_cast<std::uint64_t>(vault.buckets()));
  Work work(vault, plan, options, progress, stop);
  std::vector<Result<Tally>> parts = tallies(work, worker_count(options, vault.buckets()));
  progress.end();
  for (const Result<Tally>& part : parts) {
    if (!part) {
      return std::unexpected(part.error());
    }
  }
  for (std::size_t i = 1; i < parts.size(); ++i) {
    parts.front()->merge(*std::move(parts[i]));
    parts[i] = stopped();  // lets its memory go
  }
  ASSIGN_OR_RETURN(Counted counted, (*std::move(parts.front())).counted());
  if (counted.population.patients == 0) {
    return bad_input("the study's population is empty: no patient meets its conditions", {},
                     "check [population] with 'parcours study check'");
  }
  return counted;
}

}  // namespace parcours
