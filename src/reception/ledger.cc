#include "reception/ledger.h"

#include <algorithm>

#include "vault/living.h"

namespace parcours::reception {

Ledger::Ledger(const vault::CatalogContents& contents, const records::ProgrammeKey& key, Day day)
    : contents_(contents), names_(records::practice_hash(key)), sends_(contents, day) {
  sends_.index();
  for (std::size_t id = 0; id < contents.practices.size(); ++id) {
    ids_.emplace(contents.practices[id], static_cast<records::PracticeId>(id));
  }
  for (const vault::Package& package : contents.packages) {
    if (!package.delivery) {
      continue;
    }
    const std::string& name = contents.practices[package.practice];
    if (name.empty()) {
      forgotten_.insert(package.delivery->digest.hex());
    } else {
      deliveries_[name].push_back(&package);
    }
  }
  for (const formalities::KnownPractice& practice : contents.formalities.practices()) {
    practices_.emplace(practice.name, &practice);
  }
  for (const formalities::KnownPermit& known : contents.formalities.permits()) {
    if (known.in_force(day) && known.permit.collection &&
        vault::days_fit(known.permit.covers, contents.calendar)) {
      permits_.push_back(&known);
    }
  }
}

Ledger::Account& Ledger::account(std::string_view practice) {
  if (const auto known = accounts_.find(practice); known != accounts_.end()) {
    return known->second;
  }
  Account account;
  const std::string name(practice);
  if (const auto admitted = practices_.find(name); admitted != practices_.end()) {
    account.practice = admitted->second;
    account.standing.practice = account.practice->status;
  }
  account.vault_name = records::practice_name(names_, practice);
  account.standing.vault = contents_.formalities.vault();
  for (const formalities::KnownPermit* known : permits_) {
    account.standing.permits.push_back({known->permit.reference, known->permit.digest});
  }
  if (const auto sent = deliveries_.find(account.vault_name); sent != deliveries_.end()) {
    for (const vault::Package* package : sent->second) {
      const std::uint64_t number = package->delivery->number;
      if (number > account.taken.size()) {
        account.taken.resize(number, nullptr);
        account.standing.taken.resize(number);
      }
      account.taken[number - 1] = package;
      account.standing.taken[number - 1] = package->delivery->digest;
    }
    if (!account.taken.empty() && account.taken.back() != nullptr) {
      account.last_made_at = account.taken.back()->delivery->made_at;
    }
  }
  return accounts_.emplace(name, std::move(account)).first->second;
}

Day Ledger::first_fact(const Account& account, std::string_view period,
                       std::string_view permit) const {
  const auto id = ids_.find(account.vault_name);
  return id == ids_.end() ? formalities::every_day
                          : sends_.first_fact_if_sent(id->second, period, permit);
}

const formalities::KnownPermit* Ledger::permit(std::string_view reference,
                                               const records::Digest& digest) const {
  const auto found = std::ranges::find_if(permits_, [&](const formalities::KnownPermit* known) {
    return known->permit.reference == reference && known->permit.digest == digest;
  });
  return found == permits_.end() ? nullptr : *found;
}

}  // namespace parcours::reception
