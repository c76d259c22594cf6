#include "microdata/slide_negative_binomial.h"

#include <cmath>

namespace parcours::microdata {
namespace {

// What a sample of fraction f expects of one class. The generating function of 1 + X, each person
// kept with probability f, is G(s) = r (beta / (1 - (1 - beta) r))^alpha with r = 1 - f + f s. With
// d = (1 - f)(1 - beta):
//   none    G(0)      = (1 - f) p,                      p = (beta / (1 - d))^alpha
//   one     G'(0)     = f p (1 + alpha d / (1 - d))
//   two     G''(0)/2  = f^2 p alpha (1 - beta) (2 - (1 - alpha) d) / (2 (1 - d)^2)
struct Expected {
  double none;
  double one;
};

Expected expected(double f, double alpha, double beta) {
  const double d = (1 - f) * (1 - beta);
  const double p = std::pow(beta / (1 - d), alpha);
  return {(1 - f) * p, f * p * (1 + alpha * d / (1 - d))};
}

// The alpha for which twos / ones is `ratio`: the positive root of a quadratic equation.
double alpha_for(double f, double beta, double ratio) {
  const double d = (1 - f) * (1 - beta);
  const double more = (1 - beta) * f;
  const double a = more * d;
  const double b = more * (2 - d) - 2 * ratio * (1 - d) * d;
  const double c = -2 * ratio * (1 - d) * (1 - d);
  return a > 1e-300 ? (-b + std::sqrt(b * b - 4 * a * c)) / (2 * a) : -c / b;
}

}  // namespace

double SlideNegativeBinomialFit::uniques() const {
  return classes * std::pow(beta, alpha);
}

std::optional<SlideNegativeBinomialFit> fit_slide_negative_binomial(const ClassSizes& sizes,
                                                                    double fraction) {
  const auto ones = static_cast<double>(sizes.of_size(1));
  const auto twos = static_cast<double>(sizes.of_size(2));
  if (ones == 0 || twos == 0 || fraction >= 1) {
    return std::nullopt;
  }
  const auto seen = static_cast<double>(sizes.classes());
  // The fit whose beta has that logit, and whose ones may be too many.
  const auto fit_at = [&](double logit) {
    const double beta = 1 / (1 + std::exp(-logit));
    const double alpha = alpha_for(fraction, beta, twos / ones);
    return SlideNegativeBinomialFit{seen / (1 - expected(fraction, alpha, beta).none), alpha, beta};
  };
  const auto excess = [&](double logit) {
    const SlideNegativeBinomialFit fit = fit_at(logit);
    return fit.classes * expected(fraction, fit.alpha, fit.beta).one - ones;
  };
  constexpr double least = -30;
  constexpr double most = 30;
  constexpr double step = 0.05;
  for (double low = least; low < most; low += step) {
    if (!(excess(low) * excess(low + step) <= 0)) {
      continue;
    }
    double a = low;
    double b = low + step;
    for (int halving = 0; halving < 60; ++halving) {
      const double middle = (a + b) / 2;
      (excess(a) * excess(middle) <= 0 ? b : a) = middle;
    }
    const SlideNegativeBinomialFit fit = fit_at((a + b) / 2);
    if (std::isfinite(fit.alpha) && fit.alpha > 0 && std::isfinite(fit.classes)) {
      return fit;
    }
  }
  return std::nullopt;
}

}  // namespace parcours::microdata
