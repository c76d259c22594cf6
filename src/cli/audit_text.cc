#include "cli/audit_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "audit/audit_words.h"
#include "base/printable.h"

namespace parcours::cli {
namespace {

constexpr std::size_t most_cells = 12;  // shown one by one; programs get all of them
constexpr std::size_t most_terms = 16;
constexpr std::size_t most_disagreements = 20;
constexpr std::size_t name_width = 46;

// How many columns a text takes on a terminal: UTF-8 characters, near enough.
std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string padded(const std::string& text, std::size_t width) {
  const std::size_t taken = columns(text);
  return text + std::string(taken < width ? width - taken : 1, ' ');
}

// What must be checked before the answer; each sentence by itself.
std::string doubts_text(const audit::PublishedSystem& published) {
  std::string text;
  for (const tables::Label& doubt : audit::doubts(published)) {
    text += printable(doubt.en) + "\n\n";
  }
  return text;
}

class AuditText {
 public:
  AuditText(const audit::PublishedSystem& published, const audit::TableAudit& audit,
            std::optional<std::int64_t> width)
      : published_(published), audit_(audit), width_(width) {}

  std::string run() {
    text_ = doubts_text(published_);
    for (const tables::Label& sentence : audit::summary(published_, audit_, width_)) {
      text_ += printable(sentence.en) + "\n";
    }
    for (const audit::HowKnown exposure :
         {audit::HowKnown::shown, audit::HowKnown::worked_out, audit::HowKnown::pinned}) {
      std::size_t shown = 0;
      for (const audit::Disclosure& disclosure : audit_.disclosures) {
        if (disclosure.exposure == exposure && shown++ < most_cells) {
          add(disclosure);
        }
      }
      if (shown > most_cells) {
        text_ +=
            fmt::format("\n... and {} more: --json and --report list all\n", shown - most_cells);
      }
    }
    add_narrow();
    return std::move(text_);
  }

 private:
  void add(const audit::Disclosure& disclosure) {
    const std::uint32_t cell = disclosure.cell;
    const std::string where =
        disclosure.hidden_in ? published_.where(*disclosure.hidden_in) : published_.where(cell);
    text_ += fmt::format("\n{}{}\n", padded(printable(published_.name(cell)), name_width + 10),
                         printable(where));
    if (disclosure.exposure == audit::HowKnown::pinned) {
      text_ += fmt::format("  = {}\n    no other number fits the sums\n",
                           audit::interval_text(published_, disclosure).en);
      return;
    }
    if (!disclosure.derivation) {
      text_ += fmt::format(
          "  = {}\n", padded(fmt::format("{:<8}printed there", value_of(cell)), name_width + 6) +
                          printable(published_.where(cell)));
      return;
    }
    const audit::Derivation& derivation = *disclosure.derivation;
    text_ += fmt::format("  = {}\n", audit::derived_value(published_, derivation));
    std::size_t shown = 0;
    std::size_t zeros = 0;
    std::vector<audit::SpokenTerm> terms = audit::spoken(published_, derivation);
    for (const audit::SpokenTerm& term : terms) {
      if (term.zero) {
        ++zeros;
      } else if (shown++ < most_terms) {
        text_ += fmt::format(
            "    {} {}{}\n", term.sign,
            padded(fmt::format("{:<8}{}", term.number, printable(term.name)), name_width + 4),
            printable(term.where));
      }
    }
    if (shown > most_terms) {
      text_ += fmt::format("    ... and {} more terms\n", shown - most_terms);
    }
    if (zeros > 0) {
      text_ += fmt::format("    and {} printed as 0\n",
                           zeros == 1 ? "one cell" : fmt::format("{} cells", zeros));
    }
    if (derivation.over > 1) {
      text_ += fmt::format("    the result divided by {}\n", derivation.over);
    }
  }

  std::string value_of(std::uint32_t cell) const { return published_.value(cell); }

  // The hidden cells that are bounded most narrowly.
  void add_narrow() {
    std::vector<const audit::Disclosure*> narrow;
    for (const audit::Disclosure& disclosure : audit_.disclosures) {
      if (audit::is_narrow(published_, disclosure, width_)) {
        narrow.push_back(&disclosure);
      }
    }
    std::ranges::stable_sort(narrow, {},
                             [](const audit::Disclosure* d) { return d->interval->width(); });
    if (!narrow.empty()) {
      text_ += "\nHidden cells with the narrowest intervals:\n";
    }
    for (std::size_t i = 0; i < std::min(most_cells, narrow.size()); ++i) {
      const audit::Disclosure& disclosure = *narrow[i];
      text_ += fmt::format(
          "  {}{}\n",
          padded(fmt::format("{:<12}{}", audit::interval_text(published_, disclosure).en,
                             printable(published_.name(disclosure.cell))),
                 name_width + 8),
          printable(published_.where(disclosure.cell)));
    }
    if (narrow.size() > most_cells) {
      text_ += fmt::format("  ... and {} more\n", narrow.size() - most_cells);
    }
  }

  const audit::PublishedSystem& published_;
  const audit::TableAudit& audit_;
  std::optional<std::int64_t> width_;
  std::string text_;
};

}  // namespace

std::string audit_text(const audit::PublishedSystem& published, const audit::TableAudit& audit,
                       std::optional<std::int64_t> width) {
  return AuditText(published, audit, width).run();
}

std::string disagreements_text(const audit::PublishedSystem& published,
                               const audit::TableAudit& audit) {
  std::string text =
      doubts_text(published) + "These tables do not add up, so no attack was tried.\n\n";
  const std::size_t shown = std::min(most_disagreements, audit.disagreements.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const audit::Disagreement& disagreement = audit.disagreements[i];
    text +=
        fmt::format("{}: {}\n", printable(disagreement.where), printable(disagreement.sentence.en));
  }
  if (shown < audit.disagreements.size()) {
    text += fmt::format("... and {} more: --json lists all\n", audit.disagreements.size() - shown);
  }
  return text;
}

}  // namespace parcours::cli
