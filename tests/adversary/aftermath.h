// What must hold after a call that changes something was broken off, whatever broke it.
#pragma once

#include <map>
#include <string>

#include "adversary/trial.h"

namespace parcours::adversary {

// The calls that change something, and what their vaults say before and after them.
class Aftermath {
 public:
  explicit Aftermath(const World& world, const std::filesystem::path& found);

  const std::vector<Call>& calls() const { return calls_; }
  double seconds(const Call& call) const {
    return seconds_.at(call.name);
  }  // of one that is let be

  // Judges what the broken call left, makes the call again, and judges that. `done`: the call said
  // that it had done its work. Fails the trial where something does not hold.
  void judge(Trial& trial, const Call& call, bool done) const;

 private:
  const World& world_;
  std::vector<Call> calls_;
  std::map<std::string, std::string> before_;  // by call
  std::map<std::string, std::string> after_;
  std::map<std::string, double> seconds_;
};

}  // namespace parcours::adversary
