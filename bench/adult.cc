#include "bench/adult.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>

namespace parcours::bench {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields;
  std::stringstream text(line);
  for (std::string field; std::getline(text, field, ';');) {
    std::erase(field, '\r');
    fields.push_back(std::move(field));
  }
  return fields;
}

// A dimension, and the place of each leaf.
struct Tree {
  tables::Dimension dimension;
  std::map<std::string, std::uint32_t> leaf;
};

// A node is called by its path from the root, so that equal names in two branches stay apart.
class TreeReader {
 public:
  TreeReader(std::string column, const std::vector<std::string>& leaves) : leaves_(leaves) {
    tree_.dimension.id = std::move(column);
  }

  Tree read(const fs::path& file) {
    std::ifstream lines(file);
    for (std::string line; std::getline(lines, line);) {
      add(fields_of(line));
    }
    place("*", 0);
    const auto root = static_cast<std::uint32_t>(tree_.dimension.categories.size());
    for (std::uint32_t& parent : tree_.dimension.parents) {
      parent = parent == 0 ? root : parent - 1;
    }
    return std::move(tree_);
  }

 private:
  void add(std::vector<std::string> names) {
    if (names.empty() || !std::ranges::binary_search(leaves_, names.front())) {
      return;
    }
    std::string parent = "*";
    for (std::size_t level = names.size() - 1; level-- > 0;) {
      const std::string node = parent + "/" + names[level];
      std::vector<std::string>& children = children_[parent];
      if (std::ranges::find(children, node) == children.end()) {
        children.push_back(node);
      }
      parent = node;
    }
  }

  // `parent` is one more than its place; 0 for the total.
  void place(const std::string& node, std::uint32_t parent) {
    for (std::string child : children_[node]) {
      while (children_[child].size() == 1) {
        child = std::string(children_[child].front());
      }
      tables::Dimension& dimension = tree_.dimension;
      const auto at = static_cast<std::uint32_t>(dimension.categories.size());
      dimension.categories.push_back({child, {}});
      dimension.parents.push_back(parent);
      if (children_[child].empty()) {
        tree_.leaf[child.substr(child.rfind('/') + 1)] = at;
      }
      place(child, at + 1);
    }
  }

  const std::vector<std::string>& leaves_;
  std::map<std::string, std::vector<std::string>> children_;
  Tree tree_;
};

// Counts one person in every cell that they stand in.
void count(CountedTable& made, const std::vector<Tree>& trees,
           const std::vector<std::string>& row) {
  std::vector<std::size_t> places(trees.size());
  const std::function<void(std::size_t)> visit = [&](std::size_t d) {
    if (d == trees.size()) {
      ++made.counts[made.table.index(places)];
      return;
    }
    const tables::Dimension& dimension = made.table.dimensions[d];
    for (std::size_t place = trees[d].leaf.at(row[d]);; place = dimension.parent(place)) {
      places[d] = place;
      visit(d + 1);
      if (place == dimension.total()) {
        return;
      }
    }
  };
  visit(0);
}

}  // namespace

std::optional<CountedTable> adult_table(const fs::path& folder,
                                        const std::vector<std::string>& columns) {
  std::ifstream lines(folder / "adult.csv");
  std::string line;
  if (!std::getline(lines, line)) {
    return std::nullopt;
  }
  const std::vector<std::string> header = fields_of(line);
  std::vector<std::vector<std::string>> rows;
  while (std::getline(lines, line)) {
    const std::vector<std::string> fields = fields_of(line);
    std::vector<std::string>& row = rows.emplace_back();
    for (const std::string& column : columns) {
      row.push_back(
          fields.at(static_cast<std::size_t>(std::ranges::find(header, column) - header.begin())));
    }
  }
  CountedTable made;
  std::vector<Tree> trees;
  for (std::size_t d = 0; d < columns.size(); ++d) {
    std::vector<std::string> leaves;
    for (const auto& row : rows) {
      leaves.push_back(row[d]);
    }
    std::ranges::sort(leaves);
    trees.push_back(
        TreeReader(columns[d], leaves).read(folder / ("adult_hierarchy_" + columns[d] + ".csv")));
    made.table.dimensions.push_back(trees.back().dimension);
  }
  made.counts.assign(made.table.cell_count(), 0);
  for (const auto& row : rows) {
    count(made, trees, row);
  }
  return made;
}

}  // namespace parcours::bench
