#include "microdata/inference.h"

#include <algorithm>
#include <numeric>
#include <optional>

#include "base/check.h"
#include "base/threads.h"
#include "microdata/classes.h"
#include "microdata/draws.h"
#include "microdata/scan.h"

namespace parcours::microdata {
namespace {

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

  // The value that the person is taken to have.
  std::uint32_t guess(std::uint32_t person) const {
    std::vector<std::uint32_t> target;
    for (const CodeColumn& column : known_) {
      target.push_back(column.codes[person]);
    }
    std::vector<std::uint32_t> values;
    for (const std::uint32_t place : scan_.nearest(target)) {
      values.push_back(values_[place]);
    }
    std::ranges::sort(values);
    std::uint32_t best = 0;
    std::size_t most = 0;
    for (std::size_t begin = 0; begin < values.size();) {
      const std::uint32_t value = values[begin];
      std::size_t end = begin;
      while (end < values.size() && values[end] == value) {
        ++end;
      }
      const std::size_t count = end - begin;
      if (count > most || (count == most && counts_[value] > counts_[best])) {
        best = value;
        most = count;
      }
      begin = end;
    }
    return best;
  }

 private:
  std::span<const CodeColumn> known_;
  Scan scan_;
  std::vector<std::uint32_t> values_;  // sensitive, by exported record
  std::vector<std::uint64_t> counts_;  // by value
};

Share share_of(std::size_t right, std::size_t tried, std::size_t all) {
  const auto some = static_cast<double>(right);
  const auto of = static_cast<double>(tried);
  return tried == all ? Share::exact(some, of) : Share::drawn(some, of);
}

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

  std::vector<std::uint32_t> guesses(in + out);
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
  std::size_t right_in = 0;
  std::size_t right_out = 0;
  std::size_t commonest_out = 0;
  const std::uint32_t commonest = guesser.commonest();
  for (std::size_t i = 0; i < guesses.size(); ++i) {
    const std::uint32_t truth = column.codes[person(i)];
    (i < in ? right_in : right_out) += guesses[i] == truth ? 1 : 0;
    commonest_out += i >= in && commonest == truth ? 1 : 0;
  }
  return Inference{share_of(right_in, in, halves.exported.size()),
                   share_of(right_out, out, halves.held_out.size()),
                   share_of(commonest_out, out, halves.held_out.size())};
}

Membership membership(const Microdata& data, std::span<const std::size_t> chosen,
                      std::uint64_t seed, int threads) {
  const Halves halves = halves_of(data.records, seed);
  const Classes grouping = group(data, chosen, threads);
  std::vector<bool> held(grouping.sizes.size(), false);
  for (const std::uint32_t record : halves.exported) {
    held[grouping.class_of[record]] = true;
  }
  const auto said = std::ranges::count_if(
      halves.held_out, [&](std::uint32_t record) { return held[grouping.class_of[record]]; });
  const auto in = static_cast<double>(halves.exported.size());
  return {Share::exact(in, in),
          Share::exact(static_cast<double>(said), static_cast<double>(halves.held_out.size()))};
}

}  // namespace parcours::microdata
