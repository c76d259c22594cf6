#include "synth/family.h"

#include <algorithm>
#include <array>
#include <optional>

#include "synth/draw.h"

namespace parcours::synth {
namespace {

// Invented, and near what France has.
constexpr int grown_up = 18;          // years
constexpr double elsewhere = 0.1;     // families who do not live in the practice's department
constexpr double with_father = 0.78;  // children with two grown-ups
constexpr double couple = 0.5;        // women without children who live with a man
constexpr double regular = 0.2;       // people who stay with the practice
constexpr double mean_stay = 150;     // days, of those who come and go
constexpr std::array<double, 3> siblings = {0.3, 0.78, 1.0};  // at most 1, 2, 3 children

using Drawn = Population::Draw;

// People to be put into families, by age.
class Pool {
 public:
  void add(int age) {
    ++count_.at(static_cast<std::size_t>(age));
    ++size_;
  }
  bool empty() const { return size_ == 0; }

  // Takes out the one whose age is nearest to `age`, of those between `least` and `most`.
  std::optional<int> take_near(int age, int least, int most) {
    for (int away = 0; away <= most - least; ++away) {
      for (const int wanted : {age + away, age - away}) {
        if (wanted >= least && wanted <= most && take(wanted)) {
          return wanted;
        }
      }
    }
    return std::nullopt;
  }

  std::optional<int> take_oldest() {
    for (int age = static_cast<int>(count_.size()) - 1; size_ > 0 && age >= 0; --age) {
      if (take(age)) {
        return age;
      }
    }
    return std::nullopt;
  }

 private:
  bool take(int age) {
    if (age < 0 || age >= static_cast<int>(count_.size()) ||
        count_[static_cast<std::size_t>(age)] == 0) {
      return false;
    }
    --count_[static_cast<std::size_t>(age)];
    --size_;
    return true;
  }

  std::array<std::uint32_t, 120> count_{};
  std::uint32_t size_ = 0;
};

class Maker {
 public:
  Maker(const Model& model, PlaceNumber home, Day opened, Random& random)
      : model_(model), home_(home), opened_(opened), random_(random) {}

  Families make(std::uint32_t people) {
    result_.people.reserve(people);
    for (std::uint32_t i = 0; i < people; ++i) {
      const Drawn drawn = model_.population.person(random_);
      if (drawn.age < grown_up) {
        children_.push_back(drawn);
      } else {
        (drawn.sex == records::Sex::female ? women_ : men_).add(drawn.age);
      }
    }
    while (!children_.empty()) {
      family_with_children();
    }
    while (const std::optional<int> age = women_.take_oldest()) {
      begin_family();
      member({records::Sex::female, *age});
      if (chance(random_, couple)) {
        add_partner(*age + 2);
      }
    }
    while (const std::optional<int> age = men_.take_oldest()) {
      begin_family();
      member({records::Sex::male, *age});
    }
    return std::move(result_);
  }

 private:
  void family_with_children() {
    const Drawn child = children_.back();
    children_.pop_back();
    begin_family();
    constexpr int youngest = 18;
    constexpr int oldest = 45;
    const int wanted = child.age + between(random_, 22, 38);
    std::optional<int> parent = women_.take_near(wanted, child.age + youngest, child.age + oldest);
    if (parent) {
      member({records::Sex::female, *parent});
      if (chance(random_, with_father)) {
        add_partner(*parent + 2);
      }
    } else {
      parent = men_.take_near(wanted, child.age + youngest, child.age + oldest);
      if (parent) {
        member({records::Sex::male, *parent});
      }
    }
    member(child);
    const auto more = std::ranges::upper_bound(siblings, random_.unit()) - siblings.begin();
    for (std::ptrdiff_t i = 0; i < more && parent; ++i) {
      if (children_.empty() || children_.back().age + youngest > *parent ||
          children_.back().age + oldest < *parent) {
        break;
      }
      member(children_.back());
      children_.pop_back();
    }
  }

  void add_partner(int age) {
    if (const auto partner = men_.take_near(age, std::max(grown_up, age - 12), age + 12)) {
      member({records::Sex::male, *partner});
    }
  }

  void begin_family() {
    result_.families.push_back({static_cast<std::uint32_t>(result_.people.size()), 0});
    const std::string& region = model_.population.places()[home_].region;
    place_ = chance(random_, elsewhere) ? model_.population.place_in(region, random_) : home_;
  }

  void member(const Drawn& drawn) {
    Person person{.sex = drawn.sex,
                  .born = model_.last +
                          -static_cast<std::int32_t>(drawn.age * 365.25 + 1 + random_.below(364)),
                  .place = place_,
                  .from = opened_,
                  .until = model_.last,
                  .need = need(),
                  .traits = random_()};
    if (!chance(random_, regular)) {
      // Some came before the practice began to send: from then on they are there at once.
      const double days = model_.last - opened_ + mean_stay;
      person.from = model_.last + -static_cast<std::int32_t>(random_.unit() * days);
      person.until = person.from + static_cast<std::int32_t>(exponential(random_, mean_stay));
    }
    person.from = std::clamp(std::max(person.from, person.born), opened_, model_.last);
    person.until = std::clamp(person.until, person.from, model_.last);
    result_.people.push_back(person);
    ++result_.families.back().size;
  }

  // Some come often, most seldom; the mean is about 1.
  double need() {
    constexpr double spread = 0.7;
    return std::exp(spread * normal(random_) - spread * spread / 2);
  }

  const Model& model_;
  const PlaceNumber home_;
  const Day opened_;
  Random& random_;
  std::vector<Drawn> children_;
  Pool women_;
  Pool men_;
  PlaceNumber place_ = 0;
  Families result_;
};

}  // namespace

Families make_families(const Model& model, PlaceNumber home, Day opened, std::uint32_t people,
                       Random& random) {
  return Maker(model, home, opened, random).make(people);
}

}  // namespace parcours::synth
