#include "cda/statements.h"

#include <algorithm>
#include <optional>

#include "ingest/cells.h"
#include "vocabulary/snomed_meaning.h"

namespace parcours::cda {
namespace {

using Leaving = Names::Leaving;

// Templates of entries, of IHE (PCC, PaLM, Pharmacy) and the health agency's CI-SIS.
constexpr std::string_view problem_template = "1.3.6.1.4.1.19376.1.5.3.1.4.5";
constexpr std::string_view allergy_template = "1.3.6.1.4.1.19376.1.5.3.1.4.6";
constexpr std::string_view treatment_template = "1.3.6.1.4.1.19376.1.5.3.1.4.7";
constexpr std::string_view prescribed_template = "1.3.6.1.4.1.19376.1.9.1.3.2";
constexpr std::string_view vaccine_template = "1.3.6.1.4.1.19376.1.5.3.1.4.12";
constexpr std::string_view vital_template = "1.3.6.1.4.1.19376.1.5.3.1.4.13.2";
constexpr std::string_view social_template = "1.3.6.1.4.1.19376.1.5.3.1.4.13.4";
constexpr std::string_view pregnancy_template = "1.3.6.1.4.1.19376.1.5.3.1.4.13.5";
constexpr std::string_view lab_template = "1.3.6.1.4.1.19376.1.3.1.6";
constexpr std::string_view dispensed_template = "1.3.6.1.4.1.19376.1.9.1.3.4";
constexpr std::string_view attachment_template = "1.2.250.1.213.1.1.3.18";

constexpr std::string_view act_codes = "2.16.840.1.113883.5.4";
constexpr std::string_view loinc_system = "2.16.840.1.113883.6.1";
constexpr std::string_view snomed_system = "2.16.840.1.113883.6.96";
constexpr std::string_view absent_system = "2.16.840.1.113883.5.1150.1";  // "no-known-allergies"

enum class Sort : std::uint8_t { organises, ignored, left_out, fact };

// What a statement is; a kind of facts, or why it is left out.
struct Verdict {
  Sort sort = Sort::ignored;
  vocabulary::KindId kind = 0;
  Leaving leaving = Leaving::no_kind;
};

bool has_template(Element statement, std::string_view root) {
  for (Element one = statement.first(); one; one = one.next()) {
    if (one.tag() == Tag::template_id && one[Attr::root] == root) {
      return true;
    }
  }
  return false;
}

Verdict leave(Leaving why) {
  return {Sort::left_out, 0, why};
}

Verdict fact(vocabulary::KindId kind) {
  return {Sort::fact, kind, Leaving::no_kind};
}

enum class Mood : std::uint8_t { happened, asked_for, planned };

// A statement without a mood is an event, as the standard has it.
Mood mood_of(Element statement) {
  const std::string_view mood = statement[Attr::mood_code];
  return mood.empty() || mood == "EVN"    ? Mood::happened
         : mood == "INT" || mood == "RQO" ? Mood::asked_for
                                          : Mood::planned;
}

bool has_happened(Element statement) {
  return mood_of(statement) == Mood::happened;
}

// A prescription is what was asked for.
bool may_be(vocabulary::KindId kind, Mood mood) {
  return mood == Mood::happened ||
         (mood == Mood::asked_for && kind == vocabulary::known_kinds().prescription);
}

enum class Truth : std::uint8_t { no, yes, unclear };

// Of an attribute; one that is not there is false.
Truth truth_of(std::string_view text) {
  const std::string word = lower(trimmed(text));
  return word == "true" || word == "1"                    ? Truth::yes
         : word.empty() || word == "false" || word == "0" ? Truth::no
                                                          : Truth::unclear;
}

// How sure the statement around it is, or whether it goes on: it is nothing of its own.
bool is_about_another(Element observation) {
  const Element code = observation.child(Tag::code);
  return code[Attr::code_system] == loinc_system &&
         (code[Attr::code] == "66455-7" || code[Attr::code] == "33999-4");
}

// Sections whose statements are of no kind.
std::optional<Leaving> left_out_whole(Role role) {
  switch (role) {
    case Role::plan:
      return Leaving::planned;
    case Role::attachments:
      return Leaving::attachment;
    case Role::adverse_effects:
      return Leaving::adverse;
    case Role::directives:
    case Role::abilities:
      return Leaving::no_kind;
    case Role::administered:
      return Leaving::given;
    case Role::dispensations:
      return Leaving::dispensed;
    case Role::devices:
      return Leaving::device;
    default:
      return std::nullopt;
  }
}

Verdict verdict_of_observation(Element statement, Role role) {
  const vocabulary::Kinds& kind = vocabulary::known_kinds();
  if (is_about_another(statement)) {
    return {};
  }
  if (!has_happened(statement)) {
    return leave(Leaving::planned);
  }
  if (has_template(statement, allergy_template) || role == Role::allergies) {
    return fact(kind.allergy);
  }
  if (has_template(statement, problem_template)) {
    return fact(role == Role::history ? kind.history : kind.diagnosis);
  }
  if (has_template(statement, vital_template) || role == Role::vital_signs) {
    return fact(kind.vital);
  }
  if (has_template(statement, lab_template) || role == Role::results) {
    return fact(kind.lab);
  }
  if (has_template(statement, social_template) || has_template(statement, pregnancy_template) ||
      role == Role::risk_factors || role == Role::pregnancies || role == Role::history) {
    return fact(kind.history);
  }
  return role == Role::problems ? fact(kind.diagnosis) : leave(Leaving::no_kind);
}

bool is_vaccine(Element statement, Role role) {
  const Element code = statement.child(Tag::code);
  const std::string_view text = code[Attr::code];
  return role == Role::vaccinations || has_template(statement, vaccine_template) ||
         (code[Attr::code_system] == act_codes &&
          (text == "IMMUNIZ" || text == "INITIMMUNIZ" || text == "BOOSTER"));
}

Verdict verdict_of_substance(Element statement, Role role) {
  if (is_vaccine(statement, role)) {
    return has_happened(statement) ? fact(vocabulary::known_kinds().vaccination)
                                   : leave(Leaving::planned);
  }
  if (role == Role::treatments || role == Role::prescriptions ||
      has_template(statement, treatment_template) || has_template(statement, prescribed_template)) {
    const vocabulary::KindId kind = vocabulary::known_kinds().prescription;
    return may_be(kind, mood_of(statement)) ? fact(kind) : leave(Leaving::planned);
  }
  return leave(Leaving::no_kind);
}

bool is_imaging(Element organizer) {
  const Element code = organizer.child(Tag::code);
  return code[Attr::code_system] == loinc_system && code[Attr::code] == "18748-4";
}

// `top`: it stands in an entry itself.
Verdict verdict_of(Element statement, Role role, bool relative, bool top) {
  const Tag tag = statement.tag();
  if (tag == Tag::act) {
    return {.sort = Sort::organises};
  }
  if (tag == Tag::observation_media || tag == Tag::region_of_interest) {
    return top ? leave(Leaving::attachment) : Verdict{};
  }
  if (tag == Tag::organizer) {
    if (role == Role::attachments || has_template(statement, attachment_template)) {
      return leave(Leaving::attachment);
    }
    if (is_imaging(statement)) {
      return leave(Leaving::imaging);
    }
    return {.sort = Sort::organises};
  }
  if (relative) {
    return leave(Leaving::relative);
  }
  if (const std::optional<Leaving> why = left_out_whole(role)) {
    return leave(*why);
  }
  switch (tag) {
    case Tag::observation:
      return verdict_of_observation(statement, role);
    case Tag::substance_administration:
      return verdict_of_substance(statement, role);
    case Tag::supply:
      return leave(statement.child(Tag::participant, Tag::participant_role, Tag::playing_device)
                       ? Leaving::device
                   : has_template(statement, dispensed_template) ? Leaving::dispensed
                                                                 : Leaving::no_kind);
    case Tag::procedure:
      // Among results it says how a specimen was taken.
      return role == Role::results     ? Verdict{}
             : has_happened(statement) ? fact(vocabulary::known_kinds().procedure)
                                       : leave(Leaving::planned);
    case Tag::encounter:
      return has_happened(statement) ? fact(vocabulary::known_kinds().consultation)
                                     : leave(Leaving::planned);
    default:
      return {};
  }
}

// The day of a time: its value, or where an interval begins, or its middle. The end alone says
// nothing of when something was.
std::string_view day_of_time(Element time) {
  if (const std::string_view value = trimmed(time[Attr::value]); !value.empty()) {
    return value;
  }
  for (const Tag part : {Tag::low, Tag::center}) {
    if (const std::string_view value = trimmed(time.child(part)[Attr::value]); !value.empty()) {
      return value;
    }
  }
  for (Element part = time.first(); part; part = part.next()) {
    if (part.tag() == Tag::comp) {
      if (const std::string_view day = day_of_time(part); !day.empty()) {
        return day;
      }
    }
  }
  return {};
}

// Of the first time that says one; a medicine has a second that says how often.
std::string_view day_of_statement(Element statement) {
  for (Element time = statement.first(); time; time = time.next()) {
    if (time.tag() == Tag::effective_time) {
      if (const std::string_view day = day_of_time(time); !day.empty()) {
        return day;
      }
    }
  }
  return {};
}

// A code and its translations, at any depth. One that is marked as unknown says nothing.
void add_codings(Element code, std::vector<ingest::Coding>& codings) {
  if (!code) {
    return;
  }
  if (!trimmed(code[Attr::code]).empty() && code[Attr::null_flavor].empty()) {
    codings.push_back({trimmed(code[Attr::code_system]), trimmed(code[Attr::code])});
  }
  for (Element one = code.first(); one; one = one.next()) {
    if (one.tag() == Tag::translation) {
      add_codings(one, codings);
    }
  }
}

// A medicine's product, package and class.
void add_medicine(Element statement, std::vector<ingest::Coding>& codings) {
  const Element material =
      statement.child(Tag::consumable, Tag::manufactured_product, Tag::manufactured_material);
  for (Element part = material.first(); part; part = part.next()) {
    if (part.tag() == Tag::code) {
      add_codings(part, codings);
    } else if (part.tag() == Tag::as_content) {
      add_codings(part.child(Tag::container_packaged_medicine, Tag::code), codings);
    } else if (part.tag() == Tag::as_specialized_kind) {
      add_codings(part.child(Tag::generalized_medicine_class, Tag::code), codings);
    }
  }
}

// A medicine of several products (IHE's combined medication): it has none itself, and each stands
// in a medicine of its own within it. What has a product may hold others that say only how to take
// it.
bool is_combined(Element statement, std::vector<ingest::Coding>& spare) {
  spare.clear();
  add_medicine(statement, spare);
  if (!spare.empty()) {
    return false;
  }
  for (Element link = statement.first(); link; link = link.next()) {
    if (link.tag() == Tag::entry_relationship) {
      add_medicine(link.child(Tag::substance_administration), spare);
    }
  }
  return !spare.empty();
}

// What somebody is allergic to.
void add_agents(Element statement, std::vector<ingest::Coding>& codings) {
  for (Element one = statement.first(); one; one = one.next()) {
    if (one.tag() == Tag::participant) {
      add_codings(one.child(Tag::participant_role, Tag::playing_entity, Tag::code), codings);
    }
  }
}

std::string_view data_type(Element value) {
  const std::string_view type = value[Attr::type];
  return type.substr(type.rfind(':') + 1);
}

bool is_coded(Element value) {
  const std::string_view type = data_type(value);
  return type == "CD" || type == "CE" || type == "CV" || type == "CO" ||
         (type.empty() && !value[Attr::code].empty());
}

bool says_absent(const std::vector<ingest::Coding>& codings) {
  return std::ranges::any_of(codings, [](const ingest::Coding& coding) {
    return coding.system == absent_system ||
           (coding.system == snomed_system &&
            vocabulary::snomed_meaning(coding.code) == vocabulary::SnomedMeaning::none);
  });
}

// Why a statement's own status keeps it out.
std::optional<Leaving> left_out_by_status(Element statement) {
  const std::string status = lower(trimmed(statement.child(Tag::status_code)[Attr::code]));
  if (status == "aborted" || status == "cancelled" || status == "nullified" ||
      status == "obsolete") {
    return Leaving::cancelled;
  }
  return status.empty() || status == "completed" || status == "active" || status == "suspended" ||
                 status == "normal"
             ? std::nullopt
             : std::optional(Leaving::not_held);
}

// What observations of their own say of how sure a problem or an allergy is, and of its status, in
// HL7's codes or SNOMED's.
std::optional<Leaving> left_out_as_unsure(Element statement) {
  std::optional<Leaving> why;
  std::vector<ingest::Coding> codings;
  for (Element link = statement.first(); link; link = link.next()) {
    const Element inner = link.child(Tag::observation);
    if (link.tag() != Tag::entry_relationship || !is_about_another(inner)) {
      continue;
    }
    codings.clear();
    add_codings(inner.child(Tag::value), codings);
    for (const ingest::Coding& coding : codings) {
      const std::string code = lower(coding.code);
      const vocabulary::SnomedMeaning meaning = coding.system == snomed_system
                                                    ? vocabulary::snomed_meaning(code)
                                                    : vocabulary::SnomedMeaning::nothing;
      if (code == "entered-in-error" || meaning == vocabulary::SnomedMeaning::error) {
        return Leaving::cancelled;
      }
      if (code == "refuted" || meaning == vocabulary::SnomedMeaning::absent) {
        why = Leaving::negated;
      }
    }
  }
  return why;
}

// What is in a plan is planned, and what is in a family's history is of the family, whatever it is
// called there; but the agency's VSM has in its plan the treatments that a patient takes.
Role role_within(Role own, Role parent) {
  const bool taken = own == Role::treatments || own == Role::prescriptions;
  return parent == Role::family || (parent == Role::plan && !taken) ? parent : own;
}

class Walk {
 public:
  Walk(const Header& header, const StatementsOptions& options, const Names& names,
       ingest::FactRows& rows)
      : header_(header), options_(options), names_(names), rows_(rows) {}

  Status sections(Element parent, Role role, bool relative = false) {
    for (Element component = parent.first(); component; component = component.next()) {
      if (component.tag() != Tag::component) {
        continue;
      }
      for (Element section = component.first(); section; section = section.next()) {
        if (section.tag() == Tag::section) {
          const Role own = role_within(role_of(section, role), role);
          const bool of_relative = relative || section.child(Tag::subject, Tag::related_subject);
          RETURN_IF_ERROR(entries(section, own, of_relative));
          RETURN_IF_ERROR(sections(section, own, of_relative));
        }
      }
    }
    return {};
  }

 private:
  // What holds of a statement because of those around it.
  struct Around {
    Role role = Role::other;
    bool cancelled = false;
    bool not_held = false;
    bool negated = false;
    bool unclear = false;  // whether it is negated
    bool relative = false;
    Mood mood = Mood::happened;  // the one that says the least
    std::string_view day;        // of the nearest one that has one
  };

  Status entries(Element section, Role role, bool relative) {
    for (Element entry = section.first(); entry; entry = entry.next()) {
      if (entry.tag() != Tag::entry) {
        continue;
      }
      Element statement = entry.first();
      while (statement && !is_statement(statement.tag())) {
        statement = statement.next();
      }
      if (!statement) {
        rows_.leave_out(names_.section(header_.type, role), names_[Leaving::empty]);
        continue;
      }
      ASSIGN_OR_RETURN(const bool item,
                       visit(statement, {.role = role, .relative = relative}, true));
      if (!item) {
        rows_.leave_out(names_.section(header_.type, role), names_[Leaving::empty]);
      }
    }
    return {};
  }

  // Whether it is or holds an item.
  Result<bool> visit(Element statement, Around around, bool top) {
    for (const std::optional<Leaving> why :
         {left_out_by_status(statement), left_out_as_unsure(statement)}) {
      around.cancelled = around.cancelled || why == Leaving::cancelled;
      around.not_held = around.not_held || why == Leaving::not_held;
      around.negated = around.negated || why == Leaving::negated;
    }
    const Truth negation = truth_of(statement[Attr::negation_ind]);
    around.negated = around.negated || negation == Truth::yes;
    around.unclear = around.unclear || negation == Truth::unclear;
    around.relative = around.relative || around.role == Role::family ||
                      statement.child(Tag::subject, Tag::related_subject);
    Verdict verdict = verdict_of(statement, around.role, around.relative, top);
    if (verdict.sort == Sort::fact && !may_be(verdict.kind, around.mood)) {
      verdict = leave(Leaving::planned);
    }
    if (verdict.sort == Sort::fact && statement.tag() == Tag::substance_administration &&
        is_combined(statement, codings_)) {
      verdict.sort = Sort::organises;
    }
    switch (verdict.sort) {
      case Sort::ignored:
        return false;
      case Sort::left_out:
        leave_out(around.role, verdict.leaving);
        return true;
      case Sort::fact:
        RETURN_IF_ERROR(item(statement, verdict.kind, around));
        return true;
      case Sort::organises:
        break;
    }
    around.mood = std::max(around.mood, mood_of(statement));
    if (const std::string_view day = day_of_statement(statement); !day.empty()) {
      around.day = day;
    }
    bool found = false;
    for (Element link = statement.first(); link; link = link.next()) {
      if (link.tag() != Tag::component && link.tag() != Tag::entry_relationship) {
        continue;
      }
      for (Element inner = link.first(); inner; inner = inner.next()) {
        if (is_statement(inner.tag())) {
          ASSIGN_OR_RETURN(const bool item, visit(inner, around, false));
          found = found || item;
        }
      }
    }
    return found;
  }

  Status item(Element statement, vocabulary::KindId kind, const Around& around) {
    const vocabulary::Kinds& known = vocabulary::known_kinds();
    const Element value = statement.child(Tag::value);
    if (around.cancelled) {
      return leave_out(around.role, Leaving::cancelled);
    }
    if (around.not_held) {
      return leave_out(around.role, Leaving::not_held);
    }
    // A risk factor that is "false" is one that the patient does not have.
    if (around.negated ||
        (kind == known.history && data_type(value) == "BL" &&
         !trimmed(value[Attr::value]).empty() && truth_of(value[Attr::value]) == Truth::no)) {
      return leave_out(around.role, Leaving::negated);
    }
    if (!statement[Attr::null_flavor].empty()) {
      return leave_out(around.role, Leaving::says_nothing);
    }
    if (!value[Attr::null_flavor].empty() && !trimmed(value[Attr::code]).empty()) {
      return leave_out(around.role, Leaving::absent);
    }
    codings_.clear();
    add_codings(statement.child(Tag::code), codings_);
    if (says_absent(codings_)) {
      return leave_out(around.role, Leaving::absent);
    }
    const bool of_code = collect(statement, kind);
    if (says_absent(codings_)) {
      return leave_out(around.role, Leaving::absent);
    }
    const ingest::ItemPlace at = place(statement, around.role);
    if (around.unclear && provenance() != records::Provenance::consulted) {
      return rows_.refuse(at, names_.bad_negation());
    }
    ingest::Fact fact{.kind = kind,
                      .provenance = provenance(),
                      .patient = options_.reference,
                      .day = day(statement, kind, around),
                      .codings = codings_};
    const std::string_view type = data_type(value);
    if (of_code && (type == "PQ" || type == "INT" || type == "REAL") &&
        value[Attr::null_flavor].empty() && !trimmed(value[Attr::value]).empty()) {
      const std::optional<double> number = ingest::read_number(trimmed(value[Attr::value]), '.');
      if (!number) {
        if (fact.provenance != records::Provenance::consulted) {
          return rows_.refuse(at, names_.bad_value());
        }
      } else {
        fact.value = *number;
        fact.unit = trimmed(value[Attr::unit]);
      }
    }
    return rows_.put(fact, at);
  }

  // The codings of the thing itself; true where they are the statement's code, so that its value
  // says how much of it.
  bool collect(Element statement, vocabulary::KindId kind) {
    const vocabulary::Kinds& known = vocabulary::known_kinds();
    if (kind == known.prescription || kind == known.vaccination) {
      codings_.clear();
      add_medicine(statement, codings_);
      return false;
    }
    if (kind == known.allergy) {
      codings_.clear();
      add_agents(statement, codings_);
      if (codings_.empty()) {
        add_codings(statement.child(Tag::value), codings_);
      }
      return false;
    }
    const Element value = statement.child(Tag::value);
    const bool problem = has_template(statement, problem_template);
    if (kind == known.diagnosis || (kind == known.history && problem)) {
      // "Diagnosis" is the code, and which one is the value.
      codings_.clear();
      if (!value || is_coded(value)) {
        add_codings(value, codings_);
      }
      return false;
    }
    return true;
  }

  // An allergy or a risk factor is true of the patient on the day of the document that says so, and
  // this is when it was recorded. A problem that says no day may have begun at any time.
  bool is_recorded_now(vocabulary::KindId kind, Role role) const {
    const vocabulary::Kinds& known = vocabulary::known_kinds();
    const bool stands =
        kind == known.allergy || (kind == known.history && role == Role::risk_factors);
    return stands &&
           std::ranges::find(options_.choices->diagnosis_day, ingest::DiagnosisDay::recorded) !=
               options_.choices->diagnosis_day.end();
  }

  std::string_view day(Element statement, vocabulary::KindId kind, const Around& around) const {
    const vocabulary::Kinds& known = vocabulary::known_kinds();
    const std::string_view own = day_of_statement(statement);
    if (kind == known.diagnosis || kind == known.history || kind == known.allergy) {
      for (const ingest::DiagnosisDay choice : options_.choices->diagnosis_day) {
        const std::string_view day = choice == ingest::DiagnosisDay::onset ? own : around.day;
        if (!day.empty()) {
          return day;
        }
      }
      return is_recorded_now(kind, around.role) ? std::string_view(header_.made)
                                                : std::string_view();
    }
    if (!own.empty()) {
      return own;
    }
    // A prescription is of the day when it was written.
    const bool prescribed = kind == known.prescription && around.role == Role::prescriptions;
    return around.day.empty() && prescribed ? std::string_view(header_.made) : around.day;
  }

  records::Provenance provenance() const {
    switch (header_.type) {
      case DocumentType::reimbursements:
        return records::Provenance::consulted;
      case DocumentType::laboratory:
        return records::Provenance::received;
      default:
        return records::Provenance::entered;
    }
  }

  // A line of its own for each item, so that what is refused can be counted by place: a document
  // may stand in one line.
  ingest::ItemPlace place(Element statement, Role role) {
    line_ = std::max(line_ + 1, statement.line());
    return {names_.section(header_.type, role), options_.file, line_};
  }

  Status leave_out(Role role, Leaving why) {
    rows_.leave_out(names_.section(header_.type, role), names_[why]);
    return {};
  }

  const Header& header_;
  const StatementsOptions& options_;
  const Names& names_;
  ingest::FactRows& rows_;
  std::vector<ingest::Coding> codings_;
  std::uint64_t line_ = 1;
};

}  // namespace

Names::Names(ingest::Ledger& ledger, ingest::Quarantine& quarantine) {
  for (std::size_t type = 0; type < sections_.size(); ++type) {
    for (std::size_t role = 0; role < roles; ++role) {
      std::string name(short_name(static_cast<DocumentType>(type)));
      name += ' ';
      name += name_of(static_cast<Role>(role));
      sections_[type][role] = ledger.section(name);
    }
  }
  constexpr std::array<std::string_view, static_cast<std::size_t>(Leaving::count_)> words = {
      "planned, wished for or proposed, not done",
      "aborted, cancelled or nullified",
      "of a status that is none of a fact (new, held)",
      "negated: the document says that it is not so",
      "no fact: the document says that there is none, or that nothing is known",
      "an entry that says only why it says nothing",
      "about a relative of the patient",
      "a dispensation, which is no prescription",
      "a drug that was given, which is no prescription",
      "a medical device",
      "an attached document or picture",
      "an adverse effect of a drug, for which there is no kind of event",
      "a report on images, for which there is no kind of event",
      "a statement for which there is no kind of event",
      "an entry without a statement that is read"};
  for (std::size_t i = 0; i < words.size(); ++i) {
    leavings_[i] = ledger.leaving(words[i]);
  }
  bad_value_ = quarantine.reason("a value that is no number");
  bad_negation_ = quarantine.reason("a negation that is neither true nor false");
}

Status put_statements(Element document, const Header& header, const StatementsOptions& options,
                      const Names& names, ingest::FactRows& rows) {
  Walk walk(header, options, names, rows);
  for (Element component = document.first(); component; component = component.next()) {
    if (component.tag() == Tag::component) {
      if (const Element body = component.child(Tag::structured_body)) {
        RETURN_IF_ERROR(walk.sections(body, Role::other));
      }
    }
  }
  return {};
}

}  // namespace parcours::cda
