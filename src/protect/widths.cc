#include "protect/widths.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <numeric>
#include <unordered_set>
#include <utility>

#include "base/check.h"
#include "sums/cheapest_move.h"
#include "sums/intervals.h"

namespace parcours::protect {
namespace {

// How large a part may be to be settled exactly, and how often that is done: counts, not seconds,
// so that the same tables always come out the same.
constexpr std::size_t part_to_settle = 400;
constexpr std::uint64_t most_settled = 3'000;
// How much work (CheapestMove::work) all linear programs may take together: after that all
// around is hidden instead.
constexpr std::uint64_t most_programmed = 6'000'000'000;
// Among how many sums near it a move over the reals is looked for, before it may hide more, and
// where a sum is to be published again: a miss costs little.
constexpr std::size_t near_first = 300;
constexpr std::size_t near_to_publish = 2'000;
// What a step of a published sum costs there, if one of a hidden sum costs 1: at least; the dearest
// one costs RealMoves::most_price.
constexpr double price_of_published = 10;
constexpr const char* narrowed_by_empty_cells =
    "which cells are empty, and which are not, narrows a figure of which releases before told a "
    "part; nothing that is hidden changes that";
// Starts of the last search before linear programs.
constexpr int starts_at_last = 24;
// How many sums around one are hidden at least where no move is found for it.
constexpr std::size_t most_around = 2'000;
// What linear programs try in turn: how many sums they look at, and at what prices. Where all
// prices are even, a program ends soonest, and with a short move: it comes first. What it hides
// without need is published again later.
enum class Price { even, of_each };  // even: what is hidden costs as much
struct Try {
  std::size_t near;
  Price price;
};
constexpr std::array<Try, 3> programs = {
    {{2'000, Price::even}, {12'000, Price::even}, {12'000, Price::of_each}}};
// Of a group that no table shows: what moves with it is seldom near, and costs nothing to hide.
constexpr std::array<Try, 1> programs_of_unseen = {{{12'000, Price::of_each}}};

// What is published whatever happens, and all that may be hidden.
sums::System system_of(const Sums& sums) {
  sums::System system;
  system.relations = sums.relations;
  for (std::size_t s = 0; s < sums.counts.size(); ++s) {
    system.ranges.push_back(
        sums.fixed[s] ? sums::Range{sums.counts[s], sums.counts[s]}
                      : sums::Range{sums.least_of(static_cast<std::uint32_t>(s)), sums::no_limit});
  }
  return system;
}

sums::Equations equations_of(const Sums& sums) {
  Result<sums::Equations> equations = sums::Equations::of(system_of(sums));
  PARCOURS_CHECK(equations.has_value());  // counts of people add up
  return *std::move(equations);
}

std::vector<std::int64_t> by_unknown(const sums::Equations& equations, const Sums& sums) {
  std::vector<std::int64_t> counts;
  for (std::uint32_t u = 0; u < equations.unknowns(); ++u) {
    counts.push_back(sums.counts[equations.cell(u)]);
  }
  return counts;
}

// Prices of moves over the reals.
std::vector<double> real_prices(const std::vector<std::uint64_t>& prices) {
  const std::uint64_t dearest = prices.empty() ? 1 : *std::ranges::max_element(prices);
  std::vector<double> made;
  for (const std::uint64_t price : prices) {
    made.push_back(price_of_published + (sums::RealMoves::most_price - price_of_published) *
                                            static_cast<double>(price) /
                                            static_cast<double>(dearest));
  }
  return made;
}

std::vector<std::uint32_t> merged(std::vector<std::uint32_t> a,
                                  const std::vector<std::uint32_t>& b) {
  a.insert(a.end(), b.begin(), b.end());
  std::ranges::sort(a);
  const auto [first, last] = std::ranges::unique(a);
  a.erase(first, last);
  return a;
}

}  // namespace

Widths::Widths(const Sums& sums, const Hidden& hidden)
    : sums_(sums),
      hidden_(hidden),
      by_sum_(relations_by_sum(sums)),
      equations_(equations_of(sums)),
      counts_(by_unknown(equations_, sums)),
      moves_(equations_, counts_),
      proofs_(hidden.size()),
      stays_(hidden.size(), false),
      over_reals_(hidden.size(), false),
      rest_on_(hidden.size()),
      real_(equations_, counts_) {
  for (std::uint32_t s = 0; s < hidden_.size(); ++s) {
    width_.push_back(sums.width_of(s));
  }
  carried_up_.resize(equations_.unknowns());
  carried_down_.resize(equations_.unknowns());
  real_carried_.resize(equations_.unknowns());
  std::vector<std::uint64_t> prices;
  for (std::uint32_t u = 0; u < equations_.unknowns(); ++u) {
    prices.push_back(sums.costs[equations_.cell(u)] + 1);  // nothing is free that is not hidden
  }
  real_.set_prices(real_prices(prices));
  moves_.set_prices(std::move(prices));
  for (std::uint32_t s = 0; s < hidden_.size(); ++s) {
    show(s, !hidden_[s]);
  }
}

void Widths::show(std::uint32_t sum, bool shown) {
  hidden_[sum] = !shown;
  if (const std::uint32_t u = equations_.unknown(sum); u != sums::no_unknown) {
    moves_.set_free(u, !shown);
    real_.set_free(u, !shown);
  }
}

void Widths::keep(std::uint32_t sum, Proof proof) {
  for (const std::uint32_t s : proof.sums) {
    rest_on_[s].push_back(sum);
  }
  proofs_[sum] = std::move(proof);
}

std::optional<Widths::Proof> Widths::prove(std::uint32_t sum) {
  const std::uint32_t u = equations_.unknown(sum);
  const std::int64_t room = sums_.counts[sum] - sums_.least_of(sum);
  const sums::Moves::Reach down = moves_.reach(u, -1, std::min(width_[sum], room));
  return proof_of(width_[sum], down, moves_.reach(u, 1, width_[sum] - down.by));
}

std::optional<Widths::Proof> Widths::proof_of(std::int64_t width, const sums::Moves::Reach& down,
                                              const sums::Moves::Reach& up) const {
  if (down.by + up.by < width) {
    return std::nullopt;
  }
  Proof proof;
  for (const sums::Moves::Reach* reach : {&down, &up}) {
    if (reach->by > 0) {
      add_move(move_of(*reach), proof);
    }
  }
  return proof;
}

void Widths::add_move(Move move, Proof& proof) const {
  std::vector<std::uint32_t> sums;
  for (const auto& [sum, by] : move) {
    sums.push_back(sum);
  }
  proof.sums = merged(std::move(sums), proof.sums);
  proof.moves.push_back(std::move(move));
}

Widths::Move Widths::move_of(const sums::Moves::Reach& reach) const {
  Move move;
  for (const auto& [unknown, by] : sums::sum_of(reach.shifts)) {
    move.push_back({equations_.cell(unknown), static_cast<double>(by)});
  }
  return move;
}

Widths::Move Widths::move_of(const sums::RealMoves::Reach& reach) const {
  Move move;
  for (const auto& [unknown, by] : reach.moved) {
    move.push_back({equations_.cell(unknown), by});
  }
  return move;
}

std::vector<SumWitness> Widths::witnesses() const {
  std::vector<SumWitness> found;
  for (std::uint32_t s = 0; s < proofs_.size(); ++s) {
    if (!proofs_[s].moves.empty()) {
      found.push_back({s, proofs_[s].moves});
    }
  }
  return found;
}

// All hidden sums that chains of relations link with this one, if they are no more than `most`; and
// those relations.
std::optional<Widths::Part> Widths::part_of(std::uint32_t sum, std::size_t most) const {
  Part part{{sum}, {}};
  std::unordered_set<std::uint32_t> met{sum};
  std::unordered_set<std::uint32_t> relations_met;
  for (std::size_t next = 0; next < part.sums.size(); ++next) {
    for (const std::uint32_t r : by_sum_[part.sums[next]]) {
      if (!relations_met.insert(r).second) {
        continue;
      }
      part.relations.push_back(r);
      for (const tables::Relation::Term& term : sums_.relations[r].terms) {
        if (hidden_[term.cell] && met.insert(term.cell).second) {
          part.sums.push_back(term.cell);
        }
      }
    }
    if (part.sums.size() > most) {
      return std::nullopt;
    }
  }
  return part;
}

// The interval of a sum that stands in some relation of its part.
sums::Interval Widths::interval_in(const Part& part, std::uint32_t sum) const {
  sums::System system;
  sums::IntervalQuestion question;
  std::map<std::uint32_t, std::uint32_t> number_of;  // of the sums that stand in these relations
  for (const std::uint32_t r : part.relations) {
    tables::Relation relation = sums_.relations[r];
    for (tables::Relation::Term& term : relation.terms) {
      const std::int64_t count = sums_.counts[term.cell];
      const auto [at, fresh] = number_of.try_emplace(term.cell, number_of.size());
      if (fresh) {
        question.solution.push_back(count);
        system.ranges.push_back(hidden_[term.cell]
                                    ? sums::Range{sums_.least_of(term.cell), sums::no_limit}
                                    : sums::Range{count, count});
      }
      term.cell = at->second;
    }
    system.relations.push_back(std::move(relation));
  }
  question.cells = {number_of.at(sum)};
  question.enough = width_[sum];
  Progress progress(Progress::Manner::none);
  const auto found = sums::intervals(system, question, progress, Stop());
  PARCOURS_CHECK(found.has_value());
  return found->front();
}

// The proof rests on the whole part.
std::optional<Widths::Proof> Widths::settle(std::uint32_t sum) {
  std::optional<Part> part = part_of(sum, part_to_settle);
  if (!part) {
    return std::nullopt;
  }
  if (!part->relations.empty() && interval_in(*part, sum).reached_width() < width_[sum]) {
    return std::nullopt;
  }
  return Proof{merged(std::move(part->sums), {}), {}};
}

// Whether moves over the reals leave it as wide as is asked, among so many sums near it.
std::optional<Widths::Proof> Widths::prove_over_reals(std::uint32_t sum, std::size_t near) {
  if (programmed_ + real_.work() > most_programmed) {
    return std::nullopt;
  }
  const auto apart = real_.apart(equations_.unknown(sum), width_[sum], near);
  return apart ? proof_over_reals(sum, *apart) : std::nullopt;
}

// The same, hiding what such moves take.
std::optional<Widths::Proof> Widths::by_freeing_over_reals(std::uint32_t sum) {
  if (programmed_ + real_.work() > most_programmed) {
    return std::nullopt;
  }
  const auto apart = real_.apart_by_freeing(equations_.unknown(sum), width_[sum]);
  std::optional<Proof> proof = apart ? proof_over_reals(sum, *apart) : std::nullopt;
  for (std::size_t i = 0; proof && i < proof->sums.size(); ++i) {
    show(proof->sums[i], false);
  }
  return proof;
}

// The sums that these moves take, where they carry it as far as is asked.
std::optional<Widths::Proof> Widths::proof_over_reals(std::uint32_t sum,
                                                      const sums::RealMoves::Apart& apart) {
  if (apart.width() < width_[sum]) {
    return std::nullopt;
  }
  Proof proof;
  for (const sums::RealMoves::Reach* reach : {&apart.up, &apart.down}) {
    if (reach->by > 0) {
      remember_real(*reach);
      add_move(move_of(*reach), proof);
    }
  }
  over_reals_[sum] = true;
  return proof;
}

void Widths::remember_real(const sums::RealMoves::Reach& reach) {
  for (const auto& [unknown, by] : reach.moved) {
    real_carried_[unknown].push_back({real_carriers_.size(), by});
  }
  real_carriers_.push_back(move_of(reach));
}

// The furthest of the moves over the reals that were found for any sum, of those that move nothing
// but what is hidden.
Widths::RealCarried Widths::furthest_real(std::uint32_t unknown, int direction) const {
  RealCarried furthest;
  for (const RealCarried& carried : real_carried_[unknown]) {
    if (carried.by * direction > furthest.by * direction &&
        std::ranges::all_of(real_carriers_[carried.move],
                            [&](const auto& change) { return hidden_[change.people]; })) {
      furthest = carried;
    }
  }
  return furthest;
}

// Whether moves over the reals that were found for other sums leave this one as wide as is asked.
std::optional<Widths::Proof> Widths::by_real_carriers(std::uint32_t sum) {
  const RealCarried up = furthest_real(equations_.unknown(sum), 1);
  RealCarried down;
  if (sums::whole_numbers_between(0, up.by) < width_[sum]) {
    down = furthest_real(equations_.unknown(sum), -1);
  }
  if (sums::whole_numbers_between(-down.by, up.by) < width_[sum]) {
    return std::nullopt;
  }
  Proof proof;
  for (const RealCarried& carried : {up, down}) {
    if (carried.by != 0) {
      add_move(real_carriers_[carried.move], proof);
    }
  }
  over_reals_[sum] = true;
  return proof;
}

// How wide it is with everything hidden that may be, as far as that matters.
std::int64_t Widths::widest(std::uint32_t sum) {
  if (!all_) {
    all_.emplace(equations_, counts_);
    for (std::uint32_t u = 0; u < equations_.unknowns(); ++u) {
      all_->set_free(u, true);
    }
  }
  const std::uint32_t u = equations_.unknown(sum);
  const auto apart = all_->apart(u, sums_.width);
  return apart ? std::min(apart->width(), sums_.width) : sums_.width;
}

// The same by linear programs over all that moves with it.
std::int64_t Widths::widest_of_all(std::uint32_t sum) const {
  sums::IntervalQuestion question;
  question.cells = {sum};
  question.enough = sums_.width;
  question.over_reals = true;
  question.solution = sums_.counts;
  Progress progress(Progress::Manner::none);
  const auto found = sums::intervals(system_of(sums_), question, progress, Stop());
  PARCOURS_CHECK(found.has_value());
  return std::min(found->front().carried_width.value_or(found->front().width()), sums_.width);
}

// Carries the sum on from where `reach` left it, hiding what it has to, `want` further at most.
void Widths::carry_on(std::uint32_t sum, int direction, std::int64_t want,
                      sums::Moves::Reach& reach) {
  const std::uint32_t u = equations_.unknown(sum);
  for (std::int64_t amount = want; want > 0 && amount > 0;) {
    moves_.start_from(reach.shifts);
    const auto move = moves_.cheapest(u, direction, amount);
    if (!move) {
      amount /= 2;
      continue;
    }
    free_all(*move);
    reach.shifts.insert(reach.shifts.end(), move->begin(), move->end());
    reach.shifts = sums::sum_of(std::move(reach.shifts));
    reach.by += amount;
    want -= amount;
    amount = std::min(amount, want);
  }
  moves_.start_from({});
}

void Widths::remember(const std::vector<sums::Shift>& move) {
  for (const auto& [unknown, by] : move) {
    Carried& furthest = by < 0 ? carried_down_[unknown] : carried_up_[unknown];
    if (std::abs(by) > furthest.by) {
      furthest = {carriers_.size(), std::abs(by)};
    }
  }
  carriers_.push_back(move);
}

// Takes a move that was found for another sum, if it carries this one far enough and `reach` does
// not. What it moves is hidden already.
void Widths::use_carriers(std::uint32_t sum, int direction, std::int64_t want,
                          sums::Moves::Reach& reach) const {
  const std::uint32_t u = equations_.unknown(sum);
  const Carried& furthest = direction < 0 ? carried_down_[u] : carried_up_[u];
  if (reach.by < want && furthest.by >= want) {
    reach = {furthest.by, carriers_[furthest.move]};
  }
}

void Widths::free_all(const std::vector<sums::Shift>& move) {
  for (const sums::Shift& shift : move) {
    show(equations_.cell(shift.unknown), false);
  }
}

// By linear programming, from the counts themselves.
sums::Moves::Reach Widths::by_program(std::uint32_t sum, int direction, std::int64_t by) {
  const sums::MoveWish wish{equations_.unknown(sum), direction, by};
  const std::span<const Try> tries =
      sums_.is_unseen(sum) ? std::span<const Try>(programs_of_unseen) : programs;
  for (const auto& [near, price] : tries) {
    if (programmed_ + real_.work() > most_programmed) {
      return {};
    }
    std::vector<std::uint64_t> prices(equations_.unknowns(), 1);
    for (std::uint32_t u = 0; u < prices.size() && price == Price::of_each; ++u) {
      prices[u] = moves_.free(u) ? 0 : sums_.costs[equations_.cell(u)] + 1;
    }
    const sums::CheapestMove move = sums::cheapest_move(equations_, counts_, prices, wish, near);
    programmed_ += move.work;
    free_all(move.shifts);
    if (move.outcome == sums::CheapestMove::Outcome::found) {
      remember(move.shifts);
      return {wish.by, move.shifts};
    }
    if (move.outcome == sums::CheapestMove::Outcome::broken) {
      // What a move in fractions needs is hidden; a whole one may be found in it.
      sums::Moves::Reach reach = moves_.reach(wish.unknown, direction, wish.by);
      if (reach.by == wish.by) {
        return reach;
      }
    }
    if (move.outcome == sums::CheapestMove::Outcome::impossible) {
      return {};
    }
  }
  return {};
}

// Asks no more of the sum than what was published before leaves it. Whether it is no narrower with
// everything hidden that may be.
bool Widths::ask_what_may_be(std::uint32_t sum) {
  width_[sum] = std::min(sums_.width_of(sum), widest(sum));
  if (!sums_.left_before) {
    return true;
  }
  const std::int64_t left = sums_.left_before(sum);
  if (width_[sum] < left) {
    width_[sum] = widest_of_all(sum);  // it may be wider than is seen near it
  }
  return width_[sum] >= left;
}

// Where what was published before bounds it: as wide as it may be.
std::optional<Widths::Proof> Widths::as_wide_as_may_be(std::uint32_t sum) {
  const std::int64_t room = std::min(width_[sum], sums_.counts[sum] - sums_.least_of(sum));
  for (const int direction : {1, -1}) {
    if (std::optional<Proof> proof = prove_over_reals(sum, sums::RealMoves::all_near)) {
      return proof;
    }
    by_program(sum, direction, direction < 0 ? room : width_[sum]);
  }
  return prove_over_reals(sum, sums::RealMoves::all_near);
}

// Where no cheap move is found: hides all that relations link with the sum, then all that they link
// with that, until a move shows. What is hidden without need is published again later. Where none
// shows though many are hidden, all of them stay so.
std::optional<Widths::Proof> Widths::by_hiding_all_around(std::uint32_t sum) {
  std::vector<std::uint32_t> around{sum};
  std::vector<bool> met(hidden_.size(), false);
  std::vector<bool> relation_met(sums_.relations.size(), false);
  met[sum] = true;
  std::size_t begin = 0;
  bool more = false;  // a sum was hidden since moves were looked for last
  while (begin < around.size() && around.size() <= most_around) {
    const std::size_t end = around.size();
    for (; begin < end; ++begin) {
      for (const std::uint32_t r : by_sum_[around[begin]]) {
        if (relation_met[r]) {
          continue;
        }
        relation_met[r] = true;
        for (const tables::Relation::Term& term : sums_.relations[r].terms) {
          if (!sums_.fixed[term.cell] && !met[term.cell]) {
            met[term.cell] = true;
            more = more || !hidden_[term.cell];
            show(term.cell, false);
            around.push_back(term.cell);
          }
        }
      }
    }
    if (!more) {
      continue;
    }
    more = false;
    if (std::optional<Proof> proof = prove(sum)) {
      return proof;
    }
    if (std::optional<Proof> proof = settle(sum)) {
      return proof;
    }
  }
  if (begin == around.size() && !sums_.told_before) {  // all that could be hidden is
    return std::nullopt;
  }
  for (const std::uint32_t s : around) {
    stays_[s] = true;
  }
  return Proof{{sum}, {}};
}

Status Widths::widen(std::uint32_t sum) {
  const std::uint32_t u = equations_.unknown(sum);
  const std::int64_t room = sums_.counts[sum] - sums_.least_of(sum);
  const std::int64_t width = width_[sum];
  sums::Moves::Reach down = moves_.reach(u, -1, std::min(width, room));
  sums::Moves::Reach up = moves_.reach(u, 1, width - down.by);
  use_carriers(sum, 1, width - down.by, up);
  use_carriers(sum, -1, width - up.by, down);
  std::optional<Proof> proof = proof_of(width, down, up);
  if (!proof && sums_.is_unseen(sum)) {
    proof = by_real_carriers(sum);
  }
  if (!proof && sums_.is_unseen(sum)) {
    proof = prove_over_reals(sum, near_first);
  }
  if (!proof && sums_.is_unseen(sum)) {
    proof = by_freeing_over_reals(sum);
  }
  if (!proof) {
    carry_on(sum, 1, width - down.by - up.by, up);
    carry_on(sum, -1, std::min(width - up.by, room) - down.by, down);
    proof = proof_of(width, down, up);
  }
  if (!proof) {
    moves_.set_effort({.starts = starts_at_last});
    proof = prove(sum);
    moves_.set_effort({});
  }
  if (!proof && !sums_.is_unseen(sum)) {
    proof = proof_of(width, down, by_program(sum, 1, width - down.by));
  }
  if (!proof) {
    proof = settle(sum);
  }
  if (!proof) {
    proof = prove_over_reals(sum, sums::RealMoves::all_near);
  }
  if (!proof && !sums_.is_unseen(sum)) {
    proof = by_freeing_over_reals(sum);
  }
  if (!proof && sums_.told_before) {
    if (!ask_what_may_be(sum)) {
      return refused(narrowed_by_empty_cells, sums_.place ? sums_.place(sum) : "",
                     "use coarser categories there, or leave the table out");
    }
    proof = as_wide_as_may_be(sum);
  }
  if (!proof) {
    proof = by_hiding_all_around(sum);
  }
  if (!proof) {
    return refused("the published figures bound an unsafe figure too narrowly", {},
                   "use coarser categories or a larger population");
  }
  keep(sum, *std::move(proof));
  return {};
}

Status Widths::widen() {
  std::vector<std::uint32_t> unsafe;
  for (std::uint32_t s = 0; s < hidden_.size(); ++s) {
    if (sums_.asks_width(s) && equations_.unknown(s) != sums::no_unknown) {
      unsafe.push_back(s);
    }
  }
  // What has the least room below needs the most above: its partners serve the others.
  std::ranges::stable_sort(unsafe, {}, [&](std::uint32_t s) { return sums_.counts[s]; });
  for (const std::uint32_t s : unsafe) {
    RETURN_IF_ERROR(widen(s));
  }
  return {};
}

bool Widths::publish(std::uint32_t sum) {
  if (stays_[sum]) {
    return false;
  }
  std::vector<std::uint32_t> concerned = std::exchange(rest_on_[sum], {});
  concerned = merged(std::move(concerned), {});
  std::erase_if(concerned, [&](std::uint32_t s) {
    return !std::ranges::binary_search(proofs_[s].sums, sum);  // it has another proof by now
  });
  show(sum, true);
  std::vector<std::pair<std::uint32_t, Proof>> found;
  for (const std::uint32_t s : concerned) {
    std::optional<Proof> proof = prove(s);
    if (!proof && settled_ < most_settled) {
      ++settled_;
      proof = settle(s);
    }
    if (!proof && over_reals_[s]) {
      proof = by_real_carriers(s);
    }
    if (!proof && over_reals_[s]) {
      proof = prove_over_reals(s, near_to_publish);
    }
    if (!proof) {
      show(sum, false);
      rest_on_[sum] = std::move(concerned);
      return false;
    }
    found.emplace_back(s, *std::move(proof));
  }
  for (auto& [s, proof] : found) {
    keep(s, std::move(proof));
  }
  return true;
}

}  // namespace parcours::protect
