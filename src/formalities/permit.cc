#include "formalities/permit.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "base/nearest.h"
#include "base/sheet.h"

namespace parcours::formalities {
namespace {

constexpr std::int64_t longest_retention = 100;  // years
constexpr std::int64_t largest_demand = 10'000;
constexpr std::size_t longest_name = 200;

const std::array<std::string, 2> permit_uses = {"collection", "studies"};
const std::array<std::string, 2> permit_leaves = {"counts", "means"};
const std::array<std::string, 2> permit_signatures = {"data-team", "checker"};  // of acts.h' Role
const std::array<std::string, 2> otherwise_words = {"cut", "refuse"};       // as Otherwise has them
const std::array<std::string, 2> follow_words = {"practice", "programme"};  // as Follow
const std::array<std::string, 3> new_keys_words = {"never", "year", "month"};  // as NewKeys
const std::array<std::string, 2> retention_words = {"collection", "fact"};     // as RetentionFrom

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= longest_name && text.front() != ' ' &&
         text.back() != ' ' && std::ranges::none_of(text, [](char c) {
           return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
         });
}

bool among(const std::vector<std::string>& list, std::string_view name) {
  return std::ranges::find(list, name) != list.end();
}

// Reads a permit part by part; what is wrong is noted.
class PermitReader {
 public:
  explicit PermitReader(Sheet& file) : file_(file) {}

  Permit read() {
    part("permit", [&](Sheet& sheet) { read_head(sheet); });
    part("covers", [&](Sheet& sheet) { read_covers(sheet); });
    part("retention", [&](Sheet& sheet) { read_retention(sheet); });
    if (file_.find("demands") != nullptr) {
      part("demands", [&](Sheet& sheet) { read_demands(sheet); });
    }
    return std::move(permit_);
  }

 private:
  template <class Read>
  void part(const std::string& key, Read read) {
    const std::string name = fmt::format("[{}]", key);
    file_.need(key, name);
    if (const auto found = file_.sheet(key)) {
      Sheet sheet = found->named(name);
      read(sheet);
      sheet.finish();
    }
  }

  static std::string name_of(Sheet& sheet, std::string_view key, std::string_view example) {
    sheet.need(key, fmt::format("{} = \"{}\"", key, example));
    std::string name = sheet.text(key).value_or("");
    if (!name.empty() && !is_name(name)) {
      sheet.mistakes().add(
          sheet.value_line(key), fmt::format("'{}' is no name", key),
          fmt::format("write at most {} bytes without spaces around them", longest_name));
    }
    return name;
  }

  // The names of a list, each once.
  static std::vector<TextAt> names_in(Sheet& sheet, std::string_view key,
                                      std::string_view example) {
    sheet.need(key, fmt::format("{} = [\"{}\"]", key, example));
    std::vector<TextAt> names = sheet.texts_at(key).value_or(std::vector<TextAt>{});
    std::vector<std::string> seen;
    for (const TextAt& name : names) {
      if (!is_name(name.text)) {
        sheet.mistakes().add(name.line, fmt::format("'{}' holds a text that is no name", key),
                             fmt::format("write, for instance, {} = [\"{}\"]", key, example));
      } else if (among(seen, name.text)) {
        sheet.mistakes().add(name.line, fmt::format("'{}' names '{}' twice", key, name.text),
                             "name it once");
      }
      seen.push_back(name.text);
    }
    return names;
  }

  static std::vector<std::string> texts_of(const std::vector<TextAt>& names) {
    std::vector<std::string> texts;
    std::ranges::transform(names, std::back_inserter(texts), &TextAt::text);
    return texts;
  }

  // The same, all of them known.
  static std::vector<std::string> known_names(Sheet& sheet, std::string_view key,
                                              std::string_view what,
                                              std::span<const std::string> known) {
    const std::vector<TextAt> names = names_in(sheet, key, known.front());
    for (const TextAt& name : names) {
      if (std::ranges::find(known, name.text) == known.end()) {
        sheet.mistakes().add(name.line, fmt::format("unknown {} '{}'", what, name.text),
                             nearest_hint(name.text, known));
      }
    }
    return texts_of(names);
  }

  static void need_some(Sheet& sheet, std::string_view key, bool none, std::string_view right) {
    if (none && sheet.find(key) != nullptr) {
      sheet.mistakes().add(sheet.value_line(key), fmt::format("'{}' names nothing", key),
                           std::string(right));
    }
  }

  static std::optional<Days> days_in(Sheet& sheet, std::string_view key, Calendar calendar) {
    const TomlValue* value = sheet.find(key);
    const auto* ends = value == nullptr ? nullptr : value->as<TomlList>();
    if (value == nullptr) {
      return {};
    }
    if (ends == nullptr || ends->size() != 2) {
      sheet.mistakes().add(
          value->line(), fmt::format("'{}' is not two days", key),
          calendar == Calendar::dates ? "write [2026-01-01, 2029-12-31]" : "write [-3650, 3650]");
      return {};
    }
    const std::string what = fmt::format("a day of '{}'", key);
    const auto first = day_from(ends->front(), what, calendar, sheet.mistakes());
    const auto last = day_from(ends->back(), what, calendar, sheet.mistakes());
    if (!first || !last) {
      return {};
    }
    if (*last < *first) {
      sheet.mistakes().add(value->line(),
                           fmt::format("'{}' ends before it begins: {} to {}", key,
                                       to_string(*first, calendar), to_string(*last, calendar)),
                           "write its first day, then its last");
    }
    return Days{*first, *last};
  }

  void read_head(Sheet& sheet) {
    permit_.reference = name_of(sheet, "reference", "2026-DR-014");
    read_kind(sheet);
    sheet.need("title", "title = { en = \"...\", fr = \"...\" }");
    permit_.title = sheet.both_languages("title", Languages::both).value_or(Text{});
    permit_.holder = name_of(sheet, "holder", "Observatoire des soins de ville");
    read_purposes(sheet);
    sheet.need("valid", "valid = [2026-01-01, 2029-12-31]");
    permit_.valid = days_in(sheet, "valid", Calendar::dates).value_or(Days{});
    const auto uses = known_names(sheet, "uses", "use", permit_uses);
    need_some(sheet, "uses", uses.empty(), "write uses = [\"collection\", \"studies\"]");
    permit_.collection = among(uses, "collection");
    permit_.studies = among(uses, "studies");
    permit_.askers = texts_of(names_in(sheet, "askers", "Observatoire des soins de ville"));
    permit_.leaves = known_names(sheet, "leaves", "thing to leave", permit_leaves);
    permit_.rules = texts_of(names_in(sheet, "rules", "france-2026"));
    if (permit_.studies) {
      need_some(sheet, "askers", permit_.askers.empty(), "name who may ask studies");
      need_some(sheet, "leaves", permit_.leaves.empty(), "write leaves = [\"counts\"]");
      need_some(sheet, "rules", permit_.rules.empty(),
                "name the id of a rules file: rules = [\"france-2026\"]");
    }
    if (sheet.find("signatures") != nullptr) {
      permit_.signatures = known_names(sheet, "signatures", "role that signs", permit_signatures);
    }
    if (sheet.find("supersedes") != nullptr) {
      permit_.supersedes = name_of(sheet, "supersedes", "2023-DR-002");
      if (permit_.supersedes == permit_.reference && !permit_.reference.empty()) {
        sheet.mistakes().add(sheet.value_line("supersedes"), "the permit supersedes itself",
                             "give the new permit a reference of its own");
      }
    }
    if (sheet.find("takes_over_from") != nullptr) {
      permit_.takes_over_from = name_of(sheet, "takes_over_from", "Ancien observatoire");
      if (permit_.supersedes.empty() || permit_.takes_over_from == permit_.holder) {
        sheet.mistakes().add(
            sheet.value_line("takes_over_from"),
            "'takes_over_from' names no other holder of a permit that is superseded",
            "write it only where the permit supersedes one of another holder");
      }
    }
  }

  void read_kind(Sheet& sheet) {
    sheet.need("kind", "kind = \"authorisation\"");
    std::vector<std::string> known;
    std::ranges::transform(frameworks(), std::back_inserter(known), &Framework::id);
    if (const auto kind = sheet.one_of("kind", known)) {
      permit_.kind = known[*kind];
    }
  }

  void read_purposes(Sheet& sheet) {
    const auto named = names_in(sheet, "purposes", "public-health-research");
    for (const TextAt& purpose : named) {
      if (auto wrong = wrong_purpose(purpose.text, sheet.mistakes().place(purpose.line))) {
        sheet.mistakes().add(*std::move(wrong), purpose.line);
      }
    }
    permit_.purposes = texts_of(named);
    need_some(sheet, "purposes", named.empty(), "write purposes = [\"public-health-research\"]");
  }

  void read_covers(Sheet& sheet) {
    Covers& covers = permit_.covers;
    const auto named = known_names(sheet, "kinds", "kind", vocabulary::kinds());
    need_some(sheet, "kinds", named.empty(), "write kinds = [\"diagnosis\"]");
    covers.kinds.assign(vocabulary::kinds().size(), false);
    for (const std::string& name : named) {
      if (const auto kind = vocabulary::find_kind(name)) {
        covers.kinds[*kind] = true;
      }
    }
    read_codes(sheet);
    covers.fields = known_names(sheet, "fields", "field", vocabulary::patient_fields());
    read_days(sheet);
    read_practices(sheet);
    read_provenance(sheet);
    covers.otherwise = word<Otherwise>(sheet, "otherwise", otherwise_words);
    covers.follow = word<Follow>(sheet, "follow", follow_words);
    covers.new_keys = word<NewKeys>(sheet, "new_keys", new_keys_words);
  }

  template <class Choice>
  static Choice word(Sheet& sheet, const std::string& key, std::span<const std::string> words) {
    sheet.need(key, fmt::format("{} = \"{}\"", key, words.front()));
    return static_cast<Choice>(sheet.one_of(key, words).value_or(0));
  }

  void read_codes(Sheet& sheet) {
    Covers& covers = permit_.covers;
    std::vector<bool> named(vocabulary::kinds().size(), false);
    bool readable = true;
    for (const TextAt& one : names_in(sheet, "codes", "diagnosis:J*")) {
      const std::string where = sheet.mistakes().place(one.line);
      auto pattern = vocabulary::parse_pattern(one.text, where, one.line);
      if (!pattern) {
        sheet.mistakes().add(std::move(pattern).error(), one.line);
        readable = false;
      } else if (pattern->code.starts_with('!')) {
        sheet.mistakes().add(
            one.line, fmt::format("'{}' takes no code out: a permit's patterns only add", one.text),
            "leave it out, and list the codes that are allowed instead of the wider pattern");
      } else if (pattern->kind && !covers.kinds[*pattern->kind]) {
        sheet.mistakes().add(one.line,
                             fmt::format("'{}' is of a kind that 'kinds' does not name", one.text),
                             fmt::format("add \"{}\" to 'kinds', or leave the pattern out",
                                         vocabulary::kinds()[*pattern->kind]));
      } else {
        if (pattern->kind) {
          named[*pattern->kind] = true;
        } else {
          named = covers.kinds;
        }
        covers.codes.push_back(*std::move(pattern));
      }
    }
    for (std::size_t kind = 0; readable && kind < named.size(); ++kind) {
      if (covers.kinds[kind] && !named[kind] && sheet.find("codes") != nullptr) {
        sheet.mistakes().add(
            sheet.value_line("codes"),
            fmt::format("no pattern of 'codes' is of the kind '{}'", vocabulary::kinds()[kind]),
            fmt::format("add \"{}:*\" for all of its codes", vocabulary::kinds()[kind]));
      }
    }
  }

  // Whole numbers are days of patients' own calendars.
  void read_days(Sheet& sheet) {
    const TomlValue* value = sheet.need("days", "days = [2020-01-01, 2029-12-31]");
    const auto* ends = value == nullptr ? nullptr : value->as<TomlList>();
    const bool relative =
        ends != nullptr && !ends->empty() && ends->front().as<std::int64_t>() != nullptr;
    permit_.covers.calendar = relative ? Calendar::days : Calendar::dates;
    permit_.covers.days = days_in(sheet, "days", permit_.covers.calendar).value_or(Days{});
  }

  void read_practices(Sheet& sheet) {
    Covers& covers = permit_.covers;
    const TomlValue* value = sheet.need("practices", "practices = \"all\"");
    if (value == nullptr) {
      return;
    }
    if (const auto* text = value->as<std::string>()) {
      covers.all_practices = *text == "all";
      if (!covers.all_practices) {
        sheet.mistakes().add(value->line(), "'practices' is neither \"all\" nor a list of names",
                             "write practices = \"all\", or practices = [\"cabinet-012\"]");
      }
      return;
    }
    covers.practices = texts_of(names_in(sheet, "practices", "cabinet-012"));
    need_some(sheet, "practices", covers.practices.empty(), "write practices = \"all\"");
  }

  void read_provenance(Sheet& sheet) {
    std::vector<std::string> known(records::provenance_names.begin(),
                                   records::provenance_names.end());
    const auto named = known_names(sheet, "provenance", "provenance", known);
    need_some(sheet, "provenance", named.empty(), "write provenance = [\"entered\"]");
    permit_.covers.provenance.assign(known.size(), false);
    for (const std::string& name : named) {
      const auto found = std::ranges::find(known, name);
      if (found != known.end()) {
        permit_.covers.provenance[static_cast<std::size_t>(found - known.begin())] = true;
      }
    }
    const int line = sheet.value_line("provenance");
    if (among(named, "consulted")) {
      sheet.mistakes().add(
          Error{Fault::rule, "what was only consulted is never collected",
                sheet.mistakes().place(line), "name \"entered\", \"received\" or \"imported\""},
          line);
    }
  }

  void read_retention(Sheet& sheet) {
    sheet.need("years", "years = 10");
    permit_.retention.years =
        static_cast<int>(sheet.whole("years", 1, longest_retention).value_or(1));
    permit_.retention.from = word<RetentionFrom>(sheet, "from", retention_words);
  }

  void read_demands(Sheet& sheet) {
    for (const DemandRule& known : demand_rules()) {
      std::optional<double> value;
      if (known.kind == DemandKind::at_most) {
        value = sheet.share(known.rule);
      } else if (known.kind == DemandKind::flag) {
        const auto flag = sheet.flag(known.rule);
        value = flag ? std::optional(*flag ? 1.0 : 0.0) : std::nullopt;
      } else if (const auto number = sheet.whole(known.rule, 0, largest_demand)) {
        value = static_cast<double>(*number);
      }
      if (value) {
        permit_.demands.push_back({known.rule, *value});
      }
    }
  }

  Sheet& file_;
  Permit permit_;
};

}  // namespace

Result<Permit> parse_permit(std::string_view text, const std::filesystem::path& file) {
  if (text.size() > largest_permit_file) {
    return bad_input(
        fmt::format("the file is larger than {} bytes, the most for a permit", largest_permit_file),
        file.string(), "is this the file that you meant?");
  }
  ASSIGN_OR_RETURN(Permit permit, read_sheet(text, file, "the permit", [](Sheet& sheet) {
                     return PermitReader(sheet).read();
                   }));
  records::Digester digester;
  digester.take(text);
  permit.digest = digester.finish();
  return permit;
}

}  // namespace parcours::formalities
