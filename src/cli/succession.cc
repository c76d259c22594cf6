#include "cli/succession.h"

#include <fmt/format.h>

#include "formalities/succession.h"
#include "program/say.h"

namespace parcours::cli {
namespace {

// The permit with which the records of the one before died, or would die today.
const formalities::KnownPermit* dead_with(const formalities::KnownPermit& before,
                                          const formalities::Formalities& formalities, Day today) {
  const formalities::KnownPermit* died = formalities.died_with(before.permit.reference);
  const bool waits = before.status == formalities::PermitStatus::entered ||
                     before.status == formalities::PermitStatus::suspended;
  return died == nullptr && waits && today > before.permit.valid.last ? &before : died;
}

}  // namespace

Succession succession_of(const formalities::Permit& permit,
                         const formalities::Formalities& formalities, Day today) {
  Succession made;
  made.before = permit.supersedes.empty() ? nullptr : formalities.permit(permit.supersedes);
  if (made.before == nullptr) {
    return made;
  }
  if (const formalities::KnownPermit* died = dead_with(*made.before, formalities, today)) {
    const std::string& reference = died->permit.reference;
    const std::string day = to_string(died->permit.valid.last, Calendar::dates);
    made.dead = {
        fmt::format("Permit {} ended on {}, before permit {} was entered. So the records that were "
                    "collected under it stay dead, and the next compaction deletes them.",
                    reference, day, permit.reference),
        fmt::format(
            "La formalité {} a pris fin le {}, avant que la formalité {} ne soit versée. Les "
            "données collectées sous la première restent donc inutilisables, et le prochain "
            "compactage les supprime.",
            reference, day, permit.reference)};
    return made;
  }
  made.widened = formalities::widened(made.before->permit, permit);
  return made;
}

nlohmann::ordered_json as_json(const Succession& succession) {
  nlohmann::ordered_json widens = nlohmann::ordered_json::array();
  for (const Text& sentence : succession.widened) {
    widens.push_back({{"en", sentence.en}, {"fr", sentence.fr}});
  }
  nlohmann::ordered_json json;
  json["supersedes"] = succession.before == nullptr
                           ? nlohmann::ordered_json(nullptr)
                           : nlohmann::ordered_json(succession.before->permit.reference);
  json["dead"] =
      succession.dead.en.empty()
          ? nlohmann::ordered_json(nullptr)
          : nlohmann::ordered_json({{"en", succession.dead.en}, {"fr", succession.dead.fr}});
  json["widens"] = std::move(widens);
  return json;
}

void say(const Succession& succession, bool french) {
  if (succession.before == nullptr) {
    return;
  }
  const auto in = [&](const Text& text) { return french ? text.fr : text.en; };
  const std::string& reference = succession.before->permit.reference;
  if (!succession.dead.en.empty()) {
    program::say("{}\n", in(succession.dead));
    return;
  }
  if (succession.widened.empty()) {
    program::say("{}\n",
                 in({fmt::format("It allows nothing that permit {} did not.", reference),
                     fmt::format("Elle ne permet rien de plus que la formalité {}.", reference)}));
    return;
  }
  program::say("{}\n",
               in({fmt::format("It allows more than permit {}, whose place it takes:", reference),
                   fmt::format("Elle permet davantage que la formalité {}, qu’elle remplace :",
                               reference)}));
  for (const Text& sentence : succession.widened) {
    program::say("  {}\n", in(sentence));
  }
}

}  // namespace parcours::cli
