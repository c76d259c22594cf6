#include "past/all_past.h"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "base/threads.h"
#include "past/joined.h"
#include "past/slices.h"

namespace parcours::past {
namespace {

// Each takes some hundred bytes a patient while it is compared.
constexpr int most_at_a_time = 4;

bool same_question(const PastEntry& a, const PastEntry& b) {
  return a.study_sha256 == b.study_sha256 && a.rules_sha256 == b.rules_sha256 && a.state == b.state;
}

void mark_too(std::vector<bool>& marked, const std::vector<bool>& more) {
  marked.resize(std::max(marked.size(), more.size()));
  for (std::size_t i = 0; i < more.size(); ++i) {
    marked[i] = marked[i] || more[i];
  }
}

// So many from this number on.
Result<std::vector<PastRelease>> read_some(const PastReleases& past, std::uint32_t first,
                                           std::uint32_t some) {
  std::vector<PastRelease> releases(some);
  RETURN_IF_ERROR(at_once(static_cast<int>(some), [&](int i) -> Status {
    ASSIGN_OR_RETURN(releases[static_cast<std::size_t>(i)],
                     past.read(first + static_cast<std::uint32_t>(i)));
    return {};
  }));
  return releases;
}

// The releases are taken in the order in which they were made.
class WithPast {
 public:
  WithPast(const PastReleases& past, const StudyNow& study, const TogetherOptions& options,
           crowds::Counted& counted)
      : past_(past),
        people_(study.people),
        options_(options),
        counted_(counted),
        own_(std::exchange(counted.overlaps, {})),
        bare_(counted),
        everybody_(people_, study.roll, past.fingerprints()),
        study_(rolled(study.told, study.roll, bare_, everybody_)) {
    for (std::size_t t = 0; t < counted_.tables.size(); ++t) {
      every_table_.push_back({t, t});
    }
  }

  // Some releases, each compared with the study on a thread of its own.
  Status add(std::span<const PastRelease> releases) {
    std::vector<Compared> compared;
    for (const PastRelease& release : releases) {
      ASSIGN_OR_RETURN(const bool news, tells_news(release));
      compared.push_back({news, bare_});
      if (news) {
        distinct_.push_back({release.entry.number, release.entry.state, release.told});
      }
    }
    RETURN_IF_ERROR(at_once(static_cast<int>(releases.size()), [&](int number) {
      const auto i = static_cast<std::size_t>(number);
      return (compared[i].news ? add_past : add_again)(releases[i], study_, everybody_, options_,
                                                       compared[i].counted);
    }));
    for (std::size_t i = 0; i < releases.size(); ++i) {
      RETURN_IF_ERROR(take(releases[i], std::move(compared[i])));
    }
    return {};
  }

  // What the study's own tables of `each` tell together.
  Status add_own() {
    crowds::Counted with = bare_;
    RETURN_IF_ERROR(add_own_slices(study_, everybody_, options_, with));
    for (crowds::CrowdOverlap& overlap : with.overlaps) {
      own_.push_back(std::move(overlap));
    }
    return {};
  }

  // Leaves out what the releases tell: the study was counted as it is.
  void leave_out() {
    counted_ = bare_;
    counted_.overlaps = std::move(own_);
  }

  // What the study's tables tell together by themselves.
  std::vector<Ties::Groups> own() const {
    Joined own;
    for (crowds::CrowdOverlap overlap : own_) {
      overlap.of = every_table_;
      overlap.present.clear();
      own.add(std::move(overlap));
    }
    return groups_of(std::move(own));
  }

  Ties finish() {
    counted_.overlaps = std::move(own_);
    for (const auto& [people, width] : narrow_) {
      counted_.narrow_before.push_back({people, width});
    }
    for (crowds::CrowdOverlap& overlap : std::move(joined_).take()) {
      counted_.overlaps.push_back(std::move(overlap));
    }
    return {.few = options_.few,
            .practices_exact = options_.practices_exact,
            .groups = groups_of(std::move(ties_))};
  }

 private:
  // What a release told together with the study.
  struct Compared {
    bool news;
    crowds::Counted counted;
  };
  // A release that tells something that none before it does.
  struct Distinct {
    std::uint32_t number;
    std::uint64_t state;
    ToldStudy told;
  };

  static std::vector<Ties::Groups> groups_of(Joined joined) {
    std::vector<Ties::Groups> groups;
    for (crowds::CrowdOverlap& overlap : std::move(joined).take()) {
      groups.push_back(
          {overlap.differences, std::move(overlap.groups), std::move(overlap.relations)});
    }
    return groups;
  }

  void join(const std::vector<Ties::Groups>& all) {
    for (const Ties::Groups& groups : all) {
      joined_.add({.of = every_table_,
                   .differences = groups.differences,
                   .with_past = true,
                   .groups = groups.groups,
                   .relations = groups.relations});
    }
  }

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

  Status take(const PastRelease& release, Compared compared) {
    for (std::size_t t = 0; t < counted_.tables.size(); ++t) {
      mark_too(counted_.tables[t].moved, compared.counted.tables[t].moved);
      mark_too(counted_.tables[t].moved_means, compared.counted.tables[t].moved_means);
    }
    counted_.population_withheld =
        counted_.population_withheld || compared.counted.population_withheld;
    for (const crowds::NarrowBefore& narrow : release.narrow_before) {
      const auto at = narrow_.try_emplace(narrow.people, narrow.width).first;
      at->second = std::min(at->second, narrow.width);
    }
    for (crowds::CrowdOverlap& overlap : compared.counted.overlaps) {
      if (compared.news && !overlap.peopled) {  // those are its cells
        tie(overlap);
      }
      joined_.add(std::move(overlap));
    }
    if (!compared.news) {
      return {};
    }
    join(release.own);
    return add_with_earlier(release);
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
      join(release.ties->groups);
      return {};
    }
    const Everybody as_then(people_, release.roll, past_.fingerprints());
    for (const Distinct& one : distinct_) {
      if (one.number >= release.entry.number) {
        break;
      }
      ASSIGN_OR_RETURN(const PastRelease other, past_.read(one.number));
      crowds::Counted both = bare_;
      RETURN_IF_ERROR(add_both(other, release, as_then, options_, both));
      for (crowds::CrowdOverlap& overlap : both.overlaps) {
        joined_.add(std::move(overlap));
      }
    }
    return {};
  }

  const PastReleases& past_;
  const People& people_;
  const TogetherOptions& options_;
  crowds::Counted& counted_;
  std::vector<crowds::CrowdOverlap> own_;  // what the study's tables tell together by themselves
  const crowds::Counted bare_;             // as it was counted, without them
  const Everybody everybody_;
  const RolledStudy study_;
  std::vector<std::array<std::size_t, 2>> every_table_;
  std::vector<Distinct> distinct_;
  Joined joined_;
  Joined ties_;
  std::map<Uint128, std::int64_t> narrow_;  // by people, how wide the releases leave them at most
};

}  // namespace

Result<AllPast> add_all_past(const PastReleases& past, const StudyNow& study,
                             const TogetherOptions& options, int threads, crowds::Counted& counted,
                             Progress& progress, const Stop& stop) {
  AllPast made;
  WithPast with(past, study, options, counted);
  RETURN_IF_ERROR(with.add_own());
  EditionsBefore editions(study.entry, counted.tables);
  const auto at_a_time =
      static_cast<std::uint32_t>(std::min(threads_asked(threads), most_at_a_time));
  progress.begin("comparing with past releases", past.count());
  for (std::uint32_t before = 0; before < past.count(); before += at_a_time) {
    if (stop.requested()) {
      return stopped();
    }
    const std::uint32_t some = std::min(at_a_time, past.count() - before);
    ASSIGN_OR_RETURN(std::vector<PastRelease> releases, read_some(past, before + 1, some));
    const auto same = std::ranges::find_if(releases, [&](const PastRelease& release) {
      return same_question(release.entry, study.entry);
    });
    for (auto release = releases.begin(); release != same; ++release) {
      ASSIGN_OR_RETURN(const auto withdrawn, past.withdrawal(release->entry.number));
      if (!withdrawn) {
        editions.take(*release);
      }
    }
    if (same != releases.end()) {
      with.leave_out();
      counted.population_withheld = !same->entry.population_shown;
      made.same = std::move(*same);
      made.earlier = std::move(editions).finish();
      progress.end();
      return made;
    }
    RETURN_IF_ERROR(with.add(releases));
    progress.add(some);
  }
  progress.end();
  made.own = with.own();
  made.ties = with.finish();
  made.earlier = std::move(editions).finish();
  return made;
}

}  // namespace parcours::past
