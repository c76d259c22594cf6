// Reading FHIR's NDJSON into rows on one thread, beside simdjson merely walking the same bytes.

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>

#include "base/byte_stream.h"
#include "base/files.h"
#include "base/output_file.h"
#include "bench/bench.h"
#include "bench/measure.h"
#include "fhir/fhir.h"
#include "ingest/check.h"

namespace parcours::bench {
namespace {

namespace fs = std::filesystem;

const fs::path shared = "../shared/data";

Result<std::string> unzipped(const fs::path& path) {
  ASSIGN_OR_RETURN(ByteStream stream, ByteStream::open(path));
  std::string text;
  std::vector<char> block(std::size_t{1} << 20);
  while (true) {
    ASSIGN_OR_RETURN(const std::size_t got, stream.read(block));
    if (got == 0) {
      return text;
    }
    text.append(block.data(), got);
  }
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

// The shared bulk export and the resources of the shared Bundles, a line each.
Result<std::string> shared_lines(std::vector<std::string>& patients) {
  std::string text;
  for (const auto& file : fs::directory_iterator(shared / "fhir_r4_bulk")) {
    ASSIGN_OR_RETURN(const std::string lines, unzipped(file.path()));
    text += lines;
    text += lines.ends_with('\n') ? "" : "\n";
  }
  simdjson::dom::parser parser;
  for (const auto& file : fs::directory_iterator(shared / "fhir_r4_bundles")) {
    ASSIGN_OR_RETURN(const std::string bundle, unzipped(file.path()));
    for (const simdjson::dom::element entry : parser.parse(bundle)["entry"].get_array()) {
      text += simdjson::minify(entry["resource"].value()) + "\n";
    }
  }
  replace_all(text, "\"reference\":\"urn:uuid:", "\"reference\":\"Patient/");
  constexpr std::string_view head = "{\"resourceType\":\"Patient\",\"id\":\"";
  for (std::size_t at = text.find(head); at != std::string::npos; at = text.find(head, at + 1)) {
    const std::size_t from = at + head.size();
    patients.push_back(text.substr(from, text.find('"', from) - from));
  }
  return text;
}

// The lines again and again, each time of other patients, until there are so many bytes.
Status write_lines(const fs::path& path, std::uint64_t bytes) {
  std::vector<std::string> patients;
  ASSIGN_OR_RETURN(std::string text, shared_lines(patients));
  fs::remove(path);
  ASSIGN_OR_RETURN(OutputFile file, OutputFile::create(path, Readers::as_umask_says));
  std::uint64_t written = 0;
  for (int copy = 1000; written < bytes; ++copy) {
    for (std::string& patient : patients) {
      std::string other = patient;
      other.replace(0, 4, std::to_string(copy));
      replace_all(text, patient, other);
      patient = std::move(other);
    }
    RETURN_IF_ERROR(file.write(text));
    written += text.size();
  }
  RETURN_IF_ERROR(file.close());
  return {};
}

// What is in the file, so that both have read all of it.
Result<std::string> rows_of(const fs::path& path) {
  ASSIGN_OR_RETURN(const auto intake, fhir::open_fhir({path}, ingest::Choices()));
  ingest::Quarantine quarantine(1'000'000);
  const Stop stop;
  ASSIGN_OR_RETURN(const ingest::CheckCounts counts,
                   ingest::check(*intake, quarantine, stop, nullptr, 1));
  return std::to_string(counts.rows);
}

using OnDemand = simdjson::ondemand::value;

std::size_t walk(OnDemand value);

template <class Values>
std::size_t walk_members(Values&& object) {
  std::size_t values = 0;
  for (auto field : object) {
    values += walk(field.value().value());
  }
  return values;
}

template <class Values>
std::size_t walk_items(Values&& array) {
  std::size_t values = 0;
  for (auto item : array) {
    values += walk(item.value());
  }
  return values;
}

std::size_t walk(OnDemand value) {
  switch (value.type().value()) {
    case simdjson::ondemand::json_type::object:
      return 1 + walk_members(value.get_object().value());
    case simdjson::ondemand::json_type::array:
      return 1 + walk_items(value.get_array().value());
    case simdjson::ondemand::json_type::string:
      return value.get_string().value().size() > 0 ? 1 : 0;
    case simdjson::ondemand::json_type::number:
      return value.get_double().value() != 0 ? 1 : 0;
    default:
      return value.is_null() ? 0 : 1;
  }
}

// Every value of every line, in blocks of whole lines.
Result<std::string> walked(const fs::path& path) {
  ASSIGN_OR_RETURN(const InputFile file, InputFile::open(path));
  simdjson::ondemand::parser parser;
  std::string block;
  std::size_t values = 0;
  for (std::uint64_t at = 0; at < file.size();) {
    block.resize(std::size_t{1} << 18);
    ASSIGN_OR_RETURN(const std::size_t got, file.read_at(at, block));
    const std::size_t whole = std::string_view(block.data(), got).rfind('\n') + 1;
    if (whole == 0) {
      return bad_input("a line that is longer than a block");
    }
    at += whole;
    block.resize(block.size() + simdjson::SIMDJSON_PADDING);
    for (std::size_t from = 0; from < whole;) {
      const std::size_t end = block.find('\n', from);
      auto document = parser.iterate(block.data() + from, end - from, block.size() - from);
      values += walk_members(document.get_object());
      from = end + 1;
    }
  }
  return std::to_string(values);
}

}  // namespace

Status fhir_bench(const Setting& setting, Figures& figures) {
  if (!fs::exists(shared / "fhir_r4_bulk") || !fs::exists(shared / "fhir_r4_bundles")) {
    fmt::print("fhir: left out, as ../shared/data has no FHIR\n");
    return {};
  }
  const std::uint64_t bytes = std::uint64_t{setting.full ? 1024U : 256U} << 20;
  const fs::path large = setting.folder / "fhir.ndjson";
  const fs::path quarter = setting.folder / "fhir-quarter.ndjson";
  RETURN_IF_ERROR(write_lines(large, bytes));
  RETURN_IF_ERROR(write_lines(quarter, bytes / 4));
  ASSIGN_OR_RETURN(const Measured walking, best_of(3, [&] { return walked(large); }));
  ASSIGN_OR_RETURN(const Measured reading, best_of(3, [&] { return rows_of(large); }));
  ASSIGN_OR_RETURN(const Measured less, best_of(1, [&] { return rows_of(quarter); }));
  const double megabytes = static_cast<double>(fs::file_size(large)) / 1e6;
  fs::remove(large);
  fs::remove(quarter);
  fmt::print("fhir: {:.0f} MB/s, simdjson {:.0f} MB/s\n", megabytes / reading.seconds,
             megabytes / walking.seconds);
  figures.add("fhir.time", reading.seconds, "s", "150 MB/s", megabytes / 150, 1);
  figures.add("fhir.walk", reading.seconds, "s", "simdjson's walk", walking.seconds, 3);
  figures.add("fhir.memory", reading.megabytes, "MB", "a quarter of the file", less.megabytes, 1.3);
  return {};
}

}  // namespace parcours::bench
