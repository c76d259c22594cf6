#include "post/testing/sent.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <set>

#include "base/hex.h"
#include "base/random.h"
#include "post/limits.h"
#include "records/provenance.h"
#include "records/record.h"

namespace parcours::post {
namespace {

rows::PatientRow patient_row(const records::PatientId& id, std::int16_t born, records::Sex sex,
                             vocabulary::CodeId place) {
  rows::PatientRow row;
  row.patient.id = id;
  row.patient.birth_year = born;
  row.patient.sex = sex;
  row.patient.place = place;
  return row;
}

rows::EventRow event_row(const records::PatientId& id, std::int32_t day, vocabulary::CodeId code,
                         const Contents& contents, double value, records::Provenance provenance) {
  rows::EventRow row;
  row.patient = id;
  row.day = Day{day};
  row.code = code;
  row.kind = *contents.codes.at(code).kind;
  row.value = value;
  row.provenance = static_cast<std::uint32_t>(provenance);
  return row;
}

Contents with_labels() {
  Contents contents;
  contents.vault = vault_number(1);
  contents.practice = "cabinet-012";
  contents.number = 7;
  contents.period = "2026-11";
  contents.permit = "2026-DR-014";
  records::Digester digester;
  digester.take(std::string_view("the permit's text"));
  contents.permit_digest = digester.finish();
  contents.made_at = "2026-11-23T20:18:00Z";
  return contents;
}

double some_value(Random& random) {
  constexpr double scales[] = {1, 10, 100, 1000, 7, 1e-9};
  constexpr double odd[] = {0.0, -0.0, 1e300, -1e300, 1e15, 999999999999999.0, 5e-324, -12.5};
  switch (random.below(4)) {
    case 0:
      return records::no_value;
    case 1:
      return odd[random.below(std::size(odd))];
    default:
      return (static_cast<double>(random.below(1'000'000)) - 1000) /
             scales[random.below(std::size(scales))];
  }
}

records::Secret bytes_of(unsigned char byte) {
  records::Secret bytes(records::ProgrammeKey::size);
  std::ranges::fill(bytes.bytes(), byte);
  return bytes;
}

}  // namespace

std::string vault_number(unsigned char byte) {
  std::array<unsigned char, 16> bytes;
  bytes.fill(byte);
  return to_hex(bytes);
}

records::ProgrammeKey programme_key(unsigned char byte) {
  return records::ProgrammeKey(bytes_of(byte));
}

SealPair seal_pair(unsigned char byte) {
  SealPair pair{.key = {}, .secret = records::Secret(crypto_box_SECRETKEYBYTES)};
  const records::Secret seed = bytes_of(byte);
  crypto_box_seed_keypair(pair.key.data(), pair.secret.data(), seed.data());
  return pair;
}

VaultKeys vault_keys(unsigned char byte) {
  std::vector<SealPair> pairs;
  pairs.push_back(seal_pair(byte));
  return {programme_key(byte), vault_number(byte), std::move(pairs)};
}

VaultKeys renewed_keys(unsigned char byte, const std::vector<unsigned char>& pairs,
                       std::uint64_t number) {
  std::vector<SealPair> open;
  for (const unsigned char one : pairs) {
    open.push_back(seal_pair(one));
  }
  return {programme_key(byte), vault_number(byte), std::move(open), number};
}

VaultCard vault_card(const VaultKeys& keys) {
  return card_of(keys, {{"Anne Martin", practice_key(200).public_key()}});
}

formalities::SigningKey practice_key(unsigned char seed) {
  return formalities::SigningKey::of_seed(bytes_of(seed));
}

Contents small_contents() {
  Contents contents = with_labels();
  contents.codes = {{vocabulary::KindId{1}, "icd10", "J45.0"},
                    {std::nullopt, "fr-department", "69"},
                    {vocabulary::KindId{3}, "lab", "hba1c"}};
  const records::PatientId first{1, 10};
  const records::PatientId second{2, 5};
  const records::PatientId third{9, 9};
  contents.patients = {
      patient_row(first, 1980, records::Sex::female, 1),
      patient_row(second, records::no_birth_year, records::Sex::unknown, vocabulary::no_code)};
  contents.events = {
      event_row(first, 20000, 0, contents, records::no_value, records::Provenance::entered),
      event_row(first, 20400, 2, contents, 6.5, records::Provenance::received),
      event_row(third, -3, 2, contents, 1234567, records::Provenance::imported)};
  records::Digester digester;
  digester.take(std::string_view("a receipt"));
  contents.confirmed = {contents.number - 1, digester.finish()};
  contents.objections = {{3, 3}, {7, 1}};
  contents.withdrawn = {{4, 4}};
  contents.cut = {{"its kind", 12}, {"its day", 1}};
  return contents;
}

Contents random_contents(std::uint64_t seed, std::uint32_t most_patients) {
  Random random(seed);
  Contents contents = with_labels();
  contents.number = 1 + random.below(1000);
  if (contents.number > 1 && random.below(3) > 0) {
    records::Digester digester;
    digester.take(std::to_string(seed));
    contents.confirmed = {1 + random.below(static_cast<std::uint32_t>(contents.number) - 1),
                          digester.finish()};
  }
  const std::uint32_t codes = 1 + random.below(50);
  for (std::uint32_t i = 0; i < codes; ++i) {
    const bool place = random.below(4) == 0;
    contents.codes.push_back(
        {place ? std::nullopt : std::optional<vocabulary::KindId>(random.below(10)),
         place ? "fr-department" : "icd10", fmt::format("É{}", i)});
  }
  const auto of_kind = [&](bool place) -> vocabulary::CodeId {
    const vocabulary::CodeId code = random.below(codes);
    return contents.codes[code].place() == place ? code : vocabulary::no_code;
  };
  std::set<records::PatientId> seen;
  const std::uint32_t people = random.below(most_patients + 1);
  while (seen.size() < people) {
    const records::PatientId id{random(), random()};
    seen.insert(id);
    if (random.below(10) == 0) {
      (random.below(3) == 0 ? contents.withdrawn : contents.objections).push_back(id);
      continue;
    }
    if (random.below(10) != 0) {
      const auto born = static_cast<std::int16_t>(1850 + random.below(350));
      contents.patients.push_back(
          patient_row(id, random.below(5) == 0 ? records::no_birth_year : born,
                      static_cast<records::Sex>(random.below(3)), of_kind(true)));
    }
    for (std::uint32_t i = random.below(31); i > 0; --i) {
      if (const vocabulary::CodeId code = of_kind(false); code != vocabulary::no_code) {
        const std::int32_t day = random.below(20) == 0
                                     ? static_cast<std::int32_t>(random.below(1'600'001)) - 800'000
                                     : static_cast<std::int32_t>(18'000 + random.below(3000));
        contents.events.push_back(event_row(id, day, code, contents, some_value(random),
                                            static_cast<records::Provenance>(random.below(3))));
      }
    }
  }
  std::ranges::shuffle(contents.patients, random);
  std::ranges::shuffle(contents.events, random);
  for (std::uint32_t i = random.below(4); i > 0; --i) {
    contents.cut.push_back({fmt::format("reason {}", i), random()});
  }
  return contents;
}

std::string shown(const Contents& contents) {
  std::string text =
      fmt::format("{} {} {} {} {} {} {}\n", contents.vault, contents.practice, contents.number,
                  contents.period, contents.permit, contents.permit_digest.hex(), contents.made_at);
  if (contents.confirmed) {
    text += fmt::format("confirms {} {}\n", contents.confirmed->number,
                        contents.confirmed->receipt.hex());
  }
  for (const vocabulary::Code& code : contents.codes) {
    text += fmt::format("{} {} {}\n", code.kind ? *code.kind : -1, code.system, code.code);
  }
  for (const rows::PatientRow& row : contents.patients) {
    const records::Patient& one = row.patient;
    text += fmt::format("{:x} {:x} {} {} {} {} {}\n", one.id.high, one.id.low, one.practice,
                        one.birth_year, static_cast<int>(one.sex), one.place, row.package);
  }
  for (const rows::EventRow& row : contents.events) {
    text += fmt::format("{:x} {:x} {} {} {} {} {} {} {}\n", row.patient.high, row.patient.low,
                        row.day.number, row.code, static_cast<unsigned>(row.kind),
                        static_cast<unsigned>(row.provenance), row.practice,
                        static_cast<unsigned>(row.package),
                        records::has_value(row.value) ? fmt::format("{:a}", row.value) : "none");
  }
  for (const records::PatientId& id : contents.objections) {
    text += fmt::format("{:x} {:x}\n", id.high, id.low);
  }
  for (const records::PatientId& id : contents.withdrawn) {
    text += fmt::format("withdrawn {:x} {:x}\n", id.high, id.low);
  }
  for (const CutCount& cut : contents.cut) {
    text += fmt::format("{} {}\n", cut.reason, cut.rows);
  }
  return text;
}

}  // namespace parcours::post
