// A share: some of so many, exact or drawn, with the interval of what is drawn.
//
//   Share::exact(3, 4)               75.00 %: everybody was looked at
//   Share::drawn(300, 400)           75.00 % (70.53 to 78.99): 400 were drawn
//   text_of(Share::drawn(300, 400))  that text
//
// The interval is Wilson's at 95 % (E. B. Wilson, "Probable inference", J. Am. Stat. Assoc. 22,
// 1927).
//
// G1: 0 <= low <= value() <= high <= 1 wherever 0 <= some <= of; low and high are the value where
//     the share is exact. If nothing was drawn, the interval is 0 to 1.
#pragma once

#include <string>

namespace parcours {

struct Share {
  // A count, or a sum of shares: half a patient where half of the choices single them out.
  double some = 0;
  double of = 0;
  bool is_exact = true;
  double low = 0;
  double high = 0;

  static Share exact(double some, double of);
  static Share drawn(double some, double of) { return drawn(some, of, of); }
  // Of `draws` draws in all, where more than one was made for each of the `of`.
  static Share drawn(double some, double of, double draws);
  // A chance or an estimate: a part of one, as it was worked out.
  static Share part(double value) { return exact(value, 1); }

  double value() const { return of == 0 ? 0 : some / of; }
  // The same people as a share of more, of whom these are a part.
  Share among(double all) const;
  bool of_nobody() const { return of == 0; }
  friend bool operator==(const Share&, const Share&) = default;
};

// Decimals of a percentage, at least `least`: so many that of a part near nothing, or near all, two
// digits are left: 5 of 0.0000076, which is 0.00076 %.
int percent_decimals(double part, int least);

// The same of a share, by its value, or by the end of the interval that is not nothing or all. The
// value and both ends are written with as many, so that the value lies in the interval as written.
int percent_decimals(const Share& share, int least);

// "93.42 %", "0.00076 %". What is not quite all or nothing is never shown as if it were.
std::string percent_text(double part);

// The same of a share, with its interval where it is drawn: "77.93 % (77.74 to 78.11)"; "-" of
// nobody.
std::string text_of(const Share& share);

}  // namespace parcours
