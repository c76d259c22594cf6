#include "release/testing/plain_words.h"

#include <cstdlib>

namespace parcours::plain {

bool anybody(const Somebody&) {
  return true;
}

Condition takes(int drug) {
  return [drug](const Somebody& who) {
    return drug == 2 ? who.takes[0] || who.takes[1] : who.takes[static_cast<std::size_t>(drug)];
  };
}

bool has_value(const Somebody& who) {
  return who.value != 0;
}

std::vector<Place> places_of(Kind kind) {
  const auto of_sex = [](int sex) {
    return Said{[sex](const Somebody& who) { return sex == 2 || who.sex == sex; }, sex != 2, false};
  };
  const auto of_taking = [](int no) {
    return Said{[no](const Somebody& who) { return no == 2 || who.takes[0] == (no == 0); }, no != 2,
                true};
  };
  std::vector<Place> places;
  for (int first = 0; first < 3; ++first) {
    for (int second = 0; second < 3; ++second) {
      if (kind == Kind::of) {
        places.push_back({{of_sex(first), of_taking(second)}});
      } else if (kind == Kind::each) {
        places.push_back({{of_sex(first), Said{takes(second), second != 2, true}}, true});
      }
    }
    if (kind == Kind::mean) {
      places.push_back({{of_taking(first), Said{has_value, false, false}}, true});
    }
  }
  return places;
}

Somebodies picked(const Somebodies& people, const Place& place, const Said* but,
                  const Condition& instead) {
  Somebodies some;
  for (const Somebody& who : people) {
    const bool stands = std::ranges::all_of(
        place.said, [&](const Said& said) { return &said == but ? instead(who) : said.what(who); });
    if (stands) {
      some.push_back(who);
    }
  }
  return some;
}

std::vector<WiderGroup> wider(const Somebodies& people, Kind kind, const Place& place) {
  std::vector<WiderGroup> groups;
  for (const Said& said : place.said) {
    if (said.stated) {
      const bool drug = kind == Kind::each && &said == &place.said.back();
      groups.push_back(
          {picked(people, place, &said, drug ? takes(2) : anybody).size(), said.sensitive});
    }
  }
  if (place.of_some) {
    const Said& some = place.said.back();
    groups.push_back({picked(people, place, &some).size(), some.stated && some.sensitive});
  } else if (groups.empty()) {
    groups.push_back({people.size(), false});
  }
  return groups;
}

std::set<protect::Rule> broken(const Somebodies& people, Kind kind, const Place& place,
                               const protect::Rules& rules) {
  const Somebodies here = picked(people, place);
  std::set<protect::Rule> found;
  if (here.empty()) {
    return found;
  }
  if (here.size() < rules.patients_min) {
    found.insert(protect::Rule::patients_min);
  }
  std::map<int, std::uint32_t> by_practice;
  std::uint32_t largest = 0;
  for (const Somebody& who : here) {
    largest = std::max(largest, ++by_practice[who.practice]);
  }
  if (rules.has_practices && by_practice.size() < rules.practices_min) {
    found.insert(protect::Rule::practices_min);
  }
  if (rules.has_practices &&
      largest >= rules.largest_practice_share_below * static_cast<double>(here.size())) {
    found.insert(protect::Rule::largest_practice_share_below);
  }
  if (rules.has_practices && here.size() - largest < rules.without_largest_practice_min) {
    found.insert(protect::Rule::without_largest_practice_min);
  }
  for (const WiderGroup& group : wider(people, kind, place)) {
    const std::size_t others = group.people - here.size();
    if (others > 0 && others < rules.complement_min) {
      found.insert(protect::Rule::complement_min);
    }
    if (others == 0 && group.telling && rules.hide_group_disclosure) {
      found.insert(protect::Rule::hide_group_disclosure);
    }
  }
  return found;
}

std::set<protect::Rule> broken_by_mean(const Somebodies& people, const Place& place,
                                       const protect::Rules& rules) {
  const Somebodies here = picked(people, place);
  std::set<protect::Rule> found;
  int sum = 0;
  int largest = 0;
  for (const Somebody& who : here) {
    sum += who.value;
    largest = std::max(largest, std::abs(who.value));
  }
  const auto nonzero = static_cast<std::size_t>(
      std::ranges::count_if(here, [](const Somebody& who) { return who.value != 0; }));
  if (!here.empty() &&
      (here.size() < rules.patients_min || (nonzero > 0 && nonzero < rules.patients_min))) {
    found.insert(protect::Rule::patients_min);
  }
  if (!here.empty() && largest >= rules.largest_value_share_below * std::abs(sum)) {
    found.insert(protect::Rule::largest_value_share_below);
  }
  return found;
}

}  // namespace parcours::plain
