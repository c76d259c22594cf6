// One round: which of the waiting packages an import takes now, and the answers to the others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/stop.h"
#include "post/receipt.h"
#include "post/vault_keys.h"
#include "reception/answer.h"
#include "reception/delivered_rows.h"
#include "reception/inbox.h"
#include "reception/judged.h"
#include "reception/ledger.h"
#include "reception/objections.h"
#include "vault/import.h"

namespace parcours::reception {

struct RoundLimits {
  std::size_t packages = 0;
  std::uint64_t rows = 0;
  int threads = 1;
  Day day;
};

class Round {
 public:
  // A package that is taken if the import commits.
  struct Taken {
    Waiting waiting;
    post::Receipt receipt;   // complete after fill()
    std::uint64_t next = 0;  // the number that the vault waited for
  };

  // All must outlive it.
  Round(vault::Import& import, const post::VaultKeys& keys, const RoundLimits& limits);

  // Decides on packages in their order.
  Status decide(std::vector<Waiting> waiting, const Stop& stop);
  // Hands what is taken to the import.
  Status fill(Stop& stop);

  const std::vector<Taken>& taken() const { return taken_; }
  // The number of rows that are cut.
  vault::CutRows cut() const;
  const std::vector<Answer>& answers() const { return answers_; }  // to what is not taken
  std::vector<Answer> taken_answers() const;                       // once the import has committed
  // To the only package that is taken, where the vault cannot store it.
  Answer refused_instead(const Error& why) const;
  // Of packages that are refused, though they are signed by their practices for this vault.
  const std::vector<vault::Objector>& refused_objections() const { return refused_objections_; }
  const std::vector<Waiting>& left() const { return left_; }  // for the next round
  std::uint64_t vanished() const { return vanished_; }  // changed or gone since they were listed
  std::uint64_t again() const { return again_; }
  std::uint64_t new_objections() const { return told_.fresh; }
  std::uint64_t withdrawn() const { return told_.all_withdrawn(); }

 private:
  // A package that was read, opened and judged; any number of them at once.
  struct Opened {
    bool vanished = false;
    bool old_card = false;  // it was sealed to a key before the one on the card
    std::expected<Judged, post::Refused> found;
  };
  Opened open(const Waiting& waiting, const Ledger::Account& account) const;
  void decide_unreadable(const Waiting& waiting);
  void decide_one(Waiting waiting, Ledger::Account& account, Opened opened);
  // Whether it was taken once; then the answer is that of then.
  bool answered_before(const Waiting& waiting, const Ledger::Account& account);
  void decide_opened(Waiting waiting, Ledger::Account& account, Judged judged, bool old_card);
  void note_confirmed(const std::optional<post::Confirmed>& confirmed,
                      const Ledger::Account& account);
  void hold(Waiting waiting);
  void refuse(const Waiting& waiting, const post::Refused& refused, std::uint64_t next,
              std::string permit, bool proved);
  bool full() const { return taken_.size() >= limits_.packages || rows_ >= limits_.rows; }
  post::Receipt receipt_of(const Waiting& waiting) const;
  void apply_objections();
  void deliver(std::size_t i);

  vault::Import& import_;
  const post::VaultKeys& keys_;
  RoundLimits limits_;
  records::KeyedHash pseudonyms_;
  std::string now_;
  Ledger ledger_;
  std::vector<Taken> taken_;
  std::vector<Delivered> delivered_;
  std::vector<Answer> answers_;
  std::vector<Waiting> left_;
  std::vector<vault::Objector> refused_objections_;
  std::set<std::string, std::less<>> held_;    // practices that wait for the next round
  std::set<std::string, std::less<>> taking_;  // practices of which one is taken now
  std::set<std::pair<std::string, std::string>> periods_;
  std::uint64_t rows_ = 0;
  std::uint64_t vanished_ = 0;
  std::uint64_t again_ = 0;
  ToldObjections told_;
};

}  // namespace parcours::reception
