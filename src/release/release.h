// A release: the tables that passed the gate, and the question that they answer. It can be made
// only from a verdict; release/writer.h writes only a Release.
#pragma once

#include <utility>

#include "release/asked.h"
#include "release/verdict.h"

namespace parcours {

class Release {
 public:
  Release(Verdict verdict, Asked asked) : verdict_(std::move(verdict)), asked_(std::move(asked)) {}

  const Verdict& verdict() const { return verdict_; }
  const Asked& asked() const { return asked_; }

 private:
  Verdict verdict_;
  Asked asked_;
};

}  // namespace parcours
