#include <algorithm>

#include "base/check.h"
#include "vault/bucket_file.h"
#include "vault/living_rows.h"
#include "vault/snapshot.h"
#include "vault/stored_rows.h"
#include "vault/vault.h"

// How events come to their patients. Each file lies in order of patient, so its events come as runs
// of one patient. The runs are matched to the sorted patients by walking both at once. Where the
// bucket is one file the events already lie right; else each run is moved once to its place.

namespace parcours::vault {
namespace {

// Events of one patient that came one after another; they end where the next run begins.
struct Run {
  records::PatientId patient;
  std::uint32_t begin;
};

struct Runs {
  std::vector<Run> all;
  std::vector<std::size_t> files;  // where each file's runs begin
  columns::Wide last{};            // the patient of the last run
};

constexpr std::uint32_t nobody = ~std::uint32_t{0};

void append_values(const StoredEvents& chunk, const Stretches& kept, double* to) {
  kept.append(chunk.values, to);
  if (chunk.values_given == nullptr) {
    return;
  }
  for (const Stretch& one : kept.all()) {
    for (std::uint32_t row = one.begin; row < one.end; ++row, ++to) {
      if (!rows::is_set(chunk.values_given, row)) {
        *to = records::no_value;
      }
    }
  }
}

template <class T>
std::span<const T> part(const std::vector<T>& column, std::size_t begin, std::size_t end) {
  return column.empty() ? std::span<const T>() : std::span(column).subspan(begin, end - begin);
}

}  // namespace

records::Record Bucket::record(std::size_t i) const {
  const std::size_t begin = starts[i];
  const std::size_t end = starts[i + 1];
  return {people[i], part(codes, begin, end), part(days, begin, end), part(practices, begin, end),
          part(values, begin, end)};
}

struct BucketReader::State {
  std::shared_ptr<const Snapshot> snapshot;
  records::EventColumns columns;
  FileReader reader;
  LivingRows living = LivingRows(snapshot->living);

  Bucket bucket;
  Bucket spare;  // its columns take the events when they have to move
  Runs runs;
  std::vector<rows::PatientRow> patient_rows;
  std::vector<std::uint32_t> owners;  // by run: a place in bucket.people
  std::vector<std::uint32_t> next;    // by patient: where their next run goes

  Status read_people(int number);
  Status read_events(int number);
  Result<std::size_t> read_file(const BucketFile& file, std::size_t at);
  void take_chunk(const StoredEvents& chunk, const Stretches& kept, std::size_t at);
  void note_runs(const StoredEvents& chunk, const Stretches& kept, std::size_t at);
  void note_first_runs(const StoredEvents& chunk, std::size_t at);
  void find_owners();
  void add_strangers();
  void group();
  void drop_outlived();
  void resize(Bucket& target, std::size_t rows) const;
};

BucketReader::BucketReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
BucketReader::BucketReader(BucketReader&&) noexcept = default;
BucketReader::~BucketReader() = default;

Result<BucketReader> Vault::reader(records::EventColumns columns) const {
  ASSIGN_OR_RETURN(FileReader reader, FileReader::make());
  return BucketReader(std::unique_ptr<BucketReader::State>(
      new BucketReader::State{snapshot_, columns, std::move(reader)}));
}

Result<const Bucket*> BucketReader::read(int bucket) {
  PARCOURS_CHECK(bucket >= 0 && bucket < state_->snapshot->contents.buckets);
  RETURN_IF_ERROR(state_->read_people(bucket));
  RETURN_IF_ERROR(state_->read_events(bucket));
  state_->find_owners();
  if (std::ranges::find(state_->owners, nobody) != state_->owners.end()) {
    state_->add_strangers();
    state_->find_owners();
  }
  state_->group();
  state_->drop_outlived();
  return &state_->bucket;
}

// The newest living package's word on each patient, in order.
Status BucketReader::State::read_people(int number) {
  patient_rows.clear();
  living.outlived().clear();
  for (const BucketFile* file : snapshot->files(Content::patients, number)) {
    RETURN_IF_ERROR(read_rows(reader, snapshot->place, *file, snapshot->limits, snapshot->living,
                              patient_rows));
  }
  if (!std::ranges::is_sorted(patient_rows, std::less())) {
    std::ranges::sort(patient_rows, std::less());
  }
  bucket.people.clear();
  for (const rows::PatientRow& row : patient_rows) {
    if (bucket.people.empty() || bucket.people.back().id != row.patient.id) {
      bucket.people.push_back(row.patient);
    }
    if (snapshot->living.outlived(row)) {
      living.outlived().push_back(row.patient.id);
    }
  }
  return {};
}

void BucketReader::State::resize(Bucket& target, std::size_t rows) const {
  target.codes.resize(rows);
  target.days.resize(columns.day ? rows : 0);
  target.practices.resize(columns.practice ? rows : 0);
  target.values.resize(columns.value ? rows : 0);
}

Status BucketReader::State::read_events(int number) {
  const auto files = snapshot->files(Content::events, number);
  // Room for as many rows as the catalog says; but no more at first than files of their size hold.
  std::size_t rows = 0;
  std::size_t bytes = 0;
  for (const BucketFile* file : files) {
    rows += file->rows;
    bytes += file->bytes;
  }
  PARCOURS_CHECK(rows < most_bucket_rows);  // check_sense()
  resize(bucket, std::min(rows, bytes));
  runs.all.clear();
  runs.files.clear();
  std::size_t end = 0;
  for (const BucketFile* file : files) {
    runs.files.push_back(runs.all.size());
    ASSIGN_OR_RETURN(end, read_file(*file, end));
  }
  resize(bucket, end);
  return {};
}

// Reads a file's living events to the columns, from place `at` on; where they end.
Result<std::size_t> BucketReader::State::read_file(const BucketFile& file, std::size_t at) {
  living.begin(file);
  const Living::Asks& asked = living.asks();
  EventFields fields{.day = columns.day, .practice = columns.practice, .value = columns.value};
  fields.package = asked.package;
  fields.day = fields.day || asked.day;
  fields.provenance = asked.provenance;
  ASSIGN_OR_RETURN(auto stored, StoredRows<StoredEvents>::open(reader, snapshot->place, file,
                                                               snapshot->limits, fields));
  RETURN_IF_ERROR(for_chunks(stored, [&](const StoredEvents& chunk) {
    const Stretches& kept = living.of(chunk);
    const std::size_t end = at + kept.rows();
    if (end > bucket.codes.size()) {
      resize(bucket, std::max(end, 2 * bucket.codes.size()));
    }
    take_chunk(chunk, kept, at);
    if (kept.rows() < chunk.patients.size()) {
      note_runs(chunk, kept, at);
    } else {
      note_first_runs(chunk, at);
    }
    at = end;
  }));
  return at;
}

void BucketReader::State::take_chunk(const StoredEvents& chunk, const Stretches& kept,
                                     std::size_t at) {
  kept.append(chunk.codes, bucket.codes.data() + at);
  if (columns.day) {
    kept.append(chunk.days, bucket.days.data() + at);
  }
  if (columns.practice) {
    kept.append(chunk.practices, bucket.practices.data() + at);
  }
  if (columns.value) {
    append_values(chunk, kept, bucket.values.data() + at);
  }
}

// Notes where a new patient's events begin, of a chunk that is kept whole; patients come in order.
void BucketReader::State::note_first_runs(const StoredEvents& chunk, std::size_t at) {
  for (const std::uint32_t row : chunk.firsts) {
    runs.all.push_back(
        {rows::patient_id(chunk.patients[row]), static_cast<std::uint32_t>(at + row)});
  }
  runs.last = chunk.patients.back();
}

// The same of a chunk of which some rows are left out: a patient's first event may be among them,
// and then the first one that is kept begins the run.
void BucketReader::State::note_runs(const StoredEvents& chunk, const Stretches& kept,
                                    std::size_t at) {
  auto next = chunk.firsts.begin();
  for (const Stretch& one : kept.all()) {
    const auto note = [&](std::uint32_t row) {
      const ::parcours::columns::Wide patient = chunk.patients[row];
      runs.all.push_back(
          {rows::patient_id(patient), static_cast<std::uint32_t>(at + row - one.begin)});
      runs.last = patient;
    };
    const ::parcours::columns::Wide first = chunk.patients[one.begin];
    const bool first_of_file = runs.all.size() == runs.files.back();
    if (first_of_file || first.lower != runs.last.lower || first.upper != runs.last.upper) {
      note(one.begin);
    }
    next = std::upper_bound(next, chunk.firsts.end(), one.begin);
    for (; next != chunk.firsts.end() && *next < one.end; ++next) {
      note(*next);
    }
    at += one.end - one.begin;
  }
}

// Takes out the patients of whom a fact has outlived its retention and no fact lives.
void BucketReader::State::drop_outlived() {
  std::vector<records::PatientId>& outlived = living.outlived();
  if (outlived.empty()) {
    return;
  }
  std::ranges::sort(outlived);
  std::vector<records::Patient>& people = bucket.people;
  std::size_t kept_people = 0;
  for (std::size_t i = 0; i < people.size(); ++i) {
    const bool silent = bucket.starts[i] == bucket.starts[i + 1];
    if (silent && std::ranges::binary_search(outlived, people[i].id)) {
      continue;
    }
    people[kept_people] = people[i];
    bucket.starts[++kept_people] = bucket.starts[i + 1];
  }
  people.resize(kept_people);
  bucket.starts.resize(kept_people + 1);
}

void BucketReader::State::find_owners() {
  owners.assign(runs.all.size(), nobody);
  const std::vector<records::Patient>& people = bucket.people;
  for (std::size_t file = 0; file < runs.files.size(); ++file) {
    const std::size_t end = file + 1 < runs.files.size() ? runs.files[file + 1] : runs.all.size();
    std::size_t person = 0;
    for (std::size_t run = runs.files[file]; run < end; ++run) {
      while (person < people.size() && people[person].id < runs.all[run].patient) {
        ++person;
      }
      if (person < people.size() && people[person].id == runs.all[run].patient) {
        owners[run] = static_cast<std::uint32_t>(person);
      }
    }
  }
}

// Patients of whom events came but nothing else.
void BucketReader::State::add_strangers() {
  std::vector<records::Patient> strangers;
  for (std::size_t run = 0; run < runs.all.size(); ++run) {
    if (owners[run] == nobody) {
      strangers.push_back({.id = runs.all[run].patient});
    }
  }
  std::ranges::sort(strangers, {}, &records::Patient::id);
  const auto again = std::ranges::unique(strangers, {}, &records::Patient::id);
  strangers.erase(again.begin(), again.end());
  const auto middle = static_cast<std::ptrdiff_t>(bucket.people.size());
  bucket.people.insert(bucket.people.end(), strangers.begin(), strangers.end());
  std::ranges::inplace_merge(bucket.people, bucket.people.begin() + middle, {},
                             &records::Patient::id);
}

// Sets where each patient's events begin, and moves the runs there unless they lie there already.
void BucketReader::State::group() {
  const std::size_t rows = bucket.codes.size();
  const auto size_of_run = [&](std::size_t run) {
    const std::size_t end = run + 1 < runs.all.size() ? runs.all[run + 1].begin : rows;
    return end - runs.all[run].begin;
  };
  std::vector<std::uint32_t>& starts = bucket.starts;
  starts.assign(bucket.people.size() + 1, 0);
  for (std::size_t run = 0; run < runs.all.size(); ++run) {
    starts[owners[run] + 1] += static_cast<std::uint32_t>(size_of_run(run));
  }
  for (std::size_t person = 1; person < starts.size(); ++person) {
    starts[person] += starts[person - 1];
  }
  if (std::ranges::is_sorted(owners)) {
    return;
  }
  resize(spare, rows);
  next.assign(starts.begin(), starts.end() - 1);
  const auto move = [](const auto& from, auto& to, std::size_t begin, std::size_t target,
                       std::size_t count) {
    if (!from.empty()) {
      std::copy_n(from.data() + begin, count, to.data() + target);
    }
  };
  for (std::size_t run = 0; run < runs.all.size(); ++run) {
    const std::size_t begin = runs.all[run].begin;
    const std::size_t count = size_of_run(run);
    const std::size_t target = next[owners[run]];
    next[owners[run]] += static_cast<std::uint32_t>(count);
    move(bucket.codes, spare.codes, begin, target, count);
    move(bucket.days, spare.days, begin, target, count);
    move(bucket.practices, spare.practices, begin, target, count);
    move(bucket.values, spare.values, begin, target, count);
  }
  std::swap(bucket.codes, spare.codes);
  std::swap(bucket.days, spare.days);
  std::swap(bucket.practices, spare.practices);
  std::swap(bucket.values, spare.values);
}

}  // namespace parcours::vault
