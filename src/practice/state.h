// How things stand at the practice: what its log says, read from the first line to the last.
//
// A package that the vault refused because an earlier one is missing still waits: it is sent again
// after that one. Every other answer ends the waiting, and a refused package leaves its number to
// the next one.
//
// G1: the same entries give the same state; nothing else decides it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "post/contents.h"
#include "practice/entry.h"

namespace parcours::practice {

struct Agreement {
  std::string doctor;
  std::string at;
  std::string permit;
  records::Digest permit_digest;
};

// A package whose receipt has not come yet.
struct Waiting {
  std::string period;
  records::Digest package;
  bool sent = false;
};

struct State {
  std::string practice;
  std::string vault;
  std::optional<Agreement> agreement;
  std::uint64_t last_number = 0;  // of the packages so far
  std::set<std::uint64_t> free;   // numbers of refused packages: the vault still waits for them
  std::map<std::uint64_t, Waiting> waiting;
  std::set<std::string> keys;       // labels of the keys that were made and not destroyed
  std::set<std::string> destroyed;  // labels of the others
  std::map<std::uint64_t, records::Digest> receipts;  // of packages that the vault took, by number
  bool left = false;

  bool agreed_to(const records::Digest& permit) const {
    return agreement && agreement->permit_digest == permit;
  }
  // Of the next package: the vault takes them without a gap.
  std::uint64_t next_number() const { return free.empty() ? last_number + 1 : *free.begin(); }
  // The last receipt such that it and every one before it have come; nothing where there is none.
  // The vault need not keep them any more.
  std::optional<post::Confirmed> confirmed() const;
  void take(const Entry& entry);

 private:
  void take_receipt(const Entry& entry);
};

}  // namespace parcours::practice
