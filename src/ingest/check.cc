#include "ingest/check.h"

#include <atomic>
#include <map>
#include <mutex>
#include <vector>

#include "base/threads.h"
#include "ingest/source.h"

namespace parcours::ingest {
namespace {

// Numbers practices and packages; of a practice there is one package, as there is one period.
class Practices {
 public:
  PracticeId number(std::string_view name) {
    const std::lock_guard lock(mutex_);
    return numbers_.try_emplace(std::string(name), static_cast<PracticeId>(numbers_.size()))
        .first->second;
  }
  std::size_t size() const { return numbers_.size(); }

 private:
  std::mutex mutex_;
  std::map<std::string, PracticeId> numbers_;
};

// Counts the source's rows on its threads.
Result<std::uint64_t> count(duck::Source& source) {
  std::vector<Result<std::uint64_t>> counts(static_cast<std::size_t>(source.most_threads()));
  const auto drain = [&source](Result<std::uint64_t>& sum) {
    duck::Chunk chunk(source.columns());
    const std::unique_ptr<duck::Source::Reader> reader = source.reader();
    while (sum) {
      const Result<std::size_t> rows = chunk.fill(*reader);
      if (!rows) {
        sum = std::unexpected(rows.error());
      } else if (*rows == 0) {
        return;
      } else {
        *sum += *rows;
      }
    }
  };
  on_threads(static_cast<int>(counts.size()),
             [&](int i) { drain(counts[static_cast<std::size_t>(i)]); });
  std::uint64_t total = 0;
  for (const Result<std::uint64_t>& each : counts) {
    ASSIGN_OR_RETURN(const std::uint64_t rows, each);
    total += rows;
  }
  return total;
}

}  // namespace

Result<CheckCounts> check(const Plan& plan, Quarantine& quarantine, const Stop& stop,
                          Progress* progress, int threads) {
  CodeBook codes;
  Practices practices;
  const ProgrammeKey key = ProgrammeKey::generate();
  const Registry registry{
      .codes = codes,
      .key = key,
      .period = "check",
      .practice = [&](std::string_view name) { return practices.number(name); },
      .package = [](PracticeId practice, std::string_view) { return practice; }};
  CheckCounts counts;
  if (plan.mapping->patients) {
    PatientSource patients(plan, registry, quarantine, stop, progress);
    ASSIGN_OR_RETURN(counts.patients, count(patients));
    counts.rows += patients.rows();
  }
  EventSource events(plan, registry, quarantine, stop, progress, threads);
  ASSIGN_OR_RETURN(counts.events, count(events));
  counts.rows += events.rows();
  counts.packages = practices.size();
  counts.codes = codes.size();
  return counts;
}

}  // namespace parcours::ingest
