#include "crowds/count.h"

#include <algorithm>
#include <new>
#include <optional>
#include <vector>

#include "base/memory.h"
#include "base/threads.h"
#include "crowds/nested_groups.h"
#include "crowds/tally.h"
#include "vault/walk.h"

namespace parcours::crowds {
namespace {

constexpr std::size_t patients_between_stops = 4096;

// What the workers share; the first error ends the work of all.
class Work {
 public:
  Work(const vault::Vault& vault, const study::Plan& plan, const CountOptions& options,
       Progress& progress, const Stop& stop, bool keep_roll)
      : plan_(plan),
        options_(options),
        keep_roll_(keep_roll),
        stop_(stop),
        walk_(vault, columns_of(plan), progress, stop) {}

  Result<Tally> tally() {
    Result<Tally> tally = one_worker();
    if (!tally) {
      walk_.give_up();
    }
    return tally;
  }

 private:
  static records::EventColumns columns_of(const study::Plan& plan) {
    records::EventColumns columns = plan.columns();
    for (const study::PlanTable& table : plan.tables()) {
      columns.practice = columns.practice || table.what == study::StudyTable::What::each;
    }
    return columns;
  }

  Result<Tally> one_worker() try {
    ASSIGN_OR_RETURN(Tally tally, Tally::make(plan_.tables(), plan_.overlaps(),
                                              options_.practices_exact, options_.fingerprints));
    if (keep_roll_) {
      tally.keep_roll();
    }
    study::Asker asker(plan_);
    RETURN_IF_ERROR(
        walk_.share([&](const vault::Bucket& bucket) { return ask_all(bucket, asker, tally); }));
    return tally;
  } catch (const std::bad_alloc&) {
    return std::unexpected(out_of_memory());
  }

  Status ask_all(const vault::Bucket& bucket, study::Asker& asker, Tally& tally) const {
    for (std::size_t i = 0; i < bucket.patients(); ++i) {
      if (i % patients_between_stops == 0 && stop_.requested()) {
        return stopped();
      }
      const records::Record record = bucket.record(i);
      if (const study::Standing* standing = asker.ask(record)) {
        tally.add(record, *standing);
      }
    }
    return {};
  }

  const study::Plan& plan_;
  const CountOptions& options_;
  const bool keep_roll_;
  const Stop& stop_;
  vault::BucketWalk walk_;
};

int worker_count(const CountOptions& options, int buckets) {
  return std::clamp(threads_asked(options.threads), 1, std::max(buckets, 1));
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

Result<Counted> count(const vault::Vault& vault, const study::Plan& plan,
                      const CountOptions& options, Progress& progress, const Stop& stop,
                      Roll* roll) {
  if (options.practices_exact < 1 || options.practices_exact > most_practices_exact) {
    return bad_input(
        "practices cannot be counted exactly up to " + std::to_string(options.practices_exact), {},
        "between 1 and " + std::to_string(most_practices_exact));
  }
  progress.begin("counting", static_cast<std::uint64_t>(vault.buckets()));
  Work work(vault, plan, options, progress, stop, roll != nullptr);
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
  if (roll != nullptr) {
    *roll = parts.front()->take_roll();
  }
  ASSIGN_OR_RETURN(Counted counted, (*std::move(parts.front())).counted());
  for (CrowdOverlap& overlap : nested_groups(counted, plan, options.few)) {
    counted.overlaps.push_back(std::move(overlap));
  }
  counted.mean_ties = plan.mean_ties();
  counted.mean_orders = plan.mean_orders();
  if (counted.population.patients == 0) {
    return bad_input("the study's population is empty: no patient meets its conditions", {},
                     "check [population] with 'parcours study check'");
  }
  return counted;
}

}  // namespace parcours::crowds
