#include "cda/tree.h"

#include <algorithm>
#include <limits>
#include <unordered_map>

namespace parcours::cda {
namespace {

constexpr std::string_view hl7 = "urn:hl7-org:v3";
constexpr std::string_view instance_type = "http://www.w3.org/2001/XMLSchema-instance|type";
// A document may stand in a style sheet that shows it: stylesheet, content, document.
constexpr std::size_t deepest_document = 3;

// The tag of HL7's name, or of the name that IHE Pharmacy adds to it.
Tag tag_of(std::string_view name) {
  static const auto known = [] {
    std::unordered_map<std::string_view, Tag> tags;
    for (const TagName& one : tag_names) {
      tags.emplace(one.name, one.tag);
    }
    return tags;
  }();
  const std::size_t bar = name.find('|');
  if (bar == std::string_view::npos) {
    return Tag::other;
  }
  const std::string_view space = name.substr(0, bar);
  if (space != hl7 && !space.starts_with("urn:ihe:pharm") &&
      !space.starts_with("urn:hl7-org:pharm")) {
    return Tag::other;
  }
  const auto found = known.find(name.substr(bar + 1));
  return found == known.end() ? Tag::other : found->second;
}

Attr attr_of(std::string_view name) {
  switch (name.size()) {
    case 4:
      return name == "code"   ? Attr::code
             : name == "root" ? Attr::root
             : name == "unit" ? Attr::unit
                              : Attr::other;
    case 5:
      return name == "value" ? Attr::value : Attr::other;
    case 8:
      return name == "moodCode"   ? Attr::mood_code
             : name == "typeCode" ? Attr::type_code
                                  : Attr::other;
    case 9:
      return name == "extension" ? Attr::extension : Attr::other;
    case 10:
      return name == "codeSystem"   ? Attr::code_system
             : name == "nullFlavor" ? Attr::null_flavor
                                    : Attr::other;
    case 11:
      return name == "negationInd" ? Attr::negation_ind : Attr::other;
    default:
      return name == instance_type ? Attr::type : Attr::other;
  }
}

bool has_text(Tag tag) {
  return tag == Tag::postal_code || tag == Tag::country || tag == Tag::given || tag == Tag::family;
}

}  // namespace

Tag Element::tag() const {
  return tree_ == nullptr ? Tag::other : tree_->nodes_[at_].tag;
}

std::uint64_t Element::line() const {
  return tree_ == nullptr ? 1 : tree_->nodes_[at_].line;
}

std::string_view Element::text() const {
  return tree_ == nullptr ? std::string_view() : tree_->view(tree_->nodes_[at_].text);
}

std::string_view Element::operator[](Attr attr) const {
  if (tree_ != nullptr) {
    const Tree::Node& node = tree_->nodes_[at_];
    for (std::uint32_t i = 0; i < node.attributes; ++i) {
      const Tree::Attribute& one = tree_->attributes_[node.first_attribute + i];
      if (one.attr == attr) {
        return tree_->view(one.value);
      }
    }
  }
  return {};
}

Element Element::first() const {
  if (tree_ == nullptr || tree_->nodes_[at_].first == 0) {
    return {};
  }
  return {tree_, tree_->nodes_[at_].first};
}

Element Element::next() const {
  if (tree_ == nullptr || tree_->nodes_[at_].next == 0) {
    return {};
  }
  return {tree_, tree_->nodes_[at_].next};
}

Element Element::child(Tag tag) const {
  for (Element one = first(); one; one = one.next()) {
    if (one.tag() == tag) {
      return one;
    }
  }
  return {};
}

Tree::Piece Tree::keep(std::string_view text) {
  const Piece piece{static_cast<std::uint32_t>(texts_.size()),
                    static_cast<std::uint32_t>(text.size())};
  texts_ += text;
  return piece;
}

Result<DefectAt> TreeReader::read(Bytes& bytes, Part part) {
  tree_.nodes_.clear();
  tree_.attributes_.clear();
  tree_.texts_.clear();
  part_ = part;
  open_.clear();
  outside_ = passed_over_ = 0;
  begun_ = ended_ = false;
  ASSIGN_OR_RETURN(DefectAt at, xml_.read(bytes, *this));
  if (at.good() && !begun_) {
    at.defect = Defect::not_cda;
  }
  return at;
}

void TreeReader::start(const char* name, const char** attributes) {
  if (passed_over_ > 0) {
    ++passed_over_;
    return;
  }
  const Tag tag = tag_of(name);
  if (open_.empty()) {
    if (tag != Tag::clinical_document || outside_ >= deepest_document) {
      ++outside_;
      return;
    }
    if (begun_) {
      return xml_.stop(Defect::two_documents);
    }
    begun_ = true;
  }
  if (tag == Tag::other) {
    passed_over_ = 1;
    return;
  }
  if (tree_.nodes_.size() >= most_elements) {
    return xml_.stop(Defect::too_many_elements);
  }
  const auto at = static_cast<std::uint32_t>(tree_.nodes_.size());
  Tree::Node node{.tag = tag,
                  .first_attribute = static_cast<std::uint32_t>(tree_.attributes_.size())};
  for (const char** one = attributes; *one != nullptr; one += 2) {
    if (const Attr attr = attr_of(one[0]); attr != Attr::other) {
      tree_.attributes_.push_back({attr, tree_.keep(one[1])});
      ++node.attributes;  // each name comes once, so there are few
    }
  }
  if (is_statement(tag)) {
    node.line = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(xml_.line(), std::numeric_limits<std::uint32_t>::max()));
  }
  if (!open_.empty()) {
    Tree::Node& parent = tree_.nodes_[open_.back()];
    (parent.first == 0 ? parent.first : tree_.nodes_[parent.last].next) = at;
    parent.last = at;
  }
  tree_.nodes_.push_back(node);
  open_.push_back(at);
  if (has_text(tag)) {
    tree_.nodes_.back().text = tree_.keep("");
    xml_.want_text(true);
  }
  if (part_ == Part::header && (tag == Tag::structured_body || tag == Tag::non_xml_body)) {
    xml_.stop();
  }
}

void TreeReader::end() {
  if (passed_over_ > 0) {
    --passed_over_;
  } else if (open_.empty()) {
    --outside_;
  } else {
    if (has_text(tree_.nodes_[open_.back()].tag)) {
      xml_.want_text(false);
    }
    open_.pop_back();
  }
}

void TreeReader::text(std::string_view text) {
  if (passed_over_ == 0 && !open_.empty() && has_text(tree_.nodes_[open_.back()].tag)) {
    Tree::Piece& piece = tree_.nodes_[open_.back()].text;
    if (piece.from + piece.length == tree_.texts_.size()) {
      tree_.texts_ += text;
      piece.length += static_cast<std::uint32_t>(text.size());
    }
  }
}

}  // namespace parcours::cda
