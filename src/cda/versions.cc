#include "cda/versions.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <map>
#include <optional>
#include <tuple>

#include "base/letters.h"

namespace parcours::cda {
namespace {

// A document's identifier or a set's, of one patient.
std::string of_patient(const Header& header, const std::string& id) {
  return header.number + '\n' + id;
}

bool are_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

int number_in(std::string_view digits) {
  int number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

// In seconds; nothing where it is no zone. "+0100", and what is not so written: "+01", "+01:00".
std::optional<std::int64_t> zone_in(std::string_view zone) {
  if (zone.empty() || zone == "Z") {
    return 0;
  }
  std::string digits(zone.substr(1));
  std::erase(digits, ':');
  if (!are_digits(digits) || (digits.size() != 2 && digits.size() != 4)) {
    return std::nullopt;
  }
  const int minutes = number_in(digits.substr(0, 2)) * 60 + number_in(digits.substr(2));
  return (zone[0] == '-' ? -60 : 60) * minutes;
}

}  // namespace

Instant instant_of(std::string_view time) {
  time = trimmed(time);
  const Instant none{.rest = std::string(time)};
  const std::string_view local = time.substr(0, time.find_first_of("+-Z"));
  const std::string_view digits = local.substr(0, local.find('.'));
  const std::string_view fraction =
      digits.size() < local.size() ? local.substr(digits.size() + 1) : std::string_view();
  const std::optional<std::int64_t> zone = zone_in(time.substr(local.size()));
  if (!zone || !are_digits(digits) || digits.size() < 4 || digits.size() > 14 ||
      digits.size() % 2 != 0 || (!fraction.empty() && !are_digits(fraction))) {
    return none;
  }
  const auto part = [&](std::size_t at, int missing) {
    return digits.size() > at ? number_in(digits.substr(at, 2)) : missing;
  };
  const std::chrono::year_month_day day{std::chrono::year(number_in(digits.substr(0, 4))),
                                        std::chrono::month(static_cast<unsigned>(part(4, 1))),
                                        std::chrono::day(static_cast<unsigned>(part(6, 1)))};
  if (!day.ok() || part(8, 0) > 24 || part(10, 0) > 59 || part(12, 0) > 60) {
    return none;
  }
  const std::int64_t days = std::chrono::sys_days(day).time_since_epoch().count();
  const std::int64_t seconds =
      ((days * 24 + part(8, 0)) * 60 + part(10, 0)) * 60 + part(12, 0) - *zone;
  return {seconds, std::string(fraction.substr(0, fraction.find_last_not_of('0') + 1)),
          digits.size()};
}

std::vector<Standing> standings(const std::vector<Header>& headers) {
  std::vector<Standing> all(headers.size(), Standing::newest);
  std::map<std::string, std::size_t> newest;  // of a set
  std::multimap<std::string, std::size_t> by_id;
  std::multimap<std::string, std::size_t> by_set;
  std::vector<Instant> made;
  made.reserve(headers.size());
  for (const Header& header : headers) {
    made.push_back(instant_of(header.made));
  }
  const auto key = [&](std::size_t i) { return std::tie(headers[i].version, made[i]); };
  for (std::size_t i = 0; i < headers.size(); ++i) {
    const Header& header = headers[i];
    if (!header.id.empty()) {
      by_id.emplace(of_patient(header, header.id), i);
    }
    const std::string& set = header.set.empty() ? header.id : header.set;
    if (set.empty()) {
      continue;
    }
    if (!header.set.empty()) {
      by_set.emplace(of_patient(header, set), i);
    }
    const auto [known, fresh] = newest.try_emplace(of_patient(header, set), i);
    if (fresh) {
      continue;
    }
    if (header.id == headers[known->second].id && key(i) == key(known->second)) {
      all[i] = Standing::again;
    } else if (key(known->second) < key(i)) {
      all[known->second] = Standing::older;
      known->second = i;
    } else {
      all[i] = Standing::older;
    }
  }
  for (std::size_t i = 0; i < headers.size(); ++i) {
    for (const Header::Replaced& replaced : headers[i].replaces) {
      const auto hide = [&](const auto& map, const std::string& id, bool also_newer) {
        if (id.empty()) {
          return;
        }
        const auto [from, to] = map.equal_range(of_patient(headers[i], id));
        for (auto at = from; at != to; ++at) {
          const std::size_t other = at->second;
          if (headers[other].id != headers[i].id && all[other] == Standing::newest &&
              (also_newer || headers[other].version <= replaced.version)) {
            all[other] = Standing::older;
          }
        }
      };
      hide(by_id, replaced.id, true);
      if (replaced.set != headers[i].set) {
        hide(by_set, replaced.set, false);
      }
    }
  }
  return all;
}

}  // namespace parcours::cda
