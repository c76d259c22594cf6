#include "reception/round.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/check.h"
#include "base/threads.h"
#include "formalities/cover.h"
#include "post/package.h"
#include "post/sequence.h"
#include "reception/taken.h"

namespace parcours::reception {
namespace {

// So many packages are opened at once before they are decided on: what they hold lies in memory.
constexpr std::size_t slice_packages = 256;
constexpr std::uint64_t slice_bytes = 64'000'000;

std::uint64_t size_of(const Waiting& waiting) {
  std::error_code unseen;
  const std::uintmax_t bytes = std::filesystem::file_size(waiting.file, unseen);
  return unseen ? 0 : bytes;
}

std::size_t slice_end(const std::vector<Waiting>& waiting, std::size_t begin) {
  std::uint64_t bytes = 0;
  std::size_t end = begin;
  while (end < waiting.size() && end - begin < slice_packages && bytes < slice_bytes) {
    bytes += size_of(waiting[end++]);
  }
  return end;
}

std::uint64_t rows_of(const Judged& judged) {
  return judged.contents.patients.size() + judged.contents.events.size();
}

// Whoever made these had the practice's key: open_package() checks the signature before it finds
// them.
bool tells_after_the_signature(post::Refusal why) {
  return why == post::Refusal::malformed || why == post::Refusal::other_vault ||
         why == post::Refusal::old_card;
}

// The vault's codes by place in the contents; those that no row has any more are not told to it.
std::vector<vocabulary::CodeId> interned(const post::Contents& contents,
                                         vocabulary::CodeBook& book) {
  std::vector<bool> used(contents.codes.size());
  for (const rows::EventRow& row : contents.events) {
    used[row.code] = true;
  }
  for (const rows::PatientRow& row : contents.patients) {
    if (row.patient.place != vocabulary::no_code) {
      used[row.patient.place] = true;
    }
  }
  std::vector<vocabulary::CodeId> codes(used.size(), vocabulary::no_code);
  for (std::size_t i = 0; i < used.size(); ++i) {
    if (used[i]) {
      codes[i] = book.intern(contents.codes[i]);
    }
  }
  return codes;
}

}  // namespace

Round::Round(vault::Import& import, const post::VaultKeys& keys, const RoundLimits& limits)
    : import_(import),
      keys_(keys),
      limits_(limits),
      pseudonyms_(records::pseudonym_hash(import.key())),
      now_(utc_now()),
      ledger_(import.contents(), import.key(), limits.day) {}

Status Round::decide(std::vector<Waiting> waiting, const Stop& stop) {
  for (std::size_t begin = 0; begin < waiting.size();) {
    if (stop.requested()) {
      return stopped();
    }
    if (full()) {
      std::move(waiting.begin() + static_cast<std::ptrdiff_t>(begin), waiting.end(),
                std::back_inserter(left_));
      return {};
    }
    const std::size_t end = slice_end(waiting, begin);
    std::vector<Ledger::Account*> accounts(end - begin, nullptr);
    for (std::size_t i = begin; i < end; ++i) {
      if (waiting[i].header) {
        accounts[i - begin] = &ledger_.account(waiting[i].header->practice);
      }
    }
    std::vector<Opened> opened(end - begin);
    each_on_threads(end - begin, limits_.threads, [&](std::size_t i) {
      if (accounts[i] != nullptr) {
        opened[i] = open(waiting[begin + i], *accounts[i]);
      }
    });
    for (std::size_t i = begin; i < end; ++i) {
      if (Ledger::Account* account = accounts[i - begin]) {
        decide_one(std::move(waiting[i]), *account, std::move(opened[i - begin]));
      } else {
        decide_unreadable(waiting[i]);
      }
    }
    begin = end;
  }
  return {};
}

// Of a practice that is not known nothing is opened: its key is not known either.
Round::Opened Round::open(const Waiting& waiting, const Ledger::Account& account) const {
  Opened opened;
  if (account.practice == nullptr) {
    return opened;
  }
  const Result<std::string> bytes = post::read_package(waiting.file);
  records::Digester digester;
  digester.take(bytes ? *bytes : std::string());
  if (!bytes || digester.finish() != waiting.digest) {
    opened.vanished = true;
    return opened;
  }
  auto package = post::open_package(*bytes, keys_, account.practice->key);
  if (!package) {
    opened.found = std::unexpected(std::move(package).error());
    return opened;
  }
  post::Contents& contents = package->contents;
  const formalities::KnownPermit* permit = ledger_.permit(contents.permit, contents.permit_digest);
  const std::string practice = contents.practice;
  opened.old_card = package->old_card;
  const Day first = permit == nullptr
                        ? formalities::every_day
                        : ledger_.first_fact(account, contents.period, permit->permit.reference);
  opened.found = judged(std::move(contents), permit, pseudonyms_, practice, account.vault_name,
                        {.day = limits_.day, .first = first});
  return opened;
}

void Round::decide_unreadable(const Waiting& waiting) {
  refuse(waiting, waiting.header.error(), 0, {}, false);
}

void Round::decide_one(Waiting waiting, Ledger::Account& account, Opened opened) {
  const std::string& practice = waiting.header->practice;
  if (full() || held_.contains(practice)) {
    hold(std::move(waiting));
    return;
  }
  if (answered_before(waiting, account)) {
    return;
  }
  if (account.practice == nullptr) {
    const post::Decision decision =
        post::decide(post::arrived(*waiting.header, post::Contents{}), account.standing);
    refuse(waiting, *decision.refused, 0, {}, false);
    return;
  }
  if (opened.vanished) {
    ++vanished_;
    return;
  }
  if (!opened.found) {
    const post::Refused& refused = opened.found.error();
    refuse(waiting, refused, account.taken.size() + 1, {}, tells_after_the_signature(refused.why));
    return;
  }
  decide_opened(std::move(waiting), account, *std::move(opened.found), opened.old_card);
}

bool Round::answered_before(const Waiting& waiting, const Ledger::Account& account) {
  const std::uint64_t number = waiting.header->number;
  if (ledger_.forgotten(waiting.digest)) {
    refuse(waiting,
           {post::Refusal::number_used,
            {Fault::rule,
             "the vault took this package, and has forgotten since what it took of "
             "the practice",
             "the package", "do not send it again"}},
           account.taken.size() + 1, {}, false);
    return true;
  }
  if (number < 1 || number > account.taken.size() ||
      account.standing.taken[number - 1] != waiting.digest) {
    return false;
  }
  const vault::Package& package = *account.taken[number - 1];
  const auto kept = post::receipt_of_json(package.delivery->receipt, "the vault's catalog");
  post::Receipt receipt = kept ? *kept : receipt_of(waiting);
  if (!kept) {
    receipt.received_at = package.forgotten ? now_ : package.imported_at;
    receipt.permit = package.permit;
    receipt.made_anew = true;
    receipt.taken = taken_of(package.counts);
  }
  answers_.push_back({waiting.file, std::move(receipt), true});
  ++again_;
  return true;
}

void Round::decide_opened(Waiting waiting, Ledger::Account& account, Judged judged, bool old_card) {
  const std::string practice = waiting.header->practice;
  const post::Contents& contents = judged.contents;
  post::Decision decision =
      post::decide(post::arrived(*waiting.header, contents), account.standing);
  std::optional<post::Refused> refused = std::move(decision.refused);
  if (!refused && decision.step == post::Step::take) {
    PARCOURS_CHECK(judged.permit != nullptr);
    if (!is_period(contents.period)) {
      refused = {post::Refusal::malformed,
                 {Fault::input, "this is not a label of a period", "the package",
                  "write 1 to 40 letters, digits, '-', '_', '.' or '+', such as 2024-03"}};
    } else if (judged.cut.not_covered() > 0 &&
               judged.permit->permit.covers.otherwise == formalities::Otherwise::refuse) {
      refused = {post::Refusal::not_covered,
                 {Fault::rule,
                  fmt::format("permit {} does not cover {} of the rows: {}", contents.permit,
                              judged.cut.not_covered(), judged.cut.reasons()),
                  "the package", "make it anew under the permit in force"}};
    }
  }
  // What depends on a package that this round takes is decided once that one is in the vault.
  const bool first_of_practice = !taking_.contains(practice);
  const bool take = !refused && decision.step == post::Step::take &&
                    !periods_.contains({practice, contents.period});
  if (!take && (!first_of_practice || !refused)) {
    hold(std::move(waiting));
    return;
  }
  if (refused) {
    // A patient's no counts whatever becomes of the package: the practice's signature is on it.
    // That it is withdrawn waits for a package that is taken. So what an old package says is not
    // believed any more: it may have been withdrawn since.
    if (account.news(contents)) {
      for (const records::PatientId& patient : contents.objections) {
        refused_objections_.push_back({patient, account.vault_name});
      }
    }
    refuse(waiting, *refused, decision.next, contents.permit, true);
    return;
  }
  taking_.insert(practice);
  periods_.emplace(practice, contents.period);
  account.standing.taken.push_back(waiting.digest);
  account.last_made_at = contents.made_at;
  note_confirmed(contents.confirmed, account);
  rows_ += rows_of(judged);
  Taken taken{.waiting = waiting, .receipt = receipt_of(waiting), .next = decision.next};
  taken.receipt.permit = contents.permit;
  taken.receipt.old_card = old_card;
  taken_.push_back(std::move(taken));
  delivered_.push_back({.judged = std::move(judged), .vault_name = account.vault_name});
}

// The practice has this receipt and all before it: the vault keeps them no longer. Of a receipt
// that is not the vault's nothing is believed.
void Round::note_confirmed(const std::optional<post::Confirmed>& confirmed,
                           const Ledger::Account& account) {
  if (!confirmed || confirmed->number > account.taken.size() ||
      account.taken[confirmed->number - 1] == nullptr) {
    return;
  }
  const std::string& kept = account.taken[confirmed->number - 1]->delivery->receipt;
  records::Digester digester;
  digester.take(kept);
  if (!kept.empty() && digester.finish() != confirmed->receipt) {
    return;
  }
  for (std::uint64_t number = confirmed->number; number > 0; --number) {
    const vault::Package* package = account.taken[number - 1];
    if (package != nullptr && !package->delivery->receipt.empty()) {
      import_.drop_receipt(package->id);
    }
  }
}

void Round::hold(Waiting waiting) {
  held_.insert(waiting.header->practice);
  left_.push_back(std::move(waiting));
}

post::Receipt Round::receipt_of(const Waiting& waiting) const {
  post::Receipt receipt;
  receipt.vault = keys_.vault();
  receipt.practice = waiting.header ? waiting.header->practice : "unknown";
  receipt.number = waiting.header ? waiting.header->number : 0;
  receipt.package = waiting.digest;
  receipt.received_at = now_;
  return receipt;
}

void Round::refuse(const Waiting& waiting, const post::Refused& refused, std::uint64_t next,
                   std::string permit, bool proved) {
  post::Receipt receipt = receipt_of(waiting);
  receipt.permit = std::move(permit);
  receipt.refused = post::RefusedPackage{refused.why, refused.error.sentence(), next};
  answers_.push_back({waiting.file, std::move(receipt), proved});
}

Answer Round::refused_instead(const Error& why) const {
  PARCOURS_CHECK(taken_.size() == 1);
  const Taken& taken = taken_.front();
  Answer answer{taken.waiting.file, taken.receipt, true};
  answer.receipt.taken = {};
  answer.receipt.refused =
      post::RefusedPackage{post::Refusal::malformed, why.sentence(), taken.next};
  return answer;
}

std::vector<Answer> Round::taken_answers() const {
  std::vector<Answer> answers;
  for (const Taken& taken : taken_) {
    answers.push_back({taken.waiting.file, taken.receipt, true});
  }
  return answers;
}

vault::CutRows Round::cut() const {
  vault::CutRows sum;
  for (const Delivered& one : delivered_) {
    sum += one.judged.cut;
  }
  return sum;
}

// All objections first, so that one in any package holds for the rows of every other.
void Round::apply_objections() {
  told_ = tell_objections(import_, delivered_);
  if (told_.objectors.empty()) {
    return;
  }
  each_on_threads(delivered_.size(), limits_.threads, [&](std::size_t i) {
    cut_objections(delivered_[i].judged, [&](const records::PatientId& patient) {
      return told_.objectors.contains(patient);
    });
  });
}

void Round::deliver(std::size_t i) {
  Taken& taken = taken_[i];
  Delivered& delivered = delivered_[i];
  const post::Contents& contents = delivered.judged.contents;
  taken.receipt.taken = taken_of(delivered.judged);
  taken.receipt.taken.withdrawn = told_.withdrawn[i];
  delivered.practice = import_.practice(contents.practice);
  delivered.codes = interned(contents, import_.codes());
  delivered.package = import_.deliver(delivered.practice, contents.period, *delivered.judged.permit,
                                      {.number = contents.number,
                                       .digest = taken.waiting.digest,
                                       .made_at = contents.made_at,
                                       .receipt = post::receipt_json(taken.receipt)});
}

Status Round::fill(Stop& stop) {
  apply_objections();
  for (std::size_t i = 0; i < taken_.size(); ++i) {
    deliver(i);
  }
  DeliveredRows<rows::PatientRow> patients(delivered_);
  DeliveredRows<rows::EventRow> events(delivered_);
  RETURN_IF_ERROR(import_.patients(patients, stop));
  return import_.events(events, stop);
}

}  // namespace parcours::reception
