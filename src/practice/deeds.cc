#include "practice/deeds.h"

#include <algorithm>
#include <system_error>

#include "base/letters.h"
#include "practice/step_one.h"
#include "practice/words.h"

namespace parcours::practice {

namespace fs = std::filesystem;

Status agree(Office& office, const std::string& doctor) {
  return office.note({.deed = Deed::agree,
                      .permit = office.permit().reference,
                      .permit_digest = office.permit().digest,
                      .doctor = doctor});
}

Status withdraw_agreement(Office& office) {
  if (!office.state().agreement) {
    return refuse(office.language(), words::no_agreement_to_withdraw());
  }
  return office.note({.deed = Deed::withdraw, .doctor = office.state().agreement->doctor});
}

Result<std::uint64_t> object(Office& office, const std::vector<std::string>& numbers) {
  ASSIGN_OR_RETURN(Objections objections, office.objections());
  ASSIGN_OR_RETURN(const std::vector<records::KeyedHash> keys, office.pseudonyms());
  std::uint64_t added = 0;
  for (const std::string& number : numbers) {
    ASSIGN_OR_RETURN(const bool fresh, objections.add(number, keys));
    added += fresh ? 1 : 0;
  }
  if (added > 0) {
    RETURN_IF_ERROR(office.note({.deed = Deed::object, .patients = added}));
  }
  return added;
}

Result<std::uint64_t> take_back(Office& office, const std::vector<std::string>& numbers) {
  ASSIGN_OR_RETURN(Objections objections, office.objections());
  ASSIGN_OR_RETURN(const std::vector<records::KeyedHash> keys, office.pseudonyms());
  std::uint64_t taken = 0;
  for (const std::string& number : numbers) {
    ASSIGN_OR_RETURN(const bool had, objections.take_back(number, keys));
    taken += had ? 1 : 0;
  }
  if (taken > 0) {
    RETURN_IF_ERROR(office.note({.deed = Deed::take_back, .patients = taken}));
  }
  return taken;
}

Result<std::vector<std::string>> numbers_in(const fs::path& file) {
  ASSIGN_OR_RETURN(const std::string text, read_file(file));
  std::vector<std::string> numbers;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = trimmed(std::string_view(text).substr(begin, end - begin));
    if (!line.empty()) {
      numbers.emplace_back(line);
    }
    begin = end + 1;
  }
  return numbers;
}

Status add_key(Office& office, const fs::path& share, const std::string& label) {
  if (!is_label(label)) {
    return complain(office.language(), words::bad_label(), "--label");
  }
  if (office.permit().covers.follow == formalities::Follow::practice) {
    return complain(office.language(), words::no_share_wanted(), share.string());
  }
  if (office.state().keys.contains(label) || office.state().destroyed.contains(label)) {
    return refuse(office.language(), words::key_there(label));
  }
  ASSIGN_OR_RETURN(const records::ProgrammeKey key, read_key(share));
  const fs::path file = key_file(office.folder(), label);
  RETURN_IF_ERROR(destroy_file(file));  // of a program that was stopped before it told the log
  RETURN_IF_ERROR(write_key(file, key));
  return office.note({.deed = Deed::make_key, .key = label});
}

Status destroy_key(Office& office, const std::string& label) {
  if (!office.state().keys.contains(label)) {
    return complain(office.language(), words::no_such_key(label), "--destroy");
  }
  RETURN_IF_ERROR(office.note({.deed = Deed::destroy_key, .key = label}));
  return office.tidy();
}

Status leave(Office& office) {
  RETURN_IF_ERROR(office.note({.deed = Deed::leave}));
  return office.tidy();
}

}  // namespace parcours::practice
