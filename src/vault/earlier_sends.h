// How far back a retention reaches into a vault, also where a practice sent a period more than
// once.
//
// A retention that is counted from the collection must not begin anew because a period is sent
// again. The vault keeps no history of single rows. But it knows on which days a practice sent a
// period, and that no fact was sent before its own day. So a fact counts as collected with the
// first send of its period that came on its day or later:
//
//   sends of 2024-03:  5 April 2024,  5 May 2024;  kept for ten years
//   a fact of 20 March 2024, in both or in the second alone: kept until 5 April 2034
//
// G1: a fact that is sent again is not kept longer than it would have been otherwise. It is kept
//     shorter only if the practice wrote it down after a send that could have had it.
//
// Only sends under the same formality count: under a permit, or one in whose place it stands today.
// Under another formality the same facts are collected anew.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/day.h"
#include "formalities/acts.h"
#include "formalities/retention.h"
#include "vault/catalog.h"

namespace parcours::vault {

// What is older than these is over on a day.
struct Reach {
  Day first_collected;  // packages that came earlier
  Day first;            // facts
};

// That of the records which were collected under a permit: of the one that stands in its place, and
// of all before it, each on the day on which the next one was entered. What was over then does not
// live again, however long the next one keeps.
Reach reach_of(const formalities::Formalities& formalities, std::string_view reference, bool dated,
               Day today);

class EarlierSends {
 public:
  // The contents must outlive it.
  EarlierSends(const CatalogContents& contents, Day today);

  // The first day of facts that earlier sends of a package's period leave to it: facts before it
  // came with one whose time is over. every_day: they leave all. Without dates every fact may have
  // come with the first send, so none is left then.
  Day first_fact(const Package& package) const;

  // The same of a package that is to take the place of the living one of its practice and period.
  // Only after index(); safe to call from several threads.
  void index();
  Day first_fact_if_sent(records::PracticeId practice, std::string_view period,
                         std::string_view permit) const;

 private:
  struct Send {
    Day day;
    const std::string* permit;
  };
  struct OfPermit {
    const formalities::KnownPermit* today = nullptr;  // that stands in its place; none: it died
    Day first_collected = formalities::every_day;
  };
  const OfPermit* of_permit(std::string_view reference) const;
  Day first_fact(const std::vector<Send>& before, std::string_view permit) const;

  const CatalogContents& contents_;
  std::unordered_map<std::string, OfPermit> permits_;              // by reference
  std::unordered_map<rows::PackageId, std::vector<Send>> before_;  // of living packages
  std::unordered_map<std::string, rows::PackageId> living_;        // by practice and period
};

}  // namespace parcours::vault
