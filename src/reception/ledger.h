// What a vault knows of each practice's packages, to decide on the next one.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/day.h"
#include "formalities/acts.h"
#include "post/sequence.h"
#include "records/keys.h"
#include "vault/catalog.h"
#include "vault/earlier_sends.h"

namespace parcours::reception {

class Ledger {
 public:
  // What one practice is to the vault. The vault's catalog must outlive it.
  struct Account {
    const formalities::KnownPractice* practice = nullptr;  // nullptr: no act has admitted it
    std::string vault_name;                                // of the practice: "P-..."
    post::Standing standing;
    std::vector<const vault::Package*> taken;  // by number, from 1; nullptr: not known
    // Of the last package that was taken: when the practice made it; empty: none was.
    std::string last_made_at;

    // Whether a package was made after the last one that was taken. What an older one says of
    // objections the last one has said since, with those that were withdrawn.
    bool news(const post::Contents& contents) const {
      return contents.made_at > last_made_at ||
             (contents.made_at == last_made_at && contents.number >= standing.next());
    }
  };

  Ledger(const vault::CatalogContents& contents, const records::ProgrammeKey& key, Day day);

  // By its name at the source. It is made once, and the caller notes in it what it takes.
  Account& account(std::string_view practice);
  // Whether a package was taken of a practice that the vault has forgotten since.
  bool forgotten(const records::Digest& package) const {
    return forgotten_.contains(package.hex());
  }
  // The first day of facts that earlier sends of the period leave (vault/earlier_sends.h).
  Day first_fact(const Account& account, std::string_view period, std::string_view permit) const;
  // The permit of this reference and text, if records may be collected under it.
  const formalities::KnownPermit* permit(std::string_view reference,
                                         const records::Digest& digest) const;

 private:
  const vault::CatalogContents& contents_;
  records::KeyedHash names_;
  std::vector<const formalities::KnownPermit*> permits_;
  std::unordered_map<std::string, std::vector<const vault::Package*>> deliveries_;  // by vault_name
  std::unordered_set<std::string> forgotten_;
  std::unordered_map<std::string, records::PracticeId> ids_;  // by vault_name
  vault::EarlierSends sends_;
  std::unordered_map<std::string, const formalities::KnownPractice*> practices_;
  std::map<std::string, Account, std::less<>> accounts_;
};

}  // namespace parcours::reception
