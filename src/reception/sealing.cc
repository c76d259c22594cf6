#include "reception/sealing.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "formalities/act_text.h"
#include "post/seal_pair.h"
#include "vault/formal.h"

namespace parcours::reception {

Result<post::VaultKeys> keys_of(const records::ProgrammeKey& programme,
                                const vault::CatalogContents& contents, Day day) {
  const formalities::Formalities& formalities = contents.formalities;
  const std::vector<formalities::SealingKey>& named = formalities.sealing_keys();
  std::vector<post::SealPair> pairs;
  for (std::size_t place = named.size(); place-- > 0;) {
    const auto kept =
        std::ranges::find(contents.sealing, named[place].key, &vault::SealingSecret::key);
    if (kept == contents.sealing.end() || !formalities.opens(place, day)) {
      continue;
    }
    auto pair = post::reopened(kept->key, kept->closed, programme, formalities.vault());
    if (!pair) {
      return bad_input("a secret of the vault's sealing keys is not as it was closed",
                       "the vault's catalog", "restore the vault from a copy");
    }
    pairs.push_back(*std::move(pair));
  }
  return post::VaultKeys(programme, formalities.vault(), std::move(pairs),
                         std::max<std::uint64_t>(named.size(), 1));
}

Result<std::string> begin_renewal(const vault::VaultPlace& vault,
                                  const records::ProgrammeKey& programme,
                                  std::optional<int> old_days) {
  ASSIGN_OR_RETURN(const formalities::Formalities formalities, vault::formalities_of(vault));
  const std::uint64_t number = formalities.sealing_keys().size() + 1;
  if (number > 1 && !old_days) {
    return bad_input("it is not said how long the old key still opens packages", "--old-days",
                     "give the days that packages are on their way, or 0 if the old key may be "
                     "stolen");
  }
  const post::SealPair pair = post::SealPair::generate();
  RETURN_IF_ERROR(vault::keep_sealing_secret(
      vault, {.key = pair.key, .closed = post::closed(pair, programme, formalities.vault())}));
  return formalities::text_of(formalities::SealingAct{.key = pair.key,
                                                      .number = number,
                                                      .old_days = number > 1 ? *old_days : 0,
                                                      .vault = formalities.vault()});
}

Result<std::uint64_t> destroy_old_keys(const vault::VaultPlace& vault, Day day) {
  return vault::destroy_closed_secrets(vault, day);
}

}  // namespace parcours::reception
