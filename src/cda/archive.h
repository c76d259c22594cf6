// A zip archive of documents, read in memory: the name of a member is never a path on this machine.
//
// Of an IHE XDM archive the documents are those that IHE_XDM/SUBSET*/METADATA.XML names; of any
// other, its members whose names end in ".xml".
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/input_file.h"
#include "cda/xml.h"

namespace parcours::cda {

// A document in an archive.
struct Member {
  std::uint64_t index = 0;     // in the archive
  std::uint64_t packed = 0;    // bytes
  std::uint64_t unpacked = 0;  // as the archive says; it may lie
  Defect defect = Defect::none;
  bool other = false;  // METADATA.XML says that it is no XML
};

class Archive {
 public:
  // A defect where it is no archive that can be read, or breaks a limit.
  struct Opened;
  static Result<Opened> open(const InputFile& file);

  ~Archive();

  // In the order of the archive.
  Result<std::vector<Member>> documents(XmlReader& xml);
  std::unique_ptr<Bytes> read(const Member& member);

 private:
  struct State;
  explicit Archive(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

struct Archive::Opened {
  std::unique_ptr<Archive> archive;
  Defect defect = Defect::none;
};

}  // namespace parcours::cda
