// Reads the bytes of a file from front to back, plain or gzip. The first bytes of the file decide
// which of the two it is, not its name.
//
//   ASSIGN_OR_RETURN(ByteStream stream, ByteStream::open("events.csv.gz"));
//   ASSIGN_OR_RETURN(const std::size_t got, stream.read(buffer));    // 0: the end
//
// A gzip file may hold several members, one after another, as `cat a.gz b.gz` makes them. A member
// that is cut short or damaged is an error, never a silent end.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "base/error.h"
#include "base/input_file.h"

namespace parcours {

// Bytes that something makes as they are asked for.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // Fills `to` from its front; fewer than it holds only at the end.
  virtual Result<std::size_t> read(std::span<char> to) = 0;
  virtual std::uint64_t position() const = 0;  // of `size`
  virtual std::uint64_t size() const = 0;      // of what they are made from
};

class ByteStream {
 public:
  static Result<ByteStream> open(const std::filesystem::path& path);
  // Reads an open file from its beginning; other readers of the file are not disturbed.
  static ByteStream of(InputFile file);
  // Bytes in memory, plain or gzip; errors show `name`.
  static ByteStream of(std::string bytes, std::string name);
  // What a source makes, as it stands.
  static ByteStream of(std::unique_ptr<ByteSource> source, std::string name);

  ByteStream(ByteStream&&) noexcept;
  ByteStream& operator=(ByteStream&&) noexcept;
  ~ByteStream();

  // Fills `to` from its front and says how many bytes; fewer than it holds only at the end.
  Result<std::size_t> read(std::span<char> to);

  const std::string& name() const;
  std::uint64_t position() const;  // bytes of the file (compressed ones) taken so far
  std::uint64_t size() const;      // bytes of the file

 private:
  struct State;
  explicit ByteStream(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace parcours
