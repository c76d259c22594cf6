#include "audit/doubtful_numbers.h"

#include <algorithm>
#include <unordered_map>

#include "audit/assumed.h"
#include "audit/reach.h"

namespace parcours::audit {
namespace {

using assumed::DoubtfulAs;

// Which doubtful number a cell prints.
struct PrintedDoubt {
  std::uint32_t table = 0;
  std::size_t doubt = 0;  // of the table
  std::int64_t value = 0;
  bool hidden = false;
  friend bool operator==(const PrintedDoubt&, const PrintedDoubt&) = default;
};

// What the sums say of one doubtful number.
struct SumsSay {
  bool holds = false;
  bool far_off = false;
};

// 9999 and more: 999 people may be counted by chance.
bool is_long(const DoubtfulNumber& one) {
  constexpr std::int64_t fewest = 9999;
  const std::optional<std::int64_t> least = scaled({fewest, 0}, one.number.decimals);
  return least && one.number.digits >= *least;
}

class Judge {
 public:
  explicit Judge(const PublishedSystem& published) : published_(published) {
    for (std::uint32_t t = 0; t < published_.tables.size(); ++t) {
      evidence_.emplace_back(published_.tables[t].doubtful.size());
      find_cells(t);
    }
  }

  std::vector<std::vector<SumsSay>> run() {
    if (printed_.empty()) {
      return std::move(evidence_);
    }
    for (std::size_t r = 0; r < published_.system.relations.size(); ++r) {
      if (published_.origins[r].kind == Origin::Kind::sum) {
        look_at(published_.system.relations[r]);
      }
    }
    for (const Clash& clash : published_.clashes) {
      for (const Listed& listed : {clash.one, clash.other}) {
        if (const PrintedDoubt* found = printed_there(listed)) {
          evidence_[found->table][found->doubt].far_off = true;
        }
      }
    }
    return std::move(evidence_);
  }

 private:
  // Of a table's line, by its place in the layout; nothing where it prints no doubtful number.
  std::optional<PrintedDoubt> doubt_at(std::uint32_t t, std::size_t at) const {
    const PublishedTable& table = published_.tables[t];
    const std::uint32_t line = published_.drawings[t].layout.lines[at];
    if (line == 0) {
      return std::nullopt;
    }
    const std::uint32_t word = table.text.columns[table.value].rows[line - 1];
    const auto found = std::ranges::find(table.doubtful, word, &DoubtfulNumber::word);
    if (found == table.doubtful.end()) {
      return std::nullopt;
    }
    const std::optional<std::int64_t> value = scaled(found->number, published_.decimals);
    if (!value) {
      return std::nullopt;
    }
    return PrintedDoubt{t, static_cast<std::size_t>(found - table.doubtful.begin()), *value,
                        found->hidden};
  }

  void find_cells(std::uint32_t t) {
    if (published_.tables[t].doubtful.empty()) {
      return;
    }
    const Drawing& drawing = published_.drawings[t];
    for (std::size_t at = 0; at < drawing.cells.size(); ++at) {
      if (const auto doubt = doubt_at(t, at)) {
        printed_.emplace(drawing.cells[at], *doubt);
      }
    }
  }

  const PrintedDoubt* printed_there(const Listed& listed) {
    const auto found = printed_.find(published_.drawings[listed.table].cells[listed.at]);
    return found == printed_.end() || found->second.table != listed.table ? nullptr
                                                                          : &found->second;
  }

  // A sum with all its doubtful numbers as they are printed may hold; one with the others as they
  // were read may be far off.
  void look_at(const tables::Relation& relation) {
    Reach printed;
    Reach read;
    std::vector<const PrintedDoubt*> found;
    bool on_both_sides = false;
    std::int32_t side = 0;
    for (const tables::Relation::Term& term : relation.terms) {
      const sums::Range& range = published_.system.ranges[term.cell];
      read.add(range, term.coefficient);
      const auto doubt = printed_.find(term.cell);
      if (doubt == printed_.end()) {
        printed.add(range, term.coefficient);
        continue;
      }
      printed.add({doubt->second.value, doubt->second.value}, term.coefficient);
      found.push_back(&doubt->second);
      const std::int32_t sign = term.coefficient > 0 ? 1 : -1;
      on_both_sides = on_both_sides || side == -sign;
      side = sign;
    }
    for (const PrintedDoubt* doubt : found) {
      SumsSay& evidence = evidence_[doubt->table][doubt->doubt];
      // A mark of nothing may stand for a total and for its parts: -9 = 0 + -9 says nothing.
      evidence.holds = evidence.holds || (printed.is_zero() && !on_both_sides);
      evidence.far_off =
          evidence.far_off || (!doubt->hidden && 2 * read.misses_zero_by() > doubt->value);
    }
  }

  const PublishedSystem& published_;
  std::unordered_map<std::uint32_t, PrintedDoubt> printed_;  // by cell
  std::vector<std::vector<SumsSay>> evidence_;               // by table, by doubtful number
};

}  // namespace

Decided decide(const PublishedSystem& published, const Reading& reading) {
  Decided decided{.readings = std::vector(published.tables.size(), reading)};
  const auto evidence = Judge(published).run();
  for (std::size_t t = 0; t < published.tables.size(); ++t) {
    const PublishedTable& table = published.tables[t];
    const TextColumn& values = table.text.columns[table.value];
    for (std::size_t d = 0; d < table.doubtful.size(); ++d) {
      const DoubtfulNumber& one = table.doubtful[d];
      const SumsSay& found = evidence[t][d];
      const std::string& word = values.words[one.word];
      const auto lines = static_cast<std::uint64_t>(std::ranges::count(values.rows, one.word));
      const auto say = [&](DoubtfulAs as) {
        decided.doubts.push_back(assumed::doubtful(table.text.file, values.name, word, lines, as));
      };
      if (one.hidden && found.holds) {
        decided.readings[t].numbers.push_back(word);
        decided.changed = true;
        say(DoubtfulAs::number_by_sums);
      } else if (one.hidden) {
        say(DoubtfulAs::hidden_below_zero);
      } else if (!found.holds && (found.far_off || (one.stands_out && is_long(one)))) {
        decided.readings[t].marks.push_back({word, {}, {}});
        decided.changed = true;
        say(found.far_off ? DoubtfulAs::hidden_by_sums : DoubtfulAs::hidden_far_above);
      } else if (!found.holds && one.stands_out) {
        say(DoubtfulAs::number_far_above);
      }
    }
  }
  return decided;
}

}  // namespace parcours::audit
