#include "cda/versions.h"

#include <map>
#include <string>
#include <tuple>

namespace parcours::ingest {
namespace {

// A document's identifier or a set's, of one patient.
std::string of_patient(const Header& header, const std::string& id) {
  return header.number + '\n' + id;
}

// Times are compared as written: HL7's digits are in order, up to the zone.
std::string_view without_zone(std::string_view time) {
  return time.substr(0, time.find_first_of("+-"));
}

}  // namespace

std::vector<Standing> standings(const std::vector<Header>& headers) {
  std::vector<Standing> all(headers.size(), Standing::newest);
  std::map<std::string, std::size_t> newest;  // of a set
  std::multimap<std::string, std::size_t> by_id;
  std::multimap<std::string, std::size_t> by_set;
  const auto key = [&](std::size_t i) {
    return std::tuple(headers[i].version, without_zone(headers[i].made));
  };
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

}  // namespace parcours::ingest
