// The rows of several packages as a source for an import. Personal data.
#pragma once

#include <atomic>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "columns/columns.h"
#include "reception/judged.h"
#include "rows/row_columns.h"

namespace parcours::reception {

// A package that an import takes, and what the import calls its parts.
struct Delivered {
  Judged judged;
  std::string vault_name;  // of the practice
  records::PracticeId practice = 0;
  rows::PackageId package = 0;
  std::vector<vocabulary::CodeId> codes;  // of the vault, by place in the contents
};

template <class Row>
class DeliveredRows : public columns::Source {
 public:
  explicit DeliveredRows(std::span<const Delivered> all) : all_(all) {}
  std::vector<columns::Column> columns() const override { return rows::source_columns<Row>(); }
  int most_threads() const override { return 1024; }
  std::unique_ptr<Reader> reader() override { return std::make_unique<Cursor>(*this); }

 private:
  static const std::vector<Row>& rows_of(const Delivered& one) {
    if constexpr (std::is_same_v<Row, rows::PatientRow>) {
      return one.judged.contents.patients;
    } else {
      return one.judged.contents.events;
    }
  }
  static rows::PatientRow row_of(const Delivered& one, rows::PatientRow row) {
    row.package = one.package;
    row.patient.practice = one.practice;
    if (row.patient.place != vocabulary::no_code) {
      row.patient.place = one.codes[row.patient.place];
    }
    return row;
  }
  static rows::EventRow row_of(const Delivered& one, rows::EventRow row) {
    row.package = one.package & (rows::most_packages - 1);
    row.practice = one.practice;
    row.code = one.codes[row.code];
    return row;
  }

  // Takes one package after another that no other reader has taken.
  class Cursor : public Reader {
   public:
    explicit Cursor(DeliveredRows& source) : source_(source) {}
    Result<std::size_t> fill(columns::Sink& sink) override {
      rows::RowWriter<Row> to(sink);
      std::size_t rows = 0;
      while (rows < sink.capacity() && find_row()) {
        to.put(rows++, row_of(*one_, rows_of(*one_)[next_++]));
      }
      return rows;
    }

   private:
    bool find_row() {
      while (one_ == nullptr || next_ == rows_of(*one_).size()) {
        const std::size_t package = source_.next_++;
        if (package >= source_.all_.size()) {
          one_ = nullptr;
          return false;
        }
        one_ = &source_.all_[package];
        next_ = 0;
      }
      return true;
    }

    DeliveredRows& source_;
    const Delivered* one_ = nullptr;
    std::size_t next_ = 0;
  };

  std::span<const Delivered> all_;
  std::atomic<std::size_t> next_{0};
};

}  // namespace parcours::reception
