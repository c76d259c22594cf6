// For tests: a text as a source of bytes, without the large buffer that looks for gzip.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>

#include "base/byte_stream.h"

namespace parcours {

class TextSource : public ByteSource {
 public:
  explicit TextSource(std::string text) : text_(std::move(text)) {}
  Result<std::size_t> read(std::span<char> to) override {
    const std::size_t some = text_.copy(to.data(), to.size(), at_);
    at_ += some;
    return some;
  }
  std::uint64_t position() const override { return at_; }
  std::uint64_t size() const override { return text_.size(); }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

}  // namespace parcours
