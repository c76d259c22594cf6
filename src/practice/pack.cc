#include "practice/pack.h"

#include <algorithm>
#include <optional>
#include <system_error>
#include <utility>

#include "formalities/permit.h"
#include "post/package.h"
#include "practice/source.h"
#include "practice/step_one.h"
#include "practice/words.h"

namespace parcours::practice {
namespace {

namespace fs = std::filesystem;

Status may_pack(const Office& office) {
  const formalities::Permit& permit = office.permit();
  if (today() < permit.valid.first || today() > permit.valid.last) {
    return refuse(
        office.language(),
        words::not_in_force(permit.reference, to_string(permit.valid.first, Calendar::dates),
                            to_string(permit.valid.last, Calendar::dates)));
  }
  if (!office.state().agreed_to(permit.digest)) {
    return refuse(office.language(), words::no_agreement(permit.reference));
  }
  return {};
}

Result<std::string> label_of_period(const Office& office, const std::string& period) {
  const std::optional<Day> day = period.empty() ? today() : parse_iso_day(period);
  if (!day) {
    return complain(office.language(), words::bad_period(), "--period");
  }
  return label_of(office.permit().covers.new_keys, *day);
}

// The key of a label that the log knows; for others, where the practice makes its keys itself, a
// new one.
Result<records::ProgrammeKey> key_of_label(Office& office, const std::string& label) {
  if (office.state().destroyed.contains(label)) {
    return refuse(office.language(), words::key_destroyed(label));
  }
  const fs::path file = key_file(office.folder(), label);
  if (office.state().keys.contains(label)) {
    return read_key(file);
  }
  if (office.permit().covers.follow == formalities::Follow::programme) {
    return refuse(office.language(), words::key_missing(label));
  }
  if (std::error_code error; !fs::exists(file, error)) {
    RETURN_IF_ERROR(write_key(file, records::ProgrammeKey::generate()));
  }
  ASSIGN_OR_RETURN(records::ProgrammeKey key, read_key(file));
  RETURN_IF_ERROR(office.note({.deed = Deed::make_key, .key = label}));
  return key;
}

Result<Selection> select_from(const Office& office, const PackOptions& options,
                              const records::ProgrammeKey& key, const Stop& stop,
                              Progress* progress) {
  ASSIGN_OR_RETURN(const Objections objections, office.objections());
  ASSIGN_OR_RETURN(
      Source source,
      open_source(options.from, options.mapping.empty() ? office.mapping() : options.mapping,
                  office.language()));
  if (progress != nullptr) {
    progress->begin(office.language() == Language::fr ? "lecture" : "reading",
                    source.intake->bytes());
  }
  Result<Selection> chosen = select(
      source, {office.permit(), key, objections, today(), office.language()}, stop, progress);
  if (progress != nullptr) {
    progress->end();
  }
  return chosen;
}

post::Contents contents_of(const Office& office, const Selection& chosen, const Objections& known,
                           const std::string& period) {
  std::vector<records::PatientId> objections = known.patients();
  objections.insert(objections.end(), chosen.objectors.begin(), chosen.objectors.end());
  post::Contents contents{.vault = office.card().vault,
                          .practice = office.state().practice,
                          .number = office.state().next_number(),
                          .period = period,
                          .permit = office.permit().reference,
                          .permit_digest = office.permit().digest,
                          .made_at = utc_now(),
                          .confirmed = office.state().confirmed(),
                          .codes = chosen.codes,
                          .patients = chosen.patients,
                          .events = chosen.events,
                          .objections = std::move(objections),
                          .withdrawn = known.withdrawn(),
                          .cut = {}};
  for (std::size_t why = 0; why < chosen.cut.size(); ++why) {
    if (chosen.cut[why] > 0) {
      contents.cut.push_back(
          {std::string(formalities::to_string(static_cast<formalities::Uncovered>(why))),
           chosen.cut[why]});
    }
  }
  if (chosen.expired > 0) {
    contents.cut.push_back({std::string(cut_as_expired), chosen.expired});
  }
  if (const std::uint64_t consulted = chosen.consulted(); consulted > 0) {
    contents.cut.push_back({std::string(cut_as_consulted), consulted});
  }
  return post::in_order(std::move(contents));
}

}  // namespace

Result<Selection> preview(const Office& office, const PackOptions& options, const Stop& stop,
                          Progress* progress) {
  // Of a label that has no key yet, another key chooses the same rows.
  ASSIGN_OR_RETURN(const std::string label, label_of_period(office, options.period));
  if (!office.state().keys.contains(label)) {
    return select_from(office, options, records::ProgrammeKey::generate(), stop, progress);
  }
  ASSIGN_OR_RETURN(const records::ProgrammeKey key, read_key(key_file(office.folder(), label)));
  return select_from(office, options, key, stop, progress);
}

Result<Packed> pack(Office& office, const PackOptions& options, const Stop& stop,
                    Progress* progress) {
  RETURN_IF_ERROR(may_pack(office));
  if (options.period.empty()) {
    return complain(office.language(), words::bad_period(), "--period");
  }
  ASSIGN_OR_RETURN(const std::string label, label_of_period(office, options.period));
  ASSIGN_OR_RETURN(const records::ProgrammeKey key, key_of_label(office, label));
  Packed made;
  ASSIGN_OR_RETURN(made.selection, select_from(office, options, key, stop, progress));
  const Selection& chosen = made.selection;
  if (office.permit().covers.otherwise == formalities::Otherwise::refuse && chosen.all_cut() > 0) {
    return refuse(office.language(), words::uncovered(chosen.all_cut()));
  }
  ASSIGN_OR_RETURN(const Objections objections, office.objections());
  const post::Contents contents = contents_of(office, chosen, objections, options.period);
  if (contents.events.empty() && contents.objections.empty() && contents.withdrawn.empty()) {
    return refuse(office.language(), words::nothing_to_pack());
  }
  ASSIGN_OR_RETURN(const formalities::SigningKey signing, office.signing_key());
  made.number = contents.number;
  made.file = office.package(made.number);
  made.objections = contents.objections.size();
  RETURN_IF_ERROR(post::write_package(made.file, contents, office.card(), signing));
  ASSIGN_OR_RETURN(const records::Digest digest, records::digest_of_file(made.file));
  RETURN_IF_ERROR(office.note({.deed = Deed::pack,
                               .permit = contents.permit,
                               .permit_digest = contents.permit_digest,
                               .key = label,
                               .number = made.number,
                               .period = contents.period,
                               .package = digest,
                               .patients = contents.patients.size(),
                               .events = contents.events.size(),
                               .cut = chosen.all_cut(),
                               .objections = made.objections,
                               .withdrawn = contents.withdrawn.size()}));
  return made;
}

}  // namespace parcours::practice
