#include "subject/held.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "rows/row.h"
#include "vault/bucket_file.h"
#include "vault/catalog.h"
#include "vault/living.h"
#include "vault/row_limits.h"
#include "vault/row_store.h"

namespace parcours::subject {
namespace {

// Reads the files of the patients' buckets and keeps their rows.
class Search {
 public:
  Search(const vault::Vault& vault, std::span<const records::PatientId> patients,
         const HeldOptions& options)
      : vault_(vault),
        contents_(vault.catalog()),
        wanted_(patients.begin(), patients.end()),
        practice_(options.practice),
        all_(vault::Living::all(contents_)),
        used_(vault::Living::on(contents_, options.day.value_or(vault.day()))),
        limits_(contents_) {}

  Status run(Held& held) {
    std::set<int> buckets;
    for (const records::PatientId& patient : wanted_) {
      buckets.insert(vault::bucket_of(patient, contents_.buckets));
    }
    ASSIGN_OR_RETURN(vault::FileReader reader, vault::FileReader::make());
    for (const vault::BucketFile& file : contents_.files) {
      if (!buckets.contains(file.bucket)) {
        continue;
      }
      if (file.content == vault::Content::patients) {
        RETURN_IF_ERROR(read<rows::PatientRow>(reader, file, held));
      } else {
        RETURN_IF_ERROR(read<rows::EventRow>(reader, file, held));
      }
    }
    for (HeldPerson& person : held.persons) {
      if (person.use == RowUse::used && outlived_.contains(person.patient.id) &&
          !heard_.contains(person.patient.id)) {
        person.use = RowUse::over;
      }
    }
    note_permits(held);
    return {};
  }

 private:
  template <class Row>
  Status read(vault::FileReader& reader, const vault::BucketFile& file, Held& held) {
    std::vector<Row> rows;
    RETURN_IF_ERROR(vault::read_rows(reader, vault_.place(), file, limits_, all_, rows));
    for (const Row& row : rows) {
      if (wanted_.contains(rows::patient_of(row)) && sent_by_practice(row.package)) {
        keep(row, held);
        packages_.insert(row.package);
      }
    }
    return {};
  }

  bool sent_by_practice(rows::PackageId package) const {
    return !practice_ || contents_.practices[contents_.packages[package].practice] == *practice_;
  }

  template <class Row>
  RowUse use_of(const Row& row) const {
    if (used_.objected(rows::patient_of(row), row.package)) {
      return RowUse::objected;
    }
    if (contents_.packages[row.package].replaced_by) {
      return RowUse::replaced;
    }
    return used_.lives(row) ? RowUse::used : RowUse::over;
  }

  void keep(const rows::PatientRow& row, Held& held) {
    const vocabulary::CodeId place = row.patient.place;
    if (used_.outlived(row)) {
      outlived_.insert(row.patient.id);
    }
    held.persons.push_back(
        {.patient = row.patient,
         .place = place == vocabulary::no_code ? vocabulary::Code() : contents_.codes.at(place),
         .practice = contents_.practices[row.patient.practice],
         .use = use_of(row)});
  }
  void keep(const rows::EventRow& row, Held& held) {
    if (used_.lives(row)) {
      heard_.insert(row.patient);
    } else if (used_.outlived(row)) {
      outlived_.insert(row.patient);
    }
    held.facts.push_back({.day = row.day,
                          .code = contents_.codes.at(row.code),
                          .value = row.value,
                          .provenance = static_cast<records::Provenance>(row.provenance),
                          .practice = contents_.practices[row.practice],
                          .use = use_of(row)});
  }

  void note_permits(Held& held) const {
    std::set<std::string> references;
    for (const rows::PackageId package : packages_) {
      const std::string& reference = contents_.packages[package].permit;
      const formalities::KnownPermit* died = contents_.formalities.died_with(reference);
      const formalities::KnownPermit* known =
          died != nullptr ? died : contents_.formalities.successor(reference);
      if (known != nullptr && references.insert(known->permit.reference).second) {
        held.permits.push_back(*known);
      }
    }
  }

  const vault::Vault& vault_;
  const vault::CatalogContents& contents_;
  std::set<records::PatientId> wanted_;
  std::optional<std::string> practice_;
  vault::Living all_, used_;
  vault::RowLimits limits_;
  std::set<rows::PackageId> packages_;  // that brought a row
  // Who live only if a fact of theirs does; of whom one lives. For a practice, of its own facts:
  // it is not told whether others have any.
  std::set<records::PatientId> outlived_, heard_;
};

// Who held this patient of a roll.
records::PracticeId holder_of(const past::PastRoll& roll, std::uint32_t patient,
                              const past::People& people) {
  const auto found =
      std::ranges::lower_bound(roll.elsewhere, patient, {}, &past::PastRoll::Elsewhere::patient);
  return found != roll.elsewhere.end() && found->patient == patient
             ? found->practice
             : people.practice(roll.people[patient]);
}

// Whether one of these people stands in a roll; for a practice, as one whom it held.
bool stands_in(const past::PastRoll& roll, const past::People& people,
               std::span<const std::uint32_t> numbers, const std::vector<std::string>& practices,
               const std::optional<std::string>& practice) {
  return std::ranges::any_of(numbers, [&](std::uint32_t number) {
    const auto found = std::ranges::lower_bound(roll.people, number);
    if (found == roll.people.end() || *found != number) {
      return false;
    }
    const auto patient = static_cast<std::uint32_t>(found - roll.people.begin());
    const records::PracticeId holder = holder_of(roll, patient, people);
    return !practice || (holder < practices.size() && practices[holder] == *practice);
  });
}

Status note_releases(const past::PastReleases& past, std::span<const records::PatientId> patients,
                     const vault::Vault& vault, const std::optional<std::string>& practice,
                     Held& held) {
  std::vector<std::uint32_t> numbers;
  for (const records::PatientId& patient : patients) {
    if (const auto number = past.people().find(patient)) {
      numbers.push_back(*number);
    }
  }
  for (std::uint32_t number = 1; number <= past.count(); ++number) {
    ASSIGN_OR_RETURN(const past::PastRelease release, past.read(number));
    if (stands_in(release.roll, past.people(), numbers, vault.practices(), practice)) {
      ASSIGN_OR_RETURN(const auto withdrawal, past.withdrawal(number));
      held.releases.push_back({.number = number,
                               .day = release.entry.day,
                               .title = release.entry.title,
                               .withdrawn = withdrawal.has_value()});
    }
  }
  return {};
}

void note_objection(const vault::CatalogContents& contents,
                    std::span<const records::PatientId> patients, Held& held) {
  for (const vault::Objection& objection : contents.objections) {
    if (objection.stands() &&
        std::ranges::find(patients, objection.who.patient) != patients.end() &&
        (held.objected_at.empty() || objection.noted_at < held.objected_at)) {
      held.objected_at = objection.noted_at;
    }
  }
}

}  // namespace

Result<Held> held_of(const vault::Vault& vault, std::span<const records::PatientId> patients,
                     const past::PastReleases* past, const HeldOptions& options) {
  Held held;
  held.vault = vault.catalog().formalities.vault();
  held.calendar = vault.calendar();
  held.day = options.day.value_or(vault.day());
  held.of_one_practice = options.practice.has_value();
  RETURN_IF_ERROR(Search(vault, patients, options).run(held));
  if (past != nullptr) {
    RETURN_IF_ERROR(note_releases(*past, patients, vault, options.practice, held));
  }
  // Of a stranger to it a practice learns nothing, not even that they are known here.
  if (!options.practice || !held.nothing()) {
    note_objection(vault.catalog(), patients, held);
  }
  std::ranges::stable_sort(held.facts, [](const HeldFact& a, const HeldFact& b) {
    return std::tie(a.code.kind, a.day, a.code.system, a.code.code) <
           std::tie(b.code.kind, b.day, b.code.system, b.code.code);
  });
  return held;
}

}  // namespace parcours::subject
