#include "fhir/piece_queue.h"

#include <algorithm>
#include <cstring>

#include "fhir/find_word.h"
#include "fhir/resource_types.h"

namespace parcours::fhir {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::size_t head_bytes = std::size_t{1} << 16;
constexpr std::size_t kept_of_long = 256;  // enough to tell its type

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && is_blank(text.back())) {
    text.remove_suffix(1);
  }
  return text;
}

std::uint64_t newlines_in(std::string_view text) {
  std::uint64_t sum = 0;
  for (std::size_t at = text.find('\n'); at != std::string_view::npos;
       at = text.find('\n', at + 1)) {
    ++sum;
  }
  return sum;
}

enum class FileForm { lines, documents, neither };

// Whether the first line is a whole document. A newline within a string is no JSON, so such a line
// is one that was cut off.
FileForm form_of(std::string_view head, bool whole) {
  head = without_blanks(head);
  if (head.empty()) {
    return FileForm::lines;
  }
  if (head.front() != '{') {
    return FileForm::neither;
  }
  const ResourceType* type = type_at_head(head);
  if (type != nullptr && type->use == Use::bundle) {
    return FileForm::documents;
  }
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < head.size(); ++at) {
    const char c = head[at];
    if (c == '\n') {
      return in_string ? FileForm::lines : FileForm::documents;
    }
    if (in_string) {
      at += c == '\\' ? 1 : 0;
      in_string = c != '"';
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if ((c == '}' || c == ']') && --depth == 0) {
      BundleCutter first(0);
      first.feed(head.substr(0, at + 1), [](std::string_view, bool) {});
      return first.is_bundle() ? FileForm::documents : FileForm::lines;
    }
  }
  return whole || head.find("\"Bundle\"") == std::string_view::npos ? FileForm::lines
                                                                    : FileForm::documents;
}

}  // namespace

void Block::clear() {
  size_ = 0;
  cuts_.clear();
  next_cut_ = 0;
  at_ = 0;
  lines_ = false;
}

char* Block::room(std::size_t bytes) {
  if (bytes_.size() < size_ + bytes + piece_padding) {
    bytes_.resize(std::max(size_ + bytes + piece_padding, bytes_.size() * 3 / 2));
  }
  return bytes_.data() + size_;
}

void Block::add(std::string_view text, std::uint64_t number, bool entry, bool too_long) {
  std::ranges::copy(text, room(text.size()));
  cuts_.push_back({size_, text.size(), number, entry, too_long});
  size_ += text.size();
}

bool Block::contains(std::string_view bytes) const {
  return find_word({bytes_.data(), size_}, bytes) != std::string_view::npos;
}

std::string_view Block::first_base() const {
  constexpr std::string_view after = "/Patient/";
  constexpr std::string_view before = "\"reference\"";
  std::string_view rest(bytes_.data(), size_);
  while (true) {
    const std::size_t end = find_word(rest, after);
    if (end == std::string_view::npos) {
      return {};
    }
    std::string_view line = rest.substr(0, end);
    line.remove_prefix(line.rfind('\n') + 1);  // npos + 1 is 0
    const std::size_t quote = line.rfind('"');
    if (quote != std::string_view::npos) {
      std::string_view name = line.substr(0, quote);
      while (!name.empty() && (is_blank(name.back()) || name.back() == ':')) {
        name.remove_suffix(1);
      }
      const std::string_view base = line.substr(quote + 1);
      if (name.ends_with(before) && base.starts_with("http")) {
        return base;
      }
    }
    rest.remove_prefix(end + after.size());
  }
}

std::optional<Piece> Block::next() {
  if (next_cut_ < cuts_.size()) {
    const Cut& cut = cuts_[next_cut_++];
    return Piece{{bytes_.data() + cut.from, cut.size}, cut.number, cut.entry, cut.too_long};
  }
  while (lines_ && at_ < size_) {
    const char* from = bytes_.data() + at_;
    const void* newline = std::memchr(from, '\n', size_ - at_);
    const std::size_t length =
        newline == nullptr ? size_ - at_
                           : static_cast<std::size_t>(static_cast<const char*>(newline) - from);
    at_ += length + 1;
    std::string_view line(from, length);
    if (line.starts_with(byte_order_mark)) {  // files put one after another
      line.remove_prefix(byte_order_mark.size());
    }
    line = without_blanks(line);
    const std::uint64_t number = line_++;
    if (!line.empty()) {
      return Piece{line, number, false, line.size() > longest_};
    }
  }
  return std::nullopt;
}

PieceQueue::PieceQueue(const std::vector<FileToRead>& files, const CutOptions& options,
                       const Stop& stop, Progress* progress)
    : files_(files), options_(options), stop_(stop), progress_(progress) {}

void PieceQueue::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
}

Result<bool> PieceQueue::take(Block& block) {
  const std::lock_guard lock(mutex_);
  if (stop_.requested()) {
    return stopped();
  }
  while (!closed_) {
    if (!stream_) {
      if (next_ == files_.size()) {
        break;
      }
      RETURN_IF_ERROR(open_next());
    }
    block.clear();
    block.file = static_cast<std::uint32_t>(next_ - 1);
    ASSIGN_OR_RETURN(const bool more, lines_ ? take_lines(block) : take_documents(block));
    if (more) {
      return true;
    }
    stream_.reset();
  }
  return false;
}

Status PieceQueue::open_next() {
  const FileToRead& file = files_[next_++];
  name_ = file.file.shown;
  ASSIGN_OR_RETURN(InputFile input, InputFile::open(file.file));
  ByteStream stream = ByteStream::of(std::move(input));
  if (stream.size() != file.bytes) {
    return bad_input("the file has changed since the import began", name_);
  }
  stream_.emplace(std::move(stream));
  ended_ = false;
  number_ = 0;
  told_ = 0;
  cutter_.reset();
  waiting_from_ = 0;
  waiting_.resize(std::max(head_bytes, options_.block_bytes));
  ASSIGN_OR_RETURN(const std::size_t got, read(waiting_.data(), waiting_.size()));
  waiting_.resize(got);
  std::string_view head(waiting_.data(), got);
  if (head.starts_with(byte_order_mark)) {
    waiting_from_ = byte_order_mark.size();
    head.remove_prefix(waiting_from_);
  }
  const FileForm form = form_of(head, ended_);
  if (form == FileForm::neither) {
    return bad_input("no FHIR: the file does not begin with '{'", name_,
                     "FHIR is read as JSON: NDJSON, a Bundle, or one resource a file");
  }
  lines_ = form == FileForm::lines;
  return {};
}

Result<std::size_t> PieceQueue::read(char* to, std::size_t bytes) {
  ASSIGN_OR_RETURN(const std::size_t got, stream_->read({to, bytes}));
  ended_ = got < bytes;
  if (progress_ != nullptr) {
    progress_->add(stream_->position() - told_);
    told_ = stream_->position();
  }
  return got;
}

// Whole lines, as many as the block has room for and at least one.
Result<bool> PieceQueue::take_lines(Block& block) {
  const std::size_t waiting = waiting_.size() - waiting_from_;
  std::copy_n(waiting_.data() + waiting_from_, waiting, block.room(waiting));
  block.size_ = waiting;
  waiting_.clear();
  waiting_from_ = 0;
  std::size_t whole = 0;  // bytes of whole lines
  std::size_t searched = 0;
  while (true) {
    const std::string_view fresh(block.bytes_.data() + searched, block.size_ - searched);
    if (const std::size_t newline = fresh.rfind('\n'); newline != std::string_view::npos) {
      whole = searched + newline + 1;
    }
    searched = block.size_;
    if (ended_ || (whole > 0 && block.size_ >= options_.block_bytes)) {
      break;
    }
    if (whole == 0 && block.size_ > options_.longest_piece) {
      return take_long_line(block);
    }
    const std::size_t bytes =
        std::max(options_.block_bytes, block.size_ / 2);  // a long line in few steps
    ASSIGN_OR_RETURN(const std::size_t got, read(block.room(bytes), bytes));
    block.size_ += got;
  }
  if (!ended_) {
    waiting_.assign(block.bytes_.data() + whole, block.bytes_.data() + block.size_);
    block.size_ = whole;
  }
  block.lines_ = true;
  block.longest_ = options_.longest_piece;
  block.line_ = number_ + 1;
  number_ += newlines_in({block.bytes_.data(), block.size_});
  return block.size_ > 0;
}

// The block holds the beginning of a line that is too long: gives that out and passes over the
// rest.
Result<bool> PieceQueue::take_long_line(Block& block) {
  std::vector<char> skipped(std::max(options_.block_bytes, head_bytes));
  const char* rest = nullptr;
  std::size_t got = skipped.size();
  while (rest == nullptr && !ended_) {
    ASSIGN_OR_RETURN(got, read(skipped.data(), skipped.size()));
    rest = static_cast<const char*>(std::memchr(skipped.data(), '\n', got));
  }
  if (rest != nullptr) {
    waiting_.assign(rest + 1, static_cast<const char*>(skipped.data()) + got);
  }
  const std::string head(without_blanks({block.bytes_.data(), kept_of_long}));
  block.clear();
  block.add(head, ++number_, false, true);
  return true;
}

Status PieceQueue::refill() {
  waiting_from_ = 0;
  waiting_.clear();
  if (!ended_) {
    waiting_.resize(std::max(options_.block_bytes, std::size_t{4096}));
    ASSIGN_OR_RETURN(const std::size_t got, read(waiting_.data(), waiting_.size()));
    waiting_.resize(got);
  }
  return {};
}

Result<bool> PieceQueue::take_documents(Block& block) {
  while (block.size_ < options_.block_bytes) {
    std::string_view bytes(waiting_.data() + waiting_from_, waiting_.size() - waiting_from_);
    if (!cutter_) {
      const std::size_t blanks = bytes.size();
      while (!bytes.empty() && is_blank(bytes.front())) {
        bytes.remove_prefix(1);
      }
      waiting_from_ += blanks - bytes.size();
    }
    if (bytes.empty()) {
      if (ended_) {
        if (cutter_) {
          return bad_input("the file ends in the middle of a resource or Bundle", name_,
                           "it was cut off: fetch it again");
        }
        break;
      }
      RETURN_IF_ERROR(refill());
      continue;
    }
    if (!cutter_) {
      if (bytes.front() != '{') {
        return bad_input("no FHIR: what follows the first resource does not begin with '{'", name_);
      }
      cutter_.emplace(options_.longest_piece);
    }
    waiting_from_ += cutter_->feed(bytes, [&](std::string_view entry, bool too_long) {
      block.add(too_long ? entry.substr(0, kept_of_long) : entry, ++number_, true, too_long);
    });
    RETURN_IF_ERROR(cutter_->check(name_));
    if (cutter_->done()) {
      RETURN_IF_ERROR(document_done(block));
    }
  }
  return !block.cuts_.empty();
}

Status PieceQueue::document_done(Block& block) {
  if (!cutter_->is_bundle()) {
    const bool too_long = cutter_->too_long();
    const std::string_view text = cutter_->text();
    block.add(too_long ? text.substr(0, kept_of_long) : text, ++number_, false, too_long);
  }
  cutter_.reset();
  return {};
}

}  // namespace parcours::fhir
