#include "past/all_past.h"

#include <array>
#include <utility>
#include <vector>

#include "past/joined.h"

namespace parcours::past {
namespace {

bool same_question(const PastEntry& a, const PastEntry& b) {
  return a.study_sha256 == b.study_sha256 && a.rules_sha256 == b.rules_sha256 && a.state == b.state;
}

// What must not be shown anew, because releases before showed other figures.
struct KeptBack {
  std::vector<std::vector<bool>> figures;  // by table, by cell
  std::vector<std::vector<bool>> means;
  bool population;
};

KeptBack kept_back_in(const crowds::Counted& counted) {
  KeptBack kept{{}, {}, counted.population_withheld};
  for (const crowds::CrowdTable& table : counted.tables) {
    kept.figures.push_back(table.moved);
    kept.means.push_back(table.moved_means);
  }
  return kept;
}

void keep_back(KeptBack kept, crowds::Counted& counted) {
  for (std::size_t t = 0; t < counted.tables.size(); ++t) {
    counted.tables[t].moved = std::move(kept.figures[t]);
    counted.tables[t].moved_means = std::move(kept.means[t]);
  }
  counted.population_withheld = kept.population;
}

// The releases are taken in the order in which they were made.
class WithPast {
 public:
  WithPast(const PastReleases& past, const ToldStudy& told, const crowds::Roll& roll,
           const TogetherOptions& options, crowds::Counted& counted)
      : past_(past),
        told_(told),
        roll_(roll),
        options_(options),
        counted_(counted),
        own_(std::exchange(counted.overlaps, {})) {
    for (std::size_t t = 0; t < counted_.tables.size(); ++t) {
      every_table_.push_back({t, t});
    }
  }

  Status add(const PastRelease& release) {
    ASSIGN_OR_RETURN(const bool news, tells_news(release));
    if (!news) {
      RETURN_IF_ERROR(add_again(release, told_, roll_, options_, counted_));
      join();
      return {};
    }
    RETURN_IF_ERROR(add_past(release, told_, roll_, options_, counted_));
    for (const crowds::CrowdOverlap& overlap : counted_.overlaps) {
      if (!overlap.peopled) {  // those are its cells
        tie(overlap);
      }
    }
    join();
    RETURN_IF_ERROR(add_with_earlier(release));
    distinct_.push_back({release.entry.number, release.entry.state, release.told});
    return {};
  }

  Ties finish() {
    counted_.overlaps = std::move(own_);
    for (crowds::CrowdOverlap& overlap : std::move(joined_).take()) {
      counted_.overlaps.push_back(std::move(overlap));
    }
    Ties ties{.few = options_.few, .practices_exact = options_.practices_exact, .groups = {}};
    for (crowds::CrowdOverlap& overlap : std::move(ties_).take()) {
      ties.groups.push_back(
          {overlap.differences, std::move(overlap.groups), std::move(overlap.relations)});
    }
    return ties;
  }

 private:
  // A release that tells something that none before it does.
  struct Distinct {
    std::uint32_t number;
    std::uint64_t state;
    ToldStudy told;
  };

  Result<bool> tells_news(const PastRelease& release) const {
    for (const Distinct& one : distinct_) {
      if (one.state == release.entry.state && one.told == release.told) {
        ASSIGN_OR_RETURN(const PastRelease other, past_.read(one.number));
        if (tell_the_same(other, release)) {
          return false;
        }
      }
    }
    return true;
  }

  void join() {
    for (crowds::CrowdOverlap& overlap : std::exchange(counted_.overlaps, {})) {
      joined_.add(std::move(overlap));
    }
  }

  void tie(crowds::CrowdOverlap overlap) {
    overlap.of = every_table_;
    overlap.known.clear();
    ties_.add(std::move(overlap));
  }

  // What the release tells together with those before it.
  Status add_with_earlier(const PastRelease& release) {
    if (release.ties && release.ties->few == options_.few &&
        release.ties->practices_exact == options_.practices_exact) {
      for (const Ties::Groups& groups : release.ties->groups) {
        joined_.add({.of = every_table_,
                     .differences = groups.differences,
                     .with_past = true,
                     .groups = groups.groups,
                     .relations = groups.relations});
      }
      return {};
    }
    for (const Distinct& one : distinct_) {
      ASSIGN_OR_RETURN(const PastRelease other, past_.read(one.number));
      RETURN_IF_ERROR(add_both(other, release, options_, counted_));
      join();
    }
    return {};
  }

  const PastReleases& past_;
  const ToldStudy& told_;
  const crowds::Roll& roll_;
  const TogetherOptions& options_;
  crowds::Counted& counted_;
  std::vector<crowds::CrowdOverlap> own_;  // what the study's tables tell together by themselves
  std::vector<std::array<std::size_t, 2>> every_table_;
  std::vector<Distinct> distinct_;
  Joined joined_;
  Joined ties_;
};

}  // namespace

Result<AllPast> add_all_past(const PastReleases& past, const PastEntry& entry,
                             const ToldStudy& told, const crowds::Roll& roll,
                             const TogetherOptions& options, crowds::Counted& counted,
                             Progress& progress, const Stop& stop) {
  AllPast made;
  std::optional<KeptBack> kept;
  WithPast with(past, told, roll, options, counted);
  progress.begin("comparing with past releases", past.count());
  for (std::uint32_t number = 1; number <= past.count(); ++number) {
    if (stop.requested()) {
      return stopped();
    }
    ASSIGN_OR_RETURN(const PastRelease release, past.read(number));
    RETURN_IF_ERROR(with.add(release));
    if (!made.same && same_question(release.entry, entry)) {
      made.same = number;
      withhold(release, counted);
      kept = kept_back_in(counted);
    }
    progress.add(1);
  }
  progress.end();
  made.ties = with.finish();
  // What the same question was answered is known: no release since is a reason to keep it back.
  if (kept) {
    keep_back(*std::move(kept), counted);
  }
  return made;
}

}  // namespace parcours::past
