// Reads XML as it comes, without keeping it: expat, with limits.
//
// G1: nothing outside the document is looked at: a DOCTYPE is a defect, so that there are no
//     entities but those of XML itself, and no external ones.
// G2: the limits of defect.h hold, whatever the bytes are.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "base/error.h"
#include "cda/defect.h"

namespace parcours::cda {

// Bytes from front to back; fewer than asked for only at the end. A defect is said by `defect()`,
// and then reading gives no more bytes.
class Bytes {
 public:
  virtual ~Bytes() = default;
  virtual Result<std::size_t> read(std::span<char> to) = 0;
  Defect defect() const { return defect_; }

 protected:
  Defect defect_ = Defect::none;
};

// Names are "namespace|local"; a name without a namespace is "local".
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  // `attributes`: names and values in turn, nullptr at the end.
  virtual void start(const char* name, const char** attributes) = 0;
  virtual void end() = 0;
  virtual void text(std::string_view) {}
};

class XmlReader {
 public:
  XmlReader();
  ~XmlReader();
  XmlReader(const XmlReader&) = delete;
  XmlReader& operator=(const XmlReader&) = delete;

  // Reads a document to its end, or until the handler stops it.
  Result<DefectAt> read(Bytes& bytes, XmlHandler& handler);

  // For the handler, while it is called.
  void stop();               // reads no further; not a defect
  void stop(Defect defect);  // the document is refused
  void want_text(bool wanted);
  std::uint64_t line();  // of the tag

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace parcours::cda
