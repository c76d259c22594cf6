#include "audit/sums_section.h"

#include "audit/audit_words.h"
#include "audit/section_words.h"
#include "page/page.h"

namespace parcours::audit {

using nlohmann::json;

namespace {

constexpr std::size_t most_sums = 400;     // written out
constexpr std::size_t most_summands = 40;  // of one of them

void put_in(const PublishedSystem& published, const Derivation& derivation, json& reason) {
  const std::string value = derived_value(published, derivation);
  reason["value"] = page::both({value, value});
  reason["from"] = cells_of(derivation);
  reason["over"] = derivation.over > 1 ? json(derivation.over) : json(nullptr);
  std::size_t zeros = 0;
  std::size_t more = 0;
  for (const SpokenTerm& term : spoken(published, derivation)) {
    if (term.zero) {
      ++zeros;
    } else if (reason["terms"].size() < most_summands) {
      reason["terms"].push_back({{"sign", term.sign == '-' ? "−" : "+"},
                                 {"number", page::both({term.number, term.number})},
                                 {"name", cell_name(published, term.cell)},
                                 {"where", place_name(term.where)}});
    } else {
      ++more;
    }
  }
  reason["zeros"] = zeros > 0 ? json(zeros) : json(nullptr);
  reason["more"] = more > 0 ? json{{"count", more}, {"several", more > 1}} : json(nullptr);
}

}  // namespace

json sums_section(const PublishedSystem& published, const TableAudit& audit) {
  json list = json::array();
  std::size_t count = 0;
  for (const Disclosure& disclosure : audit.disclosures) {
    if (!is_broken(disclosure) || count++ >= most_sums) {
      continue;
    }
    const std::uint32_t cell = disclosure.cell;
    json reason = {
        {"cell", cell},
        {"name", cell_name(published, cell)},
        {"where", place_name(disclosure.hidden_in ? published.where(*disclosure.hidden_in)
                                                  : published.where(cell))},
        {"from", ""},
        {"over", nullptr},
        {"more", nullptr},
        {"zeros", nullptr},
        {"terms", json::array()}};
    if (disclosure.derivation) {
      put_in(published, *disclosure.derivation, reason);
    } else {
      const bool pinned = disclosure.exposure == HowKnown::pinned;
      const std::string printed = published.value(cell);
      const tables::Label value =
          pinned ? interval_text(published, disclosure) : tables::Label{printed, printed};
      reason["value"] = page::both(value);
      reason["terms"].push_back(
          {{"sign", "="},
           {"number", page::both(value)},
           {"name",
            page::both(pinned
                           ? tables::Label{"the only number that fits all sums, as no count is "
                                           "below 0 and a mark means what it says",
                                           "le seul nombre compatible avec toutes les sommes, car "
                                           "aucun effectif n’est négatif et chaque marque a le "
                                           "sens indiqué"}
                           : tables::Label{"printed as it is", "publié tel quel"})},
           {"where", place_name(pinned ? "" : published.where(cell))}});
    }
    list.push_back(std::move(reason));
  }
  if (list.empty()) {
    return nullptr;
  }
  return {{"list", list}, {"cut", count > list.size()}, {"count", count}, {"shown", list.size()}};
}

}  // namespace parcours::audit
