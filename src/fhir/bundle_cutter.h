// Cuts a JSON document out of a stream: a Bundle into its entries, so that one of any size needs
// the memory of one entry; any other document whole. It finds where things begin and end, and
// leaves it to the parser to say whether they are JSON.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/error.h"

namespace parcours::fhir {

class BundleCutter {
 public:
  // What is longer is cut short and marked.
  explicit BundleCutter(std::size_t longest) : longest_(longest) {}

  // Reads on, at most to the end of the document, and says how many of the bytes it has read. Calls
  // take(text, too_long) on each entry that is complete.
  template <class Take>
  std::size_t feed(std::string_view bytes, Take take);

  bool done() const { return done_; }
  bool is_bundle() const { return had_entries_ || resource_type_ == "Bundle"; }
  // Of a document that is no Bundle, all of it.
  std::string_view text() const { return held_; }
  bool too_long() const { return too_long_; }

  // Whether the type of the Bundle is one that is read; an unknown one is an error once the Bundle
  // is done.
  Status check(const std::string& where) const;

 private:
  void hold(std::string_view bytes);
  void begin_holding();
  std::size_t read_string(std::string_view bytes, std::size_t at);
  void string_ended();
  static bool stands_between_entries(char c) {
    return c == ',' || c == '{' || c == ']' || c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  const std::size_t longest_;
  std::string held_;  // of what is being cut; nothing between entries
  bool holding_ = false;
  bool too_long_ = false;

  std::size_t depth_ = 0;
  bool in_string_ = false;
  bool escaped_ = false;      // the next character of the string
  bool after_colon_ = false;  // of the document's own members
  bool in_entries_ = false;
  bool had_entries_ = false;
  bool done_ = false;
  bool unclear_ = false;  // whether everything that is an entry was cut out
  std::string word_;      // a string of the document's own, its first characters
  std::string key_;
  std::string resource_type_;
  std::string type_;
};

// Whether Bundles of the type ("collection") are read. An error says which are.
Status check_bundle_type(std::string_view type, const std::string& where);

template <class Take>
std::size_t BundleCutter::feed(std::string_view bytes, Take take) {
  std::size_t held_to = 0;  // up to here the bytes are held, or need not be
  std::size_t at = 0;
  while (at < bytes.size() && !done_) {
    if (in_string_) {
      at = read_string(bytes, at);
      continue;
    }
    const char c = bytes[at++];
    unclear_ = unclear_ || (depth_ == 2 && in_entries_ && !stands_between_entries(c));
    if (c == '"') {
      in_string_ = true;
      word_.clear();
    } else if (c == '{' || c == '[') {
      if (depth_ == 1 && c == '[' && after_colon_ && key_ == "entry") {
        in_entries_ = true;
        had_entries_ = true;
        holding_ = false;
      } else if (depth_ == 0 || (depth_ == 2 && in_entries_ && c == '{')) {
        begin_holding();
        held_to = at - 1;
      }
      ++depth_;
    } else if ((c == '}' || c == ']') && depth_ > 0) {
      --depth_;
      done_ = depth_ == 0;
      const bool entry_ends = depth_ == 2 && in_entries_ && holding_;
      if (holding_ && (done_ || entry_ends)) {
        hold(bytes.substr(held_to, at - held_to));
        holding_ = false;
      }
      if (entry_ends) {
        take(std::string_view(held_), too_long_);
      }
      in_entries_ = in_entries_ && depth_ > 1;
    } else if (depth_ == 1 && c == ':') {
      after_colon_ = true;
    } else if (depth_ == 1 && c == ',') {
      after_colon_ = false;
    }
  }
  if (holding_) {
    hold(bytes.substr(held_to, at - held_to));
  }
  return at;
}

}  // namespace parcours::fhir
