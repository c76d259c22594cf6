// G1 and G2: random acts, beside a twin that does the same in the plainest way.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "formalities/acts.h"
#include "formalities/testing/permit_text.h"
#include "formalities/testing/signed_acts.h"

namespace parcours::formalities {
namespace {

struct AnyAct {
  int kind = 0;  // role, practice, status, permit
  int signer = 0;
  bool forged = false;
  bool this_vault = true;
  int key = 0;
  int name = 0;
  int action = 0;
  int role = 0;
  int supersedes = -1;
  int after = 0;
};

const std::vector<std::string> any_roles = {"permit-keeper", "data-team", "checker"};
const std::vector<std::string> any_role_actions = {"grant", "revoke"};
const std::vector<std::string> any_practice_actions = {"admit", "suspend", "leave"};
const std::vector<std::string> any_status_actions = {"suspend", "resume", "withdraw"};

std::string letter(int number) {
  return std::string(1, static_cast<char>('A' + number));
}

const std::vector<PublicKey>& any_keys() {
  static const std::vector<PublicKey> keys = [] {
    std::vector<PublicKey> made;
    for (unsigned char i = 0; i < 4; ++i) {
      made.push_back(test_key(i).public_key());
    }
    return made;
  }();
  return keys;
}

std::string text_of(const AnyAct& act) {
  const PublicKey key = any_keys()[static_cast<std::size_t>(act.key)];
  const std::string vault = act.this_vault ? std::string(test_vault) : "another";
  const std::string after = "after = " + std::to_string(act.after) + "\n";
  const auto one = [&](const std::vector<std::string>& words) {
    return words[static_cast<std::size_t>(act.action) % words.size()];
  };
  switch (act.kind) {
    case 0:
      return role_act(letter(act.name), any_roles[static_cast<std::size_t>(act.role)], key,
                      one(any_role_actions), vault) +
             after;
    case 1:
      return practice_act(letter(act.name), key, one(any_practice_actions), vault) + after;
    case 2:
      return status_act(letter(act.name), one(any_status_actions), "why", vault) + after;
    default:
      return permit_text({{"permit.reference", "\"" + letter(act.name) + "\""},
                          {"permit.supersedes", act.supersedes < 0 || act.supersedes == act.name
                                                    ? ""
                                                    : "\"" + letter(act.supersedes) + "\""},
                          {"retention.years", act.action == 0 ? "5" : "6"}});
  }
}

// The same in the plainest way. A permit's word: "entered", "suspended", "withdrawn", or the
// reference of what superseded it.
struct SlowFold {
  std::map<std::pair<int, int>, int> holders;            // role and key: the name
  std::map<int, std::pair<int, std::string>> practices;  // name: key and word
  std::map<int, std::string> permits;                    // reference: word
  std::set<std::string> texts;                           // of what was taken

  bool keeper(int key) const { return holders.contains({0, key}); }

  bool take(const AnyAct& a) {
    const std::string text = text_of(a);
    if (texts.contains(text) || !judged(a)) {
      return false;
    }
    texts.insert(text);
    return true;
  }
  bool judged(const AnyAct& a) {
    if (holders.empty() ? a.kind != 0 || a.role != 0 || a.action % 2 != 0 || a.key != a.signer
                        : !keeper(a.signer)) {
      return false;
    }
    if (a.forged || (a.kind != 3 && !a.this_vault)) {
      return false;
    }
    return a.kind == 0 ? role(a) : a.kind == 1 ? practice(a) : a.kind == 2 ? status(a) : permit(a);
  }
  bool role(const AnyAct& a) {
    for (const auto& [of, name] : holders) {
      if (of.second == a.key && name != a.name) {
        return false;
      }
    }
    if (a.action % 2 == 0) {
      return holders.insert({{a.role, a.key}, a.name}).second;
    }
    int keepers = 0;
    for (const auto& [of, name] : holders) {
      keepers += of.first == 0 ? 1 : 0;
    }
    return (a.role != 0 || keepers > 1) && holders.erase({a.role, a.key}) == 1;
  }
  bool practice(const AnyAct& a) {
    const bool known = practices.contains(a.name);
    const std::string word = known ? practices[a.name].second : "";
    if (a.action % 3 == 0) {
      for (const auto& [name, one] : practices) {
        if (one.first == a.key && (name != a.name || one.second == "admitted")) {
          return false;
        }
      }
      practices[a.name] = {a.key, "admitted"};
      return true;
    }
    const std::string next = a.action % 3 == 1 ? "suspended" : "left";
    if (!known || practices[a.name].first != a.key || word == "left" || word == next) {
      return false;
    }
    practices[a.name].second = next;
    return true;
  }
  bool status(const AnyAct& a) {
    const std::string word = permits.contains(a.name) ? permits[a.name] : "";
    const std::vector<std::string> next = {"suspended", "entered", "withdrawn"};
    const std::string to = next[static_cast<std::size_t>(a.action) % 3];
    if ((word != "entered" && word != "suspended") || word == to) {
      return false;
    }
    permits[a.name] = to;
    return true;
  }
  bool permit(const AnyAct& a) {
    if (permits.contains(a.name)) {
      return false;
    }
    if (a.supersedes >= 0 && a.supersedes != a.name) {
      const std::string word = permits.contains(a.supersedes) ? permits[a.supersedes] : "";
      if (word != "entered" && word != "suspended") {
        return false;
      }
      permits[a.supersedes] = letter(a.name);
    }
    permits[a.name] = "entered";
    return true;
  }
};

std::string word_of(const KnownPermit& permit) {
  constexpr std::array<const char*, 3> words = {"entered", "suspended", "withdrawn"};
  return permit.status == PermitStatus::superseded
             ? permit.superseded_by
             : words.at(static_cast<std::size_t>(permit.status));
}

void compare(const Formalities& fold, const SlowFold& slow) {
  RC_ASSERT(fold.holders().size() == slow.holders.size());
  for (const Holder& holder : fold.holders()) {
    const auto key = std::ranges::find(any_keys(), holder.key) - any_keys().begin();
    const auto found = slow.holders.find({static_cast<int>(holder.role), static_cast<int>(key)});
    RC_ASSERT(found != slow.holders.end() && letter(found->second) == holder.name);
  }
  RC_ASSERT(fold.practices().size() == slow.practices.size());
  for (const auto& [name, one] : slow.practices) {
    constexpr std::array<const char*, 3> words = {"admitted", "suspended", "left"};
    const KnownPractice* practice = fold.practice(letter(name));
    RC_ASSERT(practice != nullptr &&
              practice->key == any_keys()[static_cast<std::size_t>(one.first)] &&
              words.at(static_cast<std::size_t>(practice->status)) == one.second);
  }
  RC_ASSERT(fold.permits().size() == slow.permits.size());
  for (const auto& [name, word] : slow.permits) {
    const KnownPermit* permit = fold.permit(letter(name));
    RC_ASSERT(permit != nullptr && word_of(*permit) == word);
    RC_ASSERT(permit->in_force(*day_of(2026, 11, 23)) == (word == "entered"));
  }
}

RC_GTEST_PROP(RandomActs, G1G2G3AreFoldedAsTheSlowTwinFoldsThem, ()) {
  const auto any = rc::gen::map(rc::gen::container<std::vector<int>>(
                                    10, rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, 48))),
                                [](std::vector<int> n) {
                                  // Most acts are true and of this vault, and most keys are those
                                  // of who has the name.
                                  const int name = n[0] % 3;
                                  return AnyAct{n[1] % 4,
                                                n[2] % 3 == 0 ? n[2] % 4 : 0,
                                                n[3] == 0,
                                                n[4] != 0,
                                                n[5] % 4 == 0 ? n[5] / 4 % 4 : name,
                                                name,
                                                n[6] % 6,
                                                n[7] % 3,
                                                n[8] % 2 == 0 ? n[8] % 3 : -1,
                                                n[9] % 3};
                                });
  std::vector<AnyAct> acts = *rc::gen::scale(2, rc::gen::container<std::vector<AnyAct>>(any));
  acts.insert(acts.begin() + static_cast<std::ptrdiff_t>(acts.size() / 8), AnyAct{});

  Formalities fold{std::string(test_vault)};
  Formalities again{std::string(test_vault)};
  SlowFold slow;
  for (const AnyAct& act : acts) {
    Act made = signed_act(text_of(act), test_key(static_cast<unsigned char>(act.signer)));
    made.text += act.forged ? "#\n" : "";
    const Status done = fold.add(made, "act");
    RC_ASSERT(done.has_value() == slow.take(act));
    RC_ASSERT(again.add(made, "act").has_value() == done.has_value());
    compare(fold, slow);
  }
  compare(again, slow);
}

}  // namespace
}  // namespace parcours::formalities
