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
#include "cli/say.h"
#include "page/json_text.h"

namespace parcours {
namespace {

struct AuditOptions {
  std::vector<std::string> tables;
  Reading reading;
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

Result<Reading> reading_of(const AuditOptions& options) {
  Reading reading = options.reading;
  for (const std::string& text : options.hidden) {
    ASSIGN_OR_RETURN(Mark mark, parse_mark(text));
    reading.marks.push_back(std::move(mark));
  }
  for (const std::string& text : options.totals) {
    reading.totals.push_back(parse_of_dimension(text));
  }
  for (const std::string& text : options.trees) {
    reading.trees.push_back(parse_of_dimension(text));
  }
  if (!options.rounded.empty()) {
    ASSIGN_OR_RETURN(const Decimal base, parse_base(options.rounded));
    reading.rounding =
        Rounding{base, options.rounded_mode == "random" ? RoundedTo::random : RoundedTo::nearest};
  }
  if (!options.absent.empty()) {
    reading.absent = options.absent == "zero" ? Absent::zero : Absent::hidden;
  }
  reading.separator = options.separator.empty()    ? '\0'
                      : options.separator == "tab" ? '\t'
                                                   : options.separator.front();
  reading.decimal_mark = options.decimal.front();
  return reading;
}

// What was taken for granted goes to standard error, with the way to correct it.
void show_assumed(const PublishedSystem& published, const Session& session) {
  if (session.quiet || session.json) {
    return;
  }
  for (const std::string& sentence : assumptions(published)) {
    tell_aside("read: {}\n", sentence);
  }
}

// What the exit code says: refused where something hidden is known, or more narrowly than asked for.
Status verdict(const PublishedSystem& published, const TableAudit& audit,
               std::optional<std::int64_t> width) {
  if (audit.known(false) + audit.known(true) > 0) {
    std::string found = answer(audit).en;
    found.pop_back();
    return refused(found, {}, "what is given away has to be hidden better");
  }
  const auto narrow = std::ranges::count_if(audit.disclosures, [&](const Disclosure& d) {
    return width && narrower(published, d, *width);
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
    inputs.emplace_back(parse_of_dimension(text).what);
  }
  return check_output_file(options.report, inputs);
}

Status audit_tables(const AuditOptions& options, Session& session) {
  RETURN_IF_ERROR(check_report(options));
  ASSIGN_OR_RETURN(const Reading reading, reading_of(options));
  Progress progress(session.progress_manner());
  ASSIGN_OR_RETURN(const PublishedSystem published,
                   read_published({options.tables.begin(), options.tables.end()}, reading, progress,
                                  session.stop));
  show_assumed(published, session);
  AuditQuestion question;
  question.intervals = !options.no_intervals;
  ASSIGN_OR_RETURN(const TableAudit found, audit(published, question, progress, session.stop));
  if (!options.report.empty()) {
    ASSIGN_OR_RETURN(const std::string page, audit_page(published, found, options.width));
    RETURN_IF_ERROR(write_file(options.report, page));
  }
  if (session.json) {
    say_json(audit_json(published, found, options.width));
  }
  if (!found.disagreements.empty()) {
    if (!session.json) {
      say_lines(disagreements_text(found));
    }
    const std::size_t count = found.disagreements.size();
    return bad_input(
        fmt::format("{} of what the tables say cannot be", count),
        found.disagreements.front().where,
        "correct them, or say how they are to be read: --total, --hierarchy, --rounded, "
        "--multi");
  }
  if (!session.json) {
    say_lines(audit_text(published, found, options.width));
    if (!options.report.empty()) {
      say("\nReport      {}\n", options.report);
    }
  }
  return verdict(published, found, options.width);
}

void add_columns(CLI::App& verb, AuditOptions& options) {
  Reading& reading = options.reading;
  verb.add_option("--value", reading.value, "The column of the values");
  verb.add_option("--by", reading.by, "The columns of the dimensions; else all that are left")
      ->delimiter(',');
  verb.add_option("--status", reading.status, "The column that may say that a line is hidden");
  verb.add_option(
          "--hidden", options.hidden,
          "What stands for a hidden value, and what it means: '<11=1..10', c, '*'; an empty "
          "value always is")
      ->allow_extra_args(false);
  verb.add_option("--total", options.totals,
                  "The code of a total: T, or sex=T of one dimension; else by usual names or by "
                  "adding up")
      ->allow_extra_args(false);
  verb.add_option("--separator", options.separator,
                  "What separates a CSV's columns (tab for a tabulator); else found")
      ->check(CLI::IsMember({",", ";", "tab", "|"}));
  verb.add_option("--decimal", options.decimal, "The decimal mark")
      ->check(CLI::IsMember({".", ","}))
      ->capture_default_str();
}

void add_meaning(CLI::App& verb, AuditOptions& options) {
  Reading& reading = options.reading;
  verb.add_option("--hierarchy", options.trees,
                  "place=FILE: which code is part of which; child,parent or ARX's leaf;group;all")
      ->allow_extra_args(false);
  verb.add_option("--prefix", reading.prefixes,
                  "Dimensions whose codes begin with what they are part of: J45 of J4 of J")
      ->delimiter(',');
  verb.add_option("--multi", reading.multi,
                  "Dimensions in which somebody may be counted several times: no sums hold")
      ->delimiter(',');
  verb.add_option("--rounded", options.rounded, "Values are rounded to multiples of this");
  verb.add_option("--rounded-mode", options.rounded_mode, "To the nearest, or up or down at random")
      ->check(CLI::IsMember({"nearest", "random"}))
      ->capture_default_str();
  verb.add_option("--percent-of", reading.percent_of,
                  "Values are percentages: the column of their base, or the base");
  verb.add_option("--absent", options.absent, "What a combination of codes without a line is")
      ->check(CLI::IsMember({"hidden", "zero"}));
}

}  // namespace

void add_audit(CLI::App& root, Session& session) {
  auto options = std::make_shared<AuditOptions>();
  CLI::App* verb = root.add_subcommand(
      "audit", "What published tables give away of the cells that they hide: anybody's tables");
  verb->add_option("tables", options->tables,
                   "Tables, a line a cell: CSV (also .gz) or Parquet; the same names mean the same")
      ->required();
  add_columns(*verb, *options);
  add_meaning(*verb, *options);
  verb->add_option("--width", options->width,
                   "Refuse too what is known more narrowly than this: 11 wants 11 or more between "
                   "the least and the most a cell can be")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000}));
  verb->add_flag("--no-intervals", options->no_intervals,
                 "Only what can be worked out exactly: faster on large tables");
  verb->add_option("--report", options->report, "Write a page with the tables drawn");
  finish(verb, session,
         "parcours audit deaths.csv by_region.csv --hidden '<11=1..10' --total T\n"
         "    --hierarchy region=regions.csv --width 11 --report audit.html",
         [options](Session& s) { return audit_tables(*options, s); });
}

}  // namespace parcours
