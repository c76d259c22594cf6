#include "crowds/beyond_count.h"

#include <algorithm>

#include "vault/catalog.h"
#include "vault/walk.h"

namespace parcours::crowds {
namespace {

// The first and last day of what each practice sent, by PracticeId.
std::vector<vault::DaySpan> sent_by(const vault::Vault& vault) {
  std::vector<vault::DaySpan> sent(vault.practices().size());
  for (const vault::Package& package : vault.catalog().packages) {
    if (package.living()) {
      sent.at(package.practice).take(package.counts.days);
    }
  }
  return sent;
}

// Patients of one end of one window, and their practices.
struct Met {
  explicit Met(std::size_t all_practices) : practices(all_practices, false) {}

  void add(records::PracticeId practice) {
    ++patients;
    practices.at(practice) = true;
  }
  std::uint64_t many_practices() const {
    return static_cast<std::uint64_t>(std::ranges::count(practices, true));
  }
  BeyondCount::End end() const { return {patients, many_practices()}; }

  std::uint64_t patients = 0;
  std::vector<bool> practices;
};

}  // namespace

Result<BeyondCount> count_beyond(const vault::Vault& vault, const study::Plan& plan,
                                 std::span<const study::StudyWindow> windows, Progress& progress,
                                 const Stop& stop) {
  const std::vector<vault::DaySpan> sent = sent_by(vault);
  Met all(sent.size());
  std::vector<Met> before(windows.size(), all);
  std::vector<Met> after(windows.size(), all);
  study::Asker asker(plan);
  RETURN_IF_ERROR(vault::for_buckets(
      vault, plan.columns(), "looking for windows that leave the records", progress, stop,
      [&](const vault::Bucket& bucket) {
        for (std::size_t i = 0; i < bucket.patients(); ++i) {
          const records::Record record = bucket.record(i);
          const study::Standing* standing = asker.ask(record);
          if (standing == nullptr) {
            continue;
          }
          const records::PracticeId practice = record.patient.practice;
          all.add(practice);
          const vault::DaySpan& span = sent.at(practice);
          for (std::size_t w = 0; w < windows.size() && !span.empty(); ++w) {
            const study::Beyond found =
                study::beyond(windows[w].window, standing->index, {span.first(), span.last()});
            if (found.before > 0) {
              before[w].add(practice);
            }
            if (found.after > 0) {
              after[w].add(practice);
            }
          }
        }
      }));
  BeyondCount counted{all.patients, all.many_practices(), {}};
  for (std::size_t w = 0; w < windows.size(); ++w) {
    counted.windows.push_back({before[w].end(), after[w].end()});
  }
  return counted;
}

}  // namespace parcours::crowds
