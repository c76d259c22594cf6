// The patients who object: nothing about them leaves the practice any more, and the vault is told
// to forget what it has.
//
// The number of a patient at the source is never stored. Of each objection two things are: a mark,
// made of the number by a key of the practice's own that never changes and never leaves it, by
// which the patient is known again when a source is read; and the pseudonyms that the keys of step
// one make of the number, which every later package carries. A key of step one that is made
// afterwards makes its pseudonym when the patient is next met in a source. Personal data.
//
// The file is written a line at a time (lines.h):
//
//   {"mark":"4f2a...","patients":["9c01...","b37d..."]}
//   {"mark":"4f2a...","withdrawn":true,"patients":["9c01..."]}
//
// Later packages also carry the pseudonyms of who withdrew an objection, so that the vault takes
// their records again: those that are sent from then on.
//
// G1: after add(number) objects(number) is true, whatever keys there are, until take_back(number).
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "records/keys.h"
#include "records/patient.h"

namespace parcours::practice {

class Objections {
 public:
  // In the folder of a practice, where the key of the marks is.
  static Result<Objections> open(const std::filesystem::path& folder);
  // That key, new.
  static Status begin(const std::filesystem::path& folder);
  // The key and the objections of a folder that the practice worked in before, even if it has left,
  // in the place of begin().
  static Status carry(const std::filesystem::path& from, const std::filesystem::path& folder);

  bool objects(std::string_view number) const;
  std::size_t count() const { return by_mark_.size(); }

  // `keys`: all of step one that there are. False for who objected already, of whom the pseudonyms
  // of new keys are added.
  Result<bool> add(std::string_view number, const std::vector<records::KeyedHash>& keys);
  // False for who had not objected. `keys` as for add(): what later packages said of the patient
  // under a newer key is withdrawn, too.
  Result<bool> take_back(std::string_view number, const std::vector<records::KeyedHash>& keys);

  // Step-one pseudonyms of all who object.
  std::vector<records::PatientId> patients() const;
  // Of all who withdrew it and do not object anew.
  std::vector<records::PatientId> withdrawn() const;

 private:
  Objections(std::filesystem::path file, const records::KeyedHash& marks)
      : file_(std::move(file)), marks_(marks) {}

  std::filesystem::path file_;
  records::KeyedHash marks_;
  using ByMark = std::map<records::PatientId, std::set<records::PatientId>>;
  ByMark by_mark_;
  ByMark withdrawn_;
};

}  // namespace parcours::practice
