#include "ingest/quarantine.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/csv_text.h"
#include "base/files.h"
#include "ingest/numbering.h"

namespace parcours::ingest {

std::uint32_t Quarantine::file(std::string_view name) {
  const std::lock_guard lock(mutex_);
  const auto [known, fresh] =
      file_numbers_.try_emplace(std::string(name), static_cast<std::uint32_t>(files_.size()));
  if (fresh) {
    files_.emplace_back(name);
  }
  return known->second;
}

ReasonId Quarantine::reason(std::string_view text) {
  const std::lock_guard lock(mutex_);
  return number_of(reasons_, text);
}

Status Quarantine::add(std::uint32_t file, std::uint64_t line, ReasonId reason) {
  const std::lock_guard lock(mutex_);
  rows_.insert({file, line, reason});
  if (rows_.size() > most_) {
    return too_many();
  }
  return {};
}

std::uint64_t Quarantine::rows() const {
  const std::lock_guard lock(mutex_);
  return rows_.size();
}

std::vector<std::uint64_t> Quarantine::lines(std::uint32_t file) const {
  const std::lock_guard lock(mutex_);
  std::vector<std::uint64_t> lines;
  for (auto row = rows_.lower_bound({file, 0, 0}); row != rows_.end() && row->file == file; ++row) {
    lines.push_back(row->line);
  }
  return lines;
}

std::vector<ReasonCount> Quarantine::by_reason() const {
  const std::lock_guard lock(mutex_);
  return counts();
}

std::vector<ReasonCount> Quarantine::counts() const {
  std::vector<ReasonCount> counts(reasons_.size());
  for (const Entry& row : rows_) {
    ReasonCount& count = counts[row.reason];
    if (count.rows++ == 0) {
      count.reason = reasons_[row.reason];
      count.first = fmt::format("{}:{}", files_[row.file], row.line);
    }
  }
  std::erase_if(counts, [](const ReasonCount& count) { return count.rows == 0; });
  std::ranges::stable_sort(counts, std::ranges::greater(), &ReasonCount::rows);
  return counts;
}

std::unexpected<Error> Quarantine::too_many() const {
  const ReasonCount worst = counts().front();
  const std::string how_many =
      most_ == 0 ? "a bad row" : fmt::format("{} bad rows, more than {}", rows_.size(), most_);
  const std::string often = most_ == 0 ? "" : fmt::format(" ({} of them)", worst.rows);
  return bad_input(
      fmt::format("{}: {}{}; nothing was imported", how_many, worst.reason, often), worst.first,
      "--check counts them all, and --quarantine FILE lists them; --max-bad-rows N leaves out up to N and "
      "imports the rest");
}

Status Quarantine::write(const std::filesystem::path& path) const {
  std::string text = "file,line,reason\n";
  {
    const std::lock_guard lock(mutex_);
    for (const Entry& row : rows_) {
      text += fmt::format("{},{},{}\n", csv_field(files_[row.file]), row.line,
                          csv_field(reasons_[row.reason]));
    }
  }
  return write_file(path, text);
}

}  // namespace parcours::ingest
