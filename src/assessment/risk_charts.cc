#include "assessment/risk_charts.h"

#include <fmt/format.h>

namespace parcours {
namespace {

using nlohmann::ordered_json;

// Told apart by lightness as well as by hue, on white and on black.
ordered_json palette() {
  return {"#2f7f93", "#e0923f", "#7aa95c", "#a85a86", "#6f79b8", "#a08a55"};
}

ordered_json frame(const std::string& description, ordered_json values, int height) {
  ordered_json spec;
  spec["$schema"] = "https://vega.github.io/schema/vega-lite/v5.json";
  spec["description"] = description;
  spec["width"] = 620;
  spec["height"] = height;
  spec["data"] = {{"values", std::move(values)}};
  spec["config"] = {
      {"font", "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"},
      {"background", nullptr},
      {"range", {{"category", palette()}}},
      {"mark", {{"color", palette()[0]}}},
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

ordered_json share_axis(const char* title) {
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

std::string tolerance(std::int32_t within_days) {
  return within_days == 0 ? "on the day" : fmt::format("to within {} days", within_days);
}

// A bar for each value of `field`, its share written over it.
ordered_json labelled_bars(const char* field, const char* title, const ordered_json& order,
                           const char* share_title) {
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

std::string short_percent(double share) {
  const double percent = 100 * share;
  if (percent > 0 && percent < 0.05) {
    return "< 0.1 %";
  }
  return percent == 0 || percent >= 10 ? fmt::format("{:.0f} %", percent)
                                       : fmt::format("{:.1f} %", percent);
}

}  // namespace

ordered_json curve_chart(const PathsAnswer& paths) {
  ordered_json values = ordered_json::array();
  for (const CurvePoint& point : paths.curve) {
    values.push_back({{"known", point.known ? std::to_string(*point.known) : "all"},
                      {"tolerance", tolerance(point.within_days)},
                      {"share", point.unique_share},
                      {"low", point.low},
                      {"high", point.high}});
  }
  for (const CurvePoint& point : paths.with_fields) {
    values.push_back(
        {{"known", point.known ? std::to_string(*point.known) : "all"},
         {"tolerance", tolerance(point.within_days) + ", and " + fields_in_words(paths.fields)},
         {"share", point.unique_share},
         {"low", point.low},
         {"high", point.high}});
  }
  const ordered_json x = {{"field", "known"},
                          {"type", "ordinal"},
                          {"sort", in_order(values, "known")},
                          {"title", "events known of a patient"},
                          {"axis", {{"labelAngle", 0}}}};
  const ordered_json color = {{"field", "tolerance"},
                              {"type", "nominal"},
                              {"sort", in_order(values, "tolerance")},
                              {"title", "days known"}};
  ordered_json spec =
      frame("The share of patients singled out, by how many of their dated events are known",
            values, 260);
  ordered_json high = {{"field", "high"}};
  ordered_json low = {
      {"field", "low"}, {"type", "quantitative"}, {"title", "patients singled out"}};
  spec["layer"] = {
      {{"mark",
        {{"type", "line"}, {"point", {{"size", 70}, {"filled", true}}}, {"strokeWidth", 2.5}}},
       {"encoding", {{"x", x}, {"y", share_axis("patients singled out")}, {"color", color}}}},
      {{"mark", {{"type", "rule"}, {"strokeWidth", 1.5}}},
       {"encoding", {{"x", x}, {"y", low}, {"y2", high}, {"color", color}}}}};
  return spec;
}

ordered_json group_chart(const PeopleAnswer& people) {
  struct Band {
    const char* name;
    std::uint64_t from;  // so many alike
    std::uint64_t to;    // and fewer than these
  };
  static constexpr Band bands[] = {{"alone", 1, 2},      {"2", 2, 3},
                                   {"3 or 4", 3, 5},     {"5 to 10", 5, 11},
                                   {"11 to 19", 11, 20}, {"20 and more", 20, 0}};
  const std::uint64_t records = people.alike.records();
  ordered_json values = ordered_json::array();
  for (const Band& band : bands) {
    const std::uint64_t below = people.alike.records_below(band.from);
    const std::uint64_t up_to = band.to == 0 ? records : people.alike.records_below(band.to);
    const double share = static_cast<double>(up_to - below) / static_cast<double>(records);
    values.push_back({{"alike", band.name}, {"share", share}, {"label", short_percent(share)}});
  }
  ordered_json spec =
      frame("The share of people by how many people are alike in all known fields", values, 230);
  spec["layer"] = labelled_bars("alike", "people alike in all known fields, oneself included",
                                in_order(values, "alike"), "share of the people");
  return spec;
}

ordered_json alone_chart(const PeopleAnswer& people) {
  const auto records = static_cast<double>(people.alike.records());
  ordered_json values = ordered_json::array();
  for (const AloneBy& alone : people.alone_by) {
    const double share = static_cast<double>(alone.people) / records;
    values.push_back({{"fields", std::to_string(alone.fields)},
                      {"share", share},
                      {"label", short_percent(share)}});
  }
  ordered_json spec =
      frame("The share of people whom that many fields are enough to single out", values, 230);
  spec["layer"] = labelled_bars("fields", "fields that are enough, when they are the right ones",
                                in_order(values, "fields"), "people singled out");
  return spec;
}

}  // namespace parcours
