#include "post/receipt.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "page/json_text.h"
#include "post/json_fields.h"
#include "post/limits.h"
#include "post/signed_text.h"

namespace parcours::post {
namespace {

constexpr unsigned receipt_format = 2;
constexpr std::size_t largest_receipt = std::size_t{1} << 20;
constexpr std::string_view taken_name = "taken";
constexpr std::string_view refused_name = "refused";

Json json_of(const std::vector<CutCount>& counts) {
  Json list = Json::array();
  for (const CutCount& count : counts) {
    list.push_back({{"reason", count.reason}, {"rows", count.rows}});
  }
  return list;
}

void put_taken(Json& to, const TakenPackage& taken) {
  to["patients"] = taken.patients;
  to["events"] = Json::object();
  for (const KindCount& count : taken.events) {
    to["events"][vocabulary::kinds()[count.kind]] = count.events;
  }
  to["cut"] = json_of(taken.cut);
  to["refused_rows"] = json_of(taken.refused_rows);
  to["objections"] = {{"noted", taken.objections},
                      {"withdrawn", taken.withdrawn},
                      {"rows_removed", taken.rows_of_objectors}};
}

std::vector<CutCount> counts_from(JsonFields& fields, const char* key) {
  std::vector<CutCount> list;
  const Json& array = fields.inside(key);
  if (!array.is_array()) {
    fields.refuse();
    return list;
  }
  for (const Json& entry : array) {
    JsonFields one(entry);
    std::string reason = one.text("reason");
    list.push_back({std::move(reason), one.number("rows")});
    if (!one.good()) {
      fields.refuse();
    }
  }
  return list;
}

std::vector<KindCount> kinds_from(JsonFields& fields, const char* key) {
  std::vector<KindCount> list;
  JsonFields counts(fields.inside(key));
  for (vocabulary::KindId kind = 0; kind < vocabulary::kinds().size(); ++kind) {
    if (counts.has(vocabulary::kinds()[kind].c_str())) {
      list.push_back({kind, counts.number(vocabulary::kinds()[kind].c_str())});
    }
  }
  if (!counts.good()) {
    fields.refuse();
  }
  return list;
}

std::optional<RefusedPackage> refused_from(JsonFields& fields) {
  const std::string result = fields.text("result");
  if (result == taken_name) {
    return {};
  }
  RefusedPackage refused;
  const auto why = find_refusal(fields.text("reason"));
  if (result != refused_name || !why) {
    fields.refuse();
    return {};
  }
  refused.why = *why;
  refused.sentence = fields.text("sentence");
  refused.next_number = fields.number("next_number");
  return refused;
}

TakenPackage taken_from(JsonFields& fields) {
  TakenPackage taken;
  taken.patients = fields.number("patients");
  taken.events = kinds_from(fields, "events");
  taken.cut = counts_from(fields, "cut");
  taken.refused_rows = counts_from(fields, "refused_rows");
  JsonFields objections(fields.inside("objections"));
  taken.objections = objections.number("noted");
  taken.withdrawn = objections.number("withdrawn");
  taken.rows_of_objectors = objections.number("rows_removed");
  if (!objections.good()) {
    fields.refuse();
  }
  return taken;
}

Receipt receipt_from(JsonFields& fields) {
  Receipt receipt;
  receipt.vault = fields.text("vault");
  receipt.practice = fields.text("practice");
  receipt.number = fields.number("number");
  const auto digest = records::Digest::parse(fields.text("package"));
  receipt.package = digest.value_or(records::Digest());
  receipt.received_at = fields.text("received_at");
  receipt.permit = fields.text("permit");
  receipt.refused = refused_from(fields);
  if (!receipt.refused) {
    receipt.taken = taken_from(fields);
    // Of another value the text is not ours.
    receipt.made_anew = fields.has("made_anew");
    receipt.old_card = fields.has("old_card");
  }
  if (!digest || !is_vault_number(receipt.vault) || !is_label(receipt.practice) ||
      !is_moment(receipt.received_at)) {
    fields.refuse();
  }
  return receipt;
}

std::unexpected<Error> no_receipt(const std::string& where) {
  return bad_input("this is not a receipt as a vault writes it", where,
                   "ask the vault for it again");
}

}  // namespace

std::string receipt_json(const Receipt& receipt) {
  Json json = {{"format", receipt_format},         {"vault", receipt.vault},
               {"practice", receipt.practice},     {"number", receipt.number},
               {"package", receipt.package.hex()}, {"received_at", receipt.received_at},
               {"permit", receipt.permit}};
  if (receipt.refused) {
    json["result"] = refused_name;
    json["reason"] = to_string(receipt.refused->why);
    json["sentence"] = receipt.refused->sentence;
    json["next_number"] = receipt.refused->next_number;
  } else {
    json["result"] = taken_name;
    put_taken(json, receipt.taken);
    if (receipt.made_anew) {
      json["made_anew"] = true;
    }
    if (receipt.old_card) {
      json["old_card"] = true;
    }
  }
  return page::json_text(json, 2) + "\n";
}

records::Digest receipt_digest(const Receipt& receipt) {
  records::Digester digester;
  digester.take(receipt_json(receipt));
  return digester.finish();
}

Result<Receipt> receipt_of_json(std::string_view json, const std::string& where) {
  const Json read = json.size() > largest_receipt ? Json(Json::value_t::discarded)
                                                  : Json::parse(json, nullptr, false);
  if (!read.is_object()) {
    return no_receipt(where);
  }
  JsonFields fields(read);
  const std::uint64_t format = fields.number("format");
  if (fields.good() && format > receipt_format) {
    return bad_input(
        fmt::format("this receipt is of format {}; this program reads {}", format, receipt_format),
        where, "update this program");
  }
  Receipt receipt = receipt_from(fields);
  // What a vault writes can be written in one way alone; so nothing is read over.
  if (!fields.good() || receipt_json(receipt) != json) {
    return no_receipt(where);
  }
  return receipt;
}

std::string write_receipt(const Receipt& receipt, const formalities::SigningKey& vault) {
  return with_signature(receipt_json(receipt), vault, formalities::receipt_signature);
}

Result<Receipt> read_receipt(std::string_view text, const formalities::PublicKey& vault,
                             const std::string& where) {
  const auto parts = signed_text(text);
  if (!parts) {
    return no_receipt(where);
  }
  RETURN_IF_ERROR(formalities::check_signature(parts->text, parts->signature, vault,
                                               formalities::receipt_signature, where));
  return receipt_of_json(parts->text, where);
}

}  // namespace parcours::post
