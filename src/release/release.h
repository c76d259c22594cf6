// A release: the tables that passed the gate, the permit that covers them, and the question that
// they answer. It can be made only from a verdict and a permit that was judged; release/writer.h
// writes only a Release.
#pragma once

#include <utility>

#include "release/asked.h"
#include "release/permitted.h"
#include "release/verdict.h"

namespace parcours::release {

class Release {
 public:
  Release(Verdict verdict, Permitted permitted, Asked asked)
      : verdict_(std::move(verdict)), permitted_(std::move(permitted)), asked_(std::move(asked)) {}

  const Verdict& verdict() const { return verdict_; }
  const Permitted& permitted() const { return permitted_; }
  const Asked& asked() const { return asked_; }

 private:
  Verdict verdict_;
  Permitted permitted_;
  Asked asked_;
};

}  // namespace parcours::release
