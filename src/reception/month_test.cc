// A month of a panel. Packages are lost, come twice, late and in another order; receipts are lost;
// the vault's program crashes after it has committed; patients object; a narrower permit supersedes
// the first; practices leave, are suspended, and get other keys; the vault is compacted. Beside the
// vault stands a model that knows only which package was taken. The two must agree.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <iterator>
#include <map>
#include <optional>
#include <set>

#include "base/files.h"
#include "base/random.h"
#include "base/testing/sanitizer.h"
#include "post/step_two.h"
#include "post/testing/sent.h"
#include "reception/testing/panel.h"
#include "vault/compact.h"
#include "vault/vault_check.h"
#include "vocabulary/kinds.h"

namespace parcours::reception {
namespace {

namespace fs = std::filesystem;

const std::string& wide_permit() {
  static const std::string text = vault::broad_permit(Calendar::dates);
  return text;
}

// Diagnoses and prescriptions of 2024 alone, and of a patient only the sex.
const std::string& narrow_permit() {
  static const std::string text = [] {
    std::string permit = vault::broad_permit(Calendar::dates, "2026-DR-099");
    const auto line = [&](const std::string& begins, const std::string& by) {
      const std::size_t at = permit.find(begins);
      permit.replace(at, permit.find('\n', at) - at, by);
    };
    line("kinds      =", R"(kinds      = ["diagnosis", "prescription"])");
    line("fields     =", R"(fields     = ["sex"])");
    line("days       =", "days       = [2024-01-01, 2024-12-31]");
    line("rules     =",
         "rules     = [\"france-2026\", \"test\", \"t\", \"looser\", \"of this "
         "cohort\"]\nsupersedes = \"2026-DR-014\"");
    return permit;
  }();
  return text;
}

// A package that was made, whatever became of it.
struct MadePackage {
  int practice = 0;
  unsigned char key = 0;
  bool narrow = false;
  post::Contents contents;  // with pseudonyms of step one
  std::string bytes;
  records::Digest digest;
};

struct CountedRows {
  std::uint64_t patients = 0;
  std::map<vocabulary::KindId, std::uint64_t> events;
  std::uint64_t uncovered = 0;
  std::uint64_t objected = 0;
  friend bool operator==(const CountedRows&, const CountedRows&) = default;
};

// The slow twin.
struct PanelModel {
  struct OfPractice {
    unsigned char key = 0;
    formalities::PracticeStatus status = formalities::PracticeStatus::admitted;
    std::vector<const MadePackage*> taken;                // by number, from 1
    std::map<std::string, const MadePackage*> by_period;  // what lives
  };
  std::vector<OfPractice> practices;
  std::set<records::PatientId> objected;  // step one
  bool narrow = false;

  static bool covered(const rows::EventRow& row) {
    const std::string& kind = vocabulary::kinds()[row.kind];
    return (kind == "diagnosis" || kind == "prescription") && row.day >= *day_of(2024, 1, 1) &&
           row.day <= *day_of(2024, 12, 31);
  }

  // What is answered to a package, if it is the next that is looked at.
  std::string answer(const MadePackage& package) {
    OfPractice& practice = practices[static_cast<std::size_t>(package.practice)];
    const std::uint64_t number = package.contents.number;
    const std::uint64_t next = practice.taken.size() + 1;
    if (number < next && practice.taken[number - 1] == &package) {
      return "taken";
    }
    if (package.key != practice.key) {
      return "other-key";
    }
    objected.insert(package.contents.objections.begin(), package.contents.objections.end());
    if (practice.status != formalities::PracticeStatus::admitted) {
      return practice.status == formalities::PracticeStatus::left ? "left" : "suspended";
    }
    if (number != next) {
      return number < next ? "number-used" : "package-missing";
    }
    if (package.narrow != narrow) {
      return "other-permit";
    }
    practice.taken.push_back(&package);
    practice.by_period[package.contents.period] = &package;
    return "taken";
  }

  static CountedRows counted(const MadePackage& package,
                             const std::set<records::PatientId>& objected) {
    CountedRows counts;
    for (const rows::PatientRow& row : package.contents.patients) {
      ++(objected.contains(row.patient.id) ? counts.objected : counts.patients);
    }
    for (const rows::EventRow& row : package.contents.events) {
      const bool uncovered = package.narrow && !covered(row);
      const bool gone = objected.contains(row.patient);
      ++(uncovered ? counts.uncovered
         : gone    ? counts.objected
                   : counts.events[static_cast<vocabulary::KindId>(row.kind)]);
    }
    return counts;
  }

  std::vector<std::string> rows(const Panel& panel, const std::vector<std::string>& names) const {
    const auto two = [&](const records::PatientId& id) {
      return post::step_two(panel.pseudonyms(), id);
    };
    std::vector<std::string> lines;
    std::map<records::PatientId, std::pair<std::uint64_t, std::string>>
        people;  // the newest's number first
    for (std::size_t i = 0; i < practices.size(); ++i) {
      for (const auto& [period, package] : practices[i].by_period) {
        const post::Contents& contents = package->contents;
        for (const rows::PatientRow& row : contents.patients) {
          const records::Patient& one = row.patient;
          auto& [number, line] = people[one.id];
          if (!objected.contains(one.id) && contents.number >= number) {
            number = contents.number;
            line = patient_line(
                two(one.id), narrow ? records::no_birth_year : one.birth_year, one.sex,
                narrow || one.place == vocabulary::no_code ? "" : contents.codes[one.place].code);
          }
        }
        for (const rows::EventRow& row : contents.events) {
          if (!objected.contains(row.patient) && (!narrow || covered(row))) {
            people[row.patient];
            lines.push_back(event_line(two(row.patient), names[i], row.day.number,
                                       contents.codes[row.code], row.value));
          }
        }
      }
    }
    for (const auto& [id, known] : people) {
      if (!objected.contains(id)) {
        lines.push_back(known.second.empty() ? patient_line(two(id), records::no_birth_year,
                                                            records::Sex::unknown, "")
                                             : known.second);
      }
    }
    std::ranges::sort(lines);
    return lines;
  }
};

// A practice's side: what it has written down, what waits for a receipt.
struct SendingPractice {
  std::string name;
  unsigned char key = 0;
  std::vector<records::PatientId> patients;
  std::set<records::PatientId> objected;
  std::uint64_t next_number = 1;
  std::vector<std::string> periods;
  std::vector<const MadePackage*> waiting;            // in order of number
  std::map<std::uint64_t, records::Digest> receipts;  // that have come, of packages that were taken
  std::uint64_t confirmed = 0;                        // the last that it has told to have

  // Of a package of this number.
  std::optional<post::Confirmed> to_confirm(std::uint64_t number) const {
    const std::uint64_t open =
        waiting.empty() ? number : std::min(number, waiting.front()->contents.number);
    const auto after = receipts.lower_bound(open);
    return after == receipts.begin()
               ? std::nullopt
               : std::optional(post::Confirmed{std::prev(after)->first, std::prev(after)->second});
  }
};

class Month {
 public:
  explicit Month(std::uint64_t seed) : random_(seed) {
    for (int i = 0; i < practices_; ++i) {
      SendingPractice& one = senders_.emplace_back();
      one.name = fmt::format("cabinet-{:02}", i);
      one.key = static_cast<unsigned char>(50 + i);
      panel_.admit(one.name, one.key);
      model_.practices.push_back({.key = one.key});
      vault_names_.push_back(panel_.vault_name(one.name));
      for (std::uint64_t patient = 0; patient < 8; ++patient) {
        // The last is a patient of two practices that make pseudonyms with one key.
        const auto of = static_cast<std::uint64_t>(patient == 7 ? i / 2 : 100 + i);
        one.patients.push_back({of, patient});
      }
    }
  }

  void run() {
    for (int day = 1; day <= 30; ++day) {
      acts_of(day);
      for (int i = 0; i < practices_; ++i) {
        a_day_at(i, day);
        send(i, true);
      }
      carry();
      receive();
      read_receipts(true);
      if (chance(15)) {
        compact_vault();
      }
      if (day % 3 == 0) {
        ASSERT_EQ(panel_.rows(), model_.rows(panel_, vault_names_)) << "day " << day;
      }
    }
    for (int again = 0; again < 5; ++again) {  // all arrives in the end
      for (int i = 0; i < practices_; ++i) {
        send(i, false);
      }
      carry();
      receive();
      read_receipts(false);
    }
    for (int i = 0; i < practices_; ++i) {
      EXPECT_TRUE(senders_[index(i)].waiting.empty() || i == leaving_) << i;
    }
    compact_vault();
    EXPECT_EQ(panel_.rows(), model_.rows(panel_, vault_names_));
    EXPECT_GT(panel_.rows().size(), 1000);
    Progress none(Progress::Manner::none);
    const auto checked = vault::check_vault(panel_.vault(), 2, none, Stop());
    ASSERT_TRUE(checked.has_value());
    EXPECT_TRUE(checked->whole());
    EXPECT_GT(answers_["taken"], 1000);
    EXPECT_GT(answers_["made anew"], 0);
    for (const char* why : {"other-key", "other-permit", "package-missing", "left", "suspended"}) {
      EXPECT_GT(answers_[why], 0) << why;
    }
  }

 private:
  static constexpr int practices_ = 40;
  static constexpr int leaving_ = 7;
  static constexpr int suspended_ = 11;

  static std::size_t index(int i) { return static_cast<std::size_t>(i); }
  bool chance(std::uint32_t percent) { return random_.below(100) < percent; }

  void acts_of(int day) {
    if (day == 8) {
      panel_.suspend(senders_[suspended_].name);
      model_.practices[suspended_].status = formalities::PracticeStatus::suspended;
    }
    if (day == 12) {
      panel_.admit(senders_[suspended_].name, senders_[suspended_].key);
      model_.practices[suspended_].status = formalities::PracticeStatus::admitted;
    }
    if (day == 14) {
      panel_.enter(narrow_permit());
      model_.narrow = true;
    }
    if (day == 17) {
      panel_.leave(senders_[leaving_].name);
      model_.practices[leaving_].status = formalities::PracticeStatus::left;
    }
    if (day == 20) {
      for (const int practice : {3, 4, 5, 6}) {
        const auto key = static_cast<unsigned char>(150 + practice);
        senders_[index(practice)].key = key;
        panel_.admit(senders_[index(practice)].name, key);
        model_.practices[index(practice)].key = key;
      }
    }
  }

  post::Contents written_down(const SendingPractice& practice, int day) {
    post::Contents contents = panel_.contents(practice.name, practice.next_number);
    const auto some_patient = [&]() -> const records::PatientId& {
      return practice.patients[random_.below(8)];
    };
    std::set<records::PatientId> registered;
    for (std::uint32_t i = 2 + random_.below(4); i > 0; --i) {
      const records::PatientId& id = some_patient();
      if (registered.insert(id).second) {
        const bool of_two = id.low == 7;
        const auto sex =
            of_two ? records::Sex::female : static_cast<records::Sex>(random_.below(3));
        add_patient(contents, id, 1950 + static_cast<int>(id.low), sex,
                    of_two || chance(50) ? "69" : "");
      }
    }
    static const std::vector<std::string> some_kinds = {"diagnosis", "prescription", "lab"};
    for (std::uint32_t i = 3 + random_.below(12); i > 0; --i) {
      const std::string& kind = some_kinds[random_.below(3)];
      add_event(contents, some_patient(),
                (chance(90) ? day_of(2024, 6, 1) : day_of(2021, 6, 1))->number + day, kind,
                fmt::format("C{}", random_.below(9)),
                chance(30) ? random_.below(100) : records::no_value);
    }
    return contents;
  }

  // Signs what was written down under the permit and with the key of today, without those who
  // have objected.
  const MadePackage* make(int practice, post::Contents contents) {
    SendingPractice& sender = senders_[index(practice)];
    const formalities::Permit permit =
        *formalities::parse_permit(model_.narrow ? narrow_permit() : wide_permit(), "the permit");
    contents.permit = permit.reference;
    contents.permit_digest = permit.digest;
    contents.objections.assign(sender.objected.begin(), sender.objected.end());
    contents.confirmed = sender.to_confirm(contents.number);
    sender.confirmed =
        std::max(sender.confirmed, contents.confirmed.value_or(post::Confirmed()).number);
    std::erase_if(contents.patients, [&](const rows::PatientRow& row) {
      return sender.objected.contains(row.patient.id);
    });
    std::erase_if(contents.events,
                  [&](const rows::EventRow& row) { return sender.objected.contains(row.patient); });
    contents = post::in_order(std::move(contents));
    const std::string bytes = panel_.package(contents, sender.key);
    records::Digester digester;
    digester.take(bytes);
    const records::Digest digest = digester.finish();
    const auto [at, fresh] = made_.emplace(
        digest.hex(),
        MadePackage{practice, sender.key, model_.narrow, std::move(contents), bytes, digest});
    EXPECT_TRUE(fresh);
    return &at->second;
  }

  void a_day_at(int practice, int day) {
    SendingPractice& sender = senders_[index(practice)];
    if (chance(4)) {
      sender.objected.insert(sender.patients[random_.below(8)]);
    }
    post::Contents contents = written_down(sender, day);
    ++sender.next_number;
    // Now and then it writes a day anew.
    contents.period =
        !sender.periods.empty() && chance(8)
            ? sender.periods[random_.below(static_cast<std::uint32_t>(sender.periods.size()))]
            : fmt::format("2026-11-{:02}", day);
    sender.periods.push_back(contents.period);
    sender.waiting.push_back(make(practice, std::move(contents)));
  }

  void send(int practice, bool badly) {
    for (const MadePackage* package : senders_[index(practice)].waiting) {
      if (badly && chance(25)) {
        continue;  // lost
      }
      under_way_.push_back(package);
      if (badly && chance(10)) {
        under_way_.push_back(package);
      }
    }
  }

  // What is under way comes in, some of it on another day.
  void carry() {
    std::vector<const MadePackage*> later;
    for (const MadePackage* package : under_way_) {
      if (chance(10)) {
        later.push_back(package);
      } else {
        panel_.put(fmt::format("{:08x}", static_cast<std::uint32_t>(random_())), package->bytes);
        inbox_.insert(package);
      }
    }
    under_way_ = std::move(later);
  }

  void receive() {
    const fs::path saved = panel_.inbox().parent_path() / "saved";
    const bool crash = chance(20);
    if (crash) {
      fs::copy(panel_.inbox(), saved);
    }
    received();
    if (crash) {
      // As if the program had ended after the commit.
      for (const fs::path& folder : {panel_.inbox(), panel_.receipts()}) {
        fs::remove_all(folder);
      }
      fs::create_directory(panel_.receipts());
      fs::rename(saved, panel_.inbox());
      received();
    }
    inbox_.clear();
  }

  void received() {
    std::vector<const MadePackage*> looked_at(inbox_.begin(), inbox_.end());
    std::ranges::sort(looked_at, {}, [&](const MadePackage* one) {
      return std::tuple(one->practice, one->contents.number, one->digest.hex());
    });
    const std::set<records::PatientId> before = model_.objected;
    expected_.clear();
    for (const MadePackage* package : looked_at) {
      expected_[package->digest.hex()] = model_.answer(*package);
    }
    // One thread, as the time goes into opening DuckDB for each.
    const ReceiveSummary summary = *panel_.try_to_receive({.threads = 1, .memory_megabytes = 100});
    std::uint64_t taken = 0;
    for (const auto& [digest, answer] : expected_) {
      const MadePackage& package = made_.at(digest);
      if (answer == "taken" && !first_answers_.contains(digest)) {
        ++taken;
        first_answers_[digest] = {PanelModel::counted(package, before),
                                  PanelModel::counted(package, model_.objected)};
      }
    }
    EXPECT_EQ(summary.taken, taken);
    EXPECT_TRUE(Panel::names_in(panel_.inbox()).empty());
  }

  void read_receipts(bool badly) {
    std::set<std::string> answered;
    for (const std::string& name : Panel::names_in(panel_.receipts())) {
      const fs::path file = panel_.receipts() / name;
      const std::string text = *read_file(file);
      fs::remove(file);
      const auto receipt = post::read_receipt(text, panel_.keys().receipts().public_key(), name);
      ASSERT_TRUE(receipt.has_value()) << receipt.error().sentence();
      const std::string digest = receipt->package.hex();
      const std::string answer =
          receipt->refused ? std::string(post::to_string(receipt->refused->why)) : "taken";
      ASSERT_TRUE(expected_.contains(digest)) << name;
      EXPECT_EQ(answer, expected_[digest]) << name;
      answered.insert(digest);
      ++answers_[answer];
      if (!receipt->refused) {
        hold(*receipt, text);
      }
      if (!badly || !chance(10)) {  // else the practice never gets it
        take_answer(made_.at(digest), answer, *receipt);
      }
    }
    EXPECT_EQ(answered.size(), expected_.size());
  }

  // Whether a receipt tells the truth, and the same as before.
  void hold(const post::Receipt& receipt, const std::string& text) {
    const std::string digest = receipt.package.hex();
    const MadePackage& package = made_.at(digest);
    if (receipt.made_anew) {
      ++answers_["made anew"];
      EXPECT_LE(receipt.number, senders_[index(package.practice)].confirmed);
      EXPECT_EQ(receipt.number, package.contents.number);
      return;
    }
    EXPECT_EQ(texts_.emplace(digest, text).first->second, text);
    EXPECT_EQ(receipt.practice, senders_[index(package.practice)].name);
    EXPECT_EQ(receipt.number, package.contents.number);
    EXPECT_EQ(receipt.permit, package.contents.permit);
    EXPECT_EQ(receipt.taken.objections, package.contents.objections.size());
    CountedRows told{.patients = receipt.taken.patients};
    for (const post::KindCount& count : receipt.taken.events) {
      told.events[count.kind] = count.events;
    }
    for (const post::CutCount& cut : receipt.taken.cut) {
      (cut.reason == "objection" ? told.objected : told.uncovered) += cut.rows;
    }
    const auto& [least, most] = first_answers_.at(digest);
    if (least == most) {
      EXPECT_EQ(told, least);
    }
    // Of objections that came in the same run, only some may have been in the same round.
    EXPECT_GE(told.objected, least.objected);
    EXPECT_LE(told.objected, most.objected);
    EXPECT_EQ(told.uncovered, least.uncovered);
    const auto all = [](const CountedRows& counts) {
      std::uint64_t sum = counts.patients + counts.uncovered + counts.objected;
      for (const auto& [kind, events] : counts.events) {
        sum += events;
      }
      return sum;
    };
    EXPECT_EQ(all(told), all(least));
  }

  void take_answer(const MadePackage& package, const std::string& answer,
                   const post::Receipt& receipt) {
    SendingPractice& sender = senders_[index(package.practice)];
    std::vector<const MadePackage*>& waiting = sender.waiting;
    const auto at = std::ranges::find(waiting, &package);
    if (at == waiting.end()) {
      return;
    }
    if (answer == "taken") {
      waiting.erase(at);
      sender.receipts[receipt.number] = post::receipt_digest(receipt);
    } else if (answer == "other-permit" || answer == "other-key") {
      *at = make(package.practice, package.contents);
    } else {
      EXPECT_NE(answer, "number-used");
    }
  }

  void compact_vault() {
    Progress none(Progress::Manner::none);
    const auto done = vault::compact(panel_.vault(), none, Stop());
    ASSERT_TRUE(done.has_value()) << done.error().sentence();
  }

  Random random_;
  Panel panel_ = Panel::make(1);
  PanelModel model_;
  std::vector<SendingPractice> senders_;
  std::vector<std::string> vault_names_;
  std::map<std::string, MadePackage> made_;  // by digest
  std::vector<const MadePackage*> under_way_;
  std::set<const MadePackage*> inbox_;
  std::map<std::string, std::string> expected_;  // of the last run, by digest
  // What a receipt may count: by the objections before the run, and by those after it.
  std::map<std::string, std::pair<CountedRows, CountedRows>> first_answers_;
  std::map<std::string, std::string> texts_;
  std::map<std::string, int> answers_;
};

class MonthOfAPanel : public testing::TestWithParam<std::uint64_t> {};

TEST_P(MonthOfAPanel, TheVaultIsAsItsModel) {
  Month(GetParam()).run();
}

INSTANTIATE_TEST_SUITE_P(Seeds, MonthOfAPanel,
                         testing::Range<std::uint64_t>(1, under_sanitizer ? 2 : 3));

}  // namespace
}  // namespace parcours::reception
