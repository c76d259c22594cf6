#include "vocabulary/code_book.h"

#include "base/check.h"

namespace parcours::vocabulary {

CodeBook::CodeBook(CodeBook&& other) noexcept
    : codes_(std::move(other.codes_)), ids_(std::move(other.ids_)) {}

CodeBook& CodeBook::operator=(CodeBook&& other) noexcept {
  codes_ = std::move(other.codes_);
  ids_ = std::move(other.ids_);
  return *this;
}

std::string CodeBook::key(const Code& code) {
  std::string key;
  key += code.kind ? static_cast<char>('a' + *code.kind) : '-';
  key += code.system;
  key += '\x1f';
  key += code.code;
  return key;
}

CodeId CodeBook::intern(const Code& code) {
  const std::lock_guard lock(mutex_);
  const auto [entry, fresh] = ids_.try_emplace(key(code), static_cast<CodeId>(codes_.size()));
  if (fresh) {
    codes_.push_back(code);
  }
  return entry->second;
}

CodeId CodeBook::skip() {
  const std::lock_guard lock(mutex_);
  codes_.emplace_back();
  return static_cast<CodeId>(codes_.size() - 1);
}

std::optional<CodeId> CodeBook::find(const Code& code) const {
  const std::lock_guard lock(mutex_);
  const auto entry = ids_.find(key(code));
  return entry == ids_.end() ? std::nullopt : std::optional(entry->second);
}

const Code& CodeBook::at(CodeId id) const {
  const std::lock_guard lock(mutex_);
  PARCOURS_CHECK(id < codes_.size());
  return codes_[id];
}

std::size_t CodeBook::size() const {
  const std::lock_guard lock(mutex_);
  return codes_.size();
}

}  // namespace parcours::vocabulary
