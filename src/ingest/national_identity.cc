#include "ingest/national_identity.h"

#include <algorithm>
#include <array>

#include "base/letters.h"
#include "vocabulary/code_systems.h"
#include "vocabulary/national_number.h"

namespace parcours::ingest {
namespace {

struct InsRoot {
  std::string_view root;
  bool made_up;
};
constexpr std::array<InsRoot, 4> ins_roots = {{{"1.2.250.1.213.1.4.8", false},
                                               {"1.2.250.1.213.1.4.9", false},
                                               {"1.2.250.1.213.1.4.10", true},
                                               {"1.2.250.1.213.1.4.11", true}}};

// Its place in the order; the end where it is none.
std::size_t rank_of(std::string_view root) {
  const std::string bare = lower(trimmed(root));
  const auto found =
      std::ranges::find(ins_roots, vocabulary::without_oid_prefix(bare), &InsRoot::root);
  return static_cast<std::size_t>(found - ins_roots.begin());
}

}  // namespace

bool NationalIdentity::is_root(std::string_view root) {
  return rank_of(root) < ins_roots.size();
}

std::string NationalIdentity::canonical(std::string_view root, std::string_view text) {
  const std::size_t rank = rank_of(root);
  return rank < ins_roots.size() ? vocabulary::national_number(text, ins_roots.at(rank).made_up)
                                 : "";
}

bool NationalIdentity::note(std::string_view root, std::string_view text) {
  const std::size_t rank = rank_of(root);
  if (rank == ins_roots.size()) {
    return false;
  }
  std::string number = canonical(root, text);
  if (!number.empty() && rank < rank_) {
    number_ = std::move(number);
    rank_ = rank;
    several_ = false;
  } else if (!number.empty() && rank == rank_ && number != number_) {
    several_ = true;
  }
  return true;
}

}  // namespace parcours::ingest
