// The page section by section. It stays whole, over 400 lines, as every section reads the same
// tables and answers and none is used elsewhere.
#include "audit/audit_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "audit/audit_words.h"
#include "audit/grid.h"
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

constexpr std::size_t most_reasons = 400;  // written out below the tables
constexpr std::size_t most_terms = 40;     // of one of them
constexpr std::size_t most_narrow = 60;
constexpr std::size_t most_groups = 40;
constexpr std::size_t most_disagreements = 200;
constexpr std::size_t sheets_on_paper = 10;  // of one table
constexpr std::size_t rows_on_paper = 50;    // of one sheet that has more than most_on_paper
constexpr std::size_t most_on_paper = 80;

class Page {
 public:
  Page(const PublishedSystem& published, const TableAudit& audit, std::optional<std::int64_t> width)
      : published_(published), audit_(audit), width_(width) {
    of_cell_.assign(published.system.ranges.size(), none);
    for (std::size_t i = 0; i < audit.disclosures.size(); ++i) {
      of_cell_[audit.disclosures[i].cell] = i;
    }
    off_.assign(published.system.ranges.size(), false);
    for (const Disagreement& disagreement : audit.disagreements) {
      for (const std::uint32_t cell : disagreement.cells) {
        off_[cell] = true;
      }
    }
  }

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
    made["reasons"] = adds_up ? reasons() : json(nullptr);
    made["tables"] = json::array();
    for (std::uint32_t t = 0; t < published_.tables.size(); ++t) {
      made["tables"].push_back(table(t));
    }
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
  bool broken(const Disclosure& disclosure) const {
    return disclosure.exposure != HowKnown::bounded;
  }

  // "deaths.csv:12"; "deaths.csv, no line".
  static json where(const std::string& place) {
    constexpr std::string_view no_line = ", no line";
    return page::both(
        {place, place.ends_with(no_line)
                    ? place.substr(0, place.size() - no_line.size()) + ", aucune ligne"
                    : place});
  }

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
        made.push_back({{"where", where(disagreement.where)},
                        {"sentence", page::both(disagreement.sentence)}});
      }
    }
    return {{"list", made},
            {"count", audit_.disagreements.size()},
            {"cut", audit_.disagreements.size() > made.size()}};
  }

  // "25 - 21", where it is short enough to stand in the cell.
  tables::Label formula(const Derivation& derivation) const {
    std::string text;
    std::size_t terms = 0;
    for (const SpokenTerm& term : spoken(published_, derivation)) {
      if (!term.zero) {
        text += text.empty() ? (term.sign == '-' ? "−" : "") : (term.sign == '-' ? " − " : " + ");
        text += term.number;
        ++terms;
      }
    }
    if (terms == 0) {
      return {"all other cells are 0", "toutes les autres cases valent 0"};
    }
    if (derivation.over > 1) {
      text = fmt::format("({}) / {}", text, derivation.over);
    }
    return terms <= 4 ? tables::Label{text, text}
                      : tables::Label{fmt::format("from {} cells", terms),
                                      fmt::format("à partir de {} cases", terms)};
  }

  // Which cells give this one away, for the script: "+12 -13".
  static std::string from(const Derivation& derivation) {
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(200, derivation.terms.size()); ++i) {
      const Derivation::Term& term = derivation.terms[i];
      text += fmt::format("{}{}{}", i == 0 ? "" : " ", term.times < 0 ? '-' : '+', term.cell);
    }
    return text;
  }

  json reasons() const {
    json list = json::array();
    std::size_t count = 0;
    for (const Disclosure& disclosure : audit_.disclosures) {
      if (!broken(disclosure) || count++ >= most_reasons) {
        continue;
      }
      const std::uint32_t cell = disclosure.cell;
      json reason = {{"cell", cell},
                     {"name", name_of(cell)},
                     {"where", where(disclosure.hidden_in ? published_.where(*disclosure.hidden_in)
                                                          : published_.where(cell))},
                     {"from", ""},
                     {"over", nullptr},
                     {"more", nullptr},
                     {"zeros", nullptr},
                     {"terms", json::array()}};
      if (disclosure.derivation) {
        put_in(*disclosure.derivation, reason);
      } else {
        const bool pinned = disclosure.exposure == HowKnown::pinned;
        const std::string printed = published_.value(cell);
        const tables::Label value =
            pinned ? interval_text(published_, disclosure) : tables::Label{printed, printed};
        reason["value"] = page::both(value);
        reason["terms"].push_back(
            {{"sign", "="},
             {"number", page::both(value)},
             {"name",
              page::both(
                  pinned ? tables::Label{"the only number that fits all sums, as no count is "
                                         "below 0 and a mark means what it says",
                                         "le seul nombre compatible avec toutes les sommes, car "
                                         "aucun effectif n’est négatif et chaque marque a le "
                                         "sens indiqué"}
                         : tables::Label{"printed as it is", "publié tel quel"})},
             {"where", where(pinned ? "" : published_.where(cell))}});
      }
      list.push_back(std::move(reason));
    }
    if (list.empty()) {
      return nullptr;
    }
    return {{"list", list}, {"cut", count > list.size()}, {"count", count}, {"shown", list.size()}};
  }

  void put_in(const Derivation& derivation, json& reason) const {
    const std::string value = derived_value(published_, derivation);
    reason["value"] = page::both({value, value});
    reason["from"] = from(derivation);
    reason["over"] = derivation.over > 1 ? json(derivation.over) : json(nullptr);
    std::size_t zeros = 0;
    std::size_t more = 0;
    for (const SpokenTerm& term : spoken(published_, derivation)) {
      if (term.zero) {
        ++zeros;
      } else if (reason["terms"].size() < most_terms) {
        reason["terms"].push_back({{"sign", term.sign == '-' ? "−" : "+"},
                                   {"number", page::both({term.number, term.number})},
                                   {"name", name_of(term.cell)},
                                   {"where", where(term.where)}});
      } else {
        ++more;
      }
    }
    reason["zeros"] = zeros > 0 ? json(zeros) : json(nullptr);
    reason["more"] = more > 0 ? json{{"count", more}, {"several", more > 1}} : json(nullptr);
  }

  json name_of(std::uint32_t cell) const { return page::both(published_.name_in_words(cell)); }

  json code(const LayoutAxis& along, std::uint32_t place) const {
    return page::both(published_.label(along, place));
  }

  json table(std::uint32_t t) const {
    const Drawing& drawing = published_.drawings[t];
    const Layout& layout = drawing.layout;
    std::vector<bool> marked(layout.cells(), false);
    std::size_t broken_cells = 0;
    for (std::size_t at = 0; at < marked.size(); ++at) {
      const std::uint32_t cell = drawing.cells[at];
      const bool exposed = of_cell_[cell] != none && broken(audit_.disclosures[of_cell_[cell]]) &&
                           drawing.listings[at] != Listing::exact;
      marked[at] = exposed || off_[cell];
      broken_cells += exposed ? 1 : 0;
    }
    const Grid grid = grid_of(drawing, marked);
    json made = {{"name", published_.tables[t].name},
                 {"broken", broken_cells},
                 {"columns", json::array()},
                 {"pages", json::array()},
                 {"left_out", grid.pages_left_out > 0 ? json(grid.pages_left_out) : json(nullptr)}};
    made["across"] =
        grid.across ? json(published_.axes[layout.axes[*grid.across].axis].name) : json(nullptr);
    made["down"] = grid.down ? published_.axes[layout.axes[*grid.down].axis].name : std::string();
    for (const std::uint32_t column : grid.columns) {
      made["columns"].push_back({{"name", code(layout.axes[*grid.across], column)},
                                 {"total", layout.axes[*grid.across].level(column) > 0}});
    }
    if (!grid.across) {
      const PublishedTable& table = published_.tables[t];
      const std::string& name = table.text.columns[table.value].name;
      made["columns"].push_back({{"name", page::both({name, name})}, {"total", false}});
    }
    made["column_count"] = made["columns"].size();
    made["many"] = grid.pages.size() > 1;
    const bool any_marked = broken_cells > 0;
    std::size_t sheets = 0;
    for (const Grid::Page& page : grid.pages) {
      json sheet = page_of(t, grid, page);
      const bool printed = (page.marked > 0 || !any_marked) && sheets < sheets_on_paper;
      sheets += printed ? 1 : 0;
      sheet["printed"] = printed;
      made["pages"].push_back(std::move(sheet));
    }
    made["sheets_unprinted"] =
        sheets < grid.pages.size() ? json(grid.pages.size() - sheets) : json(nullptr);
    return made;
  }

  json page_of(std::uint32_t t, const Grid& grid, const Grid::Page& page) const {
    const Layout& layout = published_.drawings[t].layout;
    tables::Label name;
    for (std::size_t k = 0; k < grid.leafed.size(); ++k) {
      const LayoutAxis& along = layout.axes[grid.leafed[k]];
      const tables::Label place = published_.label(along, page.places[k]);
      for (const auto& [text, word] :
           {std::pair(&name.en, &place.en), std::pair(&name.fr, &place.fr)}) {
        *text += fmt::format("{}{} {}", text->empty() ? "" : ", ", published_.axes[along.axis].name,
                             *word);
      }
    }
    json made = {{"name", page::both(name)},
                 {"marked", page.marked > 0 ? json(page.marked) : json(nullptr)},
                 {"open", page.marked > 0},
                 {"rows", json::array()},
                 {"left_out", page.rows_left_out > 0 ? json(page.rows_left_out) : json(nullptr)}};
    const std::size_t on_paper =
        page.rows.size() > most_on_paper ? rows_on_paper : page.rows.size();
    made["rows_unprinted"] =
        on_paper < page.rows.size() ? json(page.rows.size() - on_paper) : json(nullptr);
    for (const Grid::Row& row : page.rows) {
      json drawn = {
          {"name", page::both({})}, {"depth", 0}, {"total", false}, {"cells", json::array()}};
      drawn["printed"] = made["rows"].size() < on_paper;
      if (grid.down) {
        const LayoutAxis& along = layout.axes[*grid.down];
        drawn["name"] = code(along, row.place);
        drawn["depth"] = along.depths[row.place];
        drawn["total"] = along.level(row.place) == 2;
      }
      for (std::size_t c = 0; c < row.at.size(); ++c) {
        const bool total =
            drawn["total"] || (grid.across && layout.axes[*grid.across].level(grid.columns[c]) > 0);
        drawn["cells"].push_back(cell_of(t, row.at[c], total));
      }
      made["rows"].push_back(std::move(drawn));
    }
    return made;
  }

  json cell_of(std::uint32_t t, std::uint32_t at, bool total) const {
    const Drawing& drawing = published_.drawings[t];
    const std::uint32_t cell = drawing.cells[at];
    const Listing listing = drawing.listings[at];
    json made = {
        {"cell", cell}, {"class", total ? "total" : ""}, {"small", nullptr}, {"from", nullptr}};
    const auto add_class = [&](const char* name) {
      made["class"] = made["class"].get<std::string>() + " " + name;
    };
    switch (listing) {
      case Listing::exact:
        made["text"] = published_.value(cell);
        break;
      case Listing::ranged:
      case Listing::hidden:
        made["text"] = printed(t, at);
        add_class(listing == Listing::hidden ? "hid" : "ranged");
        break;
      case Listing::unlisted:
        made["text"] = "";
        break;
    }
    if (off_[cell]) {
      add_class("off");
    }
    if (of_cell_[cell] != none && listing != Listing::exact) {
      const Disclosure& disclosure = audit_.disclosures[of_cell_[cell]];
      if (disclosure.derivation) {
        made["text"] = derived_value(published_, *disclosure.derivation);
        made["small"] = page::both(formula(*disclosure.derivation));
        made["from"] = from(*disclosure.derivation);
        add_class("broken");
      } else if (disclosure.exposure == HowKnown::pinned) {
        made["text"] = interval_text(published_, disclosure).en;  // one number
        made["small"] = page::both({"no other number fits", "aucun autre nombre ne convient"});
        made["from"] = "";
        add_class("broken");
      } else if (disclosure.exposure == HowKnown::shown) {
        made["text"] = published_.value(cell);
        made["small"] = page::both({"printed elsewhere", "publié ailleurs"});
        made["from"] = fmt::format("+{}", cell);
        add_class("broken");
      } else if (disclosure.interval && !disclosure.rounded) {
        made["small"] = page::both(interval_text(published_, disclosure));
        if (is_narrow(published_, disclosure, width_)) {
          add_class("narrow");
        }
      }
    }
    return made;
  }

  // What the table prints at this place; a sign for nothing.
  std::string printed(std::uint32_t t, std::uint32_t at) const {
    const std::uint32_t line = published_.drawings[t].layout.lines[at];
    const PublishedTable& table = published_.tables[t];
    const std::string word(line == 0 ? "" : table.text.columns[table.value].at(line - 1));
    const bool numbers = !word.empty() && table.listings[line - 1] == Listing::hidden &&
                         parse_decimal(word, '.').has_value();
    return word.empty() || numbers ? "·" : word;
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
      list.push_back({{"name", name_of(found[i]->cell)},
                      {"interval", page::both(interval_text(published_, *found[i]))},
                      {"where", where(published_.where(found[i]->cell))}});
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
        names.push_back(name_of(cell));
      }
      groups.push_back({{"names", names}});
    }
    json pairs = json::array();
    for (std::size_t p = 0; p < std::min(inside.pairs.size(), most_groups); ++p) {
      const sums::Insiders::Pair& pair = inside.pairs[p];
      pairs.push_back({{"name", name_of(pair.cell)},
                       {"one", name_of(pair.one)},
                       {"other", name_of(pair.other)}});
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

  static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

  const PublishedSystem& published_;
  const TableAudit& audit_;
  std::optional<std::int64_t> width_;
  std::vector<std::size_t> of_cell_;  // by cell: among the disclosures
  std::vector<bool> off_;             // by cell: takes part in a disagreement
};

}  // namespace

Result<std::string> audit_page(const PublishedSystem& published, const TableAudit& audit,
                               std::optional<std::int64_t> width) {
  return page::fill(audit_html(), Page(published, audit, width).content());
}

}  // namespace parcours::audit
