#include "audit/audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace parcours::audit {
namespace {

class Auditor {
 public:
  Auditor(const PublishedSystem& published, const AuditQuestion& question)
      : published_(published), question_(question) {}

  Result<TableAudit> run(Progress& progress, const Stop& stop) {
    made_.disagreements = audit::disagreements(published_);
    if (!made_.disagreements.empty()) {
      return std::move(made_);
    }
    list_cells();
    ASSIGN_OR_RETURN(Derivations derivations, derive(published_.system, progress, stop));
    put_in(std::move(derivations));
    if (!made_.disagreements.empty()) {
      return std::move(made_);
    }
    RETURN_IF_ERROR(bound(progress, stop));
    RETURN_IF_ERROR(look_for_insiders(progress, stop));
    return std::move(made_);
  }

 private:
  // Every cell that a table hides or rounds.
  void list_cells() {
    std::vector<std::optional<Listed>> hidden_in(published_.proper_cells);
    for (std::uint32_t t = 0; t < published_.drawings.size(); ++t) {
      const Drawing& drawing = published_.drawings[t];
      for (std::uint32_t at = 0; at < drawing.cells.size(); ++at) {
        if (drawing.listings[at] == Listing::hidden && !hidden_in[drawing.cells[at]]) {
          hidden_in[drawing.cells[at]] = Listed{t, at};
        }
      }
    }
    disclosure_of_.assign(published_.system.ranges.size(), none);
    for (std::uint32_t cell = 0; cell < published_.proper_cells; ++cell) {
      const bool rounded = !hidden_in[cell] && published_.listings[cell] == Listing::ranged;
      if (hidden_in[cell] || rounded) {
        disclosure_of_[cell] = made_.disclosures.size();
        const bool shown = published_.system.ranges[cell].known();
        made_.disclosures.push_back(
            {cell, shown ? HowKnown::shown : HowKnown::bounded, rounded, hidden_in[cell], {}, {}});
      }
    }
  }

  // A value that cannot be is a contradiction, of a cell of no table too.
  void put_in(Derivations derivations) {
    for (Derivation& derivation : derivations.proved) {
      const std::uint32_t cell = derivation.cell;
      const sums::Range& range = published_.system.ranges[cell];
      if (!derivation.possible() || derivation.value() < range.low ||
          derivation.value() > range.high) {
        add_contradiction(derivation);
      } else if (disclosure_of_[cell] != none) {
        Disclosure& disclosure = made_.disclosures[disclosure_of_[cell]];
        disclosure.exposure = HowKnown::worked_out;
        disclosure.derivation = std::move(derivation);
      }
    }
  }

  void add_contradiction(const Derivation& derivation) {
    const std::uint32_t cell = derivation.cell;
    std::vector<std::uint32_t> cells = {cell};
    for (const Derivation::Term& term : derivation.terms) {
      cells.push_back(term.cell);
    }
    const std::string value = derivation.possible()
                                  ? decimal_text(derivation.value(), published_.decimals)
                                  : fmt::format("{} / {}", derivation.sum, derivation.over);
    const bool of_table = cell < published_.proper_cells;
    const std::string name = of_table ? published_.name(cell) : std::string();
    made_.disagreements.push_back(
        {of_table ? published_.where(cell)
                  : published_.tables[published_.listed_at[cell].table].text.file,
         {fmt::format("by the sums, {} is {}, which is impossible",
                      of_table ? name : "the difference between a total and its parts", value),
          fmt::format("selon les sommes, {} vaut {}, ce qui est impossible",
                      of_table ? name : "l’écart d’un total à ses parties", value)},
         std::move(cells)});
  }

  Status bound(Progress& progress, const Stop& stop) {
    if (!question_.intervals) {
      return {};
    }
    sums::IntervalQuestion asked;
    asked.programs = question_.programs;
    for (const Disclosure& disclosure : made_.disclosures) {
      if (disclosure.exposure == HowKnown::bounded) {
        asked.cells.push_back(disclosure.cell);
      }
    }
    if (asked.cells.empty()) {
      return {};
    }
    auto found = sums::intervals(published_.system, asked, progress, stop);
    if (!found && found.error().fault == Fault::input) {
      made_.disagreements.push_back({published_.tables.front().text.file,
                                     {"no numbers fit all tables together",
                                      "aucun nombre ne convient à l’ensemble des tableaux"},
                                     {}});
      return {};
    }
    RETURN_IF_ERROR(found);
    for (sums::Interval& interval : *found) {
      Disclosure& disclosure = made_.disclosures[disclosure_of_[interval.cell]];
      disclosure.exposure =
          interval.whole_low == interval.whole_high ? HowKnown::pinned : HowKnown::bounded;
      disclosure.interval = interval;
    }
    return {};
  }

  Status look_for_insiders(Progress& progress, const Stop& stop) {
    std::vector<bool> about(published_.system.ranges.size(), false);
    for (const Disclosure& disclosure : made_.disclosures) {
      about[disclosure.cell] = disclosure.exposure == HowKnown::bounded && !disclosure.rounded;
    }
    ASSIGN_OR_RETURN(made_.insiders, sums::insiders_of(published_.system, about, progress, stop));
    return {};
  }

  static constexpr std::size_t none = ~std::size_t{0};

  const PublishedSystem& published_;
  const AuditQuestion& question_;
  TableAudit made_;
  std::vector<std::size_t> disclosure_of_;  // by cell: among the disclosures
};

}  // namespace

std::size_t TableAudit::count(HowKnown exposure, bool rounded) const {
  return static_cast<std::size_t>(std::ranges::count_if(disclosures, [&](const Disclosure& d) {
    return d.exposure == exposure && d.rounded == rounded;
  }));
}

std::size_t TableAudit::known(bool rounded) const {
  return count(HowKnown::shown, rounded) + count(HowKnown::worked_out, rounded) +
         count(HowKnown::pinned, rounded);
}

std::size_t TableAudit::hidden() const {
  return disclosures.size() - rounded();
}

std::size_t TableAudit::rounded() const {
  return static_cast<std::size_t>(std::ranges::count(disclosures, true, &Disclosure::rounded));
}

Result<TableAudit> audit(const PublishedSystem& published, const AuditQuestion& question,
                         Progress& progress, const Stop& stop) {
  return Auditor(published, question).run(progress, stop);
}

bool narrower(const PublishedSystem& published, const Disclosure& disclosure, std::int64_t width) {
  if (disclosure.rounded || disclosure.exposure != HowKnown::bounded || !disclosure.interval) {
    return false;
  }
  std::int64_t unit = 1;
  for (int p = 0; p < published.decimals; ++p) {
    unit *= 10;
  }
  const sums::Interval& interval = *disclosure.interval;
  const sums::Range& mark = published.system.ranges[disclosure.cell];
  return interval.whole_high != sums::no_limit && interval.width() < width * unit &&
         (interval.whole_low > mark.low || interval.whole_high < mark.high);
}

}  // namespace parcours::audit
