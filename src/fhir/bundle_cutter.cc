#include "fhir/bundle_cutter.h"

#include <algorithm>
#include <array>

namespace parcours::fhir {
namespace {

constexpr std::size_t longest_word = 64;

constexpr std::array<std::string_view, 5> read_types = {"batch", "collection", "document",
                                                        "searchset", "transaction"};

}  // namespace

Status check_bundle_type(std::string_view type, const std::string& where) {
  if (std::ranges::find(read_types, type) != read_types.end()) {
    return {};
  }
  const char* right =
      "a Bundle of type batch, collection, document, searchset or transaction is read";
  if (type == "history") {
    return bad_input("a Bundle of type history: it has several versions of the same resource",
                     where, right);
  }
  return bad_input("a Bundle of a type that is not read", where, right);
}

Status BundleCutter::check(const std::string& where) const {
  if (!is_bundle() || !(done_ || unclear_ || !type_.empty())) {
    return {};
  }
  if (unclear_) {
    return bad_input("a Bundle with an entry that is no object, or an escape in a name", where);
  }
  if (done_ && resource_type_ != "Bundle") {
    return bad_input("a document with entries that is no Bundle", where);
  }
  return check_bundle_type(type_, where);
}

void BundleCutter::begin_holding() {
  held_.clear();
  holding_ = true;
  too_long_ = false;
}

void BundleCutter::hold(std::string_view bytes) {
  const std::size_t room = longest_ - std::min(longest_, held_.size());
  too_long_ = too_long_ || bytes.size() > room;
  held_ += bytes.substr(0, room);
}

// On in a string: to its end, or to the end of the bytes.
std::size_t BundleCutter::read_string(std::string_view bytes, std::size_t at) {
  const std::size_t from = at;
  while (at < bytes.size()) {
    const char c = bytes[at++];
    if (escaped_) {
      escaped_ = false;
    } else if (c == '\\') {
      escaped_ = true;
    } else if (c == '"') {
      in_string_ = false;
      break;
    }
  }
  if (depth_ == 1) {
    const std::size_t end = in_string_ ? at : at - 1;
    word_ += bytes.substr(from, std::min(end - from, longest_word - word_.size()));
    if (!in_string_) {
      string_ended();
    }
  }
  return at;
}

void BundleCutter::string_ended() {
  if (!after_colon_) {
    key_ = word_;
    unclear_ = unclear_ || word_.find('\\') != std::string::npos;
  } else if (key_ == "resourceType" && resource_type_.empty()) {
    resource_type_ = word_;
  } else if (key_ == "type" && type_.empty()) {
    type_ = word_;
  }
}

}  // namespace parcours::fhir
