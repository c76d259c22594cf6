#include "practice/permit_paper.h"

#include <algorithm>
#include <system_error>

#include "base/day.h"
#include "base/files.h"
#include "formalities/cover.h"
#include "practice/office.h"
#include "practice/words.h"

namespace parcours::practice {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_signature_text = std::size_t{1} << 20;

}  // namespace

Result<PermitPaper> read_permit_paper(const fs::path& file) {
  PermitPaper paper;
  ASSIGN_OR_RETURN(paper.text, read_file(file, formalities::largest_permit_file));
  ASSIGN_OR_RETURN(paper.permit, formalities::parse_permit(paper.text, file));
  ASSIGN_OR_RETURN(paper.signature, read_file(file.string() + ".sig", most_signature_text));
  return paper;
}

Status check_signed(const PermitPaper& paper, const post::VaultCard& card, const fs::path& file,
                    Language language) {
  const std::string where = file.string() + ".sig";
  ASSIGN_OR_RETURN(const formalities::PublicKey signer,
                   formalities::signer_of(paper.signature, where));
  const auto keeper = std::ranges::find(card.keepers, signer, &post::Keeper::key);
  if (keeper == card.keepers.end()) {
    return refuse(language, words::not_a_keeper(formalities::fingerprint(signer)), where);
  }
  return formalities::check_signature(paper.text, paper.signature, signer,
                                      formalities::act_signature, where);
}

Status check_covers(const formalities::Permit& permit, std::string_view practice,
                    const std::string& where, Language language) {
  if (!permit.collection) {
    return refuse(language, words::no_collection(permit.reference), where);
  }
  if (!formalities::covers_practice(permit.covers, practice)) {
    return refuse(language, words::practice_not_covered(permit.reference, practice), where);
  }
  if (today() > permit.valid.last) {
    return refuse(
        language,
        words::not_in_force(permit.reference, to_string(permit.valid.first, Calendar::dates),
                            to_string(permit.valid.last, Calendar::dates)),
        where);
  }
  return {};
}

Status take_permit(Office& office, const fs::path& file) {
  const Language language = office.language();
  ASSIGN_OR_RETURN(const PermitPaper paper, read_permit_paper(file));
  RETURN_IF_ERROR(check_signed(paper, office.card(), file, language));
  RETURN_IF_ERROR(check_covers(paper.permit, office.state().practice, file.string(), language));
  if (paper.permit.covers.follow != office.permit().covers.follow) {
    return refuse(language, words::follows_otherwise(paper.permit.reference), file.string());
  }
  const fs::path next = office.folder() / "next";
  ASSIGN_OR_RETURN(ScratchFolder made, ScratchFolder::make_beside(next));
  RETURN_IF_ERROR(write_file(made.path() / "permit.toml", paper.text, Readers::owner));
  RETURN_IF_ERROR(write_file(made.path() / "permit.toml.sig", paper.signature, Readers::owner));
  RETURN_IF_ERROR(std::move(made).keep_as(next));
  RETURN_IF_ERROR(finish_taking(office.folder()));
  return office.read_papers();
}

// What lies in the folder `next` is whole; each step can be done again.
Status finish_taking(const fs::path& folder) {
  const fs::path next = folder / "next";
  std::error_code error;
  if (!fs::exists(next, error)) {
    return {};
  }
  for (const char* name : {"permit.toml", "permit.toml.sig"}) {
    ASSIGN_OR_RETURN(const std::string text, read_file(next / name, most_signature_text));
    RETURN_IF_ERROR(write_file(folder / name, text, Readers::owner));
  }
  fs::remove_all(next, error);
  return error ? machine_fault("cannot delete the folder: " + error.message(), next.string())
               : Status();
}

}  // namespace parcours::practice
