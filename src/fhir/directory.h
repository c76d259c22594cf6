// What references mean: the survey tells it which resources were deleted, the first reading which
// patients and drugs the source has and under which addresses; the second reading looks them up. It
// keeps hashes, not addresses.
//
// G1: an address that is given to two different resources is nobody's.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "fhir/json.h"
#include "fhir/reference.h"
#include "records/keys.h"

namespace parcours::fhir {

class Directory {
 public:
  // What a resource is called by those of its own source, "Patient/17"; without an id the address
  // that its Bundle gives it. Empty: nothing can point to it.
  static std::string name_of(std::string_view type, std::string_view id, std::string_view full_url);

  void add_patient(const std::string& name, std::string_view full_url);
  void add_drug(const std::string& name, std::string_view full_url, const Codings& codings);
  void add_deleted(std::string_view name);
  // The server that the source is of: that of the first address of a patient or drug or, where a
  // source has no such addresses, that of the first reference.
  void note_address(std::string_view full_url);
  void note_reference_to(std::string_view base);

  // The name of the patient or drug that a reference points to: nothing for a search, a reference
  // of another server, or an address that is nobody's.
  std::string_view name(const Reference& reference) const;
  // nullptr: not known.
  const Codings* drug(std::string_view name) const;
  bool deleted(std::string_view name) const;
  bool any_deleted() const { return !deleted_.empty(); }
  const std::string& base() const { return base_.empty() ? referenced_base_ : base_; }

 private:
  struct Hash {
    std::size_t operator()(Uint128 value) const noexcept { return static_cast<std::size_t>(value); }
  };

  void add_address(std::string_view full_url, const std::string& name);

  records::KeyedHash hash_ = records::KeyedHash::of_this_run();
  std::unordered_map<Uint128, std::string, Hash> names_;  // by address; empty: of several
  std::unordered_map<Uint128, const Codings*, Hash> drugs_;
  std::map<std::vector<std::pair<std::string, std::string>>, Codings> drug_codings_;
  std::unordered_set<Uint128, Hash> deleted_;
  std::string base_;
  std::string referenced_base_;
};

}  // namespace parcours::fhir
