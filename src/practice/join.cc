#include "practice/join.h"

#include <algorithm>

#include "base/day.h"
#include "base/files.h"
#include "formalities/permit.h"
#include "formalities/signing_key.h"
#include "post/vault_card.h"
#include "practice/entry.h"
#include "practice/lines.h"
#include "practice/objections.h"
#include "practice/permit_paper.h"
#include "practice/step_one.h"
#include "practice/words.h"

namespace parcours::practice {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_text = std::size_t{1} << 20;

// It becomes part of a file's name.
bool is_name(std::string_view name) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  return !name.empty() && name.size() <= 64 && letter(name.front()) &&
         std::ranges::all_of(name,
                             [&](char c) { return letter(c) || c == '-' || c == '_' || c == '.'; });
}

struct Papers {
  std::string card_text;
  post::VaultCard card;
  PermitPaper permit;
};

Result<Papers> read_papers(const JoinOptions& options) {
  Papers papers;
  ASSIGN_OR_RETURN(papers.card_text, read_file(options.card, most_text));
  ASSIGN_OR_RETURN(papers.card, post::parse_card(papers.card_text, options.card));
  ASSIGN_OR_RETURN(papers.permit, read_permit_paper(options.permit));
  return papers;
}

Status check_permit(const Papers& papers, const JoinOptions& options, Language language) {
  const formalities::Permit& permit = papers.permit.permit;
  const std::string where = options.permit.string();
  RETURN_IF_ERROR(check_signed(papers.permit, papers.card, options.permit, language));
  RETURN_IF_ERROR(check_covers(permit, options.name, where, language));
  if (permit.covers.follow == formalities::Follow::programme && !options.share) {
    return complain(language, words::share_needed(), where);
  }
  if (permit.covers.follow == formalities::Follow::practice && options.share) {
    return complain(language, words::no_share_wanted(), where);
  }
  return {};
}

Result<records::ProgrammeKey> first_key(const JoinOptions& options) {
  if (options.share) {
    return read_key(*options.share);
  }
  return records::ProgrammeKey::generate();
}

}  // namespace

Result<Joined> join(const JoinOptions& options, Language language) {
  if (!is_name(options.name)) {
    return complain(language, words::bad_name(), "--name");
  }
  ASSIGN_OR_RETURN(const Papers papers, read_papers(options));
  const std::string card_fingerprint = post::card_fingerprint(papers.card);
  const auto bare = [](std::string text) {
    std::erase(text, ' ');
    return text;
  };
  if (!options.fingerprint.empty() && bare(options.fingerprint) != bare(card_fingerprint)) {
    return refuse(language, words::other_card(card_fingerprint), options.card.string());
  }
  RETURN_IF_ERROR(check_permit(papers, options, language));
  ASSIGN_OR_RETURN(const records::ProgrammeKey key, first_key(options));

  ASSIGN_OR_RETURN(ScratchFolder made, ScratchFolder::make_beside(options.folder));
  const fs::path& at = made.path();
  RETURN_IF_ERROR(make_folder(at / "keys", Readers::owner));
  RETURN_IF_ERROR(make_folder(at / "outbox", Readers::owner));
  const formalities::SigningKey signing = formalities::SigningKey::generate();
  RETURN_IF_ERROR(signing.write(at / "practice.key", options.name));
  RETURN_IF_ERROR(options.objections ? Objections::carry(*options.objections, at)
                                     : Objections::begin(at));
  const std::string label = label_of(papers.permit.permit.covers.new_keys, today());
  RETURN_IF_ERROR(write_key(key_file(at, label), key));
  RETURN_IF_ERROR(write_file(at / "vault.card", papers.card_text, Readers::owner));
  RETURN_IF_ERROR(write_file(at / "permit.toml", papers.permit.text, Readers::owner));
  RETURN_IF_ERROR(write_file(at / "permit.toml.sig", papers.permit.signature, Readers::owner));
  if (options.mapping) {
    ASSIGN_OR_RETURN(const std::string text, read_file(*options.mapping, most_text));
    RETURN_IF_ERROR(write_file(at / "mapping.toml", text, Readers::owner));
  }
  const Entry entry{.deed = Deed::join,
                    .at = utc_now(),
                    .practice = options.name,
                    .vault = papers.card.vault,
                    .permit = papers.permit.permit.reference,
                    .permit_digest = papers.permit.permit.digest,
                    .key = label};
  RETURN_IF_ERROR(append_line(at / "log", line_of(entry)));
  RETURN_IF_ERROR(std::move(made).keep_as(options.folder));
  return Joined{.public_key = formalities::to_string(signing.public_key()),
                .card_fingerprint = card_fingerprint,
                .permit = papers.permit.permit.reference,
                .holder = papers.permit.permit.holder,
                .kind = formalities::find_framework(papers.permit.permit.kind)->name};
}

}  // namespace parcours::practice
