// Reading CSV into codes on several threads. Every thread takes blocks of the file in turn and
// codes their texts by dictionaries of its own; afterwards these are made one, in the order in
// which the texts first come in the file, so that the codes do not depend on who read what.

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <numeric>

#include "base/csv.h"
#include "base/letters.h"
#include "base/memory.h"
#include "base/threads.h"
#include "microdata/coded_columns.h"

namespace parcours::microdata {
namespace {

// The rows of one block, in the codes of the thread that read it.
struct Piece {
  std::size_t worker = 0;
  std::size_t rows = 0;
  std::vector<std::uint32_t> codes;  // row after row
};

// Where a text first comes: the block, then the row in it.
using Place = std::uint64_t;
Place place_of(std::size_t block, std::size_t row) {
  return std::uint64_t{block} << 32 | row;
}

struct WorkerColumn {
  Dictionary dictionary;
  std::vector<Place> first;  // by code
};

using WorkerColumns = std::vector<WorkerColumn>;

class Reader {
 public:
  Reader(CsvFile file, const exports::ExportFile& source, const CodedColumnsWanted& wanted,
         Progress& progress, const Stop& stop)
      : file_(std::move(file)),
        source_(source),
        wanted_(wanted),
        progress_(progress),
        stop_(stop),
        workers_(static_cast<std::size_t>(std::max(1, wanted.threads)),
                 WorkerColumns(wanted.columns.size())) {}

  Result<Microdata> read() {
    progress_.begin("reading the lines", file_.size());
    on_every_thread([this](std::size_t worker) { read_blocks(worker); });
    progress_.end();
    if (error_) {
      return std::unexpected(*error_);
    }
    if (stop_.requested()) {
      return stopped();
    }
    return one_table();
  }

 private:
  template <class Work>
  void on_every_thread(const Work& work) {
    on_threads(static_cast<int>(workers_.size()), [&](int worker) {
      try {
        work(static_cast<std::size_t>(worker));
      } catch (...) {
        failed_ = true;  // the others end too
        throw;
      }
    });
  }

  void read_blocks(std::size_t worker) {
    CsvRows rows(file_.separator(), file_.header().size());
    CsvBlock spent;
    while (!stop_.requested() && !failed_) {
      std::size_t number = 0;
      CsvBlock block;
      {
        const std::lock_guard lock(mutex_);
        Result<CsvBlock> next = file_.next(std::move(spent));
        if (!next) {
          fail(next.error());
          return;
        }
        if (next->empty()) {
          return;
        }
        read_ += next->read;
        block = *std::move(next);
        number = pieces_.size();
        pieces_.emplace_back();
      }
      progress_.add(block.read);
      rows.take(std::move(block));
      Piece piece{.worker = worker};
      const bool sound = code_rows(rows, workers_[worker], number, piece);
      spent = rows.release();
      const std::lock_guard lock(mutex_);
      if (!sound) {
        fail(bad_input(std::string(to_string(rows.defect())),
                       fmt::format("{}:{}", source_.path().string(), rows.line()),
                       "every line must be CSV in UTF-8 with as many columns as the first")
                 .error());
        return;
      }
      rows_ += piece.rows;
      pieces_[number] = std::move(piece);
      if (too_many_rows()) {
        fail(out_of_memory());  // now, and not after minutes
        return;
      }
    }
  }

  // Whether the rows read so far take too much memory: their codes twice while they are put in
  // order, or once beside what it takes to group them (classes.h). Also where the whole file would
  // take twice as much as there is, were the rest of it like the first sixteenth.
  bool too_many_rows() const {
    constexpr std::uint64_t code = sizeof(std::uint32_t);
    constexpr std::uint64_t to_group = 40;
    const std::uint64_t codes = code * wanted_.columns.size();
    const auto now = static_cast<double>(rows_ * std::max(2 * codes, codes + to_group));
    const double part =
        static_cast<double>(read_) / static_cast<double>(std::max<std::uint64_t>(1, file_.size()));
    const auto limit = static_cast<double>(memory_limit_);
    return now > limit || (part >= 1.0 / 16 && now / part > 2 * limit);
  }

  // False at a defective row, where `rows` stands.
  bool code_rows(CsvRows& rows, WorkerColumns& columns, std::size_t number, Piece& piece) const {
    while (rows.next()) {
      if (rows.defect() != CsvDefect::none) {
        return false;
      }
      for (std::size_t i = 0; i < columns.size(); ++i) {
        WorkerColumn& column = columns[i];
        const std::uint32_t code = column.dictionary.add(trimmed(rows.field(wanted_.columns[i])));
        if (code == column.first.size()) {
          column.first.push_back(place_of(number, piece.rows));
        }
        piece.codes.push_back(code);
      }
      ++piece.rows;
    }
    return true;
  }

  void fail(const Error& error) {
    if (!error_) {
      error_ = error;
    }
    failed_ = true;
  }

  Result<Microdata> one_table() {
    Microdata data;
    std::vector<std::size_t> begins;
    for (const Piece& piece : pieces_) {
      begins.push_back(data.records);
      data.records += piece.rows;
    }
    if (data.records > 0xFFFFFFFEU) {
      return bad_input("more than 4 billion records", source_.path().string());
    }
    data.columns.resize(wanted_.columns.size());
    // For each column and worker, the common code of each of the worker's.
    std::vector<std::vector<std::vector<std::uint32_t>>> common(data.columns.size());
    each_in_parallel(data.columns.size(), [&](std::size_t i) {
      MicrodataColumn& column = data.columns[i];
      column.name = source_.columns()[wanted_.columns[i]].name;
      common[i] = merge(i, column.dictionary);
      column.codes.resize(data.records);
    });
    each_in_parallel(pieces_.size(), [&](std::size_t number) {
      Piece& piece = pieces_[number];
      for (std::size_t i = 0; i < data.columns.size(); ++i) {
        const auto& to = common[i][piece.worker];
        std::uint32_t* out = data.columns[i].codes.data() + begins[number];
        const std::uint32_t* in = piece.codes.data() + i;
        for (std::size_t row = 0; row < piece.rows; ++row, in += data.columns.size()) {
          out[row] = to[*in];
        }
      }
      piece.codes = {};
    });
    return data;
  }

  template <class Work>
  void each_in_parallel(std::size_t count, const Work& work) {
    std::atomic<std::size_t> next{0};
    on_every_thread([&](std::size_t) {
      for (std::size_t i = next++; i < count; i = next++) {
        work(i);
      }
    });
  }

  // Fills `dictionary` with the texts of all workers in column i, first come first.
  std::vector<std::vector<std::uint32_t>> merge(std::size_t i, Dictionary& dictionary) {
    struct Text {
      Place first;
      std::uint32_t worker;
      std::uint32_t code;
    };
    std::vector<Text> texts;
    std::vector<std::vector<std::uint32_t>> to;
    for (std::uint32_t worker = 0; worker < workers_.size(); ++worker) {
      const WorkerColumn& column = workers_[worker][i];
      to.emplace_back(column.dictionary.size());
      for (std::uint32_t code = 0; code < column.dictionary.size(); ++code) {
        texts.push_back({column.first[code], worker, code});
      }
    }
    std::ranges::sort(texts, {}, &Text::first);
    for (const Text& text : texts) {
      const std::string_view revealed = workers_[text.worker][i].dictionary.reveal(text.code);
      to[text.worker][text.code] =
          dictionary.add(wanted_.missing.find(revealed) ? std::string_view{} : revealed);
    }
    return to;
  }

  CsvFile file_;
  const exports::ExportFile& source_;
  const CodedColumnsWanted& wanted_;
  Progress& progress_;
  const Stop& stop_;

  std::vector<WorkerColumns> workers_;
  std::mutex mutex_;
  std::vector<Piece> pieces_;  // by number of block
  std::uint64_t rows_ = 0;
  std::uint64_t read_ = 0;  // bytes of the file as it lies on the disk
  const std::uint64_t memory_limit_ = memory_limit();
  std::optional<Error> error_;
  std::atomic<bool> failed_{false};
};

}  // namespace

Result<std::optional<Microdata>> read_csv_columns(const exports::ExportFile& file,
                                                  const CodedColumnsWanted& wanted,
                                                  Progress& progress, const Stop& stop) {
  std::optional<ByteStream> bytes = file.csv_bytes();
  if (!bytes) {
    return std::nullopt;
  }
  Result<CsvFile> csv = CsvFile::open(*std::move(bytes), {.judge_header = false});
  if (!csv || !std::ranges::equal(csv->header().reveal(), file.columns(), {}, {},
                                  &exports::ExportColumn::name)) {
    return std::nullopt;
  }
  Reader reader(*std::move(csv), file, wanted, progress, stop);
  ASSIGN_OR_RETURN(Microdata data, reader.read());
  return data;
}

}  // namespace parcours::microdata
