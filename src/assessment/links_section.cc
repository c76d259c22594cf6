#include "assessment/links_section.h"

#include <algorithm>

#include "assessment/cells.h"
#include "assessment/words.h"
#include "page/numbers.h"
#include "page/page.h"

namespace parcours::assessment {
namespace {

using nlohmann::json;

// Of those who came back, who is joined with themselves; "-" where that is not told.
json joined_again(const std::optional<paths::LinkFigures>& found) {
  return share_cell(found ? found->correct : Share());
}

}  // namespace

json linkage_section(const LinkageAnswer& linkage) {
  const microdata::Linkage& found = linkage.found;
  return {{"other", linkage.other},
          {"columns", listed(linkage.columns)},
          {"records", count_cell(found.first_records)},
          {"joined", count_cell(found.joined)},
          {"share", percent_cell(found.joined.value())},
          {"chance", count_cell(found.joined_by_chance)},
          {"known", found.known ? json{{"right", count_cell(found.known->joined_right)},
                                       {"in_both", count_cell(found.known->in_both)}}
                                : json(nullptr)}};
}

json paths_linkage_section(const PathsLinkageAnswer& linkage) {
  const bool known = linkage.in_both.has_value();
  json ways = json::array();
  for (const LinkWay& way : linkage.ways) {
    const paths::LinkFigures& found = way.found;
    ways.push_back({{"way", page::both(in_words(way))},
                    {"tried", count_cell(found.tried)},
                    {"joined", share_cell(found.joined)},
                    {"chance", share_cell(found.by_chance)},
                    {"right", known ? share_cell(found.correct) : json(nullptr)}});
  }
  return {{"other", linkage.other},
          {"patients_of_other", count_cell(linkage.patients_of_other)},
          {"known", known},
          {"all_tried", std::ranges::all_of(linkage.ways,
                                            [&](const LinkWay& way) {
                                              return way.found.tried == linkage.in_both;
                                            })},
          {"in_both", count_cell(linkage.in_both.value_or(0))},
          {"known_by", linkage.known_by},
          {"nobody_in_both", linkage.nobody_in_both},
          {"same_codes", linkage.same_codes == 0 ? json(nullptr) : count_cell(linkage.same_codes)},
          {"whole", linkage.whole ? count_cell(linkage.whole->joined) : json(nullptr)},
          {"has_fields", !linkage.fields.empty()},
          {"fields", listed(linkage.fields)},
          {"ways", ways}};
}

json succession_section(const SuccessionAnswer& succession, Calendar calendar) {
  json periods = json::array();
  for (const PeriodAnswer& period : succession.periods) {
    const paths::PeriodFigures& found = period.figures;
    json row = {{"from", to_string(Day{found.first_day}, calendar)},
                {"few", !period.told},
                {"told", period.told}};
    if (period.told) {
      row["patients"] = count_cell(found.patients);
      row["alone"] =
          found.patients > 0 ? percent_cell(found.unique_alone.value()) : page::both({"-", "-"});
      row["so_far"] = percent_cell(found.unique_so_far.value());
      row["came_back"] = found.joined ? percent_cell(found.joined->in_both, found.joined->first)
                                      : page::both({"-", "-"});
      row["joined"] = joined_again(found.joined);
      row["with_fields"] =
          succession.fields.empty() ? json(nullptr) : joined_again(period.joined_with_fields);
    }
    periods.push_back(std::move(row));
  }
  return {{"periods", periods},
          {"has_fields", !succession.fields.empty()},
          {"fields", listed(succession.fields)}};
}

}  // namespace parcours::assessment
