#include "practice/access.h"

#include "base/files.h"
#include "base/letters.h"
#include "post/access_request.h"
#include "post/letter.h"
#include "practice/words.h"

namespace parcours::practice {

Result<std::string> ask(Office& office, std::string_view number) {
  ASSIGN_OR_RETURN(const std::vector<records::KeyedHash> keys, office.pseudonyms());
  if (keys.empty()) {
    return refuse(office.language(), words::no_key_left());
  }
  post::AccessRequest request{.vault = office.card().vault,
                              .practice = office.state().practice,
                              .asked_at = utc_now(),
                              .french = office.language() == Language::fr,
                              .patients = {}};
  for (const records::KeyedHash& key : keys) {
    request.patients.push_back(records::pseudonym(key, trimmed(number)));
  }
  ASSIGN_OR_RETURN(const formalities::SigningKey signing, office.signing_key());
  ASSIGN_OR_RETURN(std::string text, post::write_request(request, office.card(), signing));
  RETURN_IF_ERROR(office.note({.deed = Deed::ask, .patients = 1}));
  return text;
}

Result<std::string> read_answer(Office& office, const std::filesystem::path& letter) {
  ASSIGN_OR_RETURN(const std::string bytes, read_file(letter, post::largest_letter));
  ASSIGN_OR_RETURN(const formalities::SigningKey signing, office.signing_key());
  ASSIGN_OR_RETURN(std::string text,
                   post::read_letter(bytes, signing, office.card().receipt, letter.string()));
  RETURN_IF_ERROR(office.note({.deed = Deed::read, .patients = 1}));
  return text;
}

}  // namespace parcours::practice
