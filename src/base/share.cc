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

std::string percent_text(double part) {
  const double percent = part * 100;
  return fmt::format("{:.2f} %", part >= 1   ? percent
                                 : part <= 0 ? 0
                                             : std::clamp(percent, 0.01, 99.99));
}

std::string text_of(const Share& share) {
  if (share.of_nobody()) {
    return "-";
  }
  return share.is_exact ? percent_text(share.value())
                        : fmt::format("{} ({:.2f} to {:.2f})", percent_text(share.value()),
                                      share.low * 100, share.high * 100);
}

}  // namespace parcours
