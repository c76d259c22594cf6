// Cuts files into pieces, the text of one resource or of one entry of a Bundle, and gives them out
// in blocks to the threads that read them.
//
// The content decides how a file is cut. A file whose first line is a whole resource is NDJSON, and
// each of its lines is a piece. Any other file is a sequence of JSON documents (as a rule one): a
// Bundle gives its entries, another document is one piece. A mark of byte order, carriage returns
// and empty lines are passed over.
//
// G1: the memory needed does not grow with the files; a piece that is longer than it may be is cut
//     short and marked.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_stream.h"
#include "base/progress.h"
#include "base/stop.h"
#include "fhir/bundle_cutter.h"
#include "fhir/fhir.h"

namespace parcours::fhir {

struct Piece {
  std::string_view text;     // at least `piece_padding` more bytes can be read behind it
  std::uint64_t number = 0;  // of the line; in a file of documents, of the piece
  bool entry = false;        // of a Bundle
  bool too_long = false;     // only the beginning is here
};

inline constexpr std::size_t piece_padding = 64;

class Block {
 public:
  std::uint32_t file = 0;  // its place in the list of files

  // Nothing at the end of the block. Valid until the block is given back.
  std::optional<Piece> next();
  // Whether the bytes stand anywhere in the block.
  bool contains(std::string_view bytes) const;
  // Of the first absolute reference to a patient, "https://server/fhir"; empty: there is none.
  std::string_view first_base() const;

 private:
  friend class PieceQueue;
  struct Cut {
    std::size_t from;
    std::size_t size;
    std::uint64_t number;
    bool entry;
    bool too_long;
  };

  void clear();
  void add(std::string_view text, std::uint64_t number, bool entry, bool too_long);
  char* room(std::size_t bytes);  // that many more bytes, to be counted in size_ when written

  std::vector<char> bytes_;
  std::size_t size_ = 0;
  std::vector<Cut> cuts_;  // of documents
  std::size_t next_cut_ = 0;
  std::size_t at_ = 0;      // of lines
  std::uint64_t line_ = 0;  // of the next line
  bool lines_ = false;
  std::size_t longest_ = 0;  // that a line may be
};

struct FileToRead {
  NamedFile file;
  std::uint64_t bytes = 0;
};

// Safe to call from several threads.
class PieceQueue {
 public:
  // All must outlive the queue; `progress` may be nullptr.
  PieceQueue(const std::vector<FileToRead>& files, const CutOptions& options, const Stop& stop,
             Progress* progress);

  // Fills the block anew; false at the end of all files.
  Result<bool> take(Block& block);
  // Something went wrong: from now on there is nothing to take.
  void close();

 private:
  Status open_next();
  Result<std::size_t> read(char* to, std::size_t bytes);
  Result<bool> take_lines(Block& block);
  Result<bool> take_long_line(Block& block);
  Result<bool> take_documents(Block& block);
  Status document_done(Block& block);
  Status refill();

  const std::vector<FileToRead>& files_;
  const CutOptions options_;
  const Stop& stop_;
  Progress* progress_;
  std::mutex mutex_;
  std::size_t next_ = 0;
  bool closed_ = false;

  // Of the open file.
  std::optional<ByteStream> stream_;
  std::string name_;
  bool lines_ = false;
  bool ended_ = false;         // the stream has no more bytes
  std::vector<char> waiting_;  // read and not given out
  std::size_t waiting_from_ = 0;
  std::uint64_t number_ = 0;  // of lines, or of pieces, given out
  std::uint64_t told_ = 0;    // bytes that progress knows of
  std::optional<BundleCutter> cutter_;
};

}  // namespace parcours::fhir
