#include "bench/panel.h"

#include <fmt/format.h>

#include <atomic>
#include <cmath>
#include <vector>

#include "base/random.h"
#include "vault/import.h"
#include "vault/vault.h"
#include "vocabulary/kinds.h"

namespace parcours::bench {
namespace {

constexpr std::uint64_t seed = 20261123;
constexpr int first_day = 18262;  // 2020-01-01
constexpr std::uint32_t days = 4 * 365;

struct PanelCode {
  CodeId id;
  KindId kind;
};

// What the rows are made of.
struct Panel {
  PanelSize size;
  std::vector<PanelCode> codes;
  std::vector<PracticeId> practices;
  std::vector<PackageId> packages;  // by practice
};

struct Person {
  Random random;  // for what follows
  PatientId id;
  std::uint32_t home;  // place in Panel::practices
  bool visits_others;
};

Person person_of(const Panel& panel, std::uint32_t number) {
  Random random(seed, number);
  const PatientId id{random(), random()};
  // Practices of different size.
  const double place = std::pow(random.unit(), 1.5) * panel.size.practices;
  const bool visits_others = random.below(12) == 0;
  return {random, id, static_cast<std::uint32_t>(place), visits_others};
}

class PatientRows final : public duck::Source {
 public:
  explicit PatientRows(const Panel& panel) : panel_(panel) {}
  std::vector<duck::Column> columns() const override {
    return {{"patient", duck::Type::uuid},       {"practice", duck::Type::integer},
            {"birth_year", duck::Type::integer}, {"sex", duck::Type::tiny},
            {"place", duck::Type::integer},      {"package", duck::Type::integer}};
  }
  int most_threads() const override { return 2; }
  std::unique_ptr<Reader> reader() override { return std::make_unique<Cursor>(*this); }

 private:
  struct Cursor final : Reader {
    explicit Cursor(PatientRows& from) : rows(from) {}
    Result<std::size_t> fill(duck::Sink& sink) override {
      const auto most = static_cast<std::uint32_t>(sink.capacity());
      const std::uint32_t first = rows.next_.fetch_add(most);
      const std::uint32_t patients = rows.panel_.size.patients;
      const std::uint32_t count = first >= patients ? 0 : std::min(most, patients - first);
      for (std::uint32_t i = 0; i < count; ++i) {
        Person person = person_of(rows.panel_, first + i);
        sink.column<duck::Wide>(0)[i] = duck::uuid(person.id.high, person.id.low);
        sink.column<PracticeId>(1)[i] = rows.panel_.practices[person.home];
        sink.column<std::int32_t>(2)[i] = 1924 + static_cast<std::int32_t>(person.random.below(99));
        sink.column<std::uint8_t>(3)[i] = static_cast<std::uint8_t>(1 + person.random.below(2));
        sink.set_null(4, i);
        sink.column<PackageId>(5)[i] = rows.panel_.packages[person.home];
      }
      return count;
    }
    PatientRows& rows;
  };
  const Panel& panel_;
  std::atomic<std::uint32_t> next_{0};
};

class EventRows final : public duck::Source {
 public:
  explicit EventRows(const Panel& panel) : panel_(panel) {}
  std::vector<duck::Column> columns() const override {
    return {{"patient", duck::Type::uuid},   {"practice", duck::Type::integer},
            {"day", duck::Type::integer},    {"kind", duck::Type::tiny},
            {"code", duck::Type::integer},   {"value", duck::Type::real},
            {"package", duck::Type::integer}};
  }
  int most_threads() const override { return 2; }
  std::unique_ptr<Reader> reader() override { return std::make_unique<Cursor>(*this); }

 private:
  static constexpr std::uint32_t patients_at_once = 1024;

  struct Cursor final : Reader {
    explicit Cursor(EventRows& from) : rows(from), person(person_of(from.panel_, 0)) {}

    Result<std::size_t> fill(duck::Sink& sink) override {
      std::size_t count = 0;
      for (; count < sink.capacity(); ++count) {
        while (events_left == 0) {
          if (!next_person()) {
            return count;
          }
        }
        --events_left;
        put(sink, count);
      }
      return count;
    }

    bool next_person() {
      const Panel& panel = rows.panel_;
      if (patient == last_patient) {
        patient = rows.next_.fetch_add(patients_at_once);
        last_patient = patient + patients_at_once;
      }
      if (patient >= panel.size.patients) {
        return false;
      }
      person = person_of(panel, patient++);
      const double mean = panel.size.events_each;
      events_left = static_cast<std::uint32_t>(-(mean + 0.5) * std::log(1 - person.random.unit()));
      return true;
    }

    void put(duck::Sink& sink, std::size_t at) {
      const Panel& panel = rows.panel_;
      Random& random = person.random;
      const bool elsewhere = person.visits_others && random.below(3) == 0;
      const std::uint32_t place = elsewhere ? random.below(panel.size.practices) : person.home;
      const double rank = std::pow(random.unit(), 3) * panel.size.codes;  // few codes are frequent
      const PanelCode& code = panel.codes[static_cast<std::size_t>(rank)];
      sink.column<duck::Wide>(0)[at] = duck::uuid(person.id.high, person.id.low);
      sink.column<PracticeId>(1)[at] = panel.practices[place];
      sink.column<std::int32_t>(2)[at] = first_day + static_cast<std::int32_t>(random.below(days));
      sink.column<KindId>(3)[at] = code.kind;
      sink.column<CodeId>(4)[at] = code.id;
      if (random.below(5) == 0) {
        sink.column<double>(5)[at] = 0.5 * random.below(200);
      } else {
        sink.set_null(5, at);
      }
      sink.column<PackageId>(6)[at] = panel.packages[place];
    }

    EventRows& rows;
    Person person;
    std::uint32_t patient = 0;
    std::uint32_t last_patient = 0;
    std::uint32_t events_left = 0;
  };
  const Panel& panel_;
  std::atomic<std::uint32_t> next_{0};
};

}  // namespace

Status make_panel(const std::filesystem::path& vault, const PanelSize& size) {
  if (std::filesystem::exists(vault)) {
    return {};
  }
  const std::filesystem::path aside = vault.string() + ".part";
  std::filesystem::remove_all(aside);
  RETURN_IF_ERROR(Vault::create(aside, {}));
  {
    ASSIGN_OR_RETURN(Import import, Import::begin(aside, {}));
    Panel panel{.size = size};
    for (std::uint32_t c = 0; c < size.codes; ++c) {
      const auto kind = static_cast<KindId>(c % kinds().size());
      const Code code{kind, "bench", fmt::format("C{:05}", c)};
      panel.codes.push_back({import.codes().intern(code), kind});
    }
    for (std::uint32_t p = 0; p < size.practices; ++p) {
      panel.practices.push_back(import.practice(fmt::format("P{:04}", p)));
      panel.packages.push_back(import.package(panel.practices.back(), "2020-2023"));
    }
    Stop stop;
    PatientRows patients(panel);
    EventRows events(panel);
    RETURN_IF_ERROR(import.patients(patients, stop));
    RETURN_IF_ERROR(import.events(events, stop));
    RETURN_IF_ERROR(std::move(import).commit());
  }
  std::filesystem::rename(aside, vault);
  return {};
}

}  // namespace parcours::bench
