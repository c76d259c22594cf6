#include "microdata/pitman.h"

#include <algorithm>
#include <cmath>

namespace parcours::microdata {
namespace {

// The log-likelihood's slopes and second slopes by theta (t) and alpha (a). Of Pitman's sampling
// formula, for u classes of n records:
//   L = sum_{i=1}^{u-1} log(t + i a) - sum_{i=1}^{n-1} log(t + i)
//       + sum_i f_i sum_{j=1}^{i-1} log(j - a)
struct Slopes {
  double t = 0;
  double a = 0;
  double tt = 0;
  double ta = 0;
  double aa = 0;
};

Slopes slopes_at(const ClassSizes& sizes, double t, double a) {
  Slopes s;
  const auto classes = static_cast<double>(sizes.classes());
  const auto records = static_cast<double>(sizes.records());
  for (double i = 1; i < classes; ++i) {
    const double one = 1 / (t + i * a);
    s.t += one;
    s.a += i * one;
    s.tt -= one * one;
    s.ta -= i * one * one;
    s.aa -= i * i * one * one;
  }
  for (double i = 1; i < records; ++i) {
    const double one = 1 / (t + i);
    s.t -= one;
    s.tt += one * one;
  }
  // The inner sums grow with the class size; the sizes come in order.
  double j = 1;
  double sum = 0;
  double squares = 0;
  for (const ClassSize& size : sizes.sizes) {
    for (; j < size.records; ++j) {
      const double one = 1 / (j - a);
      sum += one;
      squares += one * one;
    }
    s.a -= static_cast<double>(size.classes) * sum;
    s.aa -= static_cast<double>(size.classes) * squares;
  }
  return s;
}

bool inside(double t, double a) {
  return a > 0 && a < 1 && t > -a;
}

double steepness(const Slopes& s) {
  return std::hypot(s.t, s.a);
}

// A first guess by the expected numbers of ones and twos (Hoshino 2001).
PitmanFit guess(const ClassSizes& sizes) {
  const auto u = static_cast<double>(sizes.classes());
  const auto n = static_cast<double>(sizes.records());
  const auto ones = static_cast<double>(sizes.of_size(1));
  const auto twos = std::max(1.0, static_cast<double>(sizes.of_size(2)));
  const double c = ones * (ones - 1) / twos;
  const double t = (n * u * c - ones * (n - 1) * (2 * u + c)) / (2 * ones * u + ones * c - n * c);
  const double a = (t * (ones - n) + (n - 1) * ones) / (n * u);
  return inside(t, a) && std::isfinite(t) ? PitmanFit{t, a} : PitmanFit{u, 0.5};
}

}  // namespace

double PitmanFit::uniques(double people) const {
  int sign = 0;  // of the gamma function: positive here
  return std::exp(::lgamma_r(theta + 1, &sign) - ::lgamma_r(theta + alpha, &sign) +
                  alpha * std::log(people));
}

// Newton's steps, shortened where one leaves the range or does not lessen the slopes.
std::optional<PitmanFit> fit_pitman(const ClassSizes& sizes) {
  if (sizes.of_size(1) == 0 || sizes.classes() == sizes.records()) {
    return std::nullopt;
  }
  constexpr int most_steps = 200;
  constexpr double shortest = 1e-6;
  PitmanFit at = guess(sizes);
  Slopes s = slopes_at(sizes, at.theta, at.alpha);
  for (int step = 0; step < most_steps; ++step) {
    const double curvature = s.tt * s.aa - s.ta * s.ta;
    double by_t = -(s.aa * s.t - s.ta * s.a) / curvature;
    double by_a = -(s.tt * s.a - s.ta * s.t) / curvature;
    if (!(curvature > 0 && s.tt < 0)) {  // not at a hilltop's side: climb, in the scale of each
      by_t = std::copysign(0.1 * (std::abs(at.theta) + 1), s.t);
      by_a = std::copysign(0.02, s.a);
    }
    double length = 1;
    Slopes next;
    for (; length > shortest; length /= 2) {
      const double t = at.theta + length * by_t;
      const double a = at.alpha + length * by_a;
      if (inside(t, a)) {
        next = slopes_at(sizes, t, a);
        if (steepness(next) < steepness(s)) {
          break;
        }
      }
    }
    if (length <= shortest) {
      break;
    }
    at = {at.theta + length * by_t, at.alpha + length * by_a};
    s = next;
    if (std::abs(length * by_t) < 1e-9 * (std::abs(at.theta) + 1) &&
        std::abs(length * by_a) < 1e-12) {
      break;
    }
  }
  // Flat against the size of what is summed.
  const double scale = static_cast<double>(sizes.classes());
  return steepness(s) < 1e-6 * scale ? std::optional(at) : std::nullopt;
}

}  // namespace parcours::microdata
