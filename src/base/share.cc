#include "base/share.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace parcours {

Share Share::exact(double some, double of) {
  Share share{.some = some, .of = of};
  share.low = share.value();
  share.high = share.value();
  return share;
}

Share Share::drawn(double some, double of, double draws) {
  Share share{.some = some, .of = of, .is_exact = false, .low = 0, .high = 1};
  if (of == 0 || draws == 0) {
    return share;
  }
  constexpr double z = 1.959963984540054;  // the normal distribution's 97.5 % point
  const double value = share.value();
  const double scale = 1 + z * z / draws;
  const double middle = (value + z * z / (2 * draws)) / scale;
  const double half =
      z * std::sqrt(value * (1 - value) / draws + z * z / (4 * draws * draws)) / scale;
  share.low = std::max(0.0, middle - half);
  share.high = std::min(1.0, middle + half);
  return share;
}

Share Share::among(double all) const {
  const double part = all == 0 ? 0 : of / all;
  return {some, all, is_exact, low * part, high * part};
}

int percent_decimals(double part, int least) {
  constexpr int most = 12;
  const double small = 100 * std::min(part, 1 - part);
  // Of 0.05 one digit is enough where two decimals are written anyway.
  if (small <= 0 || small >= std::pow(10.0, -least)) {
    return least;
  }
  return small >= 0.01 ? std::max(least, 2)
                       : std::min(most, 1 + static_cast<int>(std::ceil(-std::log10(small) - 1e-6)));
}

int percent_decimals(const Share& share, int least) {
  const double value = share.value();
  return percent_decimals(value <= 0 ? share.high : value >= 1 ? share.low : value, least);
}

std::string percent_text(double part) {
  return fmt::format("{:.{}f} %", std::max(0.0, part) * 100, percent_decimals(part, 2));
}

std::string text_of(const Share& share) {
  if (share.of_nobody()) {
    return "-";
  }
  if (share.is_exact) {
    return percent_text(share.value());
  }
  const int decimals = percent_decimals(share, 2);
  return fmt::format("{:.{}f} % ({:.{}f} to {:.{}f})", share.value() * 100, decimals,
                     share.low * 100, decimals, share.high * 100, decimals);
}

}  // namespace parcours
