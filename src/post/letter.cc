#include "post/letter.h"

#include <fmt/format.h>

#include "post/seal.h"
#include "post/signed_text.h"

namespace parcours::post {
namespace {

constexpr std::string_view letter_begins = "parcours-letter ";
constexpr std::string_view letter_head = "parcours-letter 1\n";
constexpr std::size_t letter_step = 4096;

}  // namespace

Result<std::string> write_letter(std::string text, const formalities::SigningKey& vault,
                                 const formalities::PublicKey& to, const std::string& where) {
  const std::optional<formalities::SealKey> key = formalities::seal_key(to);
  if (!key) {
    return bad_input("this key only signs, so nothing can be sealed for it", where,
                     "make one that is a file: parcours key make");
  }
  if (!text.ends_with('\n')) {
    text += '\n';
  }
  std::string whole = with_signature(std::move(text), vault, formalities::letter_signature);
  whole.append(letter_step - whole.size() % letter_step, '\n');
  const auto closed = sealed(whole, letter_head, *key);
  if (!closed) {
    return bad_input("nothing can be sealed for this key", where, "make another one");
  }
  return std::string(letter_head) + *closed;
}

Result<std::string> read_letter(std::string_view letter, const formalities::SigningKey& mine,
                                const std::optional<formalities::PublicKey>& vault,
                                const std::string& where) {
  if (!letter.starts_with(letter_head)) {
    return letter.starts_with(letter_begins)
               ? bad_input("this letter is of a format that this program does not read", where,
                           "update this program")
               : bad_input("this is not a sealed letter", where,
                           "give the file that the vault's keeper wrote");
  }
  const std::optional<formalities::SealKey> key = formalities::seal_key(mine.public_key());
  const auto opened =
      key ? unsealed(letter.substr(letter_head.size()), letter_head, *key, mine.seal_secret())
          : std::nullopt;
  if (!opened) {
    return bad_input("the letter was sealed for another key, or was changed on its way", where,
                     "open it with the key that it was sealed for, or ask for it again");
  }
  std::string_view whole = *opened;
  whole = whole.substr(0, whole.find_last_not_of('\n') + 2);
  const auto parts = signed_text(whole);
  if (!parts) {
    return bad_input("the letter holds no signed text", where, "ask for it again");
  }
  if (vault) {
    RETURN_IF_ERROR(formalities::check_signature(parts->text, parts->signature, *vault,
                                                 formalities::letter_signature, where));
  }
  return std::string(parts->text);
}

}  // namespace parcours::post
