#include "vault/living.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "vault/earlier_sends.h"
#include "vault/row_store.h"

namespace parcours::vault {
namespace {

// By kind: whether a cover has all codes of the kind that the book has.
std::array<bool, most_kinds> kinds_covered_whole(const formalities::Cover& cover,
                                                 const vocabulary::CodeBook& codes) {
  std::array<bool, most_kinds> whole;
  whole.fill(true);
  for (vocabulary::CodeId id = 0; id < codes.size(); ++id) {
    const std::optional<vocabulary::KindId> kind = codes.at(id).kind;
    if (kind && !cover.code(id)) {
      whole[*kind] = false;
    }
  }
  return whole;
}

// What of a package's rows a cover can find not covered, by what the catalog says of the package.
Living::Asks asked_by(const formalities::Cover& cover,
                      const std::array<bool, most_kinds>& whole_kinds,
                      const PackageCounts& counts) {
  Living::Asks asks;
  for (const records::Provenance one : {records::Provenance::entered, records::Provenance::received,
                                        records::Provenance::imported}) {
    asks.provenance = asks.provenance || !cover.provenance(one);
  }
  for (std::size_t kind = 0; kind < most_kinds; ++kind) {
    asks.code = asks.code || (counts.events[kind] > 0 && !whole_kinds[kind]);
  }
  asks.day =
      !counts.days.empty() && !(cover.day(counts.days.first()) && cover.day(counts.days.last()));
  return asks;
}

// After every day of a fact.
constexpr Day latest_day{std::numeric_limits<std::int32_t>::max()};

}  // namespace

bool mask_fields(const formalities::Cover& cover, records::Patient& patient) {
  const records::Patient before = patient;
  patient.birth_year = cover.birth_year() ? patient.birth_year : records::no_birth_year;
  patient.sex = cover.sex() ? patient.sex : records::Sex::unknown;
  patient.place = cover.place() ? patient.place : vocabulary::no_code;
  return patient.birth_year != before.birth_year || patient.sex != before.sex ||
         patient.place != before.place;
}

bool days_fit(const formalities::Covers& covers, Calendar calendar) {
  return (covers.calendar == Calendar::dates) == (calendar == Calendar::dates);
}

Living::Living(const CatalogContents& contents)
    : packages_(contents.packages.size()),
      objections_(static_cast<std::size_t>(contents.buckets)),
      withdrawn_(static_cast<std::size_t>(contents.buckets)) {
  for (const Package& package : contents.packages) {
    packages_[package.id].died = package.died;
    packages_[package.id].forgotten = package.forgotten;
  }
}

Living Living::all(const CatalogContents& contents) {
  Living all(contents);
  for (OfPackage& package : all.packages_) {
    package.lives = true;
  }
  return all;
}

Living Living::unreplaced(const CatalogContents& contents) {
  Living living(contents);
  for (const Package& package : contents.packages) {
    living.packages_[package.id].lives = package.living();
  }
  return living;
}

Living Living::on(const CatalogContents& contents, Day today) {
  return by_formalities(contents, today, false);
}

Living Living::kept_on(const CatalogContents& contents, Day today) {
  return by_formalities(contents, today, true);
}

// What the permit in the place of a package's own says on the day; asked once a permit.
Living::Standing Living::standing_of(const CatalogContents& contents, const std::string& reference,
                                     Day today, bool forever) {
  Standing standing;
  const formalities::KnownPermit* known = contents.formalities.successor(reference);
  if (known == nullptr || contents.formalities.died_with(reference) != nullptr) {
    return standing;
  }
  const formalities::Permit& permit = known->permit;
  const bool may_again = forever &&
                         (known->status == formalities::PermitStatus::entered ||
                          known->status == formalities::PermitStatus::suspended) &&
                         today <= permit.valid.last;
  standing.lives = (known->in_force(today) || may_again) && (permit.collection || permit.studies) &&
                   days_fit(permit.covers, contents.calendar);
  standing.reach =
      reach_of(contents.formalities, reference, contents.calendar == Calendar::dates, today);
  add_covers(standing, contents, *contents.formalities.permit(reference));
  return standing;
}

// What a permit in between did not cover does not live again under a wider one.
void Living::add_covers(Standing& standing, const CatalogContents& contents,
                        const formalities::KnownPermit& collected) {
  const formalities::Formalities& formalities = contents.formalities;
  formalities::Cover* all = nullptr;
  for (const formalities::KnownPermit* one = &collected;
       one->status == formalities::PermitStatus::superseded;) {
    one = formalities.permit(one->superseded_by);
    const formalities::Covers& covers = one->permit.covers;
    if (!formalities::covers_practices_of(covers, collected.permit.covers)) {
      standing.practices.push_back(&covers);
    }
    if (all == nullptr) {
      all = &covers_.try_emplace(collected.permit.reference, covers, contents.codes).first->second;
    } else {
      all->narrow(formalities::Cover(covers, contents.codes));
    }
  }
  if (all != nullptr) {
    standing.cover = all;
    standing.whole_kinds = kinds_covered_whole(*all, contents.codes);
  }
}

void Living::judge_package(const Package& package, const std::string& practice,
                           const Standing& standing, Day first_by_sends) {
  OfPackage& one = packages_[package.id];
  const DaySpan& days = package.counts.days;
  const std::optional<Day> collected = day_of_moment(package.imported_at);
  one.first = std::max(standing.reach.first, first_by_sends);
  one.sent_before = first_by_sends > formalities::every_day;
  const bool all_too_old = days.empty() ? one.sent_before : days.last() < one.first;
  const bool too_long = !collected || *collected < standing.reach.first_collected;
  const bool permitted =
      standing.lives && std::ranges::all_of(standing.practices, [&](const auto* covers) {
        return formalities::covers_practice(*covers, practice);
      });
  one.lives = permitted && !too_long && !all_too_old;
  one.outlived = permitted && !too_long && all_too_old;
  one.over_by_collection = permitted && (too_long || one.sent_before) && !one.lives;
  one.cover = standing.cover;
  if (const formalities::Cover* cover = standing.cover) {
    one.asks = asked_by(*cover, standing.whole_kinds, package.counts);
    one.masks = !(cover->birth_year() && cover->sex() && cover->place());
  }
  one.asks.day = one.asks.day || (!days.empty() && days.first() < one.first);
}

Living Living::by_formalities(const CatalogContents& contents, Day today, bool forever) {
  Living living = unreplaced(contents);
  std::map<std::string, Standing, std::less<>> standings;
  const EarlierSends sends(contents, today);
  for (const Package& package : contents.packages) {
    if (!package.living()) {
      continue;
    }
    auto standing = standings.find(package.permit);
    if (standing == standings.end()) {
      standing =
          standings
              .emplace(package.permit, living.standing_of(contents, package.permit, today, forever))
              .first;
    }
    living.judge_package(package, contents.practices[package.practice], standing->second,
                         sends.first_fact(package));
  }
  living.note_objections(contents);
  return living;
}

// The catalog has them in order of patient; of several of one patient the longest counts.
void Living::note_objections(const CatalogContents& contents) {
  for (const Objection& objection : contents.objections) {
    const auto bucket =
        static_cast<std::size_t>(bucket_of(objection.who.patient, contents.buckets));
    const rows::PackageId dead_below =
        objection.stands() ? rows::most_packages : objection.dead_below;
    std::vector<Objected>& some = objections_[bucket];
    if (!some.empty() && some.back().patient == objection.who.patient) {
      some.back().dead_below = std::max(some.back().dead_below, dead_below);
    } else {
      some.push_back({objection.who.patient, dead_below});
    }
  }
  for (std::size_t bucket = 0; bucket < objections_.size(); ++bucket) {
    withdrawn_[bucket] = std::ranges::any_of(objections_[bucket], [](const Objected& one) {
      return one.dead_below < rows::most_packages;
    });
  }
}

// A package that asks for nothing of a cover has none or one that covers all of it.
bool Living::judge(const OfPackage& package, const rows::EventRow& row) const {
  const Asks& asks = package.asks;
  if (asks.day &&
      (row.day < package.first || (package.cover != nullptr && !package.cover->day(row.day)))) {
    return false;
  }
  if (asks.code && !package.cover->code(row.code)) {
    return false;
  }
  return !asks.provenance ||
         package.cover->provenance(static_cast<records::Provenance>(row.provenance));
}

bool Living::mask(rows::PatientRow& row) const {
  const formalities::Cover* cover = packages_[row.package].cover;
  return cover != nullptr && mask_fields(*cover, row.patient);
}

// Rows of a package that asks for nothing pass what the others of its sort are asked, so they may
// be asked too.
Living::FileAsks Living::asks(const BucketFile& file) const {
  Asks asks;
  const OfPackage* sort = nullptr;  // of all packages so far
  bool same = !withdrawn_[static_cast<std::size_t>(file.bucket)];
  const auto last = std::min<std::size_t>(packages_.size(), std::size_t{file.last_package} + 1);
  for (std::size_t package = file.first_package; package < last; ++package) {
    const OfPackage& one = packages_[package];
    // Of what was forgotten, or replaced before the file was written, the file has no rows.
    if (one.forgotten || (one.died > 0 && one.died <= file.written)) {
      continue;
    }
    sort = sort == nullptr ? &one : sort;
    same = same && alike(*sort, one);
    asks.package = asks.package || !one.lives || !one.asks.nothing();
    if (one.lives) {
      asks.day = asks.day || one.asks.day;
      asks.code = asks.code || one.asks.code;
      asks.provenance = asks.provenance || one.asks.provenance;
    }
  }
  FileAsks made{asks, std::nullopt};
  made.asks.package = asks.package || withdrawn_[static_cast<std::size_t>(file.bucket)];
  if (same && asks.package) {
    made.asks.package = false;
    const formalities::Cover* cover = sort->cover;
    made.same = OneTest{
        .too_old = sort->first,
        .first = cover == nullptr ? sort->first : std::max(sort->first, cover->days().first),
        .last = cover == nullptr ? latest_day : cover->days().last,
        .cover = asks.code || asks.provenance ? cover : nullptr};
  }
  return made;
}

rows::PackageId Living::dead_below(const records::PatientId& patient) const {
  const std::vector<Objected>& some =
      objections(bucket_of(patient, static_cast<int>(objections_.size())));
  if (some.empty()) {
    return 0;
  }
  const auto found = std::ranges::lower_bound(some, patient, {}, &Objected::patient);
  return found != some.end() && found->patient == patient ? found->dead_below : 0;
}

}  // namespace parcours::vault
