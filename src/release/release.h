// A release: the tables that passed the gate, the permit that covers them, and the question that
// they answer. It can be made only from a verdict and a permit that was judged; release/writer.h
// writes only a Release.
//
// Beside its tables it shows figures of earlier editions of the study, where it hides its own
// (past/editions.h). These passed the gate when they were released first.
#pragma once

#include <utility>

#include "past/editions.h"
#include "release/asked.h"
#include "release/permitted.h"
#include "release/verdict.h"

namespace parcours::release {

class Release {
 public:
  // Of `earlier`, the figures of cells that the verdict's tables publish are left out.
  Release(Verdict verdict, Permitted permitted, Asked asked, past::EarlierFigures earlier = {});

  const Verdict& verdict() const { return verdict_; }
  const Permitted& permitted() const { return permitted_; }
  const Asked& asked() const { return asked_; }
  // By table, as the verdict's.
  const past::EarlierFigures& earlier() const { return earlier_; }

 private:
  Verdict verdict_;
  Permitted permitted_;
  Asked asked_;
  past::EarlierFigures earlier_;
};

}  // namespace parcours::release
