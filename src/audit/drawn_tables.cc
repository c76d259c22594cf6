#include "audit/drawn_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "audit/audit_words.h"
#include "audit/grid.h"
#include "audit/section_words.h"
#include "page/page.h"

namespace parcours::audit {

using nlohmann::json;

namespace {

constexpr std::size_t sheets_on_paper = 10;  // of one table
constexpr std::size_t rows_on_paper = 50;    // of one sheet that has more than most_on_paper
constexpr std::size_t most_on_paper = 80;

class TableDrawer {
 public:
  TableDrawer(const PublishedSystem& published, const TableAudit& audit,
              std::optional<std::int64_t> width)
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

  json table(std::uint32_t t) const {
    const Drawing& drawing = published_.drawings[t];
    const Layout& layout = drawing.layout;
    std::vector<bool> marked(layout.cells(), false);
    std::size_t broken_cells = 0;
    for (std::size_t at = 0; at < marked.size(); ++at) {
      const std::uint32_t cell = drawing.cells[at];
      const bool exposed = of_cell_[cell] != none &&
                           is_broken(audit_.disclosures[of_cell_[cell]]) &&
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

 private:
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
        made["from"] = cells_of(*disclosure.derivation);
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

  json code(const LayoutAxis& along, std::uint32_t place) const {
    return page::both(published_.label(along, place));
  }

  static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

  const PublishedSystem& published_;
  const TableAudit& audit_;
  std::optional<std::int64_t> width_;
  std::vector<std::size_t> of_cell_;  // by cell: among the disclosures
  std::vector<bool> off_;             // by cell: takes part in a disagreement
};

}  // namespace

json drawn_tables(const PublishedSystem& published, const TableAudit& audit,
                  std::optional<std::int64_t> width) {
  const TableDrawer drawer(published, audit, width);
  json drawn = json::array();
  for (std::uint32_t t = 0; t < published.tables.size(); ++t) {
    drawn.push_back(drawer.table(t));
  }
  return drawn;
}

}  // namespace parcours::audit
