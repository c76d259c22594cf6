#include "post/sequence.h"

#include <fmt/format.h>

#include <algorithm>

namespace parcours::post {
namespace {

using Why = std::optional<Refused>;

Why refused_by_rule(Refusal why, std::string found, std::string right) {
  return Refused{why, {Fault::rule, std::move(found), "the package", std::move(right)}};
}

Why wrong_vault(const Arrived& arrived, const Standing& standing) {
  if (arrived.vault == standing.vault) {
    return {};
  }
  return refused_by_rule(Refusal::other_vault,
                         fmt::format("the package is meant for the vault {}", arrived.vault),
                         fmt::format("make it with the card of this vault, {}", standing.vault));
}

Why wrong_practice(const Standing& standing) {
  if (!standing.practice) {
    return refused_by_rule(Refusal::unknown_practice, "the vault does not know the practice",
                           "ask the permit-keeper to admit it");
  }
  switch (*standing.practice) {
    case formalities::PracticeStatus::admitted:
      return {};
    case formalities::PracticeStatus::suspended:
      return refused_by_rule(Refusal::suspended, "the practice is suspended",
                             "ask the permit-keeper why, and keep the package");
    case formalities::PracticeStatus::left:
      break;
  }
  return refused_by_rule(Refusal::left, "the practice has left the programme", "");
}

Why wrong_number(const Arrived& arrived, const Standing& standing) {
  if (arrived.number < standing.next()) {
    return refused_by_rule(
        Refusal::number_used,
        fmt::format("the vault has taken another package as number {}", arrived.number),
        fmt::format("make it anew as number {}", standing.next()));
  }
  if (arrived.number > standing.next()) {
    return refused_by_rule(Refusal::package_missing,
                           fmt::format("this is package {}, and the vault has taken {}",
                                       arrived.number, standing.taken.size()),
                           fmt::format("send package {} first", standing.next()));
  }
  return {};
}

Why wrong_permit(const Arrived& arrived, const Standing& standing) {
  const auto named = std::ranges::find(standing.permits, arrived.permit, &PermitInForce::reference);
  if (named == standing.permits.end()) {
    return refused_by_rule(Refusal::other_permit,
                           fmt::format("permit {} is not in force for collection", arrived.permit),
                           "fetch the permit in force, agree to it, and make the package anew");
  }
  if (named->digest != arrived.permit_digest) {
    return refused_by_rule(
        Refusal::other_permit,
        fmt::format("the practice agreed to another text of permit {}", arrived.permit),
        "fetch the permit in force, agree to it, and make the package anew");
  }
  return {};
}

bool was_taken(const Arrived& arrived, const Standing& standing) {
  return arrived.number >= 1 && arrived.number <= standing.taken.size() &&
         standing.taken[arrived.number - 1] == arrived.digest;
}

Why wrong(const Arrived& arrived, const Standing& standing) {
  Why why = wrong_practice(standing);
  if (!why) {
    why = wrong_number(arrived, standing);
  }
  if (!why) {
    why = wrong_permit(arrived, standing);
  }
  return why;
}

}  // namespace

Arrived arrived(const Header& header, const Contents& contents) {
  return {header.vault, header.number, header.digest, contents.permit, contents.permit_digest};
}

Decision decide(const Arrived& arrived, const Standing& standing) {
  if (Why why = wrong_vault(arrived, standing)) {
    return {Step::refuse, std::move(why), standing.next()};
  }
  if (was_taken(arrived, standing)) {
    return {Step::answer_again, {}, standing.next()};
  }
  if (Why why = wrong(arrived, standing)) {
    return {Step::refuse, std::move(why), standing.next()};
  }
  return {Step::take, {}, standing.next()};
}

}  // namespace parcours::post
