#include "post/vault_card.h"

#include <fmt/format.h>

#include "base/hex.h"
#include "base/sheet.h"
#include "post/contents.h"
#include "records/digest.h"

namespace parcours::post {
namespace {

constexpr std::int64_t card_format = 2;
constexpr std::int64_t most_numbers = 1'000'000;
constexpr std::size_t most_keepers = 100;

formalities::PublicKey key_from(Sheet& sheet, std::string_view name) {
  sheet.need(name, fmt::format("{} = \"ssh-ed25519 AAAA...\"", name));
  const auto line = sheet.text(name);
  if (!line) {
    return {};
  }
  const int at = sheet.value_line(name);
  auto key = formalities::parse_public_key(*line, sheet.mistakes().place(at));
  if (!key) {
    sheet.mistakes().add(key.error(), at);
    return {};
  }
  return *std::move(key);
}

void check_format(Sheet& sheet) {
  sheet.need("format", "format = 2");
  const auto format = sheet.whole("format", 1, 1'000'000);
  if (format && *format > card_format) {
    sheet.mistakes().add(
        sheet.value_line("format"),
        fmt::format("this card is of format {}; this program reads {}", *format, card_format),
        "update this program");
  }
}

VaultCard card_from(Sheet& sheet) {
  check_format(sheet);
  VaultCard card;
  sheet.need("vault", "vault = \"3f2a...\"");
  card.vault = sheet.text("vault").value_or("");
  if (sheet.find("vault") != nullptr && !is_vault_number(card.vault)) {
    sheet.mistakes().add(sheet.value_line("vault"), "not the number of a vault",
                         "32 digits, 0 to 9 and a to f");
  }
  sheet.need("seal", "seal = \"9be0...\"");
  const auto digits = sheet.text("seal");
  if (digits && !from_hex(*digits, card.seal)) {
    sheet.mistakes().add(sheet.value_line("seal"), "not a key to seal to",
                         "64 digits, 0 to 9 and a to f");
  }
  sheet.need("number", "number = 1");
  card.number = static_cast<std::uint64_t>(sheet.whole("number", 1, most_numbers).value_or(1));
  card.receipt = key_from(sheet, "receipt");
  for (Sheet& keeper : sheet.sheets("keepers")) {
    keeper.need("name", "name = \"Anne Martin\"");
    std::string name = keeper.text("name").value_or("");
    if (keeper.find("name") != nullptr && !is_label(name)) {
      keeper.mistakes().add(keeper.value_line("name"), "not a name",
                            "at most 100 bytes, without control characters");
    }
    card.keepers.push_back({std::move(name), key_from(keeper, "key")});
    keeper.finish();
  }
  if (card.keepers.empty() || card.keepers.size() > most_keepers) {
    sheet.mistakes().add(sheet.line("keepers"), "no permit-keeper, or more than 100",
                         "[[keepers]], with a name and a key");
  }
  return card;
}

// The card without comments: its fingerprint is of this.
std::string what_it_says(const VaultCard& card) {
  std::string text =
      fmt::format("format  = {}\nvault   = {}\nseal    = {}\nnumber  = {}\nreceipt = {}\n",
                  card_format, toml_text(card.vault), toml_text(to_hex(card.seal)), card.number,
                  toml_text(formalities::to_string(card.receipt)));
  for (const Keeper& keeper : card.keepers) {
    text += fmt::format("\n[[keepers]]\nname = {}\nkey  = {}\n", toml_text(keeper.name),
                        toml_text(formalities::to_string(keeper.key)));
  }
  return text;
}

}  // namespace

VaultCard card_of(const VaultKeys& keys, std::vector<Keeper> keepers) {
  return {keys.vault(), keys.seal_key(), keys.number(), keys.receipts().public_key(),
          std::move(keepers)};
}

std::string write_card(const VaultCard& card) {
  return "# The public card of a Parcours vault. Before you use it, compare its fingerprint with\n"
         "# the vault's people over the telephone.\n" +
         what_it_says(card);
}

Result<VaultCard> parse_card(std::string_view text, const std::filesystem::path& file) {
  return read_sheet(text, file, "the vault's card", card_from);
}

std::string card_fingerprint(const VaultCard& card) {
  constexpr std::size_t groups = 10;
  constexpr std::size_t digits = 4;
  records::Digester digester;
  digester.take(what_it_says(card));
  const std::string hex = digester.finish().hex();
  std::string spoken;
  for (std::size_t i = 0; i < groups; ++i) {
    spoken += (i == 0 ? "" : " ") + hex.substr(i * digits, digits);
  }
  return spoken;
}

}  // namespace parcours::post
