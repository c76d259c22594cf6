#include "vault/admission.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

#include "vault/catalog_objections.h"
#include "vault/living.h"

namespace parcours::vault {

std::uint64_t CutRows::not_covered() const {
  return std::accumulate(uncovered.begin(), uncovered.end(), std::uint64_t{0});
}

CutRows& CutRows::operator+=(const CutRows& other) {
  for (std::size_t i = 0; i < uncovered.size(); ++i) {
    uncovered[i] += other.uncovered[i];
  }
  objected += other.objected;
  expired += other.expired;
  fields += other.fields;
  return *this;
}

std::string CutRows::reasons() const {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < uncovered.size(); ++i) {
    if (uncovered[i] > 0) {
      words.push_back(fmt::format("{} by {}", uncovered[i],
                                  formalities::to_string(static_cast<formalities::Uncovered>(i))));
    }
  }
  return fmt::format("{}", fmt::join(words, ", "));
}

Admission::Admission(const CatalogContents& contents, rows::PackageId first_package, Day day)
    : first_package_(first_package), day_(day), dated_(contents.calendar == Calendar::dates) {
  const std::vector<records::PatientId> objecting = vault::objecting(contents.objections);
  objections_.insert(objecting.begin(), objecting.end());
}

void Admission::add_package(const formalities::KnownPermit& permit, bool practice_covered,
                            Day first) {
  const std::lock_guard lock(mutex_);
  packages_.push_back({&permit, practice_covered, first});
  if (first > formalities::every_day ||
      (dated_ && permit.permit.retention.from == formalities::RetentionFrom::fact)) {
    by_fact_.store(true, std::memory_order_relaxed);
  }
}

const Admission::Judge::OfPackage& Admission::Judge::of(rows::PackageId package) {
  const std::size_t index = package - admission_.first_package_;
  if (index >= packages_.size()) {
    const std::lock_guard lock(admission_.mutex_);
    for (std::size_t i = packages_.size(); i < admission_.packages_.size(); ++i) {
      const Admission::OfPackage& one = admission_.packages_[i];
      const formalities::Permit& permit = one.permit->permit;
      formalities::Cover& cover =
          covers_.try_emplace(permit.reference, permit.covers, codes_).first->second;
      packages_.push_back(
          {one.practice_covered,
           std::max(one.first,
                    formalities::oldest_fact(permit.retention, admission_.dated_, admission_.day_)),
           one.first > formalities::every_day, &cover});
    }
  }
  return packages_.at(index);
}

CutRows& Admission::Judge::cut_of(rows::PackageId package) {
  const std::size_t index = package - admission_.first_package_;
  if (index >= cut_.size()) {
    cut_.resize(index + 1);
  }
  return cut_[index];
}

bool Admission::Judge::admits(rows::EventRow& row) {
  const OfPackage& package = of(row.package);
  if (row.code >= package.cover->codes_met()) {
    package.cover->meet(codes_);
  }
  const bool too_old = row.day < package.first;
  if (too_old) {
    outlived_.add(row.patient);
  }
  const formalities::Uncovered why =
      package.practice_covered
          ? package.cover->judge(static_cast<vocabulary::KindId>(row.kind), row.code, row.day,
                                 static_cast<records::Provenance>(row.provenance))
          : formalities::Uncovered::practice;
  if (why != formalities::Uncovered::nothing) {
    ++cut_of(row.package).uncovered[static_cast<std::size_t>(why)];
    return false;
  }
  if (too_old) {
    ++cut_of(row.package).expired;
    return false;
  }
  if (admission_.objections_.contains(row.patient)) {
    ++cut_of(row.package).objected;
    return false;
  }
  return true;
}

bool Admission::Judge::admits(rows::PatientRow& row) {
  const OfPackage& package = of(row.package);
  if (!package.practice_covered) {
    ++cut_of(row.package).uncovered[static_cast<std::size_t>(formalities::Uncovered::practice)];
    return false;
  }
  if (admission_.objections_.contains(row.patient.id)) {
    ++cut_of(row.package).objected;
    return false;
  }
  if (package.sent_before) {
    outlived_.add(row.patient.id);
  }
  cut_of(row.package).fields += mask_fields(*package.cover, row.patient) ? 1 : 0;
  return true;
}

void Admission::take(const Judge& judge) {
  cut_.resize(std::max(cut_.size(), judge.cut().size()));
  for (std::size_t i = 0; i < judge.cut().size(); ++i) {
    cut_[i] += judge.cut()[i];
  }
  outlived_.add(judge.outlived());
}

Status Admission::check() const {
  for (std::size_t i = 0; i < cut_.size(); ++i) {
    const formalities::KnownPermit& known = *packages_[i].permit;
    if (cut_[i].not_covered() > 0 &&
        known.permit.covers.otherwise == formalities::Otherwise::refuse) {
      return refused(fmt::format("permit {} does not cover {} of the rows: {}",
                                 known.permit.reference, cut_[i].not_covered(), cut_[i].reasons()),
                     {},
                     "leave them out at the source, or have a permit that covers them or that says "
                     "otherwise = \"cut\"");
    }
  }
  return {};
}

}  // namespace parcours::vault
