#include "practice/state.h"

#include <algorithm>
#include <iterator>

#include "post/refusal.h"

namespace parcours::practice {

void State::take(const Entry& entry) {
  switch (entry.deed) {
    case Deed::join:
      practice = entry.practice;
      vault = entry.vault;
      keys.insert(entry.key);
      break;
    case Deed::agree:
      agreement = Agreement{entry.doctor, entry.at, entry.permit, entry.permit_digest};
      break;
    case Deed::withdraw:
      agreement.reset();
      break;
    case Deed::make_key:
      keys.insert(entry.key);
      break;
    case Deed::destroy_key:
      keys.erase(entry.key);
      destroyed.insert(entry.key);
      break;
    case Deed::pack:
      last_number = std::max(last_number, entry.number);
      free.erase(entry.number);
      waiting[entry.number] = {entry.period, entry.package, false};
      break;
    case Deed::send:
      if (const auto sent = waiting.find(entry.number); sent != waiting.end()) {
        sent->second.sent = true;
      }
      break;
    case Deed::receipt:
      take_receipt(entry);
      break;
    case Deed::leave:
      left = true;
      agreement.reset();
      waiting.clear();
      destroyed.insert(keys.begin(), keys.end());
      keys.clear();
      break;
    case Deed::object:
    case Deed::take_back:
    case Deed::ask:
    case Deed::read:
      break;  // of a patient, whom the log does not name
    case Deed::card:
      break;  // the card itself says which key it has
  }
}

std::optional<post::Confirmed> State::confirmed() const {
  const std::uint64_t open =
      waiting.empty() ? next_number() : std::min(next_number(), waiting.begin()->first);
  const auto after = receipts.lower_bound(open);
  if (after == receipts.begin()) {
    return {};
  }
  const auto& [number, receipt] = *std::prev(after);
  return post::Confirmed{number, receipt};
}

void State::take_receipt(const Entry& entry) {
  if (entry.reason == post::to_string(post::Refusal::package_missing)) {
    waiting[entry.number].sent = false;
    return;
  }
  waiting.erase(entry.number);
  if (entry.outcome == "taken") {
    if (entry.receipt != records::Digest()) {
      receipts[entry.number] = entry.receipt;
    }
    return;
  }
  free.insert(entry.number);
  // Where the vault is further than this folder, as after a backup was restored, it decides.
  std::erase_if(free, [&](std::uint64_t number) { return number < entry.next; });
  last_number = std::max(last_number, entry.next == 0 ? 0 : entry.next - 1);
}

}  // namespace parcours::practice
