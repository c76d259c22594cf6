#include "assessment/links_section.h"

#include "assessment/words.h"
#include "page/numbers.h"
#include "page/page.h"

namespace parcours {
namespace {

using nlohmann::json;

json count(std::uint64_t number) {
  return both(thousands(number));
}

json percent(std::uint64_t some, std::uint64_t all) {
  return all == 0 ? both({"-", "-"})
                  : both(percentage(static_cast<double>(some) / static_cast<double>(all)));
}

// "91.2 to 93.4"
json interval(const ShareInterval& share) {
  const Label low = decimal(100 * share.low, 1);
  const Label high = decimal(100 * share.high, 1);
  return both({low.en + " to " + high.en, low.fr + " à " + high.fr});
}

// A share of those tried, and its interval; none where nobody was.
json drawn(std::uint64_t some, std::uint64_t tried, const ShareInterval& share) {
  return {{"share", percent(some, tried)},
          {"interval", tried == 0 ? json(nullptr) : interval(share)}};
}

json joined_again(const std::optional<LinkFigures>& found) {
  return found ? drawn(found->correct, found->tried, found->correct_share)
               : json{{"share", both({"-", "-"})}, {"interval", nullptr}};
}

}  // namespace

// Names with commas between.
json listed(const std::vector<std::string>& names) {
  json list = json::array();
  for (const std::string& name : names) {
    list.push_back({{"name", name}, {"then", list.size() + 1 < names.size() ? ", " : ""}});
  }
  return list;
}

json linkage_section(const LinkageAnswer& linkage) {
  const Linkage& found = linkage.found;
  return {{"other", linkage.other},
          {"columns", listed(linkage.columns)},
          {"records", count(found.first_records)},
          {"joined", count(found.joined)},
          {"share", percent(found.joined, found.first_records)},
          {"chance", count(found.joined_by_chance)},
          {"known", found.known ? json{{"right", count(found.known->joined_right)},
                                       {"in_both", count(found.known->in_both)}}
                                : json(nullptr)}};
}

json paths_linkage_section(const PathsLinkageAnswer& linkage) {
  const bool known = linkage.in_both.has_value();
  json ways = json::array();
  for (const LinkWay& way : linkage.ways) {
    const LinkFigures& found = way.found;
    ways.push_back({{"way", both(in_words(way))},
                    {"tried", count(found.tried)},
                    {"joined", drawn(found.joined, found.tried, found.joined_share)},
                    {"chance", drawn(found.by_chance, found.tried, found.chance_share)},
                    {"right", known ? drawn(found.correct, found.tried, found.correct_share)
                                    : json(nullptr)}});
  }
  return {{"other", linkage.other},
          {"patients_of_other", count(linkage.patients_of_other)},
          {"known", known},
          {"in_both", count(linkage.in_both.value_or(0))},
          {"known_by", linkage.known_by},
          {"nobody_in_both", linkage.nobody_in_both},
          {"same_codes", linkage.same_codes == 0 ? json(nullptr) : count(linkage.same_codes)},
          {"whole", linkage.whole ? count(linkage.whole->joined) : json(nullptr)},
          {"has_fields", !linkage.fields.empty()},
          {"fields", listed(linkage.fields)},
          {"ways", ways}};
}

json succession_section(const SuccessionAnswer& succession, Calendar calendar) {
  json periods = json::array();
  for (const PeriodAnswer& period : succession.periods) {
    const PeriodFigures& found = period.figures;
    json row = {{"from", to_string(Day{found.first_day}, calendar)},
                {"few", !period.told},
                {"told", period.told}};
    if (period.told) {
      row["patients"] = count(found.patients);
      row["alone"] = both(found.patients > 0 ? percentage(found.unique_alone) : Label{"-", "-"});
      row["so_far"] = both(percentage(found.unique_so_far));
      row["came_back"] =
          found.joined ? percent(found.joined->in_both, found.joined->first) : both({"-", "-"});
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

}  // namespace parcours
