// parcours risk: how many patients of an export a few known dated events single out.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "cli/command.h"
#include "cli/verbs.h"
#include "risk/read_paths.h"
#include "risk/uniqueness.h"
#include "risk/vault_paths.h"

namespace parcours {
namespace {

struct RiskOptions {
  std::string file;
  EventColumnNames columns;
  std::vector<std::string> known = {"1", "2", "3", "4", "all"};
  std::vector<std::int32_t> within = {0, 7};
  std::uint64_t draws = 200'000;
  std::uint64_t seed = 1;
  int threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
};

Result<std::optional<std::uint32_t>> known_of(const std::string& text) {
  if (text == "all") {
    return std::nullopt;
  }
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number == 0) {
    return bad_input(fmt::format("'{}' is not a number of known events", text), "--known",
                     "whole numbers from 1, and all, are taken: --known 1,2,3,4,all");
  }
  return number;
}

Result<CurveQuestion> question_of(const RiskOptions& options) {
  CurveQuestion question{{}, options.within, options.draws, options.seed, options.threads};
  for (const std::string& text : options.known) {
    ASSIGN_OR_RETURN(const auto known, known_of(text));
    question.known.push_back(known);
  }
  return question;
}

nlohmann::ordered_json as_json(const PathsRead& read, const RiskOptions& options,
                               const std::vector<CurvePoint>& curve) {
  nlohmann::ordered_json points = nlohmann::ordered_json::array();
  for (const CurvePoint& point : curve) {
    nlohmann::ordered_json entry;
    if (point.known) {
      entry["known"] = *point.known;
    } else {
      entry["known"] = "all";
    }
    entry["within_days"] = point.within_days;
    entry["unique_share"] = point.unique_share;
    entry["exact"] = point.exact;
    entry["interval"] = {point.low, point.high};
    points.push_back(std::move(entry));
  }
  return {{"patients", read.paths.patients()},
          {"events", read.events},
          {"left_out", read.left_out},
          {"draws", options.draws},
          {"seed", options.seed},
          {"curve", std::move(points)}};
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string in_words(std::optional<std::uint32_t> known) {
  static constexpr const char* words[] = {"one", "two",   "three", "four", "five",
                                          "six", "seven", "eight", "nine", "ten"};
  if (!known) {
    return "all their dated events";
  }
  const std::string number =
      *known <= std::size(words) ? words[*known - 1] : std::to_string(*known);
  return fmt::format("{} known dated event{}", number, *known == 1 ? "" : "s");
}

// "8 of 10 patients are singled out by two known dated events".
std::string answer(const CurvePoint& point) {
  const double share = point.unique_share;
  std::string how_many;
  if (share == 0) {
    how_many = "No patient is";
  } else if (share == 1) {
    how_many = "All patients are";
  } else {
    const int of = share < 0.00095                 ? 100'000
                   : share < 0.0095                ? 1000
                   : share < 0.095 || share > 0.95 ? 100
                                                   : 10;
    const auto count = std::clamp(std::lround(share * of), 1L, of - 1L);
    how_many = fmt::format("{} of {} patients {}", count, grouped(static_cast<std::uint64_t>(of)),
                           count == 1 ? "is" : "are");
  }
  const std::string near = point.within_days == 0
                               ? ""
                               : fmt::format(", each known to within {} days", point.within_days);
  return fmt::format("{} singled out by {}{}.", how_many, in_words(point.known), near);
}

std::string figure(const CurvePoint& point) {
  const std::string share = fmt::format("{:.2f} %", point.unique_share * 100);
  return point.exact
             ? share
             : fmt::format("{} ({:.2f} to {:.2f})", share, point.low * 100, point.high * 100);
}

void print_table(const RiskOptions& options, const std::vector<CurvePoint>& curve) {
  fmt::print("  {:<14}", "known events");
  for (const std::int32_t within : options.within) {
    fmt::print("{:>26}", within == 0 ? "on the day" : fmt::format("within {} days", within));
  }
  fmt::print("\n");
  for (std::size_t i = 0; i < options.known.size(); ++i) {
    fmt::print("  {:<14}", options.known[i]);
    for (std::size_t j = 0; j < options.within.size(); ++j) {
      fmt::print("{:>26}", figure(curve[j * options.known.size() + i]));
    }
    fmt::print("\n");
  }
}

void print_answer(const PathsRead& read, const RiskOptions& options,
                  const std::vector<CurvePoint>& curve) {
  const auto two = std::ranges::find(curve, std::optional<std::uint32_t>(2), &CurvePoint::known);
  fmt::print("{}\n\n", answer(two != curve.end() ? *two : curve.front()));
  print_table(options, curve);
  fmt::print(
      "\nSingled out: no other patient has, for each known event, one of the same code that near "
      "in time.\n"
      "{} patients, {} events{}. ",
      grouped(read.paths.patients()), grouped(read.events),
      read.left_out == 0 ? ""
                         : fmt::format(" ({} lines without patient, day or code left out)",
                                       grouped(read.left_out)));
  if (std::ranges::all_of(curve, &CurvePoint::exact)) {
    fmt::print("Every choice of known events was tried: the figures are exact.\n");
  } else {
    fmt::print("In brackets: 95 % interval of up to {} draws (seed {}); the others are exact.\n",
               grouped(options.draws), options.seed);
  }
}

bool is_vault(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::exists(path / "catalog.sqlite", ignored);
}

Result<PathsRead> read(const RiskOptions& options, Progress& progress, const Stop& stop) {
  if (is_vault(options.file)) {
    ASSIGN_OR_RETURN(const Vault vault, Vault::open(options.file));
    return read_paths(vault, progress, stop);
  }
  for (const auto& [name, flag] :
       {std::pair(&options.columns.patient, "--patient"), std::pair(&options.columns.day, "--day"),
        std::pair(&options.columns.code, "--code")}) {
    if (name->empty()) {
      return bad_input(fmt::format("{} is not given", flag), options.file,
                       "name the columns: --patient COLUMN --day COLUMN --code COLUMN");
    }
  }
  ASSIGN_OR_RETURN(ExportFile file, ExportFile::open(options.file, options.threads));
  return read_paths(file, options.columns, progress, stop);
}

Status risk(const RiskOptions& options, Session& session) {
  ASSIGN_OR_RETURN(const CurveQuestion question, question_of(options));
  Progress progress(session.progress_manner());
  ASSIGN_OR_RETURN(const PathsRead paths, read(options, progress, session.stop));
  ASSIGN_OR_RETURN(const auto curve,
                   uniqueness_curve(paths.paths, question, progress, session.stop));
  if (session.json) {
    fmt::print("{}\n", as_json(paths, options, curve).dump(2));
  } else {
    print_answer(paths, options, curve);
  }
  return {};
}

}  // namespace

void add_risk(CLI::App& root, Session& session) {
  auto options = std::make_shared<RiskOptions>();
  CLI::App* verb = root.add_subcommand("risk", "How identifiable the people in an export are");
  verb->add_option("file", options->file,
                   "Events, one a line: CSV (also .gz) or Parquet; or a vault")
      ->required();
  verb->add_option("--patient", options->columns.patient, "The column that says who");
  verb->add_option("--day", options->columns.day, "The column that says when");
  verb->add_option("--code", options->columns.code, "The column that says what");
  verb->add_option("--day-format", options->columns.day_format,
                   "How days are written, e.g. %d/%m/%Y; without it whole numbers or 2023-03-06");
  verb->add_option("--known", options->known, "How many events are known: numbers from 1, and all")
      ->delimiter(',')
      ->capture_default_str();
  verb->add_option("--within", options->within, "How well days are known, in days")
      ->delimiter(',')
      ->check(CLI::Range(0, 100'000))
      ->capture_default_str();
  verb->add_option("--draws", options->draws,
                   "Draws for each figure that would take longer to work out exactly")
      ->check(CLI::Range(std::uint64_t{100}, std::uint64_t{1'000'000'000'000}))
      ->capture_default_str();
  verb->add_option("--seed", options->seed, "The same seed draws the same")->capture_default_str();
  verb->add_option("--threads", options->threads, "Threads")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  finish(verb, session, "parcours risk export.csv --patient id --day date --code code",
         [options](Session& s) { return risk(*options, s); });
}

}  // namespace parcours
