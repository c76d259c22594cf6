#include "audit/axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "audit/assumed.h"
#include "audit/hierarchy.h"
#include "audit/prefix_tree.h"
#include "audit/totals.h"
#include "base/column_names.h"
#include "tables/table.h"

namespace parcours::audit {
namespace {

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

// Builds one axis.
class AxisMaker {
 public:
  AxisMaker(std::string name, std::span<const PublishedTable> tables, const Reading& reading)
      : tables_(tables), reading_(reading) {
    axis_.name = std::move(name);
    for (const PublishedTable& table : tables) {
      if (const auto d = dimension_called(table, axis_.name)) {
        for (const std::string& word : table.dimension(*d).words) {
          if (seen_.insert(word).second) {
            listed_.push_back(word);
          }
        }
      }
    }
    axis_.codes.emplace_back();
    axis_.parts.push_back(total_node);
  }

  Result<CodeAxis> run(std::vector<tables::Label>& said) {
    RETURN_IF_ERROR(read_tree());
    RETURN_IF_ERROR(find_totals(said));
    RETURN_IF_ERROR(find_prefixes(said));
    RETURN_IF_ERROR(add_nodes());
    say_no_total(said);
    axis_.multi = holds(reading_.multi, axis_.name);
    if (seen_.contains(tables::any_code) && !axis_.multi) {
      said.push_back(assumed::several_times(axis_.name, tables::any_code));
    }
    find_same();
    return std::move(axis_);
  }

 private:
  Status read_tree() {
    for (const OfDimension& tree : reading_.trees) {
      if (tree.dimension == axis_.name) {
        ASSIGN_OR_RETURN(tree_, read_hierarchy(tree.what));
        tree_file_ = tree.what;
        axis_.tree = true;
      }
    }
    return {};
  }

  // The codes that stand for the total: named, the hierarchy's root, by usual names, by adding up.
  Status find_totals(std::vector<tables::Label>& said) {
    for (const OfDimension& total : reading_.totals) {
      if (total.dimension == axis_.name ||
          (total.dimension.empty() && seen_.contains(total.what))) {
        totals_.push_back(total.what);
      }
    }
    const bool named = !totals_.empty();
    if (axis_.tree && !tree_.root.empty() && !holds(totals_, tree_.root)) {
      totals_.push_back(tree_.root);
    }
    const auto listed = [&](const std::string& code) { return seen_.contains(code); };
    if (named || std::ranges::any_of(totals_, listed)) {
      return {};
    }
    const std::vector<std::string> by_name = totals_by_name(listed_);
    if (!by_name.empty()) {
      said.push_back(assumed::total_by_name(axis_.name, by_name));
      totals_.insert(totals_.end(), by_name.begin(), by_name.end());
      return one_total_each();
    }
    if (axis_.tree || holds(reading_.prefixes, axis_.name)) {
      return {};
    }
    for (const PublishedTable& table : tables_) {
      const auto d = dimension_called(table, axis_.name);
      const auto found = d ? totals_by_adding(table, *d) : std::vector<std::string>();
      if (found.size() > 1) {
        return bad_input(
            fmt::format("{} codes of {} may each be its total: each is the sum of the others",
                        found.size(), axis_.name),
            table.text.file, fmt::format("say which: --total '{}=CODE'", axis_.name));
      }
      if (!found.empty() && !holds(totals_, found.front())) {
        said.push_back(assumed::total_by_adding(axis_.name, found.front()));
        totals_.push_back(found.front());
      }
    }
    return {};
  }

  // Two usual names in one table may be a total and a part of it.
  Status one_total_each() const {
    for (const PublishedTable& table : tables_) {
      const auto d = dimension_called(table, axis_.name);
      const auto found = d ? totals_by_name(table.dimension(*d).words) : std::vector<std::string>();
      if (!are_one_total(found)) {
        return two_totals(found, table);
      }
    }
    return {};
  }

  std::unexpected<Error> two_totals(const std::vector<std::string>& found,
                                    const PublishedTable& table) const {
    return bad_input(fmt::format("several codes of {} may be its total: '{}'", axis_.name,
                                 fmt::join(found, "', '")),
                     table.text.file,
                     fmt::format("say which: --total '{}={}'", axis_.name, found.front()));
  }

  // A dimension whose codes begin with each other may be a tree.
  Status find_prefixes(std::vector<tables::Label>& said) {
    by_prefix_ = holds(reading_.prefixes, axis_.name);
    const auto of_release = [&](const PublishedTable& table) {
      return table.of_release && dimension_called(table, axis_.name);
    };
    if (by_prefix_ || axis_.tree || holds(reading_.flat, axis_.name) ||
        std::ranges::any_of(tables_, of_release)) {
      return {};
    }
    const std::vector<std::string> codes = parts_listed();
    switch (prefix_tree(tables_, axis_.name, codes)) {
      case PrefixTree::none:
        return {};
      case PrefixTree::adds_up:
        by_prefix_ = true;
        said.push_back(assumed::tree_of_prefixes(axis_.name));
        return {};
      case PrefixTree::unclear:
        return bad_input(
            fmt::format("the codes of {} begin with each other: they may be a tree or not",
                        axis_.name),
            {},
            fmt::format(
                "say which: --prefix {0} (a code is part of the one that it begins with) or "
                "--flat {0}",
                axis_.name));
    }
    return {};
  }

  std::vector<std::string> parts_listed() const {
    std::vector<std::string> codes;
    std::ranges::copy_if(listed_, std::back_inserter(codes),
                         [&](const std::string& code) { return !holds(totals_, code); });
    return codes;
  }

  void say_no_total(std::vector<tables::Label>& said) const {
    if (!axis_.total_listed && listed_.size() > 1) {
      said.push_back(assumed::no_total(axis_.name));
    }
  }

  Status add_nodes() {
    for (const std::string& total : totals_) {
      axis_.nodes.emplace(total, total_node);
      if (seen_.contains(total)) {
        axis_.total_listed = true;
        axis_.codes[total_node] = total;
      }
    }
    if (by_prefix_) {
      tree_ = prefix_hierarchy(parts_listed());
      tree_.root.clear();
      axis_.tree = true;
    }
    for (const Hierarchy::Edge& edge : tree_.edges) {
      if (!axis_.nodes.contains(edge.child)) {
        const std::uint32_t part_of =
            edge.parent.empty() ? total_node : axis_.nodes.at(edge.parent);
        add_node(edge.child, part_of);
      }
    }
    for (const std::string& code : listed_) {
      if (axis_.nodes.contains(code)) {
        continue;
      }
      if (axis_.tree) {
        return unknown_code(code);
      }
      add_node(code, total_node);
    }
    return {};
  }

  void add_node(const std::string& code, std::uint32_t part_of) {
    axis_.nodes.emplace(code, static_cast<std::uint32_t>(axis_.codes.size()));
    axis_.codes.push_back(code);
    axis_.parts.push_back(part_of);
  }

  std::unexpected<Error> unknown_code(const std::string& code) const {
    std::string where = tree_file_;
    for (const PublishedTable& table : tables_) {
      const auto d = dimension_called(table, axis_.name);
      if (!d || !holds(table.dimension(*d).words, code)) {
        continue;
      }
      const TextColumn& column = table.dimension(*d);
      const auto word =
          static_cast<std::uint32_t>(std::ranges::find(column.words, code) - column.words.begin());
      where = table.text.where(
          static_cast<std::size_t>(std::ranges::find(column.rows, word) - column.rows.begin()));
      break;
    }
    return bad_input(fmt::format("{} that is not in {}", axis_.name, tree_file_), where,
                     "add its code to the hierarchy; if it is the total, say so: --total");
  }

  // A node with one child alone is that child. The total is so only where it is said to be whole:
  // by a table that lists it, or by the hierarchy's root.
  void find_same() {
    const std::size_t nodes = axis_.codes.size();
    axis_.same.resize(nodes);
    std::vector<std::uint32_t> children(nodes, 0);
    std::vector<std::uint32_t> only(nodes, 0);
    for (std::uint32_t node = 0; node < nodes; ++node) {
      axis_.same[node] = node;
      if (node != total_node) {
        ++children[axis_.parts[node]];
        only[axis_.parts[node]] = node;
      }
    }
    if (!axis_.tree) {
      return;
    }
    for (std::uint32_t node = static_cast<std::uint32_t>(nodes); node-- > 0;) {
      const bool whole = node != total_node || axis_.total_listed || !tree_.root.empty();
      if (children[node] == 1 && whole) {
        axis_.same[node] = axis_.same[only[node]];  // a child's number is above its parent's
      }
    }
  }

  std::span<const PublishedTable> tables_;
  const Reading& reading_;
  CodeAxis axis_;
  std::vector<std::string> listed_;  // codes, in order of first appearance
  std::set<std::string> seen_;       // the same
  std::vector<std::string> totals_;
  bool by_prefix_ = false;  // the codes are a tree by their beginnings
  Hierarchy tree_;
  std::string tree_file_;
};

// Every dimension that the reading names must be one of some table.
Status names_known(const std::vector<std::string>& names, const Reading& reading) {
  std::vector<std::pair<std::string, const char*>> said;
  for (const std::string& name : reading.by) {
    said.emplace_back(name, "--by");
  }
  for (const OfDimension& total : reading.totals) {
    said.emplace_back(total.dimension, "--total");
  }
  for (const OfDimension& tree : reading.trees) {
    if (tree.dimension.empty()) {
      return bad_input(fmt::format("the dimension of the hierarchy '{}' is not named", tree.what),
                       "--hierarchy", "name it: --hierarchy age=ages.csv");
    }
    said.emplace_back(tree.dimension, "--hierarchy");
  }
  for (const std::string& name : reading.prefixes) {
    said.emplace_back(name, "--prefix");
  }
  for (const std::string& name : reading.flat) {
    said.emplace_back(name, "--flat");
  }
  for (const std::string& name : reading.multi) {
    said.emplace_back(name, "--multi");
  }
  for (const auto& [name, option] : said) {
    if (!name.empty() && !holds(names, name)) {
      return bad_input(fmt::format("no table has a dimension '{}'", name), option,
                       column_hint(name, names, true));
    }
  }
  return {};
}

Status totals_listed(const std::vector<CodeAxis>& axes, const Reading& reading) {
  for (const OfDimension& total : reading.totals) {
    const bool listed = std::ranges::any_of(axes, [&](const CodeAxis& axis) {
      const auto node = axis.nodes.find(total.what);
      return (total.dimension.empty() || total.dimension == axis.name) &&
             node != axis.nodes.end() && node->second == total_node && axis.total_listed;
    });
    if (!listed) {
      return bad_input(fmt::format("no line has the total '{}'{}", total.what,
                                   total.dimension.empty() ? "" : " of " + total.dimension),
                       "--total", "name the code that a table writes: --total sex=T");
    }
  }
  return {};
}

void say_flat(Axes& made) {
  std::vector<std::string> names;
  for (const CodeAxis& axis : made.axes) {
    if (!axis.tree && axis.codes.size() > 2) {
      names.push_back(axis.name);
    }
  }
  if (!names.empty()) {
    made.assumed.push_back(assumed::flat(names));
  }
}

}  // namespace

Text CodeAxis::label(std::uint32_t node) const {
  return node == total_node    ? Text{"total", "total"}
         : codes[node].empty() ? Text{"(empty)", "(vide)"}
                               : Text{codes[node], codes[node]};
}

std::optional<std::size_t> dimension_called(const PublishedTable& table, std::string_view name) {
  for (std::size_t d = 0; d < table.dimensions.size(); ++d) {
    if (table.dimension(d).name == name) {
      return d;
    }
  }
  return std::nullopt;
}

Result<Axes> axes_of(std::span<const PublishedTable> tables, const Reading& reading) {
  std::vector<std::string> names;
  for (const PublishedTable& table : tables) {
    for (std::size_t d = 0; d < table.dimensions.size(); ++d) {
      if (!holds(names, table.dimension(d).name)) {
        names.push_back(table.dimension(d).name);
      }
    }
  }
  RETURN_IF_ERROR(names_known(names, reading));
  Axes made;
  for (const std::string& name : names) {
    ASSIGN_OR_RETURN(CodeAxis axis, AxisMaker(name, tables, reading).run(made.assumed));
    made.axes.push_back(std::move(axis));
  }
  RETURN_IF_ERROR(totals_listed(made.axes, reading));
  say_flat(made);
  return made;
}

}  // namespace parcours::audit
