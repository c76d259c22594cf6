// A document as a tree of the elements and attributes that this module reads, and no others: texts,
// pictures and names of practitioners never get into it. The patient's name does, so that it enters
// nowhere as a code. Personal data.
//
//   TreeReader reader;
//   ASSIGN_OR_RETURN(const DefectAt defect, reader.read(bytes, TreeReader::Part::whole));
//   if (defect.good()) { const Element document = reader.document(); ... }
//
// G1: what is no element of tags.h is passed over with all that is in it.
#pragma once

#include <string>
#include <vector>

#include "cda/tags.h"
#include "cda/xml.h"

namespace parcours::cda {

class Tree;

// A view; valid until the tree is read anew.
class Element {
 public:
  Element() = default;  // nothing

  explicit operator bool() const { return tree_ != nullptr; }
  Tag tag() const;
  std::uint64_t line() const;  // of the document, of statements alone
  std::string_view text() const;
  std::string_view operator[](Attr attr) const;  // empty: it has none

  Element first() const;  // its first child
  Element next() const;   // its next sibling
  Element child(Tag tag) const;
  Element child(Tag a, Tag b) const { return child(a).child(b); }
  Element child(Tag a, Tag b, Tag c) const { return child(a, b).child(c); }

 private:
  friend class Tree;
  Element(const Tree* tree, std::uint32_t at) : tree_(tree), at_(at) {}
  const Tree* tree_ = nullptr;
  std::uint32_t at_ = 0;
};

class Tree {
 public:
  Element root() const { return nodes_.empty() ? Element() : Element(this, 0); }

 private:
  friend class Element;
  friend class TreeReader;
  struct Piece {
    std::uint32_t from = 0;
    std::uint32_t length = 0;
  };
  struct Attribute {
    Attr attr;
    Piece value;
  };
  struct Node {
    Tag tag = Tag::other;
    std::uint8_t attributes = 0;
    std::uint32_t first_attribute = 0;
    std::uint32_t first = 0;  // child; 0: none
    std::uint32_t last = 0;
    std::uint32_t next = 0;
    std::uint32_t line = 0;
    Piece text;
  };
  std::string_view view(Piece piece) const { return {texts_.data() + piece.from, piece.length}; }
  Piece keep(std::string_view text);

  std::vector<Node> nodes_;
  std::vector<Attribute> attributes_;
  std::string texts_;
};

class TreeReader : private XmlHandler {
 public:
  enum class Part : std::uint8_t { header, whole };

  // The header ends where the body begins, and nothing is read from there on.
  Result<DefectAt> read(Bytes& bytes, Part part);

  Element document() const { return tree_.root(); }

 private:
  void start(const char* name, const char** attributes) override;
  void end() override;
  void text(std::string_view text) override;

  XmlReader xml_;
  Tree tree_;
  Part part_ = Part::whole;
  std::vector<std::uint32_t> open_;  // the way to the element that is being read
  std::size_t outside_ = 0;          // levels above the document
  std::size_t passed_over_ = 0;      // levels of what is passed over
  bool begun_ = false;
  bool ended_ = false;
};

}  // namespace parcours::cda
