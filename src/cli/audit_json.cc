#include "cli/audit_json.h"

#include <fmt/format.h>

#include "audit/assumed.h"
#include "audit/audit_words.h"

namespace parcours::cli {
namespace {

using Json = nlohmann::ordered_json;

class Writer {
 public:
  Writer(const audit::PublishedSystem& published, const audit::TableAudit& audit,
         std::optional<std::int64_t> width)
      : published_(published), audit_(audit), width_(width) {}

  Json run() const {
    Json tables = Json::array();
    for (const audit::PublishedTable& table : published_.tables) {
      Json dimensions = Json::array();
      for (std::size_t d = 0; d < table.dimensions.size(); ++d) {
        dimensions.push_back(table.dimension(d).name);
      }
      tables.push_back(
          {{"file", table.text.file}, {"lines", table.text.rows()}, {"dimensions", dimensions}});
    }
    Json made = {{"doubts", audit::assumed::english(audit::doubts(published_))},
                 {"tables", tables},
                 {"assumed", audit::assumed::english(audit::assumptions(published_))}};
    Json disagreements = Json::array();
    for (const audit::Disagreement& disagreement : audit_.disagreements) {
      disagreements.push_back(
          {{"where", disagreement.where}, {"sentence", disagreement.sentence.en}});
    }
    made["adds_up"] = disagreements.empty();
    if (!disagreements.empty()) {
      made["disagreements"] = disagreements;
      return made;
    }
    made["cells"] = published_.proper_cells;
    made["hidden"] = audit_.hidden();
    made["rounded"] = audit_.rounded();
    made["shown_elsewhere"] = audit_.count(audit::HowKnown::shown, false);
    made["worked_out"] = audit_.count(audit::HowKnown::worked_out, false);
    made["pinned"] = audit_.count(audit::HowKnown::pinned, false);
    made["rounded_known"] = audit_.known(true);
    if (width_) {
      made["width"] = *width_;
      made["narrower"] = std::ranges::count_if(audit_.disclosures, [&](const audit::Disclosure& d) {
        return audit::narrower(published_, d, *width_);
      });
    }
    made["disclosures"] = Json::array();
    for (const audit::Disclosure& disclosure : audit_.disclosures) {
      made["disclosures"].push_back(of(disclosure));
    }
    made["insiders"] = of(audit_.insiders);
    return made;
  }

 private:
  Json number(std::int64_t value) const {
    if (published_.decimals == 0) {
      return value;
    }
    double unit = 1;
    for (int p = 0; p < published_.decimals; ++p) {
      unit *= 10;
    }
    return static_cast<double>(value) / unit;
  }

  Json coordinates(std::uint32_t cell) const {
    Json made = Json::object();
    for (const auto& [dimension, code] : published_.coordinates(cell)) {
      made[dimension] = code;
    }
    return made;
  }

  Json of(const audit::Disclosure& disclosure) const {
    static constexpr const char* kinds[] = {"shown_elsewhere", "worked_out", "pinned", "bounded"};
    const std::uint32_t cell = disclosure.cell;
    Json made = {{"cell", coordinates(cell)},
                 {"where", disclosure.hidden_in ? published_.where(*disclosure.hidden_in)
                                                : published_.where(cell)},
                 {"is", kinds[static_cast<std::size_t>(disclosure.exposure)]},
                 {"rounded", disclosure.rounded}};
    if (disclosure.exposure == audit::HowKnown::shown) {
      made["value"] = number(published_.system.ranges[cell].low);
      made["shown_in"] = published_.where(cell);
    }
    if (disclosure.derivation) {
      const audit::Derivation& derivation = *disclosure.derivation;
      made["value"] = number(derivation.value());
      Json terms = Json::array();
      std::size_t zeros = 0;
      for (const audit::Derivation::Term& term : derivation.terms) {
        const std::int64_t value = published_.system.ranges[term.cell].low;
        if (value == 0) {
          ++zeros;
          continue;
        }
        terms.push_back({{"times", term.times},
                         {"value", number(value)},
                         {"cell", published_.name(term.cell)},
                         {"where", published_.where(term.cell)}});
      }
      made["sum_of"] = std::move(terms);
      made["and_cells_of_0"] = zeros;
      made["divided_by"] = derivation.over;
    }
    if (disclosure.interval) {
      made["interval"] = of(*disclosure.interval);
    }
    return made;
  }

  Json of(const sums::Interval& interval) const {
    Json made;
    made["low"] = number(interval.whole_low);
    made["high"] =
        interval.whole_high == sums::no_limit ? Json(nullptr) : number(interval.whole_high);
    made["real_low"] = sums::to_string(interval.low);
    made["real_high"] = interval.high ? Json(sums::to_string(*interval.high)) : Json(nullptr);
    made["reached_low"] = interval.reached_low ? number(*interval.reached_low) : Json(nullptr);
    made["reached_high"] = interval.reached_high ? number(*interval.reached_high) : Json(nullptr);
    return made;
  }

  Json of(const sums::Insiders& insiders) const {
    Json groups = Json::array();
    for (const auto& group : insiders.groups) {
      Json cells = Json::array();
      for (const std::uint32_t cell : group) {
        cells.push_back(coordinates(cell));
      }
      groups.push_back(std::move(cells));
    }
    Json pairs = Json::array();
    for (const sums::Insiders::Pair& pair : insiders.pairs) {
      pairs.push_back({{"cell", coordinates(pair.cell)},
                       {"by", {coordinates(pair.one), coordinates(pair.other)}}});
    }
    return {{"each_tells_the_others", groups},
            {"two_tell_a_third", pairs},
            {"not_tried_for_two", insiders.too_many}};
  }

  const audit::PublishedSystem& published_;
  const audit::TableAudit& audit_;
  std::optional<std::int64_t> width_;
};

}  // namespace

nlohmann::ordered_json audit_json(const audit::PublishedSystem& published,
                                  const audit::TableAudit& audit,
                                  std::optional<std::int64_t> width) {
  return Writer(published, audit, width).run();
}

}  // namespace parcours::cli
