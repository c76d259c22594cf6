// The exercise of the case on a vault: every record is walked once and asked for each fact.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/letters.h"
#include "base/nearest.h"
#include "exercise/find.h"
#include "vault/walk.h"
#include "vocabulary/kinds.h"
#include "vocabulary/levels.h"

namespace parcours::exercise {
namespace {

using Mask = std::uint64_t;  // one bit a fact

// The facts, made ready: what of them can be looked up by a code, a place or a practice is.
class Question {
 public:
  static Result<Question> make(const vault::Vault& vault, const std::vector<Fact>& facts) {
    Question question(vault, facts);
    question.by_code_.resize(vault.codes().size(), 0);
    question.by_place_.resize(vault.codes().size(), 0);
    question.by_practice_.resize(vault.practices().size(), 0);
    for (std::size_t i = 0; i < facts.size(); ++i) {
      RETURN_IF_ERROR(
          std::visit([&](const auto& known) { return question.add(i, known); }, facts[i].known));
    }
    return question;
  }

  // Which facts the record has.
  Mask has(const records::Record& record) const {
    const records::Patient& patient = record.patient;
    Mask mask = patient.place < by_place_.size() ? by_place_[patient.place] : 0;
    mask |= patient.practice < by_practice_.size() ? by_practice_[patient.practice] : 0;
    for (const auto& [bit, sex] : sexes_) {
      mask |= patient.sex == sex ? bit : 0;
    }
    for (const auto& [bit, years] : births_) {
      mask |= patient.birth_year >= years.first && patient.birth_year <= years.last ? bit : 0;
    }
    for (std::size_t event = 0; event < record.size(); ++event) {
      for (Mask left = by_code_[record.codes[event]] & ~mask; left != 0; left &= left - 1) {
        const auto& days = days_[static_cast<std::size_t>(std::countr_zero(left))];
        if (!days || (record.days[event] >= days->first && record.days[event] <= days->last)) {
          mask |= left & (~left + 1);
        }
      }
    }
    return mask;
  }

 private:
  Question(const vault::Vault& vault, const std::vector<Fact>& facts)
      : vault_(vault), facts_(facts), days_(facts.size()) {}

  static Mask bit(std::size_t fact) { return Mask{1} << fact; }

  std::unexpected<Error> cannot_ask(std::size_t fact, const std::string& why,
                                    const std::string& right) const {
    return bad_input(fmt::format("'{}' cannot be asked: {}", facts_[fact].text, why),
                     vault_.path().string(), right);
  }

  Status add(std::size_t i, const AgeFact& age) {
    if (vault_.calendar() == Calendar::days) {
      births_.push_back({bit(i), {-age.years, -age.years}});  // the age at day 0
      return {};
    }
    std::optional<DayRange> time = first_time(facts_);
    if (!time && vault_.period()) {
      time = DayRange{vault_.period()->first, vault_.period()->last, Calendar::dates};
    }
    if (vault_.calendar() != Calendar::dates || !time) {
      return cannot_ask(i, "the days of the vault are no dates",
                        "say the year of birth: 'born 2011'");
    }
    births_.push_back({bit(i), birth_years(age.years, year_of(time->last))});
    return {};
  }

  Status add(std::size_t i, const BornFact& born) {
    births_.push_back({bit(i), {born.year, born.year}});
    return {};
  }

  Status add(std::size_t i, const SexFact& sex) {
    sexes_.emplace_back(bit(i), sex.sex);
    return {};
  }

  Status add(std::size_t i, const FieldFact& field) {
    const std::string name = lower(field.field);
    if (name == "practice") {
      for (std::size_t practice = 0; practice < vault_.practices().size(); ++practice) {
        by_practice_[practice] |= vault_.practices()[practice] == field.value ? bit(i) : 0;
      }
      return {};
    }
    std::set<std::string> names = {"practice", "place", "age", "born", "sex", "event"};
    names.insert(vocabulary::kinds().begin(), vocabulary::kinds().end());
    const vocabulary::CodeBook& codes = vault_.codes();
    for (vocabulary::CodeId id = 0; id < codes.size(); ++id) {
      const vocabulary::Code& place = codes.at(id);
      if (!place.place()) {
        continue;
      }
      const auto levels = vocabulary::levels_of(place.system);
      names.insert(levels.begin(), levels.end());
      const std::string level = name == "place" ? "code" : name;
      by_place_[id] |=
          vocabulary::at_level(place.system, place.code, level) == field.value ? bit(i) : 0;
    }
    if (!names.contains(name)) {
      const std::vector<std::string> known(names.begin(), names.end());
      return bad_input(fmt::format("'{}' is not understood: '{}' is no field and no word of facts",
                                   facts_[i].text, field.field),
                       "--find", nearest_hint(field.field, known));
    }
    return {};
  }

  Status add(std::size_t i, const EventFact& event) {
    const bool dates = vault_.calendar() == Calendar::dates;
    if (event.days && (event.days->calendar == Calendar::dates) != dates) {
      return cannot_ask(
          i, dates ? "the days of the vault are dates" : "the days of the vault are numbers",
          dates ? "say 'on 2023-03-06'" : "say 'on day 412'");
    }
    days_[i] = event.days;
    const std::optional<vocabulary::KindId> kind = vocabulary::find_kind(event.kind);
    for (vocabulary::CodeId id = 0; id < vault_.codes().size(); ++id) {
      const vocabulary::Code& code = vault_.codes().at(id);
      const bool fits = code.kind && (event.kind.empty() || code.kind == kind) &&
                        (!event.code || event.code->fits(code.code));
      by_code_[id] |= fits ? bit(i) : 0;
    }
    return {};
  }

  const vault::Vault& vault_;
  const std::vector<Fact>& facts_;
  std::vector<Mask> by_code_;
  std::vector<Mask> by_place_;
  std::vector<Mask> by_practice_;
  std::vector<std::pair<Mask, records::Sex>> sexes_;
  std::vector<std::pair<Mask, BirthYears>> births_;
  std::vector<std::optional<DayRange>> days_;  // by fact
};

std::vector<PathLine> lines_of(const records::Record& record, const vocabulary::CodeBook& codes) {
  std::vector<PathLine> lines;
  for (std::size_t event = 0; event < record.size(); ++event) {
    const vocabulary::Code& code = codes.at(record.codes[event]);
    lines.push_back({record.days[event], vocabulary::kinds()[code.kind.value_or(0)], code.code});
  }
  return lines;
}

}  // namespace

Result<Funnel> find_in(const vault::Vault& vault, const std::vector<Fact>& facts, bool show_path,
                       Progress& progress, const Stop& stop) {
  ASSIGN_OR_RETURN(const Question question, Question::make(vault, facts));
  Funnel funnel{.calendar = vault.calendar()};
  for (const Fact& fact : facts) {
    funnel.steps.push_back({fact.text, 0});
  }
  std::vector<PathLine> lines;
  const auto look = [&](const vault::Bucket& bucket) {
    for (std::size_t i = 0; i < bucket.patients(); ++i) {
      const records::Record record = bucket.record(i);
      ++funnel.patients;
      const auto fit = static_cast<std::size_t>(std::countr_one(question.has(record)));
      for (std::size_t step = 0; step < std::min(fit, facts.size()); ++step) {
        ++funnel.steps[step].patients;
      }
      if (fit >= facts.size() && !facts.empty() && funnel.steps.back().patients == 1) {
        lines = lines_of(record, vault.codes());
      }
    }
  };
  RETURN_IF_ERROR(
      vault::for_buckets(vault, {.day = true}, "looking through the vault", progress, stop, look));
  if (!facts.empty() && funnel.steps.back().patients == 1 && !lines.empty()) {
    funnel.path = summed_up(std::move(lines), show_path);
  }
  return funnel;
}

}  // namespace parcours::exercise
