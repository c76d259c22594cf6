#include "ingest/testing/planted_fields.h"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <span>
#include <string_view>
#include <utility>

#include "base/random.h"
#include "vocabulary/built_in.h"
#include "vocabulary/check_digits.h"
#include "vocabulary/code_systems.h"

namespace parcours::ingest {
namespace {

using List = std::span<const std::string_view>;

// Names that are frequent, and as many that are not.
constexpr std::string_view first_names[] = {
    "Jean",     "Marie",     "Nathalie", "Christophe",  "Camille",      "Léa",      "Mohamed",
    "Hélène",   "François",  "Sophie",   "James",       "Jennifer",     "Michael",  "Emily",
    "Margaret", "Joshua",    "Eudes",    "Ombeline",    "Gwendal",      "Erwan",    "Maïwenn",
    "Célestin", "Apolline",  "Loïc",     "Fatoumata",   "Ousmane",      "Kadiatou", "Zeynep",
    "Ioana",    "Wojciech",  "Rowan",    "Imogen",      "Hamish",       "Siobhan",  "Callum",
    "Priya",    "Oluwaseun", "Latoya",   "Anne-Sophie", "Jean-Baptiste"};
constexpr std::string_view family_names[] = {
    "Martin",    "Dupont",        "Lefebvre",      "Moreau",     "Petit",     "Garcia",
    "Leroy",     "Roux",          "Girard",        "Smith",      "Johnson",   "Brown",
    "Wilson",    "Patel",         "Thompson",      "Robinson",   "Berthelot", "Quéméneur",
    "Castaing",  "Etcheverry",    "Vandenbroucke", "Lagarde",    "Pujol",     "Traoré",
    "Benali",    "Haddad",        "Nowak",         "Zimmermann", "Cazenave",  "Le Goff",
    "Da Costa",  "Hollingsworth", "Okafor",        "Gallagher",  "Abernathy", "O'Connor",
    "MacDonald", "Castellanos",   "Kowalski",      "Yamamoto"};
constexpr std::string_view towns[] = {"Paris",   "Lyon",          "Saint-Étienne",
                                      "Le Mans", "Quimper",       "Aix-en-Provence",
                                      "LILLE",   "Fort-de-France"};
constexpr std::string_view french_streets[] = {
    "rue de la Paix",         "avenue Jean Jaurès", "bd Voltaire",
    "chemin des Vignes",      "impasse du Moulin",  "allée des Tilleuls",
    "place de la République", "route de Vannes"};
constexpr std::string_view english_streets[] = {"Elm Street", "Oak Avenue",   "Church Road",
                                                "Mill Lane",  "King's Court", "Maple Dr",
                                                "High St",    "Sunset Blvd"};
constexpr std::string_view french_sentences[] = {
    "la patiente se plaint de douleurs depuis hier", "vu avec sa fille, revoir dans un mois",
    "ne souhaite pas de traitement pour le moment",  "il habite chez son fils et ne sort plus",
    "appeler la mère avant le rendez-vous",          "patient adressé par le voisin pour un avis",
    "elle est suivie en ville par une infirmière",   "refuse la prise de sang, rappeler demain"};
constexpr std::string_view english_sentences[] = {
    "patient was seen with her mother today",    "he lives alone and has no phone",
    "please call the daughter on Monday",        "she says the pain is worse at night",
    "referred by his wife for a second opinion", "will come back if it gets worse",
    "does not want to take the tablets",         "was seen in the emergency department"};
// Some have the name of a person in them on purpose.
constexpr std::string_view analyses[] = {"Glycémie à jeun",
                                         "Hémoglobine glyquée",
                                         "Créatinine",
                                         "Clairance (Cockcroft et Gault)",
                                         "Cholestérol HDL",
                                         "Cholestérol LDL (Friedewald)",
                                         "Triglycérides",
                                         "Acide urique",
                                         "Vitesse de sédimentation (1 h)",
                                         "Numération formule sanguine",
                                         "Taux de prothrombine",
                                         "INR",
                                         "TP / INR",
                                         "Fibrinogène",
                                         "D-dimères",
                                         "Ferritine",
                                         "Transferrine",
                                         "Coefficient de saturation",
                                         "Vitamine B12",
                                         "Folates érythrocytaires",
                                         "TSH ultrasensible",
                                         "T4 libre",
                                         "Anticorps anti-TPO",
                                         "Anticorps anti-SSA (Ro)",
                                         "Réaction de Waaler-Rose",
                                         "Sérodiagnostic de Widal et Félix",
                                         "Test de Coombs direct",
                                         "Facteur de Willebrand",
                                         "Protéine de Bence Jones",
                                         "Électrophorèse des protéines",
                                         "Ionogramme sanguin",
                                         "Natrémie",
                                         "Kaliémie",
                                         "Calcium corrigé",
                                         "Phosphore",
                                         "Magnésium",
                                         "Bilirubine conjuguée",
                                         "ASAT (TGO)",
                                         "ALAT (TGP)",
                                         "Gamma GT",
                                         "Phosphatases alcalines",
                                         "Lipase",
                                         "CRP ultrasensible",
                                         "Procalcitonine",
                                         "NT-proBNP",
                                         "Troponine T",
                                         "PSA total",
                                         "PSA libre / total",
                                         "ECBU",
                                         "Microalbuminurie",
                                         "Protéinurie des 24 h",
                                         "Frottis cervico-vaginal",
                                         "Sérologie hépatite B (Ag HBs)",
                                         "Sérologie VIH 1 et 2",
                                         "Toxoplasmose IgG",
                                         "Rubéole IgM",
                                         "Maladie de Gilbert (UGT1A1)",
                                         "Test au rose bengale",
                                         "Score de Gleason",
                                         "Apgar à 5 min",
                                         "Fasting glucose",
                                         "Glycated haemoglobin",
                                         "Serum creatinine",
                                         "eGFR (CKD-EPI)",
                                         "HDL cholesterol",
                                         "LDL cholesterol, calculated",
                                         "Uric acid",
                                         "ESR, 1 hour",
                                         "Full blood count",
                                         "White blood cells",
                                         "Red cell distribution width",
                                         "Platelet count",
                                         "Prothrombin time",
                                         "Activated partial thromboplastin time",
                                         "Iron binding capacity",
                                         "Vitamin D (25-hydroxy)",
                                         "Free T4",
                                         "Thyroid peroxidase antibody",
                                         "Rheumatoid factor",
                                         "Antinuclear antibody 1:160",
                                         "Sodium",
                                         "Potassium",
                                         "Bicarbonate",
                                         "Anion gap",
                                         "Alkaline phosphatase",
                                         "Aspartate aminotransferase",
                                         "Total bilirubin",
                                         "Amylase",
                                         "Urine culture",
                                         "Urine albumin to creatinine ratio",
                                         "Blood group and antibody screen",
                                         "Hepatitis C antibody",
                                         "Chlamydia trachomatis DNA",
                                         "Pap smear",
                                         "Gleason score",
                                         "Westergren sedimentation rate",
                                         "von Willebrand factor activity",
                                         "Martin-Gruber test",
                                         "Lewis blood group",
                                         "Apgar at 5 minutes",
                                         "Body mass index",
                                         "Peak expiratory flow",
                                         "Office visit",
                                         "Telephone consultation",
                                         "Home visit",
                                         "Consultation au cabinet",
                                         "Visite à domicile",
                                         "Téléconsultation",
                                         "Weight",
                                         "Height",
                                         "Pouls",
                                         "Tour de taille"};
constexpr std::string_view mnemonics[] = {
    "GLY",  "GLYC", "HBA1C", "NFS", "CREA", "CREAT", "TSH",  "T4L",       "CRP",
    "VS",   "INR",  "IONO",  "NA",  "K+",   "CA",    "MG",   "ASAT",      "ALAT",
    "GGT",  "PAL",  "BILT",  "LDL", "HDL",  "TG",    "CHOL", "FER",       "VITD",
    "PSA",  "ECBU", "BMI",   "IMC", "TAS",  "TAD",   "SBP",  "DBP",       "SpO2",
    "FEV1", "VEMS", "Hb",    "WBC", "PLT",  "eGFR",  "ACR",  "UREA",      "MCV",
    "VGM",  "CS",   "V",     "C2",  "GS",   "TCG",   "stay", "follow-up", "not-readmitted"};

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed) {}

  std::string_view one(List list) {
    return list[random_.below(static_cast<std::uint32_t>(list.size()))];
  }
  std::uint32_t below(std::uint32_t below) { return random_.below(below); }
  char digit() { return static_cast<char>('0' + below(10)); }
  char letter() { return static_cast<char>('A' + below(26)); }

  // '9' is any digit, 'A' any letter, '8' a digit but 0; the rest stands as it is.
  std::string like(std::string_view pattern) {
    std::string text;
    for (const char c : pattern) {
      text += c == '9' ? digit() : c == 'A' ? letter() : c == '8' ? nonzero() : c;
    }
    return text;
  }
  char nonzero() { return static_cast<char>('1' + below(9)); }

  template <class Fits>
  std::string with_check(std::string digits, Fits fits) {
    digits += '0';
    while (!fits(digits)) {
      ++digits.back();
    }
    return digits;
  }

  std::string upper(std::string_view text) {
    std::string made(text);
    for (char& c : made) {
      c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return made;
  }
  std::string small(std::string_view text) {
    std::string made;
    for (const char c : text) {
      made += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return made;
  }

 private:
  Random random_;
};

std::string name_text(Maker& make, std::string_view first, std::string_view family) {
  switch (make.below(8)) {
    case 0:
      return fmt::format("{} {}", first, family);
    case 1:
      return fmt::format("{} {}", make.upper(family), first);
    case 2:
      return std::string(family);
    case 3:
      return fmt::format("{}, {}", family, first);
    case 4:
      return fmt::format("{} {}", make.below(2) == 0 ? "Mme" : "Mrs", family);
    case 5:
      return fmt::format("M. {} {}", make.upper(family), first);
    case 6:
      return fmt::format("Dr {}", family);
    default:
      return fmt::format("{}.{}", make.small(first), make.small(family));
  }
}

std::string phone_text(Maker& make) {
  switch (make.below(8)) {
    case 0:
      return make.like("0899999999");
    case 1:
      return make.like("08 99 99 99 99");
    case 2:
      return make.like("06.99.99.99.99");
    case 3:
      return make.like("+33 8 99 99 99 99");
    case 4:
      return make.like("0033699999999");
    case 5:
      return make.like("+44 20 7999 9999");
    case 6:
      return make.like("(2") + make.like("99) 2") + make.like("99-9999");
    default:
      return make.like("tel 415-2") + make.like("99-9999");
  }
}

std::string nir_text(Maker& make) {
  const bool corsica = make.below(20) == 0;
  const std::string department =
      corsica ? (make.below(2) == 0 ? "2A" : "2B") : fmt::format("{:02}", 1 + make.below(95));
  const std::string text = fmt::format("{}{}{:02}{}{}", 1 + make.below(2), make.like("99"),
                                       1 + make.below(12), department, make.like("999999"));
  std::string digits = text;
  if (corsica) {
    digits.replace(5, 2, department == "2A" ? "19" : "18");
  }
  const std::string key = fmt::format("{:02}", 97 - std::stoull(digits) % 97);
  switch (make.below(3)) {
    case 0:
      return text + key;
    case 1:
      return text;
    default:
      return fmt::format("{} {} {} {} {} {} {}", text.substr(0, 1), text.substr(1, 2),
                         text.substr(3, 2), text.substr(5, 2), text.substr(7, 3),
                         text.substr(10, 3), key);
  }
}

std::string professional_text(Maker& make) {
  const std::string rpps = make.with_check(make.like("1099999999"), vocabulary::luhn_fits);
  switch (make.below(3)) {
    case 0:
      return rpps;
    case 1:
      return "8" + rpps;
    default:
      return "ADELI " + make.like("759999999");
  }
}

std::string address_text(Maker& make) {
  switch (make.below(5)) {
    case 0:
      return fmt::format("{} {}", 1 + make.below(200), make.one(french_streets));
    case 1:
      return fmt::format("{} bis {}, {} {}", 1 + make.below(200), make.one(french_streets),
                         make.like("75999"), make.one(towns));
    case 2:
      return fmt::format("{} {}", make.like("69999"), make.one(towns));
    case 3:
      return fmt::format("{} {}", 1 + make.below(2000), make.one(english_streets));
    default:
      return make.below(2) == 0 ? make.like("Springfield, IL 62999") : make.like("London SW8A 8AA");
  }
}

// As digits alone, or in the groups that drugs have.
std::string drug_phone_text(Maker& make) {
  switch (make.below(4)) {
    case 0:
      return make.like("0799999999") + make.like("9");  // the United Kingdom
    case 1:
      return make.like("0699999999");
    case 2:
      return make.like("06999-999-99");
    default:
      return make.like("1415289") + make.like("9999");  // North America
  }
}

// What a number in the wrong column would be, as a number: without the zero before it.
std::string number_text(Maker& make) {
  switch (make.below(5)) {
    case 0:
      return make.like("699999999");
    case 1:
      return make.like("4152899999");
    case 2:
      return fmt::format("{}{:02}{:02}", 1920 + make.below(105), 1 + make.below(12),
                         1 + make.below(28));
    case 3:
      return make.with_check(make.like("1099999999"), vocabulary::luhn_fits);
    default:
      return fmt::format("{}{}{:02}75{}", 1 + make.below(2), make.like("99"), 1 + make.below(12),
                         make.like("999999"));
  }
}

// A result, a count, a score, a dose.
std::string value_text(Maker& make) {
  switch (make.below(6)) {
    case 0:
      return make.like("89.9");
    case 1:
      return make.like("0.99");
    case 2:
      return make.like("899");
    case 3:
      return make.like("899999");  // platelets
    case 4:
      return make.like("8999999");  // red cells, a viral load
    default:
      return make.like("-8.9");  // an excess of base, a score
  }
}

PlantedField person_field(Maker& make, SourceNames& names) {
  const auto field = [](std::string sort, std::string text) {
    return PlantedField{std::move(sort), "own", std::move(text), true};
  };
  // Patients of the source have every other name; nobody else has them.
  const std::uint32_t elsewhere = make.below(2);
  const std::string_view first =
      first_names[2 * make.below(std::size(first_names) / 2) + elsewhere];
  const std::string_view family =
      family_names[2 * make.below(std::size(family_names) / 2) + elsewhere];
  switch (make.below(12)) {
    case 10:
      return {"phone number in a field of drugs (NDC)", "ndc", drug_phone_text(make), true};
    case 11:
      return {"number of a person as a value without a unit", "value", number_text(make), true};
    case 0:
    case 1:
      if (elsewhere == 0) {
        names.note(first);
        names.note(family);
        return field("name of a patient of the source", name_text(make, first, family));
      }
      return field("name of somebody else", name_text(make, first, family));
    case 2:
      return field("address", address_text(make));
    case 3:
      return field("phone number", phone_text(make));
    case 4:
      return field("e-mail or web address",
                   make.below(2) == 0
                       ? fmt::format("{}{}@{}", make.small(family), make.below(100), "exemple.fr")
                       : fmt::format("www.{}.fr/{}", make.small(family), make.below(100)));
    case 5:
      return field("national number", nir_text(make));
    case 6:
      return field("professional's number", professional_text(make));
    case 7:
    case 8:
      return field("date or time",
                   make.below(2) == 0
                       ? fmt::format("{:02}/{:02}/{}", 1 + make.below(28), 1 + make.below(12),
                                     1920 + make.below(105))
                       : fmt::format("{:02}{}{:02}", make.below(24), make.below(2) == 0 ? ":" : "h",
                                     make.below(60)));
    default:
      return field("sentence", std::string(make.below(2) == 0 ? make.one(french_sentences)
                                                              : make.one(english_sentences)));
  }
}

// A code of a system, with its form.
std::string code_text(Maker& make, const vocabulary::CodeSystem& system) {
  const std::string& form = system.form;
  if (form == "sctid") {
    return make.with_check(make.like(make.below(2) == 0 ? "899999900" : "8999900"),
                           vocabulary::verhoeff_fits);
  }
  if (form == "loinc") {
    const std::string digits = make.with_check(make.like("89999"), vocabulary::luhn_fits);
    return digits.substr(0, 5) + "-" + digits.back();
  }
  if (form == "cip13") {
    return make.with_check("34009" + make.like("9999999"), vocabulary::gtin_fits);
  }
  const std::pair<std::string_view, std::string_view> patterns[] = {
      {"icd10", "A99.9"},      {"icd9", "299.99"},  {"icpc2", "A99"}, {"atc", "A99AA99"},
      {"ndc", "89999-999-99"}, {"ccam", "AAAA999"}, {"cpt", "99999"}, {"hcpcs", "A9999"},
      {"concept", "8999999"},  {"department", "69"}};
  for (const auto& [name, pattern] : patterns) {
    if (form == name) {
      return make.like(pattern);
    }
  }
  if (form == "act") {
    constexpr std::string_view acts[] = {"AMB", "IMP", "EMER", "HH", "VR", "OBSENC", "SS"};
    return std::string(make.one(acts));
  }
  if (form == "letters 2 2") {
    return "CA";
  }
  if (form == "cis") {
    return "6" + make.like("9999999");
  }
  // "digits 1 7": as many as there may be.
  return make.like(
      std::string_view("89999999").substr(0, static_cast<std::size_t>(form.back() - '0')));
}

PlantedField code_field(Maker& make) {
  switch (make.below(5)) {
    case 4:
      return {"value of a measurement", "value", value_text(make), false};
    case 0:
    case 1: {
      const auto systems = vocabulary::code_systems();
      const vocabulary::CodeSystem& system =
          systems[make.below(static_cast<std::uint32_t>(systems.size()))];
      return {"code of a known system", system.name, code_text(make, system), false};
    }
    case 2: {
      constexpr std::string_view patterns[] = {"AAA",     "AA99",  "AAAA",  "A999",   "BIO-999",
                                               "LAB9999", "999",   "9999",  "899999", "89999999",
                                               "99.99",   "999-9", "AA-99", "A99/A9", "LOC_9999"};
      return {"local code", "own",
              make.below(3) == 0 ? std::string(make.one(mnemonics)) : make.like(make.one(patterns)),
              false};
    }
    default:
      return {"name of an analysis or an act", "own", std::string(make.one(analyses)), false};
  }
}

}  // namespace

PlantedFields planted_fields(std::uint64_t seed, std::size_t count) {
  Maker make(seed);
  PlantedFields made;
  for (std::size_t i = 0; i < count; ++i) {
    made.fields.push_back(i % 2 == 0 ? person_field(make, made.names) : code_field(make));
  }
  return made;
}

}  // namespace parcours::ingest
