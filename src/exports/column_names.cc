#include "exports/column_names.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/letters.h"

namespace parcours::exports {
namespace {

enum class Where { whole, within };  // the name is just that, or holds these words in a row

struct Entry {
  ColumnRole role;
  Text meaning;
  Where where;
  std::vector<std::string_view> names;  // words with spaces between, likeliest first
  bool registered = false;
};

// In this order: the first entry that fits a name says what it is.
const std::vector<Entry>& entries() {
  using enum ColumnRole;
  using enum Where;
  static const std::vector<Entry> all = {
      {patient,
       {"the patient", "le patient"},
       whole,
       {"ben idt ano", "ben nir psa", "ben nir ano", "num enq", "nir ano 17"}},
      {drop,
       {"an e-mail address", "une adresse électronique"},
       within,
       {"email", "e mail", "mail", "courriel", "mel"}},
      {drop,
       {"a telephone number", "un numéro de téléphone"},
       within,
       {"phone", "telephone", "tel", "mobile", "fax", "portable"}},
      {drop,
       {"a social security number", "un numéro de sécurité sociale"},
       within,
       {"ssn", "social security", "nir", "nss", "securite sociale", "insee nir", "matricule ins",
        "nhs number", "health insurance number"},
       true},
      {drop,
       {"a person's name", "un nom de personne"},
       within,
       {"surname",     "first name",    "firstname",    "last name",      "lastname",
        "full name",   "fullname",      "patient name", "family name",    "given name",
        "maiden name", "prenom",        "nom patient",  "nom usuel",      "nom marital",
        "nom usage",   "nom naissance", "nom famille",  "nom de famille", "nom de naissance"}},
      {drop, {"a person's name", "un nom de personne"}, whole, {"name", "nom", "noms", "names"}},
      {drop,
       {"an address", "une adresse"},
       within,
       {"address", "adresse", "street", "rue", "addr", "house number", "latitude", "longitude",
        "gps"}},
      {drop,
       {"an Internet address", "une adresse Internet"},
       within,
       {"ip", "ip address", "url", "adresse ip"}},
      {drop,
       {"a number that names the person elsewhere", "un numéro qui désigne la personne ailleurs"},
       within,
       {"mrn", "medical record number", "passport", "passeport", "licence plate", "license plate",
        "iban", "account number", "device id", "serial number"},
       true},
      {drop,
       {"free text", "du texte libre"},
       within,
       {"comment", "comments", "commentaire", "commentaires", "free text", "texte libre", "note",
        "notes", "remark", "remarks", "remarque", "compte rendu"}},
      {weight,
       {"the sampling weight", "le poids de sondage"},
       within,
       {"sampling weight", "survey weight", "sample weight", "design weight", "fnlwgt", "pwgtp",
        "pondweight", "ponderation", "poids sondage"}},
      {birth_year,
       {"the birth", "la naissance"},
       within,
       {"birth year", "year of birth", "birthyear", "yob", "annee naissance", "birth date",
        "birthdate", "date of birth", "dob", "date naissance", "date de naissance",
        "annee de naissance", "birth", "naissance", "nais", "nai ann", "born", "ddn"}},
      {patient,
       {"the patient", "le patient"},
       whole,
       {"patient",
        "patient id",
        "patientid",
        "id patient",
        "patient nbr",
        "patient no",
        "patient number",
        "patient code",
        "code patient",
        "num patient",
        "no patient",
        "patient key",
        "pid",
        "pat id",
        "patid",
        "identifiant patient",
        "identifiant",
        "dossier",
        "num dossier",
        "no dossier",
        "numero dossier",
        "numero patient",
        "person id",
        "person",
        "personid",
        "subject id",
        "subjid",
        "usubjid",
        "subject",
        "pseudonym",
        "pseudonyme",
        "pseudo id",
        "pseudo",
        "ipp",
        "ben idt ano",
        "ben nir psa",
        "id benef",
        "benef id",
        "client id",
        "client code",
        "member id",
        "user id",
        "participant id",
        "participant",
        "individual id",
        "id individu",
        "desynpuf id",
        "bene id",
        "id",
        "case concept name",
        "case id",
        "caseid",
        "case",
        "trace id"}},
      {age,
       {"the age", "l’âge"},
       whole,
       {"age", "agep", "age years", "age at index", "age group", "age band", "tranche age",
        "classe age", "age gr", "age class"}},
      {age, {"the age", "l’âge"}, within, {"age"}},
      {sex, {"the sex", "le sexe"}, within, {"sex", "sexe", "gender", "genre", "male", "female"}},
      {kind,
       {"the kind of event", "la nature de l’événement"},
       whole,
       {"kind", "event type", "event kind", "type", "category", "nature", "domain", "table"}},
      {code,
       {"the code of the event", "le code de l’événement"},
       whole,
       {"code",
        "event code",
        "activity",
        "concept name",
        "activity name",
        "drug",
        "event",
        "concept id",
        "concept",
        "test",
        "item",
        "itemid",
        "act",
        "acte",
        "code acte",
        "icd",
        "icd10",
        "icd9",
        "icd code",
        "cim10",
        "code cim10",
        "atc",
        "atc code",
        "code atc",
        "cip",
        "cip13",
        "code cip",
        "ccam",
        "loinc",
        "snomed",
        "concept code",
        "condition concept id",
        "drug concept id",
        "procedure concept id",
        "observation concept id",
        "visit concept id",
        "measurement concept id",
        "device concept id",
        "specimen concept id",
        "condition code",
        "diagnosis code",
        "drug code",
        "procedure code",
        "ndc",
        "hcpcs cd",
        "prs nat ref",
        "pha prs c13",
        "cip cdc",
        "cam prs ide"}},
      {date,
       {"the day of the event", "le jour de l’événement"},
       whole,
       {"day",
        "days",
        "date",
        "visit date",
        "event date",
        "start date",
        "date visite",
        "jour",
        "date acte",
        "date soin",
        "date evenement",
        "service date",
        "admission date",
        "date admission",
        "date entree",
        "prescription date",
        "condition start date",
        "drug exposure start date",
        "procedure date",
        "visit start date",
        "observation date",
        "measurement date",
        "entry date",
        "exe soi dtd"}},
      {date,
       {"a date", "une date"},
       within,
       {"date", "dt", "dte", "dtd", "dtf", "datetime", "timestamp", "day", "jour"}},
      {place,
       {"where the person lives or is cared for", "le lieu de vie ou de soins de la personne"},
       within,
       {"region",   "departement",   "department",   "dept",     "dep",      "dpt",
        "commune",  "city",          "ville",        "zip",      "zipcode",  "postcode",
        "postal",   "code postal",   "cp",           "county",   "country",  "pays",
        "state",    "province",      "place",        "puma",     "insee",    "canton",
        "district", "location",      "care site",    "practice", "hospital", "site",
        "cabinet",  "etablissement", "municipality", "area"}},
      {sensitive,
       {"health", "la santé"},
       within,
       {"diag",      "diagnosis",  "diagnostic", "diagnose",     "disease",    "maladie",
        "illness",   "pathologie", "condition",  "hiv",          "vih",        "cancer",
        "drug",      "medication", "medicament", "prescription", "traitement", "treatment",
        "procedure", "allergy",    "allergie",   "antecedent",   "ald",        "disability",
        "handicap",  "psych",      "alcohol",    "alcool",       "pregnant",   "pregnancy",
        "grossesse", "death",      "deces",      "insulin",      "metformin",  "a1c",
        "a1cresult", "hba1c",      "glu serum",  "sick leave",   "arret",      "vaccine",
        "vaccin",    "readmitted"}},
      {sensitive,
       {"income or wealth", "le revenu ou le patrimoine"},
       within,
       {"income", "salary", "salary class", "revenu", "salaire", "savings", "debts", "assets",
        "wage", "pincp", "expend", "benefit"}},
      {sensitive,
       {"origin, belief or sex life", "l’origine, les convictions ou la vie sexuelle"},
       within,
       {"race", "ethnicity", "ethnic", "hisp", "rac1p", "religion", "origine ethnique",
        "nationality", "nationalite", "political", "syndicat", "sexual", "orientation"}},
      {date,
       {std::string(period_meaning), "la période de l’événement"},
       within,
       {"year", "annee", "year month", "yearmonth", "month", "mois", "week", "semaine", "period",
        "periode", "yr", "quarter", "trimestre"}},
  };
  return all;
}

bool letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The letters of Latin-1's supplement in UTF-8, without their accents.
std::string without_accents(std::string_view text) {
  static const std::map<std::string_view, char> plain = {
      {"à", 'a'}, {"â", 'a'}, {"ä", 'a'}, {"ç", 'c'}, {"è", 'e'}, {"é", 'e'}, {"ê", 'e'},
      {"ë", 'e'}, {"î", 'i'}, {"ï", 'i'}, {"ô", 'o'}, {"ö", 'o'}, {"ù", 'u'}, {"û", 'u'},
      {"ü", 'u'}, {"À", 'a'}, {"Â", 'a'}, {"Ç", 'c'}, {"È", 'e'}, {"É", 'e'}, {"Ê", 'e'},
      {"Î", 'i'}, {"Ô", 'o'}, {"Ù", 'u'}, {"Û", 'u'}};
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const auto found = plain.find(text.substr(i, 2));
    if (found != plain.end()) {
      result += found->second;
      i += 2;
    } else {
      result += text[i++];
    }
  }
  return result;
}

// Where the words of `needle` begin in those of `name`, all in a row.
bool holds(const std::vector<std::string>& name, const std::vector<std::string>& needle) {
  return std::ranges::search(name, needle).begin() != name.end();
}

// "time_in_hospital", "nb_jour", "duree_sejour_hopital": how much or how long, and no place or day.
bool says_amount(const std::vector<std::string>& words, ColumnRole instead_of) {
  static const std::vector<std::string> amounts = {"nb",       "nbre",   "nombre", "count", "duree",
                                                   "duration", "length", "delai",  "total"};
  return words.front() == "number" || std::ranges::find_first_of(words, amounts) != words.end() ||
         (instead_of == ColumnRole::place && std::ranges::find(words, "time") != words.end());
}

bool may_say_amount(const Entry& entry) {
  return entry.role == ColumnRole::place ||
         (entry.role == ColumnRole::date && entry.where == Where::within);
}

}  // namespace

std::vector<std::string> words_of_name(std::string_view column) {
  const std::string text = without_accents(column);
  std::vector<std::string> words;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (!letter(c) && !is_digit(c)) {
      end_word();
      continue;
    }
    const bool hump = is_capital(c) && i > 0 && text[i - 1] >= 'a' && text[i - 1] <= 'z';
    if (hump) {
      end_word();
    }
    word += is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  end_word();
  return words;
}

bool says_identifier(std::string_view column) {
  static const std::vector<std::string> ends = {"id",  "nbr",    "no",  "num",   "number", "key",
                                                "nr",  "numero", "uid", "uuid",  "guid",   "hid",
                                                "ref", "serial", "idx", "index", "rowid",  "hash"};
  const std::vector<std::string> words = words_of_name(column);
  if (words.empty()) {
    return false;
  }
  const auto is_end = [&](const std::string& word) {
    return std::ranges::find(ends, word) != ends.end();
  };
  return is_end(words.back()) || is_end(words.front());
}

std::optional<NameSays> name_says(std::string_view column) {
  const std::vector<std::string> words = words_of_name(column);
  for (const Entry& entry : entries()) {
    for (std::size_t i = 0; i < entry.names.size(); ++i) {
      const std::vector<std::string> needle = words_of_name(entry.names[i]);
      if (entry.where == Where::whole ? words == needle : holds(words, needle)) {
        if (may_say_amount(entry) && says_amount(words, entry.role)) {
          return std::nullopt;
        }
        const int rank = static_cast<int>(i) + (words == needle ? 0 : 100);
        return NameSays{entry.role, entry.meaning, rank, entry.registered};
      }
    }
  }
  return std::nullopt;
}

}  // namespace parcours::exports
