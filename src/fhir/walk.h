// Goes through the resources of files, whatever form the files have, and says of each what it is.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/letters.h"
#include "fhir/directory.h"
#include "fhir/facts.h"
#include "fhir/json.h"
#include "fhir/piece_queue.h"
#include "fhir/resource_types.h"
#include "ingest/intake.h"
#include "ingest/ledger.h"

namespace parcours::fhir {

inline constexpr std::size_t deepest = 256;  // levels of JSON
inline constexpr std::string_view modifier_word = "modifierExtension";

// Sections and reasons that both readings use.
struct Words {
  std::vector<ingest::SectionId> sections;  // by resource type
  std::vector<ingest::ReasonId> left_out;   // by resource type
  ingest::SectionId unreadable, unknown_type, bundle_section;
  ingest::ReasonId not_json, bad_utf8, too_deep, too_long, no_resource, no_type, unknown,
      nested_bundle, modifier, rules, several_numbers, several_national, replaced, day_form;
  ingest::ReasonId deleted, deletes, said_again;

  Words(const ingest::Reading& reading, ingest::Ledger& ledger);
  static std::size_t number(const ResourceType& type) {
    return static_cast<std::size_t>(&type - resource_types().data());
  }
  ingest::SectionId section(const ResourceType* type) const {
    return type == nullptr ? unreadable : sections[number(*type)];
  }
};

// A resource of a file, with what its Bundle says of it.
struct Found {
  JsonObject resource;
  const ResourceType* type = nullptr;  // nullptr: none of R4
  std::string_view full_url;
  ingest::ItemPlace at;     // of its section
  std::uint32_t file = 0;   // its place in the list of files
  std::uint32_t entry = 0;  // its number in a Bundle that is one line
  std::string_view where;   // the name of the file
  Modifiers modifiers = Modifiers::none;
};

// Goes through all resources of the files. A Visitor has
//
//   // Whether a resource need not be parsed, by what its text begins with: its type, or its type
//   // and id. The second function may be missing.
//   bool passes(const ResourceType& type);
//   bool passes(const ResourceType& type, std::string_view id);
//
//   Status found(const Found& resource);
//
//   // What cannot be read; its type, where its text begins with one.
//   Status no_resource(const ItemPlace& at, ReasonId reason, const ResourceType* type);
//
//   // An entry of a Bundle that has no resource, or that deletes one.
//   Status entry_without(const ItemPlace& at, std::string_view deleted);
template <class Visitor>
class Walk {
 public:
  Walk(Visitor& visitor, const Words& words, const std::vector<std::string>& names)
      : visitor_(visitor), words_(words), names_(names) {}

  // The next block of the queue; false at the end.
  Result<bool> next(PieceQueue& queue, const std::vector<std::uint32_t>& file_numbers) {
    ASSIGN_OR_RETURN(const bool more, queue.take(block_));
    if (!more) {
      return false;
    }
    may_have_modifiers_.reset();
    while (const auto piece = block_.next()) {
      ingest::ItemPlace at{0, file_numbers[block_.file], piece->number};
      RETURN_IF_ERROR(piece_found(*piece, at));
    }
    return true;
  }
  const Block& block() const { return block_; }

 private:
  Status piece_found(const Piece& piece, ingest::ItemPlace at) {
    const ResourceType* head = piece.entry ? nullptr : type_at_head(piece.text);
    at.section = words_.section(head);
    if (head != nullptr && visitor_.passes(*head)) {
      return {};
    }
    if (piece.too_long) {
      return visitor_.no_resource(at, words_.too_long, head);
    }
    if constexpr (requires { visitor_.passes(*head, std::string_view()); }) {
      if (const std::string_view id = head == nullptr ? "" : id_at_head(piece.text); !id.empty()) {
        if (visitor_.passes(*head, id)) {
          return {};
        }
      }
    }
    Json root;
    if (const simdjson::error_code error = parse(piece.text).get(root)) {
      return visitor_.no_resource(at, reason_of(error), head);
    }
    const auto object = as_object(root);
    if (!object) {
      return visitor_.no_resource(at, words_.no_resource, head);
    }
    const Modifiers modifiers = may_have_modifiers(piece.text) ? Modifiers::look : Modifiers::none;
    entry_ = 0;
    return piece.entry ? entry(*object, at, modifiers) : resource(*object, at, modifiers);
  }

  // By its text. The whole block is looked through first, which is quick, and only when a piece of
  // it is parsed.
  bool may_have_modifiers(std::string_view text) {
    const auto holds = [](const auto& place) {
      // An escape ("\u006d") could hide the word.
      return place(modifier_word) || place("\\u");
    };
    if (!may_have_modifiers_) {
      may_have_modifiers_ = holds([this](std::string_view word) { return block_.contains(word); });
    }
    return *may_have_modifiers_ && holds([text](std::string_view word) {
      return text.find(word) != std::string_view::npos;
    });
  }

  simdjson::simdjson_result<Json> parse(std::string_view text) {
    if (text.size() > parser_.capacity()) {
      const std::size_t capacity = std::max(text.size() + text.size() / 2, std::size_t{1} << 16);
      if (const simdjson::error_code error = parser_.allocate(capacity, deepest)) {
        return error;
      }
    }
    return parser_.parse(text.data(), text.size(), false);
  }

  ingest::ReasonId reason_of(simdjson::error_code error) const {
    return error == simdjson::UTF8_ERROR    ? words_.bad_utf8
           : error == simdjson::DEPTH_ERROR ? words_.too_deep
                                            : words_.not_json;
  }

  // A document or a line; a Bundle gives its entries.
  Status resource(const JsonObject& object, ingest::ItemPlace at, Modifiers modifiers) {
    const std::string_view type = text_in(object, "resourceType");
    if (type != "Bundle") {
      return known(object, type, {}, at, modifiers);
    }
    RETURN_IF_ERROR(check_bundle_type(text_in(object, "type"), names_[block_.file]));
    if (const auto entries = array_in(object, "entry")) {
      for (const Json one : *entries) {
        const auto inner = as_object(one);
        at.section = words_.unreadable;
        ++entry_;
        RETURN_IF_ERROR(inner ? entry(*inner, at, modifiers)
                              : visitor_.no_resource(at, words_.no_resource, nullptr));
      }
    }
    return {};
  }

  Status entry(const JsonObject& object, ingest::ItemPlace at, Modifiers modifiers) {
    const auto request = object_in(object, "request");
    const bool deletes = request && lower(text_in(*request, "method")) == "delete";
    const auto inner = object_in(object, "resource");
    if (!inner || deletes) {
      at.section = words_.bundle_section;
      return visitor_.entry_without(at, deletes ? text_in(*request, "url") : std::string_view());
    }
    const std::string_view type = text_in(*inner, "resourceType");
    if (type == "Bundle") {
      at.section = words_.bundle_section;
      return visitor_.no_resource(at, words_.nested_bundle, nullptr);
    }
    return known(*inner, type, text_in(object, "fullUrl"), at,
                 modifiers == Modifiers::look && member(object, modifier_word) ? Modifiers::there
                                                                               : modifiers);
  }

  Status known(const JsonObject& object, std::string_view type, std::string_view full_url,
               ingest::ItemPlace at, Modifiers modifiers) {
    const ResourceType* known = find_resource_type(type);
    if (known == nullptr) {
      at.section = type.empty() ? words_.unreadable : words_.unknown_type;
      return visitor_.no_resource(at, type.empty() ? words_.no_type : words_.unknown, nullptr);
    }
    at.section = words_.section(known);
    return visitor_.found(
        {object, known, full_url, at, block_.file, entry_, names_[block_.file], modifiers});
  }

  Visitor& visitor_;
  const Words& words_;
  const std::vector<std::string>& names_;
  simdjson::dom::parser parser_;
  Block block_;
  std::optional<bool> may_have_modifiers_;  // of the block; nothing: not looked yet
  std::uint32_t entry_ = 0;
};

}  // namespace parcours::fhir
