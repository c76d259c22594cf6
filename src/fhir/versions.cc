#include "fhir/versions.h"

#include <algorithm>
#include <bit>
#include <charconv>

#include "base/letters.h"
#include "ingest/written_day.h"

namespace parcours::fhir {
namespace {

constexpr std::uint64_t bytes_of_resource = 512;  // few are shorter
constexpr std::uint64_t bits_of_name = 16;
constexpr std::uint64_t bits_of_line = 512;
constexpr std::uint64_t fewest_lines = std::uint64_t{1} << 10;
constexpr std::uint64_t most_lines = std::uint64_t{1} << 22;  // 256 MB
constexpr int bits_set = 5;

// Of digits alone, at most 18; else nothing.
std::optional<std::uint64_t> whole_number(std::string_view text) {
  if (text.empty() || text.size() > 18 || !std::ranges::all_of(text, is_digit)) {
    return std::nullopt;
  }
  std::uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

bool is_error(const JsonObject& resource) {
  bool found = text_in(resource, "status") == "entered-in-error";
  if (const auto status = object_in(resource, "verificationStatus")) {
    each_object(*status, "coding", [&](const JsonObject& coding) {
      found = found || text_in(coding, "code") == "entered-in-error" ||
              text_in(coding, "code") == "723510000";  // SNOMED CT's
    });
  }
  return found;
}

}  // namespace

std::int64_t instant_of(std::string_view text) {
  constexpr std::int64_t second = 1'000'000;
  constexpr std::size_t day_size = 10;
  constexpr std::size_t time_size = 9;  // "T10:30:00"
  if (text.size() < day_size + time_size || text[4] != '-' || text[day_size] != 'T' ||
      text[13] != ':' || text[16] != ':') {
    return 0;
  }
  const auto day = ingest::read_written_day(text.substr(0, day_size));
  const auto hour = whole_number(text.substr(11, 2));
  const auto minute = whole_number(text.substr(14, 2));
  const auto seconds = whole_number(text.substr(17, 2));
  if (!day || !hour || !minute || !seconds) {
    return 0;
  }
  const auto in_seconds = [](std::uint64_t h, std::uint64_t m) {
    return static_cast<std::int64_t>((h * 60 + m) * 60);
  };
  std::int64_t sum = std::int64_t{day->day.number} * 86'400 + in_seconds(*hour, *minute) +
                     static_cast<std::int64_t>(*seconds);
  text.remove_prefix(day_size + time_size);
  std::int64_t part = 0;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    std::int64_t worth = second / 10;
    while (!text.empty() && is_digit(text.front())) {
      part += worth * (text.front() - '0');
      worth /= 10;
      text.remove_prefix(1);
    }
  }
  if (text.size() == 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':') {
    const auto hours = whole_number(text.substr(1, 2));
    const auto minutes = whole_number(text.substr(4, 2));
    if (!hours || !minutes) {
      return 0;
    }
    sum -= (text[0] == '+' ? 1 : -1) * in_seconds(*hours, *minutes);
  } else if (text != "Z") {
    return 0;
  }
  return sum * second + part;
}

Version version_of(const JsonObject& resource) {
  Version version;
  if (const auto meta = object_in(resource, "meta")) {
    version.number = whole_number(text_in(*meta, "versionId")).value_or(0);
    version.updated = instant_of(text_in(*meta, "lastUpdated"));
  }
  version.error = is_error(resource);
  return version;
}

void Versions::expect(std::uint64_t bytes) {
  const std::uint64_t lines = bytes / bytes_of_resource * bits_of_name / bits_of_line;
  filter_.assign(std::bit_ceil(std::clamp(lines, fewest_lines, most_lines)), {});
}

void Versions::note(std::string_view name) {
  const Uint128 hash = hash_(name);
  Line& line = filter_[static_cast<std::uint64_t>(hash >> 64) & (filter_.size() - 1)];
  auto rest = static_cast<std::uint64_t>(hash);
  bool known = true;
  for (int i = 0; i < bits_set; ++i) {
    std::uint64_t& word = line.words[rest & 7];
    const std::uint64_t bit = std::uint64_t{1} << (rest >> 3 & 63);
    known = known && (word & bit) != 0;
    word |= bit;
    rest >>= 9;
  }
  if (known) {
    latest_.try_emplace(hash);
  }
}

void Versions::noted() {
  filter_ = {};
}

bool Versions::stands_twice(std::string_view name) const {
  return !latest_.empty() && latest_.contains(hash_(name));
}

void Versions::add(std::string_view name, const Version& version, const Place& place) {
  const auto at = latest_.find(hash_(name));
  if (at == latest_.end()) {
    return;
  }
  Latest& latest = at->second;
  if (!latest.known || version > latest.version) {
    latest = {true, version, place};
  }
}

bool Versions::counts(std::string_view name, const Place& place) const {
  if (latest_.empty()) {
    return true;
  }
  const auto at = latest_.find(hash_(name));
  return at == latest_.end() || !at->second.known || at->second.place == place;
}

}  // namespace parcours::fhir
