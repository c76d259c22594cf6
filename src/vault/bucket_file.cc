#include "vault/bucket_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>

#include "base/input_file.h"
#include "records/record.h"
#include "vault/catalog.h"
#include "vault/encrypted_file.h"
#include "vault/vault.h"

namespace parcours::vault {
namespace {

namespace fs = std::filesystem;

// A file is read whole, by one thread, so there is nothing to gain from small groups; a group lies
// in memory while it is written.
constexpr int row_group_rows = 491520;

// Rows that lie in memory as a table for DuckDB; read once, by one thread.
template <class Row>
class RowSource : public columns::Source {
 public:
  explicit RowSource(Calendar calendar) : calendar_(calendar) {}
  void show(std::span<const Row> rows) { rows_ = rows; }

  std::vector<columns::Column> columns() const override {
    return rows::stored_columns<Row>(calendar_);
  }
  int most_threads() const override { return 1; }
  std::unique_ptr<Reader> reader() override { return std::make_unique<Cursor>(rows_); }

 private:
  class Cursor : public Reader {
   public:
    explicit Cursor(std::span<const Row> rows) : rows_(rows) {}
    Result<std::size_t> fill(columns::Sink& sink) override {
      const std::span<const Row> some = rows_.first(std::min(rows_.size(), sink.capacity()));
      rows_ = rows_.subspan(some.size());
      rows::RowWriter<Row> to(sink);
      for (std::size_t i = 0; i < some.size(); ++i) {
        to.put(i, some[i]);
      }
      return some.size();
    }

   private:
    std::span<const Row> rows_;
  };

  Calendar calendar_;
  std::span<const Row> rows_;
};

}  // namespace

struct BucketFileWriter::State {
  VaultPlace vault;
  RowSource<rows::EventRow> events;
  RowSource<rows::PatientRow> patients;
  InputFile memory;  // the Parquet of an encrypted file
  duck::Connection duck;

  Result<FileBytes> copy(std::string_view table, const fs::path& path, const BucketFile& file) {
    const std::string rows = fmt::format("SELECT * FROM {}()", table);
    const duck::ParquetForm form{.readers = Readers::owner, .row_group_rows = row_group_rows};
    if (const Cipher* cipher = vault.cipher()) {
      RETURN_IF_ERROR(duck::write_parquet(duck, rows, memory, form));
      return write_encrypted(*cipher, purpose_of(file), memory, path);
    }
    ASSIGN_OR_RETURN(const std::uint64_t bytes, duck::write_parquet(duck, rows, path, form));
    ASSIGN_OR_RETURN(const records::Digest digest, records::digest_of_file(path));
    return FileBytes{bytes, digest};
  }
};

BucketFileWriter::BucketFileWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
BucketFileWriter::BucketFileWriter(BucketFileWriter&&) noexcept = default;
BucketFileWriter& BucketFileWriter::operator=(BucketFileWriter&&) noexcept = default;
BucketFileWriter::~BucketFileWriter() = default;

Result<BucketFileWriter> BucketFileWriter::open(const VaultPlace& vault, Calendar calendar) {
  ASSIGN_OR_RETURN(duck::Database database, duck::Database::open({.threads = 1, .in_order = true}));
  ASSIGN_OR_RETURN(duck::Connection duck, database.connect());
  ASSIGN_OR_RETURN(InputFile memory, InputFile::in_memory("a file of the vault"));
  auto state = std::make_unique<State>(State{vault, RowSource<rows::EventRow>(calendar),
                                             RowSource<rows::PatientRow>(calendar),
                                             std::move(memory), std::move(duck)});
  RETURN_IF_ERROR(state->duck.add("event_rows", state->events));
  RETURN_IF_ERROR(state->duck.add("patient_rows", state->patients));
  return BucketFileWriter(std::move(state));
}

template <class Row>
BucketFile BucketFileWriter::describe(std::span<const Row> rows, int bucket, Sequence written,
                                      int round) const {
  const bool encrypted = state_->vault.cipher() != nullptr;
  BucketFile file{
      .content = std::is_same_v<Row, rows::EventRow> ? Content::events : Content::patients,
      .bucket = bucket,
      .name = fmt::format("{:06}-{:02}{}", written, round,
                          encrypted ? encrypted_ending : parquet_ending),
      .written = written,
      .rows = rows.size(),
      .first_package = rows::most_packages};
  for (const Row& row : rows) {
    file.first_package = std::min<rows::PackageId>(file.first_package, row.package);
    file.last_package = std::max<rows::PackageId>(file.last_package, row.package);
  }
  return file;
}

template <class Row>
Status BucketFileWriter::write(std::span<const Row> rows, const fs::path& path, BucketFile& file) {
  std::string_view table;
  if constexpr (std::is_same_v<Row, rows::EventRow>) {
    state_->events.show(rows);
    table = "event_rows";
  } else {
    state_->patients.show(rows);
    table = "patient_rows";
  }
  ASSIGN_OR_RETURN(const FileBytes bytes, state_->copy(table, path, file));
  file.bytes = bytes.bytes;
  file.digest = bytes.digest;
  return {};
}

template BucketFile BucketFileWriter::describe(std::span<const rows::EventRow>, int, Sequence,
                                               int) const;
template BucketFile BucketFileWriter::describe(std::span<const rows::PatientRow>, int, Sequence,
                                               int) const;
template Status BucketFileWriter::write(std::span<const rows::EventRow>, const fs::path&,
                                        BucketFile&);
template Status BucketFileWriter::write(std::span<const rows::PatientRow>, const fs::path&,
                                        BucketFile&);

Result<duck::FileTable> file_table(const Vault& vault, Content content) {
  if (vault.place().cipher() != nullptr) {
    return bad_input("SQL cannot read the files of an encrypted vault", vault.path().string());
  }
  std::vector<InputFile> files;
  for (const BucketFile& file : vault.catalog().files) {
    if (file.content == content) {
      ASSIGN_OR_RETURN(InputFile open, InputFile::open(file.path(vault.path())));
      files.push_back(std::move(open));
    }
  }
  return duck::FileTable::parquet(std::move(files));
}

Status read_rows(FileReader& reader, const VaultPlace& vault, const BucketFile& file,
                 const RowLimits& limits, const Living& living, std::vector<rows::EventRow>& rows) {
  ASSIGN_OR_RETURN(auto stored, StoredRows<StoredEvents>::open(reader, vault, file, limits));
  return for_chunks(stored, [&](const StoredEvents& chunk) {
    for (std::size_t i = 0; i < chunk.patients.size(); ++i) {
      rows::EventRow row;
      row.patient = rows::patient_id(chunk.patients[i]);
      row.practice = chunk.practices[i];
      row.day = chunk.days[i];
      row.kind = chunk.kinds[i] & 0x3fU;
      row.code = chunk.codes[i];
      row.value = rows::is_set(chunk.values_given, i) ? chunk.values[i] : records::no_value;
      row.package = chunk.packages[i] & (rows::most_packages - 1);
      row.provenance = static_cast<std::uint32_t>(chunk.provenances[i]) & 0x3U;
      if (living.lives(row)) {
        rows.push_back(row);
      }
    }
  });
}

Status read_rows(FileReader& reader, const VaultPlace& vault, const BucketFile& file,
                 const RowLimits& limits, const Living& living,
                 std::vector<rows::PatientRow>& rows) {
  ASSIGN_OR_RETURN(auto stored, StoredRows<StoredPatients>::open(reader, vault, file, limits));
  return for_chunks(stored, [&](const StoredPatients& chunk) {
    for (std::size_t i = 0; i < chunk.patients.size(); ++i) {
      rows::PatientRow row;
      row.patient.id = rows::patient_id(chunk.patients[i]);
      row.patient.practice = chunk.practices[i];
      if (rows::is_set(chunk.birth_years_given, i)) {
        row.patient.birth_year = static_cast<std::int16_t>(chunk.birth_years[i]);
      }
      row.patient.sex = chunk.sexes[i];
      if (rows::is_set(chunk.places_given, i)) {
        row.patient.place = chunk.places[i];
      }
      row.package = chunk.packages[i];
      if (living.lives(row)) {
        living.mask(row);
        rows.push_back(row);
      }
    }
  });
}

}  // namespace parcours::vault
