#include "audit/hierarchy.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>

#include "base/files.h"
#include "base/utf8.h"

namespace parcours::audit {
namespace {

constexpr std::size_t largest_file = std::size_t{1} << 28;

struct HierarchyLine {
  std::size_t number;
  std::vector<std::string> codes;
};

std::string without_blanks(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && blank(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && blank(text.back())) {
    text.remove_suffix(1);
  }
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  return std::string(text);
}

// Cut at `separator` outside of quotes. A code with a quote inside is not a thing that occurs.
std::vector<std::string> cut(std::string_view line, char separator) {
  std::vector<std::string> fields;
  std::size_t begin = 0;
  bool quoted = false;
  for (std::size_t at = 0; at <= line.size(); ++at) {
    if (at < line.size() && line[at] == '"') {
      quoted = !quoted;
    }
    if (at == line.size() || (line[at] == separator && !quoted)) {
      fields.push_back(without_blanks(line.substr(begin, at - begin)));
      begin = at + 1;
    }
  }
  return fields;
}

// What separates: the one that the first line has most of.
char separator_of(std::string_view line) {
  static constexpr std::array<char, 4> known = {';', ',', '\t', '|'};
  return *std::ranges::max_element(known, {}, [&](char c) { return std::ranges::count(line, c); });
}

Result<std::vector<HierarchyLine>> lines_of(std::string_view text, const std::string& file) {
  if (!valid_utf8(text)) {
    return bad_input("not UTF-8", file, "save it again as UTF-8");
  }
  if (text.starts_with("\xEF\xBB\xBF")) {
    text.remove_prefix(3);
  }
  std::vector<HierarchyLine> lines;
  char separator = '\0';
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (without_blanks(line).empty()) {
      continue;
    }
    separator = separator == '\0' ? separator_of(line) : separator;
    lines.push_back({number, cut(line, separator)});
    if (lines.back().codes.front().empty()) {
      return bad_input("a line without a code", fmt::format("{}:{}", file, number));
    }
  }
  if (lines.empty()) {
    return bad_input("the hierarchy is empty", file,
                     "write one line for each code: child,parent; or a leaf with its ancestors: "
                     "leaf;group;all");
  }
  return lines;
}

// Codes and what they are part of, as they come.
class Edges {
 public:
  explicit Edges(std::string file) : file_(std::move(file)) {}

  Status add(const std::string& child, const std::string& parent, std::size_t line) {
    if (child == parent) {
      return bad_input("a code that is part of itself", where(line));
    }
    if (!parent.empty()) {
      add_code(parent);
    }
    add_code(child);
    std::string& known = parents_[child];
    if (!known.empty() && !parent.empty() && known != parent) {
      return bad_input(
          "a code that is part of two others", where(line),
          fmt::format("a code can be part of only one other; see line {}", lines_.at(child)));
    }
    known = parent.empty() ? known : parent;
    lines_[child] = line;
    return {};
  }

  // A parent before its children. Errors: a circle.
  Result<Hierarchy> hierarchy() const {
    std::unordered_map<std::string, std::vector<std::string>> children;
    std::vector<std::string> waiting;
    Hierarchy made;
    for (const std::string& code : codes_) {
      const std::string& parent = parents_.at(code);
      if (parent.empty()) {
        waiting.push_back(code);
      } else {
        children[parent].push_back(code);
      }
    }
    made.root = waiting.size() == 1 ? waiting.front() : "";
    std::ranges::reverse(waiting);
    while (!waiting.empty()) {
      const std::string code = std::move(waiting.back());
      waiting.pop_back();
      made.edges.push_back({code, parents_.at(code)});
      const std::vector<std::string>& parts = children[code];
      waiting.insert(waiting.end(), parts.rbegin(), parts.rend());
    }
    if (made.edges.size() < codes_.size()) {
      std::set<std::string, std::less<>> reached;
      for (const Hierarchy::Edge& edge : made.edges) {
        reached.insert(edge.child);
      }
      for (const auto& [code, line] : lines_) {
        if (!reached.contains(code)) {
          return bad_input("a code that is part of itself through other codes", where(line));
        }
      }
    }
    return made;
  }

 private:
  std::string where(std::size_t line) const { return fmt::format("{}:{}", file_, line); }

  void add_code(const std::string& code) {
    if (parents_.try_emplace(code).second) {
      codes_.push_back(code);
    }
  }

  std::string file_;
  std::vector<std::string> codes_;  // in order of first appearance
  std::unordered_map<std::string, std::string> parents_;
  std::map<std::string, std::size_t> lines_;
};

bool is_header(const HierarchyLine& line) {
  return line.codes.size() == 2 && line.codes[0] == "child" && line.codes[1] == "parent";
}

}  // namespace

Result<Hierarchy> parse_hierarchy(std::string_view text, const std::string& file) {
  ASSIGN_OR_RETURN(const std::vector<HierarchyLine> lines, lines_of(text, file));
  Edges edges(file);
  for (const HierarchyLine& line : lines) {
    if (line.number == lines.front().number && is_header(line)) {
      continue;
    }
    std::string child = line.codes.front();
    if (line.codes.size() == 1) {
      RETURN_IF_ERROR(edges.add(child, "", line.number));
    }
    for (std::size_t level = 1; level < line.codes.size(); ++level) {
      const std::string& parent = line.codes[level];
      if (parent == child) {
        continue;  // it stands for itself on this level
      }
      if (parent.empty() && level + 1 < line.codes.size()) {
        continue;  // a level that this code has none of
      }
      RETURN_IF_ERROR(edges.add(child, parent, line.number));
      child = parent.empty() ? child : parent;
    }
  }
  return edges.hierarchy();
}

Result<Hierarchy> read_hierarchy(const std::filesystem::path& file) {
  ASSIGN_OR_RETURN(std::string text, read_file(file, largest_file));
  return parse_hierarchy(std::move(text), file.string());
}

Hierarchy prefix_hierarchy(std::span<const std::string> codes) {
  std::vector<std::string> sorted(codes.begin(), codes.end());
  std::ranges::sort(sorted);
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  Hierarchy made;
  std::vector<std::string> above;  // the codes that the next one may begin with, shortest first
  for (const std::string& code : sorted) {
    while (!above.empty() && !code.starts_with(above.back())) {
      above.pop_back();
    }
    made.edges.push_back({code, above.empty() ? "" : above.back()});
    above.push_back(code);
  }
  const auto topmost = [](const Hierarchy::Edge& edge) { return edge.parent.empty(); };
  if (std::ranges::count_if(made.edges, topmost) == 1) {
    made.root = std::ranges::find_if(made.edges, topmost)->child;
  }
  return made;
}

}  // namespace parcours::audit
