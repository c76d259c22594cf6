#include "ingest/fact_intake.h"

#include "base/check.h"
#include "rows/row_columns.h"

namespace parcours::ingest {

class FactIntake::PersonSource : public RowSource {
 public:
  PersonSource(FactIntake& intake, const Reading& reading) : intake_(intake), reading_(reading) {}

  std::vector<columns::Column> columns() const override {
    return rows::source_columns<rows::PatientRow>();
  }
  int most_threads() const override { return 1; }
  std::uint64_t rows() const override { return intake_.ledger_.items(); }

  std::unique_ptr<Reader> reader() override { return std::make_unique<Rows>(*this); }

 private:
  class Rows : public Reader {
   public:
    explicit Rows(PersonSource& source) : source_(source) {}

    Result<std::size_t> fill(columns::Sink& sink) override {
      People& people = *source_.intake_.people_;
      if (!read_) {
        RETURN_IF_ERROR(source_.intake_.format_->read_people(source_.reading_, people));
        people.tally().flush();
        read_ = true;
      }
      rows::RowWriter<rows::PatientRow> to(sink);
      std::size_t n = 0;
      while (n < sink.capacity() && next_ < people.rows().size()) {
        to.put(n++, people.rows()[next_++]);
      }
      return n;
    }

   private:
    PersonSource& source_;
    bool read_ = false;
    std::size_t next_ = 0;
  };

  FactIntake& intake_;
  const Reading reading_;
};

class FactIntake::EventSource : public RowSource {
 public:
  EventSource(FactIntake& intake, const Reading& reading)
      : intake_(intake), reading_(reading), before_(intake.ledger_.items()) {}

  std::vector<columns::Column> columns() const override {
    return rows::source_columns<rows::EventRow>();
  }
  int most_threads() const override { return reading_.threads; }
  std::uint64_t rows() const override { return intake_.ledger_.items() - before_; }

  std::unique_ptr<Reader> reader() override { return std::make_unique<Rows>(*this); }

 private:
  class Rows : public Reader {
   public:
    explicit Rows(EventSource& source)
        : stop_(source.reading_.stop),
          rows_(*source.intake_.people_, source.reading_),
          facts_(source.intake_.format_->reader(source.reading_, *source.intake_.people_)) {}

    Result<std::size_t> fill(columns::Sink& sink) override {
      rows::RowWriter<rows::EventRow> to(sink);
      std::size_t n = 0;
      while (n < sink.capacity()) {
        if (next_ == rows_.events().size()) {
          rows_.clear();
          next_ = 0;
          if (stop_.requested()) {
            return stopped();
          }
          ASSIGN_OR_RETURN(const bool more, facts_->next(rows_));
          rows_.flush();
          if (!more && rows_.events().empty()) {
            break;
          }
          continue;
        }
        to.put(n++, rows_.events()[next_++]);
      }
      return n;
    }

   private:
    const Stop& stop_;
    FactRows rows_;
    std::unique_ptr<FactReader> facts_;
    std::size_t next_ = 0;
  };

  FactIntake& intake_;
  const Reading reading_;
  const std::uint64_t before_;
};

std::vector<std::filesystem::path> FactIntake::files() const {
  std::vector<std::filesystem::path> all = format_->files();
  if (!choices_.path.empty()) {
    all.push_back(choices_.path);
    for (const CodeMap& map : choices_.maps) {
      all.push_back(map.file);
    }
  }
  return all;
}

std::unique_ptr<RowSource> FactIntake::patients(const Reading& reading) {
  people_.emplace(reading, choices_, ledger_);
  return std::make_unique<PersonSource>(*this, reading);
}

std::unique_ptr<RowSource> FactIntake::events(const Reading& reading) {
  PARCOURS_CHECK(people_);
  return std::make_unique<EventSource>(*this, reading);
}

}  // namespace parcours::ingest
