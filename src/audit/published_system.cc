#include "audit/published_system.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "audit/assumed.h"
#include "audit/cell_coordinates.h"
#include "audit/table_people.h"
#include "tables/cell_numbers.h"

namespace parcours::audit {
namespace {

class SystemMaker {
 public:
  SystemMaker(std::vector<PublishedTable> tables, const Reading& reading) : reading_(reading) {
    made_.tables = std::move(tables);
  }

  Result<PublishedSystem> run() {
    ASSIGN_OR_RETURN(Axes axes, axes_of(made_.tables, reading_));
    made_.axes = std::move(axes.axes);
    made_.assumed = std::move(axes.assumed);
    bool below_zero = false;
    for (const PublishedTable& table : made_.tables) {
      made_.decimals = std::max(made_.decimals, table.decimals);
      below_zero = below_zero || table.below_zero;
    }
    least_ = below_zero ? lowest_value : 0;
    coordinates_.emplace(made_.axes);
    for (const PublishedTable& table : made_.tables) {
      ASSIGN_OR_RETURN(Layout layout, layout_of(table, made_.axes));
      layouts_.push_back(std::move(layout));
    }
    ASSIGN_OR_RETURN(TablePeople people,
                     people_of_tables(made_.tables, layouts_, *coordinates_, made_.decimals));
    people_of_ = std::move(people.of);
    made_.assumed.insert(made_.assumed.end(), people.assumed.begin(), people.assumed.end());
    for (std::uint32_t t = 0; t < made_.tables.size(); ++t) {
      RETURN_IF_ERROR(add_table(t));
    }
    RETURN_IF_ERROR(missing_are_said());
    made_.proper_cells = made_.system.ranges.size();
    for (std::uint32_t t = 0; t < made_.tables.size(); ++t) {
      add_relations(t);
    }
    made_.missing_are_zero = reading_.absent == Absent::zero;
    return std::move(made_);
  }

 private:
  // The cell of these coordinates, made when it is not there yet.
  std::uint32_t cell_at(const Layout& layout, const std::vector<std::uint32_t>& places,
                        const CellCoordinates& without, const Listed& listed) {
    const std::uint32_t cell = numbers_.number(coordinates_->of(layout, places, without));
    if (cell == made_.system.ranges.size()) {
      made_.system.ranges.push_back({least_, sums::no_limit});
      made_.listings.push_back(Listing::unlisted);
      made_.listed_at.push_back(listed);
    }
    return cell;
  }

  static std::uint64_t margin_of(const Layout& layout, const std::vector<std::uint32_t>& places) {
    std::uint64_t margin = 0;
    for (std::size_t d = 0; d < places.size(); ++d) {
      margin = margin * 3 + layout.axes[d].level(places[d]);
    }
    return margin;
  }

  Status add_table(std::uint32_t t) {
    const PublishedTable& table = made_.tables[t];
    Drawing drawing;
    drawing.layout = std::move(layouts_[t]);
    const Layout& layout = drawing.layout;
    std::unordered_set<std::uint64_t> margins;  // the kinds of margin that have a line
    for (std::size_t at = 0; at < layout.cells(); ++at) {
      if (layout.lines[at] != 0) {
        margins.insert(margin_of(layout, layout.places(at)));
      }
    }
    CellCoordinates without = coordinates_->without(layout);
    if (people_of_[t] != 0) {
      without.push_back(coordinates_->of_people(people_of_[t]));
    }
    for (std::uint32_t at = 0; at < layout.cells(); ++at) {
      const std::vector<std::uint32_t> places = layout.places(at);
      const std::uint32_t cell = cell_at(layout, places, without, {t, at});
      drawing.cells.push_back(cell);
      sums::Range range{least_, sums::no_limit};
      Listing listing = Listing::unlisted;
      if (layout.lines[at] != 0) {
        const std::size_t row = layout.lines[at] - 1;
        ASSIGN_OR_RETURN(range, table.range_in(made_.decimals, row));
        listing = table.listings[row];
      } else if (!between(layout, places) && margins.contains(margin_of(layout, places))) {
        ++made_.missing;
        if (!first_missing_) {
          first_missing_ = Listed{t, at};
        }
        const bool zero = reading_.absent == Absent::zero;
        listing = zero ? Listing::exact : Listing::hidden;
        range = zero ? sums::Range{0, 0} : range;
      }
      drawing.listings.push_back(listing);
      meet(cell, range, listing, {t, at});
    }
    made_.drawings.push_back(std::move(drawing));
    return {};
  }

  static bool between(const Layout& layout, const std::vector<std::uint32_t>& places) {
    for (std::size_t d = 0; d < places.size(); ++d) {
      if (layout.axes[d].kinds[places[d]] == PlaceKind::between) {
        return true;
      }
    }
    return false;
  }

  // What one more line says of a cell.
  void meet(std::uint32_t cell, const sums::Range& range, Listing listing, const Listed& listed) {
    sums::Range& known = made_.system.ranges[cell];
    const sums::Range both{std::max(known.low, range.low), std::min(known.high, range.high)};
    if (both.low > both.high) {
      made_.clashes.push_back({made_.listed_at[cell], listed});
      return;
    }
    known = both;
    if (listing < made_.listings[cell]) {
      made_.listed_at[cell] = listed;
      made_.listings[cell] = listing;
    }
  }

  Status missing_are_said() const {
    if (made_.missing == 0 || reading_.absent) {
      return {};
    }
    return bad_input(
        fmt::format("{} combination{} of codes {} no line", made_.missing,
                    made_.missing == 1 ? "" : "s", made_.missing == 1 ? "has" : "have"),
        made_.tables[first_missing_->table].text.file,
        "say what that means: --absent hidden or --absent zero; or name the dimensions: --by");
  }

  void add_relations(std::uint32_t t) {
    const Drawing& drawing = made_.drawings[t];
    std::vector<tables::SummedDimension> summed;
    for (const LayoutAxis& along : drawing.layout.axes) {
      tables::SummedDimension& made =
          summed.emplace_back(tables::SummedDimension{along.nodes.size(), {}});
      for (std::uint32_t place = 0; place < along.parts.size(); ++place) {
        if (!along.parts[place].empty()) {
          made.sums.push_back({place, along.parts[place]});
        }
      }
    }
    std::vector<std::uint32_t> cells;
    tables::for_each_sum(
        summed, [&](std::size_t d, std::uint32_t whole, std::span<const std::uint32_t> parts) {
          cells.clear();
          for (const std::uint32_t part : parts) {
            cells.push_back(drawing.cells[part]);
          }
          const LayoutAxis& along = drawing.layout.axes[d];
          const bool multi = made_.axes[along.axis].multi || along.any;
          const Origin origin{t, static_cast<std::uint32_t>(d)};
          multi ? add_bounds(drawing.cells[whole], cells, origin)
                : add_sum(drawing.cells[whole], cells, origin);
        });
  }

  void add_sum(std::uint32_t whole, const std::vector<std::uint32_t>& parts, const Origin& origin) {
    tables::Relation relation;
    relation.terms.push_back({whole, 1});
    for (const std::uint32_t part : parts) {
      relation.terms.push_back({part, -1});
    }
    add(std::move(relation), origin);
  }

  // Nobody below zero: a bound of what may be negative would be none.
  void add_bounds(std::uint32_t whole, const std::vector<std::uint32_t>& parts, Origin origin) {
    if (least_ < 0 || made_.listings[whole] == Listing::unlisted) {
      return;
    }
    tables::Relation sum{{{whole, -1}, {0, -1}}};
    for (const std::uint32_t part : parts) {
      origin.kind = Origin::Kind::at_least_a_part;
      const std::uint32_t others = made_.listings[part] == Listing::unlisted ? 0 : 1;
      if (others == 1 && part != whole) {
        add({{{whole, 1}, {part, -1}, {make_up(origin), -1}}}, origin);
      }
      sum.terms.push_back({part, 1});
    }
    origin.kind = Origin::Kind::at_most_the_sum;
    sum.terms[1].cell = make_up(origin);
    add(std::move(sum), origin);
  }

  std::uint32_t make_up(const Origin& origin) {
    made_.system.ranges.push_back({0, sums::no_limit});
    made_.listings.push_back(Listing::unlisted);
    made_.listed_at.push_back({origin.table, 0});
    return static_cast<std::uint32_t>(made_.system.ranges.size() - 1);
  }

  // Left out: what another table said before, and what says only that a cell is itself.
  void add(tables::Relation relation, const Origin& origin) {
    const std::vector<tables::Relation::Term> terms = tables::added_up(std::move(relation)).terms;
    if (terms.empty()) {
      return;
    }
    std::uint64_t hash = 0;
    for (const tables::Relation::Term& term : terms) {
      hash = (hash ^ term.cell ^ (static_cast<std::uint64_t>(term.coefficient) << 32)) *
                 0xD6E8FEB86659FD93 +
             0x9E3779B97F4A7C15;
    }
    const auto [from, to] = said_.equal_range(hash);
    for (auto other = from; other != to; ++other) {
      if (made_.system.relations[other->second].terms == terms) {
        return;
      }
    }
    said_.emplace(hash, static_cast<std::uint32_t>(made_.system.relations.size()));
    made_.system.relations.push_back({terms});
    made_.origins.push_back(origin);
  }

  const Reading& reading_;
  PublishedSystem made_;
  std::optional<CoordinateNumbers> coordinates_;  // once the axes stand
  std::vector<Layout> layouts_;                   // by table, until its drawing takes it
  std::vector<std::uint32_t> people_of_;          // by table
  tables::CellNumbers numbers_;
  std::unordered_multimap<std::uint64_t, std::uint32_t>
      said_;  // relations by a hash of their terms
  std::optional<Listed> first_missing_;
  std::int64_t least_ = 0;
};

}  // namespace

tables::Coordinates PublishedSystem::coordinates(std::uint32_t cell) const {
  const Listed& at = listed_at[cell];
  const Layout& layout = drawings[at.table].layout;
  const std::vector<std::uint32_t> along = layout.places(at.at);
  tables::Coordinates made;
  for (std::size_t d = 0; d < along.size(); ++d) {
    const CodeAxis& axis = axes[layout.axes[d].axis];
    made.emplace_back(axis.name, label(layout.axes[d], along[d]).en);
  }
  return made;
}

tables::Label PublishedSystem::label(const LayoutAxis& along, std::uint32_t place) const {
  const std::uint32_t node = along.nodes[place];
  return node == total_node && along.any ? tables::Label{"any", "au moins un"}
                                         : axes[along.axis].label(node);
}

std::string PublishedSystem::name(std::uint32_t cell) const {
  return name_in_words(cell).en;
}

tables::Label PublishedSystem::name_in_words(std::uint32_t cell) const {
  const Listed& at = listed_at[cell];
  const Layout& layout = drawings[at.table].layout;
  const std::vector<std::uint32_t> along = layout.places(at.at);
  tables::Label name;
  const auto add = [](std::string& text, const std::string& axis, const std::string& code) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", axis, code);
  };
  for (std::size_t d = 0; d < along.size(); ++d) {
    const CodeAxis& axis = axes[layout.axes[d].axis];
    if (layout.axes[d].nodes[along[d]] != total_node || layout.axes[d].any) {
      const tables::Label code = label(layout.axes[d], along[d]);
      add(name.en, axis.name, code.en);
      add(name.fr, axis.name, code.fr);
    }
  }
  return name.en.empty() ? tables::Label{"total", "total"} : name;
}

std::string PublishedSystem::where(const Listed& at) const {
  const std::uint32_t line = drawings[at.table].layout.lines[at.at];
  const PublishedTable& table = tables[at.table];
  return line == 0 ? fmt::format("{}, no line", table.text.file) : table.text.where(line - 1);
}

std::string PublishedSystem::where(std::uint32_t cell) const {
  return where(listed_at[cell]);
}

std::string PublishedSystem::value(std::uint32_t cell) const {
  const sums::Range& range = system.ranges[cell];
  if (range.known()) {
    return decimal_text(range.low, decimals);
  }
  if (listings[cell] == Listing::ranged) {
    return fmt::format("{} to {}", decimal_text(range.low, decimals),
                       decimal_text(range.high, decimals));
  }
  return "hidden";
}

std::vector<tables::Label> doubts(const PublishedSystem& published) {
  std::vector<tables::Label> sentences = published.doubts;
  for (const PublishedTable& table : published.tables) {
    sentences.insert(sentences.end(), table.doubts.begin(), table.doubts.end());
  }
  return sentences;
}

std::vector<tables::Label> assumptions(const PublishedSystem& published) {
  std::vector<tables::Label> sentences;
  for (const PublishedTable& table : published.tables) {
    sentences.insert(sentences.end(), table.guessed.begin(), table.guessed.end());
  }
  sentences.insert(sentences.end(), published.assumed.begin(), published.assumed.end());
  if (published.missing > 0) {
    sentences.push_back(assumed::without_a_line(published.missing, published.missing_are_zero));
  }
  return sentences;
}

Result<PublishedSystem> system_of(std::vector<PublishedTable> tables, const Reading& reading) {
  return SystemMaker(std::move(tables), reading).run();
}

}  // namespace parcours::audit
