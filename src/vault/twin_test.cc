// The vault held against its slow twin: maps in memory.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>
#include <tuple>

#include "vault/compact.h"
#include "vault/testing/worlds.h"

namespace parcours::vault {
namespace {

using Fact =
    std::tuple<std::int32_t, std::string, std::string, double>;  // day, practice, code, value
using Who = std::tuple<std::string, std::int16_t, records::Sex,
                       std::string>;  // practice, birth year, sex, place

struct Told {
  Who who;
  std::multiset<Fact> facts;
  friend bool operator==(const Told&, const Told&) = default;
};
using People = std::map<records::PatientId, Told>;

constexpr double none = -1;  // NaN does not compare

// Packages by practice and period, in order of coming.
class Twin {
 public:
  void import(const std::vector<SmallPackage>& packages) {
    for (const SmallPackage& package : packages) {
      std::erase_if(packages_, [&](const SmallPackage& old) {
        return old.practice == package.practice && old.period == package.period;
      });
      packages_.push_back(package);
    }
  }

  People people() const {
    People people;
    for (const SmallPackage& package : packages_) {
      for (const SmallPatient& patient : package.patients) {
        people[patient.id].who = {package.practice, patient.birth_year, patient.sex, patient.place};
      }
      for (const SmallEvent& event : package.events) {
        people[event.patient].facts.emplace(event.day, package.practice, event.code,
                                            records::has_value(event.value) ? event.value : none);
      }
    }
    return people;
  }

 private:
  std::vector<SmallPackage> packages_;
};

// Practices by the names that they have at their source.
People people_of(const SmallVault& small, const Vault& vault) {
  std::vector<std::string> practices = vault.practices();
  for (const std::string code : {"P0", "P1", "P2"}) {
    std::ranges::replace(practices, small.practice(code), code);
  }
  People people;
  BucketReader reader = *vault.reader({.day = true, .practice = true, .value = true});
  for (int b = 0; b < vault.buckets(); ++b) {
    const Bucket* bucket = *reader.read(b);
    for (std::size_t i = 0; i < bucket->patients(); ++i) {
      const records::Record record = bucket->record(i);
      const records::Patient& patient = record.patient;
      RC_ASSERT(people.find(patient.id) == people.end());
      Told& told = people[patient.id];
      // Nothing is told of patients of whom only events came; the twin says so with empty names.
      const bool known = patient.birth_year != records::no_birth_year;
      if (known) {
        told.who = {
            practices[patient.practice], patient.birth_year, patient.sex,
            patient.place == vocabulary::no_code ? "" : vault.codes().at(patient.place).code};
      }
      for (std::size_t e = 0; e < record.size(); ++e) {
        told.facts.emplace(record.days[e].number, practices[record.practices[e]],
                           vault.codes().at(record.codes[e]).code,
                           records::has_value(record.values[e]) ? record.values[e] : none);
      }
    }
  }
  return people;
}

std::vector<SmallPackage> some_packages() {
  const auto number = [](int below) { return *rc::gen::inRange(0, below); };
  const auto patient = [&] {
    return records::PatientId{static_cast<std::uint64_t>(number(3)) << 62,
                              static_cast<std::uint64_t>(number(6))};
  };
  std::vector<SmallPackage> packages(static_cast<std::size_t>(1 + number(3)));
  std::set<std::pair<std::string, std::string>> sent;
  for (SmallPackage& package : packages) {
    package.practice = "P" + std::to_string(number(3));
    package.period = std::to_string(2020 + number(2));
    while (!sent.emplace(package.practice, package.period).second) {
      package.period += "'";  // one import sends a package once
    }
    std::set<records::PatientId> patients;
    for (int i = number(5); i > 0; --i) {
      patients.insert(patient());
    }
    for (const records::PatientId& id : patients) {
      package.patients.push_back({id, static_cast<std::int16_t>(1950 + number(50)),
                                  static_cast<records::Sex>(number(3)),
                                  number(2) == 0 ? "" : "69"});
    }
    for (int i = number(12); i > 0; --i) {
      package.events.push_back({.patient = patient(),
                                .day = number(400) - 200,
                                .code = "C" + std::to_string(number(4)),
                                .value = number(2) == 0 ? records::no_value : number(100) / 4.0});
    }
  }
  return packages;
}

RC_GTEST_PROP(Twin, AfterAnyImportsAndCompactionsTheVaultHoldsWhatTheTwinHolds, ()) {
  const auto at_rest = *rc::gen::element(AtRest::plain, AtRest::encrypted);
  const SmallVault small =
      *SmallVault::make({.calendar = Calendar::days, .buckets = *rc::gen::inRange(1, 4)}, at_rest);
  Twin twin;
  const int steps = *rc::gen::inRange(1, 5);
  for (int step = 0; step < steps; ++step) {
    if (*rc::gen::inRange(0, 4) == 0) {
      Progress progress(Progress::Manner::none);
      const Stop stop;
      RC_ASSERT(compact(small.place(), progress, stop));
    } else {
      const std::vector<SmallPackage> packages = some_packages();
      const ImportOptions options{.threads = *rc::gen::inRange(1, 3), .memory_megabytes = 100};
      RC_ASSERT(import_packages(small.place(), small.key(), packages, options));
      twin.import(packages);
    }
  }
  const Vault vault = *small.open();
  const People expected = twin.people();
  RC_ASSERT(people_of(small, vault) == expected);
  std::size_t facts = 0;
  for (const auto& [id, told] : expected) {
    facts += told.facts.size();
  }
  RC_ASSERT(vault.event_count() == facts);
}

}  // namespace
}  // namespace parcours::vault
