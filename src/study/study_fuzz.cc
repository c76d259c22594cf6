// Whatever the bytes, reading a study ends in a study or in mistakes that each name a line; a study
// that is read can be told in sentences and tied to a code book.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "study/plan.h"
#include "study/sentences.h"

namespace {

parcours::vocabulary::CodeBook book() {
  parcours::vocabulary::CodeBook codes;
  codes.intern({parcours::vocabulary::find_kind("diagnosis"), "icd10", "J45.0"});
  codes.intern({parcours::vocabulary::find_kind("prescription"), "atc", "R03BA02"});
  codes.intern({parcours::vocabulary::find_kind("consultation"), "consultation", "office"});
  codes.intern({parcours::vocabulary::find_kind("lab"), "lab", "HBA1C"});
  codes.intern({{}, "fr-department", "69"});
  return codes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const parcours::vocabulary::CodeBook codes = book();
  static const auto vocabulary = parcours::vocabulary::Vocabulary::built_in();
  static const std::vector<std::string> practices = {"P1"};
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto calendar = static_cast<parcours::Calendar>(size % 3);
  const auto examined = parcours::study::examine_study(text, "study.toml", calendar);
  for (const parcours::Error& mistake : examined.mistakes) {
    if (!mistake.where.starts_with("study.toml:") ||
        mistake.sentence().find('\n') != std::string::npos) {
      std::abort();
    }
  }
  if (examined.mistakes.empty()) {
    if (parcours::study::in_sentences(examined.study, vocabulary, calendar).size() < 3) {
      std::abort();
    }
    const auto plan =
        parcours::study::Plan::make(examined.study, codes, vocabulary, practices, calendar, {});
    if (plan) {
      parcours::study::Asker asker(*plan);
      const parcours::records::Patient patient;
      asker.ask({patient, {}, {}, {}, {}});
    }
  }
  return 0;
}
