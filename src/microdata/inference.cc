#include "microdata/inference.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "base/check.h"
#include "base/threads.h"
#include "microdata/classes.h"
#include "microdata/draws.h"
#include "microdata/scan.h"

namespace parcours {
namespace {

struct Guess {
  std::uint32_t value = 0;
  bool sure = false;  // all of the nearest agree
};

// Guesses from the exported half.
class Guesser {
 public:
  Guesser(std::span<const CodeColumn> known, const MicrodataColumn& sensitive,
          std::span<const std::uint32_t> exported)
      : known_(known), scan_(known, exported), counts_(sensitive.dictionary.size(), 0) {
    for (const std::uint32_t record : exported) {
      values_.push_back(sensitive.codes[record]);
      ++counts_[values_.back()];
    }
  }

  std::uint32_t commonest() const {
    return static_cast<std::uint32_t>(std::ranges::max_element(counts_) - counts_.begin());
  }

  Guess guess(std::uint32_t person) const {
    std::vector<std::uint32_t> target;
    for (const CodeColumn& column : known_) {
      target.push_back(column.codes[person]);
    }
    std::vector<std::uint32_t> values;
    for (const std::uint32_t place : scan_.nearest(target)) {
      values.push_back(values_[place]);
    }
    std::ranges::sort(values);
    Guess best;
    std::size_t most = 0;
    for (std::size_t begin = 0; begin < values.size();) {
      const std::uint32_t value = values[begin];
      std::size_t end = begin;
      while (end < values.size() && values[end] == value) {
        ++end;
      }
      const std::size_t count = end - begin;
      if (count > most || (count == most && counts_[value] > counts_[best.value])) {
        best.value = value;
        most = count;
      }
      begin = end;
    }
    best.sure = most == values.size();
    return best;
  }

 private:
  std::span<const CodeColumn> known_;
  Scan scan_;
  std::vector<std::uint32_t> values_;  // sensitive, by exported record
  std::vector<std::uint64_t> counts_;  // by value
};

}  // namespace

Result<Inference> infer(const Microdata& data, std::span<const std::size_t> known,
                        std::size_t sensitive, const AttackDraws& draws, Progress& progress,
                        const Stop& stop) {
  PARCOURS_CHECK(data.records > 1 && known.size() < 256);
  const Halves halves = halves_of(data.records, draws.seed);
  const MicrodataColumn& column = data.columns[sensitive];
  const std::vector<CodeColumn> columns = code_columns(data, known);
  const Guesser guesser(columns, column, halves.exported);
  const std::size_t in = std::min(draws.attacks, halves.exported.size());
  const std::size_t out = std::min(draws.attacks, halves.held_out.size());

  std::vector<Guess> guesses(in + out);
  const auto person = [&](std::size_t i) {
    return i < in ? halves.exported[i] : halves.held_out[i - in];
  };
  progress.begin("guessing " + column.name, guesses.size());
  each_on_threads(guesses.size(), draws.threads, [&](std::size_t i) {
    if (!stop.requested()) {
      guesses[i] = guesser.guess(person(i));
      progress.add(1);
    }
  });
  progress.end();
  if (stop.requested()) {
    return stopped();
  }
  Inference result;
  const auto add = [](Hits& tally, bool right) {
    ++tally.tried;
    tally.right += right ? 1 : 0;
  };
  const std::uint32_t commonest = guesser.commonest();
  for (std::size_t i = 0; i < guesses.size(); ++i) {
    const std::uint32_t truth = column.codes[person(i)];
    const bool right = guesses[i].value == truth;
    add(i < in ? result.exported : result.held_out, right);
    if (guesses[i].sure) {
      add(i < in ? result.exported_sure : result.held_out_sure, right);
    }
    if (i >= in) {
      add(result.commonest, commonest == truth);
    }
  }
  return result;
}

Membership membership(const Microdata& data, std::span<const std::size_t> chosen,
                      std::uint64_t seed, int threads) {
  const Halves halves = halves_of(data.records, seed);
  const Classes grouping = group(data, chosen, threads);
  std::vector<bool> held(grouping.sizes.size(), false);
  for (const std::uint32_t record : halves.exported) {
    held[grouping.class_of[record]] = true;
  }
  Membership result;
  result.exported = {halves.exported.size(), halves.exported.size()};
  result.held_out.tried = halves.held_out.size();
  for (const std::uint32_t record : halves.held_out) {
    result.held_out.right += held[grouping.class_of[record]] ? 1 : 0;
  }
  return result;
}

}  // namespace parcours
