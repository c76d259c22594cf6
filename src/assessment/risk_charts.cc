#include "assessment/risk_charts.h"

#include <algorithm>

#include "assessment/words.h"
#include "page/chart_style.h"

namespace parcours::assessment {
namespace {

using nlohmann::ordered_json;

ordered_json frame(const std::string& description, ordered_json values, int height,
                   page::Language language) {
  ordered_json spec;
  spec["$schema"] = "https://vega.github.io/schema/vega-lite/v5.json";
  spec["description"] = description;
  spec["width"] = 620;
  spec["height"] = height;
  spec["data"] = {{"values", std::move(values)}};
  spec["config"] = {
      {"font", page::chart_font},
      {"locale", page::chart_locale(language)},
      {"range", {{"category", page::chart_colours()}}},
      {"mark", {{"color", page::chart_colours()[0]}}},
      {"view", {{"stroke", nullptr}}},
      {"axis",
       {{"labelFontSize", 12},
        {"titleFontSize", 12},
        {"titleFontWeight", 500},
        {"titlePadding", 8}}},
      {"legend",
       {{"labelFontSize", 12}, {"titleFontSize", 12}, {"orient", "top"}, {"labelLimit", 0}}}};
  return spec;
}

ordered_json share_axis(const std::string& title) {
  return {{"field", "share"},
          {"type", "quantitative"},
          {"title", title},
          {"scale", {{"domain", {0, 1}}}},
          {"axis", {{"format", ".0%"}, {"tickCount", 5}}}};
}

ordered_json in_order(const ordered_json& values, const char* field) {
  ordered_json order = ordered_json::array();
  for (const ordered_json& value : values) {
    if (std::find(order.begin(), order.end(), value[field]) == order.end()) {
      order.push_back(value[field]);
    }
  }
  return order;
}

// A bar for each value of `field`, its share written over it.
ordered_json labelled_bars(const char* field, const std::string& title, const ordered_json& order,
                           const std::string& share_title) {
  const ordered_json x = {{"field", field},
                          {"type", "ordinal"},
                          {"sort", order},
                          {"title", title},
                          {"axis", {{"labelAngle", 0}}}};
  return {{{"mark", {{"type", "bar"}, {"width", {{"band", 0.62}}}}},
           {"encoding", {{"x", x}, {"y", share_axis(share_title)}}}},
          {{"mark",
            {{"type", "text"},
             {"dy", -8},
             {"fontSize", 12},
             {"fill", "currentColor"},
             {"fontWeight", 600}}},
           {"encoding",
            {{"x", x},
             {"y", share_axis(share_title)},
             {"text", {{"field", "label"}, {"type", "nominal"}}}}}}};
}

tables::Label short_percent(double share) {
  const double percent = 100 * share;
  const bool hardly = percent > 0 && percent < 0.05;
  const tables::Label number =
      page::decimal(hardly ? 0.1 : percent, percent == 0 || percent >= 10 ? 0 : 1);
  const char* less = hardly ? "< " : "";
  return {less + number.en + "\u00a0%", less + number.fr + "\u00a0%"};
}

}  // namespace

ordered_json curve_chart(const PathsAnswer& paths, page::Language language) {
  const auto say = [&](const tables::Label& label) { return page::in(language, label); };
  ordered_json values = ordered_json::array();
  const auto add = [&](const paths::CurvePoint& point, const tables::Label& line) {
    values.push_back({{"known", point.known ? std::to_string(*point.known) : say({"all", "tous"})},
                      {"tolerance", say(line)},
                      {"share", point.share.value()},
                      {"low", point.share.low},
                      {"high", point.share.high}});
  };
  for (const paths::CurvePoint& point : paths.curve) {
    add(point, tolerance_in_words(point.within_days, paths.precision));
  }
  for (const paths::CurvePoint& point : paths.with_fields) {
    add(point, with_fields_in_words(paths));
  }
  const ordered_json x = {
      {"field", "known"},
      {"type", "ordinal"},
      {"sort", in_order(values, "known")},
      {"title", say({"known events of a patient", "événements connus d’un patient"})},
      {"axis", {{"labelAngle", 0}}}};
  const ordered_json color = {{"field", "tolerance"},
                              {"type", "nominal"},
                              {"sort", in_order(values, "tolerance")},
                              {"title", say({"precision of the day", "précision du jour"})}};
  const std::string singled_out = say({"patients singled out", "patients individualisés"});
  ordered_json spec =
      frame(say({"Share of patients singled out, by the number of their known dated events",
                 "Part des patients individualisés, selon le nombre de leurs événements datés "
                 "connus"}),
            values, 260, language);
  const ordered_json high = {{"field", "high"}};
  const ordered_json low = {{"field", "low"}, {"type", "quantitative"}, {"title", singled_out}};
  spec["layer"] = {
      {{"mark",
        {{"type", "line"}, {"point", {{"size", 70}, {"filled", true}}}, {"strokeWidth", 2.5}}},
       {"encoding", {{"x", x}, {"y", share_axis(singled_out)}, {"color", color}}}},
      {{"mark", {{"type", "rule"}, {"strokeWidth", 1.5}}},
       {"encoding", {{"x", x}, {"y", low}, {"y2", high}, {"color", color}}}}};
  return spec;
}

ordered_json group_chart(const PeopleAnswer& people, page::Language language) {
  const auto say = [&](const tables::Label& label) { return page::in(language, label); };
  struct Band {
    tables::Label name;
    std::uint64_t from;  // so many alike
    std::uint64_t to;    // and fewer than these
  };
  static const Band bands[] = {{{"1", "1"}, 1, 2},           {{"2", "2"}, 2, 3},
                               {{"3–4", "3–4"}, 3, 5},       {{"5–10", "5–10"}, 5, 11},
                               {{"11–19", "11–19"}, 11, 20}, {{"20+", "20+"}, 20, 0}};
  const std::uint64_t records = people.alike.records();
  ordered_json values = ordered_json::array();
  for (const Band& band : bands) {
    const std::uint64_t below = people.alike.records_below(band.from);
    const std::uint64_t up_to = band.to == 0 ? records : people.alike.records_below(band.to);
    const double share = static_cast<double>(up_to - below) / static_cast<double>(records);
    values.push_back(
        {{"alike", say(band.name)}, {"share", share}, {"label", say(short_percent(share))}});
  }
  ordered_json spec =
      frame(say({"Share of the people, by the size of their equivalence class",
                 "Part des personnes, selon la taille de leur classe d’équivalence"}),
            values, 230, language);
  spec["layer"] =
      labelled_bars("alike",
                    say({"size of the equivalence class (1: unique)",
                         "taille de la classe d’équivalence (1 : unique)"}),
                    in_order(values, "alike"), say({"share of the people", "part des personnes"}));
  return spec;
}

ordered_json alone_chart(const PeopleAnswer& people, page::Language language) {
  const auto say = [&](const tables::Label& label) { return page::in(language, label); };
  ordered_json values = ordered_json::array();
  for (const AloneBy& alone : people.alone_by) {
    const double share = alone.people.value();
    values.push_back({{"fields", std::to_string(alone.fields)},
                      {"share", share},
                      {"label", say(short_percent(share))}});
  }
  ordered_json spec =
      frame(say({"Share of the people singled out by so many fields or fewer, if they are the "
                 "right ones",
                 "Part des personnes individualisées par ce nombre de variables ou moins, si ce "
                 "sont les bonnes"}),
            values, 230, language);
  spec["layer"] = labelled_bars(
      "fields",
      say({"known fields, if they are the right ones", "variables connues, si ce sont les bonnes"}),
      in_order(values, "fields"), say({"people singled out", "personnes individualisées"}));
  return spec;
}

}  // namespace parcours::assessment
