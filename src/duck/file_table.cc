#include "duck/file_table.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <cerrno>

#include "base/files.h"
#include "duck/duck.h"

namespace parcours::duck {
namespace {

std::string place_of(int descriptor) {
  return fmt::format("'/proc/self/fd/{}'", descriptor);
}

// What holds of every file that is read: no column comes from a path, and none from another file.
constexpr std::string_view as_it_is =
    "hive_partitioning = false, filename = false, union_by_name = false";

std::string copy(const std::string& query, int descriptor, const std::string& how) {
  return fmt::format("COPY ({}) TO {} ({}, USE_TMP_FILE false)", query, place_of(descriptor), how);
}

std::string words_of(const ParquetForm& form) {
  std::string how = "FORMAT parquet";
  if (form.row_group_rows > 0) {
    how += fmt::format(", ROW_GROUP_SIZE {}", form.row_group_rows);
  }
  if (form.zstd) {
    how += ", COMPRESSION zstd";
  }
  if (!form.pandas.empty()) {
    how += fmt::format(", KV_METADATA {{pandas: {}}}", duck::quoted(form.pandas));
  }
  return how;
}

}  // namespace

FileTable FileTable::csv(InputFile file, const CsvForm& form) {
  std::string columns;
  for (std::size_t i = 0; i < form.columns.size(); ++i) {
    columns += fmt::format("{}{}: {}", columns.empty() ? "" : ", ", duck::quoted(form.columns[i]),
                           duck::quoted(form.types.empty() ? "VARCHAR" : form.types[i]));
  }
  std::string sql = fmt::format(
      "read_csv({}, auto_detect = false, header = false, skip = {}, delim = {}, quote = '\"', "
      "escape = '\"', max_line_size = {}, columns = {{{}}}, compression = '{}', {})",
      place_of(file.descriptor()), form.header_lines, duck::quoted(std::string(1, form.separator)),
      most_line_bytes, columns, form.gzip ? "gzip" : "none", as_it_is);
  return FileTable({std::move(file)}, std::move(sql));
}

FileTable FileTable::parquet(InputFile file) {
  return parquet(std::vector{std::move(file)});
}

FileTable FileTable::parquet(std::vector<InputFile> files) {
  std::vector<std::string> places;
  for (const InputFile& file : files) {
    places.push_back(place_of(file.descriptor()));
  }
  std::string sql = fmt::format("read_parquet([{}], {})", fmt::join(places, ", "), as_it_is);
  return FileTable(std::move(files), std::move(sql));
}

Result<std::uint64_t> write_table(Connection& connection, const std::string& query,
                                  const std::filesystem::path& path, const std::string& how,
                                  Readers readers) {
  ASSIGN_OR_RETURN(OutputFile file, OutputFile::create(path, readers));
  const Status copied = connection.run(copy(query, file.descriptor(), how), path.string());
  Result<std::uint64_t> bytes = copied ? file.close() : std::unexpected(copied.error());
  if (!bytes) {
    ::unlink(path.c_str());
  }
  return bytes;
}

Status write_parts(Connection& connection, const std::string& query,
                   const std::filesystem::path& folder, const std::string& by) {
  ASSIGN_OR_RETURN(const bool made, make_folder(folder, Readers::as_umask_says));
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (!made || descriptor < 0) {
    return machine_fault("cannot make a folder here", folder.string());
  }
  Status written = connection.run(fmt::format("COPY ({}) TO {} (FORMAT parquet, PARTITION_BY ({}))",
                                              query, place_of(descriptor), quoted_name(by)),
                                  folder.string());
  ::close(descriptor);
  return written;
}

Result<std::uint64_t> write_parquet(Connection& connection, const std::string& query,
                                    const std::filesystem::path& path, const ParquetForm& form) {
  return write_table(connection, query, path, words_of(form), form.readers);
}

Status write_parquet(Connection& connection, const std::string& query, const InputFile& memory,
                     const ParquetForm& form) {
  if (::ftruncate(memory.descriptor(), 0) != 0) {
    return machine_fault("cannot write a file in memory: " + errno_text(errno), memory.name());
  }
  return connection.run(copy(query, memory.descriptor(), words_of(form)), memory.name());
}

Status attach_database(Connection& connection, const InputFile& file, const std::string& name) {
  return connection.run(
      fmt::format("ATTACH {} AS {} (READ_ONLY)",
                  duck::quoted(fmt::format("/proc/self/fd/{}", file.descriptor())),
                  quoted_name(name)),
      file.name());
}

}  // namespace parcours::duck
