// The code book: every code that a vault has met, with a small number. Events store this number.
//
// A code is a kind, a code system and the code itself ("diagnosis", "icd10", "J45.0"). Its number
// is its position in the book and never changes. The book also holds places of residence, under
// their code system and without a kind ("fr-department"). A forgotten code leaves its number
// behind, so that the other codes keep theirs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "vocabulary/kinds.h"

namespace parcours::vocabulary {

using CodeId = std::uint32_t;
inline constexpr CodeId no_code = ~CodeId{0};

struct Code {
  std::optional<KindId> kind;  // none: a place
  std::string system;          // "icd10", "atc", "lab", "fr-department", ...
  std::string code;            // "J45.0"

  bool place() const { return !kind && !system.empty(); }
  bool forgotten() const { return !kind && system.empty(); }

  friend bool operator==(const Code&, const Code&) = default;
};

class CodeBook {
 public:
  CodeBook() = default;
  CodeBook(CodeBook&&) noexcept;
  CodeBook& operator=(CodeBook&&) noexcept;

  // The number of `code`, a new one if it was not known. Safe to call from several threads.
  CodeId intern(const Code& code);
  std::optional<CodeId> find(const Code& code) const;
  // The next number, for a forgotten code: nothing finds it.
  CodeId skip();

  // Stable while other threads intern.
  const Code& at(CodeId id) const;
  std::size_t size() const;

 private:
  static std::string key(const Code& code);
  mutable std::mutex mutex_;
  std::deque<Code> codes_;
  std::unordered_map<std::string, CodeId> ids_;
};

}  // namespace parcours::vocabulary
