// parcours audit: what published tables give away of what they hide.
#include "audit/audit.h"

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "audit/audit_page.h"
#include "audit/audit_words.h"
#include "audit/read_published.h"
#include "base/files.h"
#include "base/nearest.h"
#include "cli/audit_json.h"
#include "cli/audit_text.h"
#include "cli/command.h"
#include "cli/output_place.h"
#include "page/json_text.h"
#include "program/say.h"

namespace parcours::cli {
namespace {

struct AuditOptions {
  std::vector<std::string> tables;
  audit::Reading reading;
  std::vector<std::string> hidden;
  std::vector<std::string> totals;
  std::vector<std::string> trees;
  std::string rounded;
  std::string rounded_mode = "nearest";
  std::string absent;
  std::string separator;
  std::string decimal = ".";
  std::optional<std::int64_t> width;
  bool no_intervals = false;
  std::string report;
};

Result<audit::Reading> reading_of(const AuditOptions& options) {
  audit::Reading reading = options.reading;
  for (const std::string& text : options.hidden) {
    ASSIGN_OR_RETURN(audit::Mark mark, audit::parse_mark(text));
    reading.marks.push_back(std::move(mark));
  }
  for (const std::string& text : options.totals) {
    reading.totals.push_back(audit::parse_of_dimension(text));
  }
  for (const std::string& text : options.trees) {
    reading.trees.push_back(audit::parse_of_dimension(text));
  }
  reading.unrounded = options.rounded == "no";
  if (!options.rounded.empty() && !reading.unrounded) {
    ASSIGN_OR_RETURN(const audit::Decimal base, audit::parse_base(options.rounded));
    reading.rounding =
        audit::Rounding{base, options.rounded_mode == "random"     ? audit::RoundedTo::random
                              : options.rounded_mode == "midpoint" ? audit::RoundedTo::midpoint
                                                                   : audit::RoundedTo::nearest};
  }
  if (!options.absent.empty()) {
    reading.absent = options.absent == "zero" ? audit::Absent::zero : audit::Absent::hidden;
  }
  reading.separator = options.separator.empty()    ? '\0'
                      : options.separator == "tab" ? '\t'
                                                   : options.separator.front();
  reading.decimal_mark = options.decimal.front();
  return reading;
}

// What was taken for granted goes to standard error, with the way to correct it.
void show_assumed(const audit::PublishedSystem& published, const Session& session) {
  if (session.quiet || session.json) {
    return;
  }
  for (const tables::Label& sentence : audit::assumptions(published)) {
    program::tell_aside("read: {}\n", sentence.en);
  }
}

// What the exit code says: refused where something hidden is known, or more narrowly than asked
// for.
Status verdict(const audit::PublishedSystem& published, const audit::TableAudit& audit,
               std::optional<std::int64_t> width) {
  if (audit.known(false) + audit.known(true) > 0) {
    std::string found = audit::answer(audit).en;
    found.pop_back();
    return refused(found, {}, "hide more cells, so that these cannot be worked out");
  }
  const auto narrow = std::ranges::count_if(audit.disclosures, [&](const audit::Disclosure& d) {
    return width && audit::narrower(published, d, *width);
  });
  if (narrow > 0) {
    return refused(fmt::format("{} of {} hidden cells {} known more narrowly than {}", narrow,
                               audit.hidden(), narrow == 1 ? "is" : "are", *width));
  }
  return {};
}

Status check_report(const AuditOptions& options) {
  if (options.report.empty()) {
    return {};
  }
  std::vector<std::filesystem::path> inputs(options.tables.begin(), options.tables.end());
  for (const std::string& text : options.trees) {
    inputs.emplace_back(audit::parse_of_dimension(text).what);
  }
  return check_output_file(options.report, inputs);
}

Status audit_tables(const AuditOptions& options, Session& session) {
  if (options.no_intervals && options.width) {
    return bad_input("--width is given with --no-intervals", {},
                     "leave one of them out: the width of an interval is known where intervals are "
                     "worked out");
  }
  RETURN_IF_ERROR(check_report(options));
  ASSIGN_OR_RETURN(const audit::Reading reading, reading_of(options));
  Progress progress(session.progress_manner());
  ASSIGN_OR_RETURN(const audit::PublishedSystem published,
                   audit::read_published({options.tables.begin(), options.tables.end()}, reading,
                                         progress, session.stop));
  show_assumed(published, session);
  audit::AuditQuestion question;
  question.intervals = !options.no_intervals;
  ASSIGN_OR_RETURN(const audit::TableAudit found,
                   audit::audit(published, question, progress, session.stop));
  if (!options.report.empty()) {
    ASSIGN_OR_RETURN(const std::string page, audit::audit_page(published, found, options.width));
    RETURN_IF_ERROR(write_file(options.report, page));
  }
  if (session.json) {
    program::say_json(audit_json(published, found, options.width));
  }
  if (!found.disagreements.empty()) {
    if (!session.json) {
      program::say_lines(disagreements_text(published, found));
    }
    const std::size_t count = found.disagreements.size();
    return bad_input(
        fmt::format("contradictions found in the tables: {}", count),
        found.disagreements.front().where,
        "correct them, or say how to read them: --total, --hierarchy, --rounded, --multi");
  }
  if (!session.json) {
    program::say_lines(audit_text(published, found, options.width));
    if (!options.report.empty()) {
      program::say("\nReport      {}\n", options.report);
    }
  }
  return verdict(published, found, options.width);
}

void add_columns(CLI::App& verb, AuditOptions& options) {
  audit::Reading& reading = options.reading;
  verb.add_option("--value", reading.value, "The column of values");
  verb.add_option("--by", reading.by,
                  "The columns of dimensions. Without it, all columns that have no other role")
      ->delimiter(',');
  verb.add_option("--status", reading.status, "The column that says whether a line is hidden");
  verb.add_option(
          "--hidden", options.hidden,
          "How a hidden value is written, and its range if it is known: '<11=1..10', 'c', "
          "'-=0..0'. An empty value is always hidden, and so are the usual signs ([REDACTED], *, "
          ":c, s), words such as UNKNOWN and N/A, and -1 or -9 where no other value is below 0")
      ->allow_extra_args(false);
  verb.add_option("--number", reading.numbers,
                  "Values that are numbers, though they look as if nothing were known there: -1, "
                  "-9, 999999. Write --number=-9")
      ->allow_extra_args(false);
  verb.add_option("--total", options.totals,
                  "The code of totals: T for all dimensions, or sex=T for one. Without it the "
                  "program looks for usual names, or adds up")
      ->allow_extra_args(false);
  verb.add_option("--separator", options.separator,
                  "The separator of a CSV's columns. Without it the program finds out")
      ->check(CLI::IsMember({",", ";", "tab", "|"}));
  verb.add_option("--decimal", options.decimal, "The decimal separator")
      ->check(CLI::IsMember({".", ","}))
      ->capture_default_str();
}

void add_meaning(CLI::App& verb, AuditOptions& options) {
  audit::Reading& reading = options.reading;
  verb.add_option("--hierarchy", options.trees,
                  "DIMENSION=FILE: which code is part of which. The file has lines "
                  "'child,parent', or 'leaf;group;all' as ARX writes them")
      ->allow_extra_args(false);
  verb.add_option("--prefix", reading.prefixes,
                  "Dimensions whose codes begin with the code that they are part of: J45 is part "
                  "of J4, J4 of J")
      ->delimiter(',');
  verb.add_option("--flat", reading.flat,
                  "Dimensions whose codes are not part of each other, though they begin alike")
      ->delimiter(',');
  verb.add_option("--multi", reading.multi,
                  "Dimensions in which one person may be counted several times, so that parts do "
                  "not add up to the total")
      ->delimiter(',');
  verb.add_option(
      "--rounded", options.rounded,
      "Values are rounded to multiples of this number; 'no': they are exact, though all "
      "are multiples of one number");
  verb.add_option("--rounded-mode", options.rounded_mode,
                  "How values are rounded: to the nearest multiple, up or down at random, or to "
                  "midpoints (OpenSAFELY: 1 to 6 is 3)")
      ->check(CLI::IsMember({"nearest", "random", "midpoint"}))
      ->capture_default_str();
  verb.add_option("--percent-of", reading.percent_of,
                  "Values are percentages of this base: a column, or a number");
  verb.add_option("--absent", options.absent, "What a combination of codes without a line means")
      ->check(CLI::IsMember({"hidden", "zero"}));
}

}  // namespace

void add_audit(CLI::App& root, Session& session) {
  auto options = std::make_shared<AuditOptions>();
  CLI::App* verb = root.add_subcommand(
      "audit", "Find what published tables give away of the cells that they hide");
  verb->add_option("tables", options->tables,
                   "Tables with one line a cell: CSV (also .gz) or Parquet. Columns and codes of "
                   "the same name mean the same in all tables")
      ->required();
  add_columns(*verb, *options);
  add_meaning(*verb, *options);
  verb->add_option("--width", options->width,
                   "Exit with 1 also where a hidden cell is known to a range narrower than this. "
                   "With 11, the highest value that the cell can have is at least 11 above the "
                   "lowest")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000}));
  verb->add_flag("--no-intervals", options->no_intervals,
                 "Only find cells that can be worked out exactly. Faster on large tables");
  verb->add_option("--report", options->report,
                   "Also write the answer as a page that shows the tables");
  finish(verb, session,
         "parcours audit deaths.csv by_region.csv --hidden '<11=1..10' --total T\n"
         "    --hierarchy region=regions.csv --width 11 --report audit.html",
         [options](Session& s) { return audit_tables(*options, s); });
}

}  // namespace parcours::cli
