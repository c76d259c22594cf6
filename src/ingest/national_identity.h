// The INS, France's national health identity, among the numbers by which a document calls a
// patient. Every format that has numbers under object identifiers asks here, so that one person has
// one pseudonym in all of them.
//
//   NationalIdentity ins;
//   ins.note("urn:oid:1.2.250.1.213.1.4.8", "2 55 08 14 168 025 38");  // true: a root of the INS
//   ins.number();                                                      // "2550814168025"
//
// The roots are those of registered people (INS-NIR, 1.2.250.1.213.1.4.8), of people who wait for
// their number (INS-NIA, .9), and two for tests (.10 and .11), whose keys may be any (health
// agency, "Référentiel Identifiant National de Santé").
//
// G1: with its key and without it, a number is the same; a number with a wrong key is none.
// G2: of several roots the first in the order above counts, never the order of the document.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace parcours::ingest {

// The reason for which such a patient is refused.
inline constexpr std::string_view several_national_numbers =
    "several national numbers of one patient";

// Personal data.
class NationalIdentity {
 public:
  // Whether the root, bare or as "urn:oid:...", is one of the INS.
  static bool is_root(std::string_view root);
  // The 13 characters of a number of the root; empty where it is none ("INCONNU").
  static std::string canonical(std::string_view root, std::string_view text);

  // Takes a number; false where its root is none of the INS.
  bool note(std::string_view root, std::string_view text);
  const std::string& number() const { return number_; }  // empty: none
  // Two different numbers of the root that counts: nothing says which is the patient's.
  bool several() const { return several_; }

 private:
  std::string number_;
  std::size_t rank_ = ~std::size_t{0};  // of its root
  bool several_ = false;
};

}  // namespace parcours::ingest
