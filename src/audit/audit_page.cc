#include "audit/audit_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/audit_words.h"
#include "audit/drawn_tables.h"
#include "audit/section_words.h"
#include "audit/sums_section.h"
#include "page/embedded.h"
#include "page/escape.h"
#include "page/numbers.h"
#include "page/page.h"
#include "page/template.h"

namespace parcours::audit {

std::string_view audit_html();
std::string_view audit_css();
std::string_view audit_js();

namespace {

using nlohmann::json;

constexpr std::size_t most_narrow = 60;
constexpr std::size_t most_groups = 40;
constexpr std::size_t most_disagreements = 200;

class Page {
 public:
  Page(const PublishedSystem& published, const TableAudit& audit, std::optional<std::int64_t> width)
      : published_(published), audit_(audit), width_(width) {}

  json content() {
    json made;
    made["css"] = std::string(page::page_css()) + std::string(audit_css());
    made["js"] = page::script_escaped(page::page_js());
    made["audit_js"] = page::script_escaped(audit_js());
    made["software"] = std::string(page::software());
    const bool adds_up = audit_.disagreements.empty();
    made["title"] = page::both(adds_up ? answer(audit_)
                                       : tables::Label{"These tables do not add up",
                                                       "Ces tableaux ne sont pas cohérents"});
    made["files"] = json::array();
    for (const PublishedTable& table : published_.tables) {
      made["files"].push_back(table.name);
    }
    made["figures"] = adds_up ? figures() : json::array();
    made["sentences"] = adds_up ? sentences() : json::array();
    made["disagreements"] = adds_up ? json(nullptr) : disagreements();
    made["reasons"] = adds_up ? sums_section(published_, audit_) : json(nullptr);
    made["tables"] = drawn_tables(published_, audit_, width_);
    made["narrow"] = adds_up ? narrow() : json(nullptr);
    made["insiders"] = adds_up ? insiders_of() : json(nullptr);
    made["adds_up"] = adds_up;
    made["intervals"] = std::ranges::any_of(
        audit_.disclosures, [](const Disclosure& d) { return d.interval.has_value(); });
    made["doubts"] = json::array();
    for (const tables::Label& doubt : doubts(published_)) {
      made["doubts"].push_back({{"doubt", page::both(doubt)}});
    }
    made["assumed"] = json::array();
    for (const tables::Label& sentence : assumptions(published_)) {
      made["assumed"].push_back(page::both(sentence));
    }
    return made;
  }

 private:
  json figures() const {
    const std::size_t found = audit_.known(false) + audit_.known(true);
    json made = json::array();
    const auto add = [&](std::size_t number, const tables::Label& what, bool bad) {
      made.push_back({{"number", page::both(page::thousands(number))},
                      {"what", page::both(what)},
                      {"bad", bad && number > 0}});
    };
    if (audit_.hidden() > 0) {
      add(audit_.hidden(), {"cells are hidden", "cases masquées"}, false);
    }
    if (audit_.rounded() > 0) {
      add(audit_.rounded(),
          {"values are printed as ranges", "valeurs publiées sous forme d’intervalle"}, false);
    }
    add(found, {"of them can be worked out exactly", "d’entre elles se déduisent exactement"},
        true);
    const auto narrow = static_cast<std::size_t>(std::ranges::count_if(
        audit_.disclosures, [&](const Disclosure& d) { return is_narrow(published_, d, width_); }));
    if (std::ranges::any_of(audit_.disclosures,
                            [](const Disclosure& d) { return d.interval.has_value(); })) {
      add(narrow,
          {"more are " + narrow_in_words(width_).en,
           "autres, de valeur " + narrow_in_words(width_).fr},
          true);
    }
    add(published_.proper_cells,
        {"cells in all tables together", "cases dans l’ensemble des tableaux"}, false);
    return made;
  }

  json sentences() const {
    json made = json::array();
    const std::vector<tables::Label> said = summary(published_, audit_, width_);
    for (std::size_t i = 1; i < said.size(); ++i) {  // the title says the first
      if (!said[i].en.contains(" more ") &&
          !said[i].en.starts_with("None")) {  // the figures above say it
        made.push_back(page::both(said[i]));
      }
    }
    return made;
  }

  json disagreements() const {
    json made = json::array();
    for (const Disagreement& disagreement : audit_.disagreements) {
      if (made.size() < most_disagreements) {
        made.push_back({{"where", place_name(disagreement.where)},
                        {"sentence", page::both(disagreement.sentence)}});
      }
    }
    return {{"list", made},
            {"count", audit_.disagreements.size()},
            {"cut", audit_.disagreements.size() > made.size()}};
  }

  json narrow() const {
    std::vector<const Disclosure*> found;
    for (const Disclosure& disclosure : audit_.disclosures) {
      if (is_narrow(published_, disclosure, width_)) {
        found.push_back(&disclosure);
      }
    }
    if (found.empty()) {
      return nullptr;
    }
    std::ranges::stable_sort(found, {}, [](const Disclosure* d) { return d->interval->width(); });
    json list = json::array();
    for (std::size_t i = 0; i < std::min(found.size(), most_narrow); ++i) {
      list.push_back({{"name", cell_name(published_, found[i]->cell)},
                      {"interval", page::both(interval_text(published_, *found[i]))},
                      {"where", place_name(published_.where(found[i]->cell))}});
    }
    return {{"list", list}, {"count", found.size()}, {"cut", found.size() > list.size()}};
  }

  json insiders_of() const {
    const sums::Insiders& inside = audit_.insiders;
    if (inside.groups.empty() && inside.pairs.empty()) {
      return nullptr;
    }
    json groups = json::array();
    for (std::size_t g = 0; g < std::min(inside.groups.size(), most_groups); ++g) {
      json names = json::array();
      for (const std::uint32_t cell : inside.groups[g]) {
        names.push_back(cell_name(published_, cell));
      }
      groups.push_back({{"names", names}});
    }
    json pairs = json::array();
    for (std::size_t p = 0; p < std::min(inside.pairs.size(), most_groups); ++p) {
      const sums::Insiders::Pair& pair = inside.pairs[p];
      pairs.push_back({{"name", cell_name(published_, pair.cell)},
                       {"one", cell_name(published_, pair.one)},
                       {"other", cell_name(published_, pair.other)}});
    }
    return {{"groups", groups},
            {"group_count", inside.groups.size()},
            {"any_groups", !groups.empty()},
            {"groups_cut", inside.groups.size() > groups.size()},
            {"pairs", pairs},
            {"pair_count", inside.pairs.size()},
            {"any_pairs", !pairs.empty()},
            {"pairs_cut", inside.pairs.size() > pairs.size()}};
  }

  const PublishedSystem& published_;
  const TableAudit& audit_;
  std::optional<std::int64_t> width_;
};

}  // namespace

Result<std::string> audit_page(const PublishedSystem& published, const TableAudit& audit,
                               std::optional<std::int64_t> width) {
  return page::fill(audit_html(), Page(published, audit, width).content());
}

}  // namespace parcours::audit
