#include "post/access_request.h"

#include <fmt/format.h>

#include <optional>

#include "base/bytes.h"
#include "base/hex.h"
#include "page/json_text.h"
#include "post/contents.h"
#include "post/json_fields.h"
#include "post/seal.h"
#include "post/signed_text.h"

namespace parcours::post {
namespace {

constexpr unsigned request_format = 1;
constexpr std::size_t word_bytes = 8;

std::string bytes_of(const std::vector<records::PatientId>& patients) {
  ByteWriter to;
  for (const records::PatientId& patient : patients) {
    to.fixed(patient.high, word_bytes);
    to.fixed(patient.low, word_bytes);
  }
  return to.take();
}

std::optional<std::vector<records::PatientId>> patients_of(std::string_view bytes) {
  const std::size_t count = bytes.size() / (2 * word_bytes);
  if (count == 0 || count > most_request_patients || bytes.size() % (2 * word_bytes) != 0) {
    return std::nullopt;
  }
  ByteReader from(bytes);
  std::vector<records::PatientId> patients(count);
  for (records::PatientId& patient : patients) {
    patient.high = from.fixed(word_bytes);
    patient.low = from.fixed(word_bytes);
  }
  return patients;
}

// What the sealed bytes are bound to.
std::string bound_to(const AccessRequest& request) {
  return fmt::format("request {} {} {}", request.vault, request.practice, request.asked_at);
}

std::string request_json(const AccessRequest& request, std::string_view closed) {
  const Json json = {
      {"format", request_format},
      {"vault", request.vault},
      {"practice", request.practice},
      {"asked_at", request.asked_at},
      {"language", request.french ? "fr" : "en"},
      {"sealed", to_hex({reinterpret_cast<const unsigned char*>(closed.data()), closed.size()})}};
  return page::json_text(json, 2) + "\n";
}

std::unexpected<Error> no_request(const std::string& where) {
  return bad_input("this is not a request as a practice's program writes it", where,
                   "ask the practice for it again");
}

struct Closed {
  AccessRequest request;  // without its patients
  std::string sealed;
  SignedText parts;
};

Result<Closed> closed_of(std::string_view text, const std::string& where) {
  const auto parts = text.size() <= largest_request ? signed_text(text) : std::nullopt;
  const Json read = parts ? Json::parse(parts->text, nullptr, false) : Json();
  if (!read.is_object()) {
    return no_request(where);
  }
  JsonFields fields(read);
  const std::uint64_t format = fields.number("format");
  if (fields.good() && format > request_format) {
    return bad_input(
        fmt::format("this request is of format {}; this program reads {}", format, request_format),
        where, "update this program");
  }
  Closed closed;
  closed.parts = *parts;
  closed.request.vault = fields.text("vault");
  closed.request.practice = fields.text("practice");
  closed.request.asked_at = fields.text("asked_at");
  closed.request.french = fields.text("language") == "fr";
  const std::string hex = fields.text("sealed");
  closed.sealed.resize(hex.size() / 2);
  const bool bytes =
      from_hex(hex, {reinterpret_cast<unsigned char*>(closed.sealed.data()), closed.sealed.size()});
  // What a practice writes can be written in one way alone; so nothing is read over.
  if (!fields.good() || !bytes || !is_vault_number(closed.request.vault) ||
      !is_label(closed.request.practice) || !is_moment(closed.request.asked_at) ||
      request_json(closed.request, closed.sealed) != parts->text) {
    return no_request(where);
  }
  return closed;
}

}  // namespace

Result<std::string> write_request(const AccessRequest& request, const VaultCard& card,
                                  const formalities::SigningKey& practice) {
  if (request.patients.empty() || request.patients.size() > most_request_patients) {
    return bad_input("a request asks for one patient, under at most 1000 keys", "the request");
  }
  const auto closed = sealed(bytes_of(request.patients), bound_to(request), card.seal);
  if (!closed) {
    return bad_input("the key of the vault's card cannot be sealed to", "the request",
                     "fetch the card again");
  }
  return with_signature(request_json(request, *closed), practice, formalities::request_signature);
}

Result<std::string> requesting_practice(std::string_view text, const std::string& where) {
  ASSIGN_OR_RETURN(Closed closed, closed_of(text, where));
  return std::move(closed.request.practice);
}

Result<AccessRequest> read_request(std::string_view text, const VaultKeys& keys,
                                   const formalities::PublicKey& practice,
                                   const std::string& where) {
  ASSIGN_OR_RETURN(Closed closed, closed_of(text, where));
  AccessRequest& request = closed.request;
  RETURN_IF_ERROR(formalities::check_signature(closed.parts.text, closed.parts.signature, practice,
                                               formalities::request_signature, where));
  if (request.vault != keys.vault()) {
    return refused(fmt::format("the request is meant for the vault {}", request.vault), where,
                   fmt::format("this vault is {}", keys.vault()));
  }
  const auto opened = unsealed_by(keys, closed.sealed, bound_to(request));
  if (!opened && keys.number() > 1) {
    return refused("the request is sealed to a key that the vault does not have any more", where,
                   "the practice takes the vault's renewed key (parcours-practice card), and asks "
                   "again");
  }
  auto patients = opened ? patients_of(opened->plain) : std::nullopt;
  if (!patients) {
    return no_request(where);
  }
  request.patients = *std::move(patients);
  return std::move(request);
}

}  // namespace parcours::post
