#include "mapping/source.h"

#include <algorithm>
#include <array>

#include "mapping/event_rows.h"
#include "mapping/patient_rows.h"
#include "rows/row_columns.h"

namespace parcours::mapping {

FileSource::FileSource(const Plan& plan, const std::vector<FilePlan>& files,
                       const ingest::Reading& reading, std::atomic<std::uint64_t>& consulted)
    : plan_(plan),
      reading_(reading),
      queue_(files, reading.stop, reading.progress),
      consulted_(consulted) {
  for (const FilePlan& file : files) {
    file_numbers_.push_back(reading.quarantine.file(file.file.shown));
  }
}

// Walks the rows of a source's files, block by block, and puts the bad ones aside.
template <class Rows>
class FileSource::Cursor {
 public:
  explicit Cursor(FileSource& source)
      : source_(source),
        rows_(*source.plan_.mapping, source.reading_.registry, source.reading_.quarantine) {
    for (const CsvDefect defect :
         {CsvDefect::none, CsvDefect::columns, CsvDefect::quote, CsvDefect::utf8, CsvDefect::nul}) {
      defects_[static_cast<std::size_t>(defect)] =
          source.reading_.quarantine.reason(to_string(defect));
    }
  }

  // Moves on to the next good row; false at the end.
  Result<bool> next() {
    while (true) {
      while (csv_ && csv_->next()) {
        ++count_;
        if (!refused_.empty() && std::ranges::binary_search(refused_, csv_->line())) {
          continue;
        }
        const ingest::ReasonId reason =
            csv_->defect() == CsvDefect::none
                ? rows_.read(FileRow(*csv_, file_->joins, file_->joined, file_->header.size()))
                : defects_[static_cast<std::size_t>(csv_->defect())];
        if (reason == ingest::taken) {
          consulted_ += rows_.consulted();
          return true;
        }
        RETURN_IF_ERROR(
            closing(source_.reading_.quarantine.add(file_number_, csv_->line(), reason)));
      }
      if (rows_.failure()) {
        RETURN_IF_ERROR(closing(Status(std::unexpected(*rows_.failure()))));
      }
      ASSIGN_OR_RETURN(const bool more, closing(take_block()));
      if (!more) {
        return false;
      }
    }
  }

  const Rows& row() const { return rows_; }

 private:
  Result<bool> take_block() {
    source_.rows_ += std::exchange(count_, 0);
    source_.consulted_ += std::exchange(consulted_, 0);
    ASSIGN_OR_RETURN(FileQueue::Taken got,
                     source_.queue_.take(csv_ ? csv_->release() : CsvBlock()));
    if (got.file == nullptr) {
      return false;
    }
    if (got.file != file_) {
      file_ = got.file;
      file_number_ = source_.file_numbers_[got.number];
      refused_ = source_.reading_.quarantine.lines(file_number_);
      rows_.open(*file_);
      csv_.emplace(file_->form.csv.separator, file_->header.size());
    }
    csv_->take(std::move(got.block));
    return true;
  }

  // An error that one reader meets ends the others too.
  template <class T>
  T closing(T result) {
    if (!result) {
      source_.queue_.close();
    }
    return result;
  }

  FileSource& source_;
  Rows rows_;
  std::array<ingest::ReasonId, 5> defects_{};
  const FilePlan* file_ = nullptr;
  std::uint32_t file_number_ = 0;
  std::vector<std::uint64_t> refused_;  // lines that are in quarantine already
  std::optional<CsvRows> csv_;
  std::uint64_t count_ = 0;
  std::uint64_t consulted_ = 0;
};

class PatientSource::PatientReader : public columns::Source::Reader {
 public:
  explicit PatientReader(PatientSource& source) : cursor_(source) {}

  Result<std::size_t> fill(columns::Sink& sink) override {
    rows::RowWriter<rows::PatientRow> to(sink);
    std::size_t n = 0;
    while (n < sink.capacity()) {
      ASSIGN_OR_RETURN(const bool more, cursor_.next());
      if (!more) {
        break;
      }
      if (cursor_.row().patient()) {
        to.put(n++, *cursor_.row().patient());
      }
    }
    return n;
  }

 private:
  Cursor<PatientRows> cursor_;
};

std::vector<columns::Column> PatientSource::columns() const {
  return rows::source_columns<rows::PatientRow>();
}

std::unique_ptr<columns::Source::Reader> PatientSource::reader() {
  return std::make_unique<PatientReader>(*this);
}

class EventSource::EventReader : public columns::Source::Reader {
 public:
  explicit EventReader(EventSource& source) : cursor_(source) {}

  Result<std::size_t> fill(columns::Sink& sink) override {
    rows::RowWriter<rows::EventRow> to(sink);
    std::size_t n = 0;
    while (n < sink.capacity()) {
      if (waiting_.empty()) {
        ASSIGN_OR_RETURN(const bool more, cursor_.next());
        if (!more) {
          break;
        }
        waiting_ = cursor_.row().events();
        continue;
      }
      to.put(n++, waiting_.front());
      waiting_ = waiting_.subspan(1);
    }
    return n;
  }

 private:
  Cursor<EventRows> cursor_;
  std::span<const rows::EventRow> waiting_;  // events of the row that are not in the table yet
};

std::vector<columns::Column> EventSource::columns() const {
  return rows::source_columns<rows::EventRow>();
}

std::unique_ptr<columns::Source::Reader> EventSource::reader() {
  return std::make_unique<EventReader>(*this);
}

}  // namespace parcours::mapping
