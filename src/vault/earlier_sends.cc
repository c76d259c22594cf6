#include "vault/earlier_sends.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "formalities/retention.h"

namespace parcours::vault {
namespace {

constexpr Day no_day{std::numeric_limits<std::int32_t>::max()};  // after every day of a fact

Reach reach_by(const formalities::Retention& retention, bool dated, Day day) {
  const bool by_fact = retention.from == formalities::RetentionFrom::fact && dated;
  return {.first_collected =
              by_fact ? formalities::every_day : formalities::years_before(day, retention.years),
          .first = formalities::oldest_fact(retention, dated, day)};
}

std::string place_of(records::PracticeId practice, std::string_view period) {
  return fmt::format("{} {}", practice, period);
}

}  // namespace

Reach reach_of(const formalities::Formalities& formalities, std::string_view reference, bool dated,
               Day today) {
  Reach all{formalities::every_day, formalities::every_day};
  const formalities::KnownPermit* one = formalities.permit(reference);
  while (one != nullptr) {
    const formalities::KnownPermit* next = one->status == formalities::PermitStatus::superseded
                                               ? formalities.permit(one->superseded_by)
                                               : nullptr;
    const std::optional<Day> until = next == nullptr ? today : day_of_moment(next->entered_at);
    if (until) {
      const Reach reach = reach_by(one->permit.retention, dated, *until);
      all.first_collected = std::max(all.first_collected, reach.first_collected);
      all.first = std::max(all.first, reach.first);
    }
    one = next;
  }
  return all;
}

EarlierSends::EarlierSends(const CatalogContents& contents, Day today) : contents_(contents) {
  const bool dated = contents.calendar == Calendar::dates;
  for (const formalities::KnownPermit& known : contents.formalities.permits()) {
    const std::string& reference = known.permit.reference;
    permits_[reference] = {contents.formalities.died_with(reference) != nullptr
                               ? nullptr
                               : contents.formalities.successor(reference),
                           reach_of(contents.formalities, reference, dated, today).first_collected};
  }
  // A package is replaced by a later one, so that each has all sends before it when it is met.
  for (const Package& package : contents.packages) {
    if (!package.replaced_by) {
      continue;
    }
    std::vector<Send> sends;
    if (const auto before = before_.find(package.id); before != before_.end()) {
      sends = std::move(before->second);
      before_.erase(before);
    }
    if (const std::optional<Day> came = day_of_moment(package.imported_at)) {
      sends.push_back({*came, &package.permit});
    }
    before_[*package.replaced_by] = std::move(sends);
  }
}

const EarlierSends::OfPermit* EarlierSends::of_permit(std::string_view reference) const {
  const auto found = permits_.find(std::string(reference));
  return found == permits_.end() ? nullptr : &found->second;
}

Day EarlierSends::first_fact(const std::vector<Send>& before, std::string_view permit) const {
  const OfPermit* const now = of_permit(permit);
  Day first = formalities::every_day;
  for (const Send& send : before) {
    const OfPermit* const then = of_permit(*send.permit);
    if (now != nullptr && then != nullptr && then->today != nullptr && then->today == now->today &&
        send.day < then->first_collected) {
      first = std::max(first, contents_.calendar == Calendar::dates ? send.day + 1 : no_day);
    }
  }
  return first;
}

Day EarlierSends::first_fact(const Package& package) const {
  const auto before = before_.find(package.id);
  return before == before_.end() ? formalities::every_day
                                 : first_fact(before->second, package.permit);
}

void EarlierSends::index() {
  for (const Package& package : contents_.packages) {
    if (package.living()) {
      living_[place_of(package.practice, package.period)] = package.id;
    }
  }
}

Day EarlierSends::first_fact_if_sent(records::PracticeId practice, std::string_view period,
                                     std::string_view permit) const {
  const auto living = living_.find(place_of(practice, period));
  if (living == living_.end()) {
    return formalities::every_day;
  }
  const Package& replaced = contents_.packages[living->second];
  std::vector<Send> sends;
  if (const auto before = before_.find(replaced.id); before != before_.end()) {
    sends = before->second;
  }
  if (const std::optional<Day> came = day_of_moment(replaced.imported_at)) {
    sends.push_back({*came, &replaced.permit});
  }
  return first_fact(sends, permit);
}

}  // namespace parcours::vault
