#include "post/receipt.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "formalities/signature.h"
#include "page/json_text.h"
#include "post/limits.h"

namespace parcours::post {
namespace {

using Json = nlohmann::ordered_json;

constexpr unsigned receipt_format = 1;
constexpr std::size_t largest_receipt = std::size_t{1} << 20;
constexpr std::string_view signature_begins = "\n-----BEGIN SSH SIGNATURE-----\n";
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
    to["events"][kinds()[count.kind]] = count.events;
  }
  to["cut"] = json_of(taken.cut);
  to["refused_rows"] = json_of(taken.refused_rows);
  to["objections"] = {{"noted", taken.objections}, {"rows_removed", taken.rows_of_objectors}};
}

// Takes the fields of a receipt. What is missing or of another type makes it bad, and is 0.
class Fields {
 public:
  explicit Fields(const Json& json) : json_(json) {}

  std::string text(const char* key) {
    const Json* found = at(key);
    if (found == nullptr || !found->is_string()) {
      good_ = false;
      return {};
    }
    return found->get<std::string>();
  }
  std::uint64_t number(const char* key) {
    const Json* found = at(key);
    if (found == nullptr || !found->is_number_unsigned()) {
      good_ = false;
      return 0;
    }
    return found->get<std::uint64_t>();
  }
  bool has(const char* key) const { return json_.is_object() && json_.contains(key); }
  // An empty value where there is none.
  Fields inside(const char* key) {
    static const Json nothing;
    const Json* found = at(key);
    return Fields(found == nullptr ? nothing : *found);
  }
  std::vector<CutCount> counts(const char* key) {
    std::vector<CutCount> list;
    const Json* found = at(key);
    if (found == nullptr || !found->is_array()) {
      good_ = false;
      return list;
    }
    for (const Json& entry : *found) {
      Fields fields(entry);
      std::string reason = fields.text("reason");
      list.push_back({std::move(reason), fields.number("rows")});
      good_ = good_ && fields.good();
    }
    return list;
  }
  std::vector<KindCount> kinds_of(const char* key) {
    std::vector<KindCount> list;
    Fields fields = inside(key);
    for (KindId kind = 0; kind < kinds().size(); ++kind) {
      if (fields.has(kinds()[kind].c_str())) {
        list.push_back({kind, fields.number(kinds()[kind].c_str())});
      }
    }
    good_ = good_ && fields.good();
    return list;
  }
  void refuse() { good_ = false; }
  bool good() const { return good_; }

 private:
  const Json* at(const char* key) {
    if (!has(key)) {
      good_ = false;
      return nullptr;
    }
    return &json_.at(key);
  }
  const Json& json_;
  bool good_ = true;
};

std::optional<RefusedPackage> refused_from(Fields& fields) {
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

TakenPackage taken_from(Fields& fields) {
  TakenPackage taken;
  taken.patients = fields.number("patients");
  taken.events = fields.kinds_of("events");
  taken.cut = fields.counts("cut");
  taken.refused_rows = fields.counts("refused_rows");
  Fields objections = fields.inside("objections");
  taken.objections = objections.number("noted");
  taken.rows_of_objectors = objections.number("rows_removed");
  if (!objections.good()) {
    fields.refuse();
  }
  return taken;
}

Receipt receipt_from(Fields& fields) {
  Receipt receipt;
  receipt.vault = fields.text("vault");
  receipt.practice = fields.text("practice");
  receipt.number = fields.number("number");
  const auto digest = Digest::parse(fields.text("package"));
  receipt.package = digest.value_or(Digest());
  receipt.received_at = fields.text("received_at");
  receipt.permit = fields.text("permit");
  receipt.refused = refused_from(fields);
  if (!receipt.refused) {
    receipt.taken = taken_from(fields);
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
  }
  return json_text(json, 2) + "\n";
}

Result<Receipt> receipt_of_json(std::string_view json, const std::string& where) {
  const Json read = json.size() > largest_receipt ? Json(Json::value_t::discarded)
                                                  : Json::parse(json, nullptr, false);
  if (!read.is_object()) {
    return no_receipt(where);
  }
  Fields fields(read);
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

std::string write_receipt(const Receipt& receipt, const SigningKey& vault) {
  const std::string json = receipt_json(receipt);
  return json + vault.sign(json, receipt_signature);
}

Result<Receipt> read_receipt(std::string_view text, const PublicKey& vault,
                             const std::string& where) {
  const std::size_t end = text.find(signature_begins);
  if (end == std::string_view::npos) {
    return no_receipt(where);
  }
  const std::string_view json = text.substr(0, end + 1);
  const std::string_view armour = text.substr(end + 1);
  const auto signature = parse_signature(armour);
  if (!signature || to_text(*signature) != armour) {
    return no_receipt(where);
  }
  RETURN_IF_ERROR(check_signature(json, armour, vault, receipt_signature, where));
  return receipt_of_json(json, where);
}

}  // namespace parcours::post
