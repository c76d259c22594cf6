#include "release/chart.h"

#include <fmt/format.h>

#include <algorithm>

#include "page/chart_style.h"
#include "release/picture.h"

namespace parcours::release {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t few_columns = 6;
constexpr const char* hatched = "▨";
constexpr double thin = 0.01;                   // of the longest bar: hardly more than its edge
constexpr const char* hidden_grey = "#767d87";  // 4 to 1 on white and on the dark page

// How a cell is drawn: the words of the data's column `drawn`.
constexpr const char* as_value = "value";
constexpr const char* as_zero = "zero";
constexpr const char* as_hidden = "hidden";

// The words of one language.
struct Words {
  const char* patients;
  const char* mean;
  const char* hidden;
  const char* zero;
  const char* thin;
  const char* lightest;
  const char* lightest_mean;
  const char* over;
  const char* several;
  const char* largest;
  const char* nobody;
};

const Words& words(page::Language language) {
  static const Words english = {"Patients",
                                "Mean",
                                "▨ confidential: hidden to protect patients, not zero",
                                "0: no patient",
                                "a thin line: a small number, not zero",
                                "the lightest shade: {}, the smallest number shown",
                                "the lightest shade: {}, the smallest mean shown",
                                "all categories together: {}",
                                "a patient may be counted in several categories of: {}",
                                "the {} largest of {} categories: {}",
                                "nobody is in any of these categories"};
  static const Words french = {"Patients",
                               "Moyenne",
                               "▨ confidentiel : masqué pour protéger les patients, non nul",
                               "0 : aucun patient",
                               "trait fin : petit effectif, non nul",
                               "teinte la plus claire : {}, le plus petit effectif affiché",
                               "teinte la plus claire : {}, la plus petite moyenne affichée",
                               "toutes modalités réunies : {}",
                               "un patient peut relever de plusieurs modalités : {}",
                               "les {} modalités les plus fréquentes sur {} : {}",
                               "aucun patient dans ces modalités"};
  return language == page::Language::english ? english : french;
}

class Drawing {
 public:
  Drawing(const tables::Table& table, page::Language language)
      : table_(table), language_(language), words_(words(language)), picture_(picture(table)) {}

  ordered_json specification() {
    const ordered_json data = values();
    ordered_json spec;
    spec["$schema"] = "https://vega.github.io/schema/vega-lite/v5.json";
    spec["description"] = page::in(language_, table_.title);
    spec["title"] = {{"text", page::in(language_, table_.title)}, {"subtitle", subtitle()}};
    spec["data"] = {{"values", data}};
    ordered_json drawn = picture_.manner == Manner::shades ? shades() : bars();
    if (picture_.facet) {
      spec["facet"] = {{"column",
                        {{"field", "facet"},
                         {"type", "nominal"},
                         {"sort", order(*picture_.facet)},
                         {"title", title_of(*picture_.facet)}}}};
      spec["spec"] = std::move(drawn);
    } else {
      spec.update(drawn);
    }
    spec["config"] = config();
    return spec;
  }

 private:
  const std::string& title_of(const DrawnAxis& axis) const {
    return page::in(language_, table_.dimensions[axis.dimension].label);
  }

  ordered_json order(const DrawnAxis& axis) const {
    const Names name(table_.dimensions[axis.dimension], language_);
    ordered_json names = ordered_json::array();
    for (const std::size_t place : axis.places) {
      names.push_back(name(place));
    }
    return names;
  }

  bool drawn(std::size_t dimension) const {
    return dimension == picture_.across.dimension ||
           (picture_.other && dimension == picture_.other->dimension) ||
           (picture_.facet && dimension == picture_.facet->dimension);
  }

  ordered_json subtitle() {
    ordered_json lines = ordered_json::array();
    if (empty()) {
      lines.push_back(words_.nobody);
      return lines;
    }
    std::vector<std::string> over;
    for (std::size_t d = 0; d < table_.dimensions.size(); ++d) {
      if (!drawn(d)) {
        over.push_back(page::in(language_, table_.dimensions[d].label));
      }
    }
    std::vector<std::string> notes;
    if (!over.empty()) {
      notes.push_back(fmt::format(fmt::runtime(words_.over), fmt::join(over, ", ")));
    }
    for (const DrawnAxis* axis : {&picture_.across, picture_.other ? &*picture_.other : nullptr}) {
      if (axis == nullptr) {
        continue;
      }
      if (!table_.dimensions[axis->dimension].additive) {
        notes.push_back(fmt::format(fmt::runtime(words_.several), title_of(*axis)));
      }
      if (!axis->all) {
        notes.push_back(fmt::format(fmt::runtime(words_.largest), axis->places.size(),
                                    table_.dimensions[axis->dimension].categories.size(),
                                    title_of(*axis)));
      }
    }
    if (!notes.empty()) {
      lines.push_back(
          fmt::format("{}", fmt::join(notes, language_ == page::Language::french ? " ; " : "; ")));
    }
    if (hidden_) {
      lines.push_back(words_.hidden);
    }
    if (zero_) {
      lines.push_back(words_.zero);
    }
    if (smallest_) {
      small_value(lines);
    }
    return lines;
  }

  // How the smallest value that is drawn can be told from none.
  void small_value(ordered_json& lines) const {
    if (picture_.manner == Manner::shades) {
      const tables::Label number = table_.mean_of
                                       ? mean_text(*smallest_)
                                       : page::thousands(static_cast<std::uint64_t>(*smallest_));
      lines.push_back(
          fmt::format(fmt::runtime(table_.mean_of ? words_.lightest_mean : words_.lightest),
                      page::in(language_, number)));
    } else if (!table_.mean_of && *smallest_ < thin * largest_) {
      lines.push_back(words_.thin);
    }
  }

  bool empty() const {
    return picture_.across.places.empty() || (picture_.other && picture_.other->places.empty());
  }

  // One element a drawn cell; notes whether any is hidden.
  ordered_json values() {
    ordered_json rows = ordered_json::array();
    const std::vector<std::size_t> nowhere = {0};
    for (const std::size_t f : picture_.facet ? picture_.facet->places : nowhere) {
      for (const std::size_t a : picture_.across.places) {
        for (const std::size_t o : picture_.other ? picture_.other->places : nowhere) {
          rows.push_back(value(f, a, o));
        }
      }
    }
    return rows;
  }

  ordered_json value(std::size_t f, std::size_t a, std::size_t o) {
    std::vector<std::pair<std::size_t, std::size_t>> at = {{picture_.across.dimension, a}};
    ordered_json row;
    row["across"] = Names(table_.dimensions[picture_.across.dimension], language_)(a);
    if (picture_.other) {
      at.emplace_back(picture_.other->dimension, o);
      row["other"] = Names(table_.dimensions[picture_.other->dimension], language_)(o);
    }
    if (picture_.facet) {
      at.emplace_back(picture_.facet->dimension, f);
      row["facet"] = Names(table_.dimensions[picture_.facet->dimension], language_)(f);
    }
    const tables::Cell& cell = table_.cells[cell_at(table_, at)];
    const bool published = cell.status == tables::CellStatus::published;
    hidden_ = hidden_ || !published;
    row["status"] = tables::word_of(cell.status);
    const bool mean_hidden = table_.mean_of && cell.patients > 0 && !cell.mean;
    hidden_ = hidden_ || mean_hidden;
    row["value"] = nullptr;
    if (!published || mean_hidden) {
      row["drawn"] = as_hidden;
    } else if (cell.patients == 0) {
      row["drawn"] = as_zero;
      zero_ = true;
      if (!table_.mean_of) {
        row["value"] = 0;
      }
    } else {
      row["drawn"] = as_value;
      row["value"] = table_.mean_of ? ordered_json(*cell.mean) : ordered_json(cell.patients);
      const double drawn = table_.mean_of ? *cell.mean : static_cast<double>(cell.patients);
      smallest_ = std::min(smallest_.value_or(drawn), drawn);
      largest_ = std::max(largest_, drawn);
    }
    return row;
  }

  std::string value_title() const {
    return table_.mean_of ? fmt::format("{}: {}", words_.mean, page::in(language_, *table_.mean_of))
                          : words_.patients;
  }

  static ordered_json only(const char* manner) {
    return ordered_json::array({{{"filter", fmt::format("datum.drawn === '{}'", manner)}}});
  }

  // A hidden cell and one of nobody, told apart by a sign and not by a shade: the same in bars and
  // in shades. `mark` has what else the place needs.
  static std::vector<ordered_json> signs(const ordered_json& mark, const ordered_json& encoding) {
    std::vector<ordered_json> layers;
    for (const auto& [manner, sign] : {std::pair(as_hidden, hatched), std::pair(as_zero, "0")}) {
      ordered_json layer;
      layer["transform"] = only(manner);
      layer["mark"] = {{"type", "text"},
                       {"text", sign},
                       {"color", hidden_grey},
                       {"fontSize", sign == hatched ? 13 : 11}};
      layer["mark"].update(mark);
      if (!encoding.is_null()) {
        layer["encoding"] = encoding;
      }
      layers.push_back(std::move(layer));
    }
    return layers;
  }

  ordered_json tooltip() const {
    ordered_json shown = ordered_json::array();
    shown.push_back({{"field", "across"}, {"title", title_of(picture_.across)}});
    if (picture_.other) {
      shown.push_back({{"field", "other"}, {"title", title_of(*picture_.other)}});
    }
    if (picture_.facet) {
      shown.push_back({{"field", "facet"}, {"title", title_of(*picture_.facet)}});
    }
    ordered_json number = {{"field", "value"}, {"title", value_title()}};
    number["format"] = table_.mean_of ? ",.2f" : ",d";
    number["type"] = "quantitative";
    shown.push_back(number);
    return shown;
  }

  ordered_json nominal(const char* field, const DrawnAxis& axis) const {
    return {
        {"field", field}, {"type", "nominal"}, {"sort", order(axis)}, {"title", title_of(axis)}};
  }

  std::size_t longest_name(const DrawnAxis& axis) const {
    const Names name(table_.dimensions[axis.dimension], language_);
    std::size_t longest = 0;
    for (const std::size_t place : axis.places) {
      longest = std::max(longest, name(place).size());
    }
    return longest;
  }

  // The titles of axes side by side must not run into each other.
  std::size_t title_limit(std::size_t width) const { return width + (picture_.facet ? 10 : 200); }

  // In a row above the bars; in columns where a row would be too long.
  ordered_json legend() const {
    const std::size_t columns =
        std::clamp<std::size_t>(100 / (longest_name(*picture_.other) + 4), 1, few_columns);
    ordered_json legend = {{"orient", "top"}, {"direction", "horizontal"}, {"titleOrient", "left"}};
    if (columns < picture_.other->places.size()) {
      legend["columns"] = columns;
      legend["titleOrient"] = "top";
    }
    return legend;
  }

  std::size_t panels() const { return picture_.facet ? picture_.facet->places.size() : 1; }

  // Of an axis that stands: read without turning the head.
  static ordered_json title_on_top() {
    return {{"titleAngle", 0}, {"titleAlign", "right"}, {"titleX", -8}, {"titleY", -9}};
  }

  // Bars, grouped where there is a second dimension; lying where they or their names are many or
  // long.
  ordered_json bars() const {
    const std::size_t groups = picture_.across.places.size();
    const std::size_t in_group = picture_.other ? picture_.other->places.size() : 1;
    const bool lying = groups > 8 || longest_name(picture_.across) * groups > 100 / panels();
    const char* along = lying ? "y" : "x";
    const char* up = lying ? "x" : "y";
    ordered_json encoding;
    encoding[along] = nominal("across", picture_.across);
    encoding[along]["axis"] = {{"labelAngle", 0}, {"labelLimit", 260}};
    if (lying) {
      encoding[along]["axis"].update(title_on_top());
    }
    if (picture_.other) {
      encoding[lying ? "yOffset" : "xOffset"] = {{"field", "other"},
                                                 {"sort", order(*picture_.other)}};
    }
    ordered_json bar_encoding;
    bar_encoding[up] = {
        {"field", "value"}, {"type", "quantitative"}, {"title", value_title()}, {"stack", nullptr}};
    if (!smallest_) {  // nothing but signs, at 0
      bar_encoding[up]["scale"] = {{"domain", {0, 1}}};
      bar_encoding[up]["axis"] = {{"values", {0}}, {"format", "d"}};
    }
    if (picture_.other) {
      bar_encoding["color"] = nominal("other", *picture_.other);
      bar_encoding["color"]["scale"] = {{"domain", order(*picture_.other)}};
    }
    if (picture_.other) {
      bar_encoding["color"]["legend"] = legend();
    }
    bar_encoding["tooltip"] = tooltip();
    ordered_json mark_encoding;
    mark_encoding[up] = {{"datum", 0}};
    ordered_json spec;
    if (lying) {
      spec["width"] = 520 / panels();
      spec["height"] = {{"step", in_group > 1 ? 14 : 20}};
      if (in_group > 1) {
        spec["height"]["for"] = "offset";
      }
    } else {
      spec["width"] =
          std::min<std::size_t>(640 / panels(), std::max<std::size_t>(groups * in_group * 34, 200));
      spec["height"] = 240;
    }
    spec["encoding"] = encoding;
    // An edge of its own, so that the smallest bar is a line and not nothing.
    ordered_json bar = {{"type", "bar"}, {"cornerRadiusEnd", 1}, {"strokeWidth", 1.5}};
    if (picture_.other) {
      bar_encoding["stroke"] = bar_encoding["color"];
    } else {
      bar["stroke"] = page::chart_colours()[0];
    }
    spec["layer"] = {{{"transform", only(as_value)}, {"mark", bar}, {"encoding", bar_encoding}}};
    for (ordered_json& layer : signs({{"align", lying ? "left" : "center"},
                                      {"baseline", lying ? "middle" : "bottom"},
                                      {lying ? "dx" : "dy", lying ? 2 : -1}},
                                     mark_encoding)) {
      spec["layer"].push_back(std::move(layer));
    }
    return spec;
  }

  // A map of shades: a rectangle a cell with patients, darker where there are more.
  ordered_json shades() const {
    ordered_json encoding;
    encoding["x"] = nominal("across", picture_.across);
    const bool slanted =
        longest_name(picture_.across) * picture_.across.places.size() > 90 / panels();
    encoding["x"]["axis"] = {{"labelAngle", slanted ? -40 : 0},
                             {"labelLimit", 160},
                             {"domain", false},
                             {"ticks", false}};
    encoding["y"] = nominal("other", *picture_.other);
    encoding["y"]["axis"] = {{"labelLimit", 260}, {"domain", false}, {"ticks", false}};
    encoding["y"]["axis"].update(title_on_top());
    ordered_json shade;
    shade["color"] = {{"field", "value"},
                      {"type", "quantitative"},
                      {"title", value_title()},
                      {"scale", {{"range", {"#c3dde4", "#0f5566"}}, {"zero", false}}}};
    shade["tooltip"] = tooltip();
    const std::size_t width = std::clamp<std::size_t>(picture_.across.places.size() * 64,
                                                      picture_.facet ? 150 : 64, 520 / panels());
    encoding["x"]["axis"]["titleLimit"] = title_limit(width);
    ordered_json spec;
    spec["width"] = width;
    spec["height"] = {{"step", 20}};
    spec["encoding"] = encoding;
    spec["layer"] = {{{"transform", only(as_value)},
                      {"mark", {{"type", "rect"}, {"stroke", nullptr}}},
                      {"encoding", shade}}};
    for (ordered_json& layer : signs(ordered_json::object(), nullptr)) {
      spec["layer"].push_back(std::move(layer));
    }
    return spec;
  }

  ordered_json config() const {
    return {{"font", page::chart_font},
            {"locale", page::chart_locale(language_)},
            {"range", {{"category", page::chart_colours()}}},
            {"mark", {{"color", page::chart_colours()[0]}}},
            {"view", {{"stroke", nullptr}}},
            {"title",
             {{"anchor", "start"},
              {"fontSize", 14},
              {"fontWeight", 600},
              {"subtitleFontSize", 11.5},
              {"subtitlePadding", 5},
              {"offset", 14}}},
            {"axis",
             {{"labelFontSize", 11.5},
              {"titleFontSize", 11.5},
              {"titleFontWeight", 500},
              {"gridOpacity", 0.35},
              {"titlePadding", 8},
              {"tickCount", 5}}},
            {"header",
             {{"labelFontSize", 12},
              {"titleFontSize", 12},
              {"titleFontWeight", 500},
              {"titlePadding", 6},
              {"labelPadding", 8}}},
            {"legend",
             {{"labelFontSize", 11.5},
              {"titleFontSize", 11.5},
              {"titleFontWeight", 500},
              {"labelLimit", 420},
              {"titleLimit", 420}}}};
  }

  const tables::Table& table_;
  page::Language language_;
  const Words& words_;
  Picture picture_;
  bool hidden_ = false;
  bool zero_ = false;               // a cell of nobody is drawn
  std::optional<double> smallest_;  // value that is drawn
  double largest_ = 0;
};

}  // namespace

bool can_be_drawn(const tables::Table& table) {
  return !table.dimensions.empty() && !places_with_people(table, 0).empty();
}

ordered_json chart(const tables::Table& table, page::Language language) {
  return Drawing(table, language).specification();
}

}  // namespace parcours::release
