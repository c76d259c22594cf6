#include "ingest/words.h"

#include <algorithm>
#include <array>

#include "base/letters.h"

namespace parcours::ingest {
namespace {

// The letters U+00C0 to U+00FF without their accents, in small letters (Unicode, "Latin-1
// Supplement"); '*' where there is none.
constexpr std::string_view latin_bases =
    "aaaaaaaceeeeiiiidnooooo*ouuuuypsaaaaaaaceeeeiiiidnooooo*ouuuuypy";

bool is_small(char c) {
  return c >= 'a' && c <= 'z';
}

bool high(char c) {
  return (static_cast<unsigned char>(c) & 0x80) != 0;
}

// A byte of a word. Two-byte characters below U+00C0 are signs ("°", "µ", a space that does not
// break), as are those from U+2000 to U+2BFF (dashes, quotes).
struct Character {
  std::string folded;  // empty: not of a word
  std::size_t bytes = 1;
  bool capital = false;
};

Character character_at(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (is_capital(c)) {
    return {std::string(1, static_cast<char>(c - 'A' + 'a')), 1, true};
  }
  if (is_small(c) || is_digit(c)) {
    return {std::string(1, c), 1, false};
  }
  if (!high(c)) {
    return {};
  }
  const auto lead = static_cast<unsigned char>(c);
  const auto next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0U;
  if (lead == 0xC2 && (next & 0xC0) == 0x80) {
    return {"", 2, false};
  }
  if (lead == 0xE2 && at + 2 < text.size() && next <= 0xAF) {
    return {"", 3, false};
  }
  if (lead == 0xC3 && (next & 0xC0) == 0x80) {
    const std::size_t place = next & 0x3F;
    const char base = latin_bases[place];
    return base == '*' ? Character{"", 2, false} : Character{{base}, 2, place < 32};
  }
  if (lead == 0xC5 && (next == 0x92 || next == 0x93)) {
    return {"oe", 2, next == 0x92};
  }
  return {std::string(1, c), 1, false};
}

}  // namespace

std::vector<Word> words_in(std::string_view text) {
  std::vector<Word> words;
  char before = ' ';
  std::size_t at = 0;
  while (at < text.size()) {
    Word word{.folded = {}, .as_is = {}, .letters = true, .digits = true, .before = before};
    const std::size_t from = at;
    while (at < text.size()) {
      const Character character = character_at(text, at);
      if (character.folded.empty()) {
        break;
      }
      word.capital |= at == from && character.capital;
      const bool digit = is_digit(character.folded[0]);
      word.letters &= !digit;
      word.digits &= digit;
      word.folded += character.folded;
      at += character.bytes;
    }
    if (at > from) {
      at = std::min(at, text.size());
      word.as_is = text.substr(from, at - from);
      words.push_back(std::move(word));
    }
    if (at < text.size()) {
      before = text[at];
      at += character_at(text, at).bytes;
    }
  }
  return words;
}

}  // namespace parcours::ingest
