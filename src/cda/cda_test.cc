// The reader on made-up documents.
#include "cda/cda.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "base/threads.h"
#include "cda/testing/documents.h"
#include "columns/chunk.h"

namespace parcours::cda {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* patient_row = "2800275001001 1.2.9^mayo 1980 female 75";

Read read_one(const MadeDocument& document, const ingest::Choices& choices = {}) {
  return read_files({{"a.xml", document.text()}}, choices);
}

// An entry of a section, as "kind system:code value", or why it is none.
std::vector<std::string> became(const std::string& code, const std::string& entries,
                                const std::string& templates = "") {
  const Read read = read_one({.body = section(code, entries, templates)});
  std::vector<std::string> words;
  for (const std::string& event : read.outcome.events) {
    words.push_back(event.substr(std::string("2800275001001 1.2.9^mayo ").size()));
  }
  for (const std::string& bad : read.outcome.bad_rows) {
    words.push_back("refused " + bad.substr(bad.find(": ") + 2));
  }
  for (const std::string& left : read.left_out) {
    words.push_back("left out " + left);
  }
  return words;
}

TEST(Cda, ReadsAPatientAndTheirProblems) {
  const Read read =
      read_one({.body = section("11450-4", problem("J45.0", "20190811") + problem("E11", "2019"))});
  EXPECT_EQ(read.outcome.error, "");
  EXPECT_THAT(read.outcome.patients, ElementsAre(patient_row));
  EXPECT_THAT(read.outcome.events,
              ElementsAre("2800275001001 1.2.9^mayo 18119 diagnosis icd10:J45.0 -"));
  ASSERT_EQ(read.outcome.bad_rows.size(), 1u);
  EXPECT_TRUE(
      read.outcome.bad_rows[0].ends_with("a day of which only the month or the year is known"));
  EXPECT_THAT(read.sections,
              ElementsAre("VSM problems: 2 = 0 + 1 + 1 + 0", "documents: 1 = 1 + 0 + 0 + 0"));
}

TEST(Cda, TakesTheDayOfADiagnosisThatTheChoicesName) {
  ingest::Choices choices;
  choices.diagnosis_day = {ingest::DiagnosisDay::recorded};
  const Read read = read_one({.body = section("11450-4", problem("J45", "20190811"))}, choices);
  EXPECT_THAT(read.outcome.events,
              ElementsAre("2800275001001 1.2.9^mayo 19875 diagnosis icd10:J45 -"));
}

TEST(Cda, ReadsTheNationalNumberThenTheNamedOneThenTheFirst) {
  const std::string ours = "<id root=\"1.2.250.99\" extension=\"P2\"/>";
  const std::string ins = "<id root=\"1.2.250.1.213.1.4.9\" extension=\"2800275001001\"/>";
  ingest::Choices named;
  named.patient_identifier = "1.2.250.99";
  EXPECT_THAT(read_one({.number = ours + ins}, named).outcome.patients, ElementsAre(patient_row));
  const std::string other = "<id root=\"1.2.250.7\" extension=\"17\"/>";
  EXPECT_THAT(read_one({.number = other + ours}, named).outcome.patients,
              ElementsAre("P2 1.2.9^mayo 1980 female 75"));
  const ingest::OutcomeOptions options{.patients = {"1.2.250.7^17"}};
  EXPECT_THAT(read_files({{"a.xml", MadeDocument{.number = other + ours}.text()}}, {}, options)
                  .outcome.patients,
              ElementsAre("1.2.250.7^17 1.2.9^mayo 1980 female 75"));
}

// Two documents of nobody in particular are not one patient's.
TEST(Cda, APatientNeedsANumber) {
  const auto numbers = [](const std::string& ids) {
    ingest::OutcomeOptions options{.patients = {made_number, "1.2.250.77^3"}};
    options.patients.insert(options.patients.end(),
                            {"2790351215189", "2210425456114", "180032A001001"});
    std::vector<std::string> words;
    const Read read = read_files({{"a.xml", MadeDocument{.number = ids}.text()}}, {}, options);
    for (const std::string& patient : read.outcome.patients) {
      words.push_back(patient.substr(0, patient.find(' ')));
    }
    for (const std::string& bad : read.outcome.bad_rows) {
      words.push_back("refused " + bad.substr(bad.find(": ") + 2));
    }
    return words;
  };
  const auto ins = [&](const std::string& last, const std::string& extension) {
    return numbers("<id root=\"1.2.250.1.213.1.4." + last + "\" extension=\"" + extension + "\"/>");
  };
  const auto refused = ElementsAre("refused a patient without a number");
  EXPECT_THAT(numbers(""), refused);
  EXPECT_THAT(numbers("<id root=\"1.9\"/>"), refused);
  EXPECT_THAT(numbers("<id root=\"1.9\" extension=\" \"/>"), refused);
  EXPECT_THAT(numbers("<id root=\"1.9\" nullFlavor=\"UNK\" extension=\"1\"/>"), refused);
  EXPECT_THAT(ins("8", "INCONNU"), refused);
  EXPECT_THAT(ins("8", "0000000000000"), refused);
  EXPECT_THAT(ins("9", "279035121518"), refused);
  EXPECT_THAT(ins("9", "27903512151898"), refused);
  EXPECT_THAT(ins("10", "INCONNU"), refused);
  // With its key and without it, it is one number.
  EXPECT_THAT(ins("8", "279035121518989"), ElementsAre("2790351215189"));
  EXPECT_THAT(ins("8", "2790351215189"), ElementsAre("2790351215189"));
  EXPECT_THAT(ins("8", " 2 79 03 51 215 189 89 "), ElementsAre("2790351215189"));
  EXPECT_THAT(ins("8", "180032a00100193"), ElementsAre("180032A001001"));
  EXPECT_THAT(ins("8", "279035121518988"), refused);
  // The keys of made-up people need not be right.
  EXPECT_THAT(ins("10", "221042545611404"), ElementsAre("2210425456114"));
  EXPECT_THAT(ins("9", "221042545611404"), refused);
  // The software's own number stands in for a national one that is none.
  EXPECT_THAT(numbers("<id root=\"1.2.250.1.213.1.4.8\" extension=\"INCONNU\"/><id root=\"1.9\"/>"
                      "<id root=\"1.2.250.77\" extension=\"3\"/>"),
              ElementsAre("1.2.250.77^3"));
}

TEST(Cda, APatientHasOneNationalNumber) {
  const auto ids = [](const std::string& last, const std::string& extension) {
    return "<id root=\"1.2.250.1.213.1.4." + last + "\" extension=\"" + extension + "\"/>";
  };
  const std::string nia = ids("9", "2790351215189");
  EXPECT_THAT(read_one({.number = nia + ids("8", "2800275001001")}).outcome.patients,
              ElementsAre(patient_row));
  const Read two = read_one({.number = ids("8", "2790351215189") + ids("8", "2800275001001")});
  ASSERT_EQ(two.outcome.bad_rows.size(), 1u);
  EXPECT_TRUE(two.outcome.bad_rows[0].ends_with(": several national numbers of one patient"));
}

TEST(Cda, ARootThatTheChoicesNameMayBeTheNationalOne) {
  ingest::Choices named;
  named.patient_identifier = "urn:oid:1.2.250.1.213.1.4.8";
  const MadeDocument document{.number = "<id root=\"1.2.250.1.213.1.4.8\" extension=\"INCONNU\"/>"};
  EXPECT_THAT(read_one(document, named).outcome.patients, IsEmpty());
}

TEST(Cda, MakesADepartmentOfAFrenchPostalCode) {
  const auto place = [](const std::string& code, const std::string& country) {
    const std::string addr = "<addr><postalCode> " + code + "\n</postalCode>" +
                             (country.empty() ? "" : "<country>" + country + "</country>") +
                             "</addr>";
    const std::string row = read_one({.addr = addr}).outcome.patients.at(0);
    return row.substr(row.rfind(' ') + 1);
  };
  EXPECT_EQ(place("69003", ""), "69");
  EXPECT_EQ(place("69003", "FRA"), "69");
  EXPECT_EQ(place("97400", "France"), "974");
  EXPECT_EQ(place("20090", "FR"), "2A");
  EXPECT_EQ(place("20600", "FR"), "2B");
  EXPECT_EQ(place("20400", "FR"), "-");
  EXPECT_EQ(place("69003", "DEU"), "-");
  EXPECT_EQ(place("6900", "FR"), "-");
  EXPECT_EQ(place("99123", "FR"), "-");
}

TEST(Cda, ReadsTheNewestVersionAlone) {
  const auto version = [](const std::string& id, int number, const std::string& code) {
    return MadeDocument{
        .id = "<id root=\"1.2.3\" extension=\"" + id + "\"/>",
        .set = "<setId root=\"1.2.4\"/><versionNumber value=\"" + std::to_string(number) + "\"/>",
        .body = section("11450-4", problem(code, "20190811"))}
        .text();
  };
  const Read read = read_files({{"a.xml", version("d3", 3, "J45")},
                                {"b.xml", version("d10", 10, "E11")},
                                {"c.xml", version("d2", 2, "I10")},
                                {"d.xml", version("d10", 10, "E11")}});
  EXPECT_THAT(read.outcome.events,
              ElementsAre("2800275001001 1.2.9^mayo 18119 diagnosis icd10:E11 -"));
  EXPECT_THAT(read.left_out,
              ElementsAre("2 an older version of a document", "1 the same document again"));
  EXPECT_EQ(read.items, 5u);
}

TEST(Cda, OfEqualVersionsTheLatestInstantIsRead) {
  const auto code_of = [](const std::string& first, const std::string& second) {
    const auto made = [](const std::string& id, const std::string& when, const std::string& code) {
      return MadeDocument{.id = "<id root=\"1.2.3\" extension=\"" + id + "\"/>",
                          .made = when,
                          .set = "<setId root=\"1.2.4\"/><versionNumber value=\"1\"/>",
                          .body = section("11450-4", problem(code, "20190811"))}
          .text();
    };
    const Read read =
        read_files({{"a.xml", made("d1", first, "J45")}, {"b.xml", made("d2", second, "E11")}});
    const std::string event = read.outcome.events.size() == 1 ? read.outcome.events[0] : "icd10:?";
    return event.substr(event.find("icd10:") + 6, 3);
  };
  // 9:30 and 10:00 of Greenwich.
  EXPECT_EQ(code_of("20240101103000+0100", "20240101100000+0000"), "E11");
  EXPECT_EQ(code_of("20240101100000+0000", "20240101103000+0100"), "J45");
  EXPECT_EQ(code_of("20240101003000+0100", "20231231233500-0000"), "E11");
  EXPECT_EQ(code_of("20240101233000-0500", "20240102020000+0100"), "J45");
  EXPECT_EQ(code_of("20240101103000.25+0100", "20240101103000.3+0100"), "E11");
  EXPECT_EQ(code_of("20240101103000.30+0100", "20240101103000.25+0100"), "J45");
  // Without a zone, as they are.
  EXPECT_EQ(code_of("20240101103000", "20240101100000"), "J45");
  EXPECT_EQ(code_of("20240101", "20240101100000"), "E11");
  EXPECT_EQ(code_of("202401", "20240102"), "E11");
  // Anything is later than what is no time.
  EXPECT_EQ(code_of("2024", "yesterday"), "J45");
  EXPECT_EQ(code_of("20240231", "2001"), "E11");
  EXPECT_EQ(code_of("20240101100000+0000", "20240101110000+0100"), "J45");
}

TEST(Cda, LeavesOutWhatADocumentReplacesIfItIsOfTheSamePatient) {
  MadeDocument newer{.id = "<id root=\"1.2.3\" extension=\"d2\"/>",
                     .related =
                         "<relatedDocument typeCode=\"RPLC\"><parentDocument><id root=\"1.2.3\" "
                         "extension=\"d1\"/></parentDocument></relatedDocument>"};
  const MadeDocument older{.body = section("11450-4", problem("J45", "20190811"))};
  EXPECT_THAT(read_files({{"a.xml", older.text()}, {"b.xml", newer.text()}}).outcome.events,
              IsEmpty());
  newer.number = "<id root=\"1.2.250.1.213.1.4.8\" extension=\"2550175001001\"/>";
  EXPECT_EQ(read_files({{"a.xml", older.text()}, {"b.xml", newer.text()}}).outcome.events.size(),
            1u);
}

TEST(Cda, RefusesTheFactsOfASecondPersonWithTheSameNumber) {
  const MadeDocument one{.body = section("11450-4", problem("J45", "20190811"))};
  MadeDocument two = one;
  two.id = "<id root=\"1.2.3\" extension=\"d2\"/>";
  two.born = "19550101";
  const Read read = read_files({{"a.xml", one.text()}, {"b.xml", two.text()}});
  EXPECT_THAT(read.outcome.patients, ElementsAre(patient_row));
  EXPECT_EQ(read.outcome.events.size(), 1u);
  EXPECT_EQ(read.outcome.bad_rows.size(), 2u);
  EXPECT_THAT(read.sections,
              ElementsAre("VSM problems: 2 = 0 + 1 + 1 + 0", "documents: 2 = 1 + 0 + 1 + 0"));
}

TEST(Cda, APatientWhoHasMovedLivesWhereTheNewestDocumentSays) {
  const MadeDocument now;
  MadeDocument before{.id = "<id root=\"1.2.3\" extension=\"d0\"/>",
                      .made = "20190101",
                      .addr = "<addr><postalCode>69003</postalCode></addr>"};
  before.born = "";
  const Read read = read_files({{"a.xml", before.text()}, {"b.xml", now.text()}});
  EXPECT_THAT(read.outcome.patients, ElementsAre(patient_row));
  EXPECT_THAT(read.outcome.bad_rows, IsEmpty());
}

// G2 of cda.h.
TEST(Cda, DocumentsOfTwoOrganisationsThatAreOnePracticeCompleteEachOther) {
  ingest::Choices choices;
  choices.practice = "house";
  const MadeDocument now;
  MadeDocument before{.id = "<id root=\"1.2.3\" extension=\"d0\"/>",
                      .made = "20190101",
                      .addr = "<addr><postalCode>69003</postalCode></addr>",
                      .organisation = "<id root=\"1.2.9\" extension=\"lab\"/>"};
  before.born = "";
  const Read read = read_files({{"a.xml", before.text()}, {"b.xml", now.text()}}, choices);
  EXPECT_EQ(read.outcome.patients.size(), 1u);
  EXPECT_THAT(read.outcome.bad_rows, IsEmpty());
}

TEST(Cda, ThePracticeIsTheOrganisationOfThePersonWhoWroteNotTheCustodian) {
  const auto practices = [](const std::string& authors) {
    MadeDocument document;
    std::string text = document.text();
    const std::size_t from = text.find("<author>");
    text.replace(from, text.find("</author>") + 9 - from, authors);
    const Read read = read_files({{"a.xml", text}});
    std::vector<std::string> all = read.outcome.patients;
    all.insert(all.end(), read.outcome.bad_rows.begin(), read.outcome.bad_rows.end());
    return all;
  };
  const auto author = [](const std::string& who, const std::string& organisation) {
    return "<author><assignedAuthor><id root=\"1.2\" extension=\"1\"/>" + who +
           "<representedOrganization>" + organisation +
           "</representedOrganization></assignedAuthor></author>";
  };
  const std::string program = "<assignedAuthoringDevice/>";
  const std::string person = "<assignedPerson/>";
  const std::string host = "<id root=\"1.2.9\" extension=\"host\"/>";
  const std::string mayo = "<id root=\"1.2.9\" extension=\"mayo\"/>";
  const auto of_mayo = ElementsAre(patient_row);
  EXPECT_THAT(practices(author(program, host) + author(person, mayo)), of_mayo);
  EXPECT_THAT(practices(author(person, "<id nullFlavor=\"UNK\"/>") + author(person, mayo)),
              of_mayo);
  EXPECT_THAT(practices(author(program, mayo)), of_mayo);
  const auto refused = ElementsAre("a.xml:1: a document that names no organisation of its author");
  EXPECT_THAT(practices(author(person, "<name>Cabinet</name>")), refused);
  EXPECT_THAT(practices(""), refused);
}

TEST(Cda, ADocumentWithoutAnOrganisationIsOfThePracticeThatTheChoicesName) {
  ingest::Choices choices;
  choices.practice = "house";
  MadeDocument document;
  document.organisation = "";
  const Read read = read_files({{"a.xml", document.text()}}, choices);
  EXPECT_EQ(read.outcome.patients.size(), 1u);
  EXPECT_THAT(read.outcome.bad_rows, IsEmpty());
}

TEST(Cda, ADateThatStandsForNoDateOfBirthIsRefusedAndCompletesNobody) {
  MadeDocument one;
  one.born = "19000101";
  MadeDocument two{.id = "<id root=\"1.2.3\" extension=\"d2\"/>"};
  two.born = "";
  const Read read = read_files({{"a.xml", one.text()}, {"b.xml", two.text()}});
  EXPECT_EQ(read.outcome.patients.size(), 1u);
  EXPECT_THAT(read.outcome.patients, testing::Not(Contains(HasSubstr(" 1900 "))));
  EXPECT_THAT(read.outcome.bad_rows, Contains(HasSubstr("stands for no date of birth")));
}

TEST(Cda, NothingOfTheInsurersHistoryEnters) {
  for (const MadeDocument& history :
       {MadeDocument{.templates = "<templateId root=\"1.2.250.1.213.1.1.1.36\"/>"},
        MadeDocument{.templates = "",
        .code = "<code code=\"REMB\" codeSystem=\"1.2.250.1.213.1.1.4.12\"/>"}}) {
    MadeDocument document = history;
    document.body = section("11450-4", problem("J45", "20190811"));
    const Read read = read_one(document);
    EXPECT_THAT(read.outcome.patients, IsEmpty());
    EXPECT_THAT(read.outcome.events, IsEmpty());
    EXPECT_THAT(read.left_out,
                ElementsAre("2 only consulted elsewhere (as the insurer's history of "
                            "reimbursements is)"));
  }
}

TEST(Cda, ADocumentWithoutEntriesIsLeftOut) {
  std::string text = MadeDocument().text();
  text.replace(text.find("<structuredBody>"), 16, "<nonXMLBody><text>JVBERi0</text>");
  text.replace(text.find("</structuredBody>"), 17, "</nonXMLBody>");
  const Read read = read_files({{"a.xml", text}});
  EXPECT_EQ(read.outcome.error, "");
  EXPECT_THAT(read.outcome.patients, IsEmpty());
  EXPECT_THAT(read.sections, ElementsAre("documents: 1 = 0 + 0 + 0 + 1"));
}

TEST(Cda, ReadsResultsWithTheirValues) {
  const auto value = [](const std::string& element) {
    return became("26436-6", result("2345-7", "202403011030", element));
  };
  EXPECT_THAT(value("<value xsi:type=\"PQ\" value=\"5.20\" unit=\"mmol/L\"/>"),
              ElementsAre("19783 lab loinc:2345-7 0.936832"));
  EXPECT_THAT(value("<value xsi:type=\"PQ\" value=\"520\" unit=\"kg\"/>"),
              ElementsAre("refused a unit that the code cannot have"));
  EXPECT_THAT(value("<value xsi:type=\"PQ\" value=\"520\" unit=\"glucose\"/>"),
              ElementsAre("refused a unit that is not known"));
  EXPECT_THAT(value("<value xsi:type=\"hl7:INT\" value=\"3\"/>"),
              ElementsAre("refused a value without the unit that its code needs"));
  // A score has none.
  EXPECT_THAT(became("26436-6",
                     result("9269-2", "202403011030", "<value xsi:type=\"hl7:INT\" value=\"3\"/>")),
              ElementsAre("19783 lab loinc:9269-2 3"));
  // An interval, a text and a code have no number.
  EXPECT_THAT(value("<value xsi:type=\"IVL_PQ\"><high value=\"1.0\" unit=\"mg/L\"/></value>"),
              ElementsAre("19783 lab loinc:2345-7 -"));
  EXPECT_THAT(value("<value xsi:type=\"ED\">&lt;1.0 mg/L</value>"),
              ElementsAre("19783 lab loinc:2345-7 -"));
  EXPECT_THAT(value("<value xsi:type=\"CD\" code=\"260385009\" "
                    "codeSystem=\"2.16.840.1.113883.6.96\"/>"),
              ElementsAre("19783 lab loinc:2345-7 -"));
  EXPECT_THAT(value("<value xsi:type=\"PQ\" nullFlavor=\"UNK\"/>"),
              ElementsAre("19783 lab loinc:2345-7 -"));
  EXPECT_THAT(value("<value xsi:type=\"PQ\" value=\"much\"/>"),
              ElementsAre("refused a value that is no number"));
}

constexpr const char* medicine =
    "<consumable><manufacturedProduct><manufacturedMaterial>"
    "<code code=\"63564053\" codeSystem=\"1.2.250.1.213.2.3.1\">"
    "<translation code=\"3400938022209\" codeSystem=\"1.2.250.1.213.2.3.2\"/></code>"
    "<p:asSpecializedKind xmlns:p=\"urn:ihe:pharm:medication\"><p:generalizedMedicineClass>"
    "<p:code code=\"B01AC04\" codeSystem=\"2.16.840.1.113883.6.73\"/>"
    "</p:generalizedMedicineClass></p:asSpecializedKind>"
    "</manufacturedMaterial></manufacturedProduct></consumable>";

std::string substance(const std::string& mood, const std::string& inside) {
  return "<entry><substanceAdministration moodCode=\"" + mood + "\">" + inside + medicine +
         "</substanceAdministration></entry>";
}

constexpr const char* from_2020 =
    "<effectiveTime xsi:type=\"IVL_TS\"><low value=\"20200102\"/><high nullFlavor=\"UNK\"/>"
    "</effectiveTime><effectiveTime xsi:type=\"PIVL_TS\" operator=\"A\"><period value=\"1\" "
    "unit=\"d\"/></effectiveTime>";

TEST(Cda, ReadsTreatmentsAndPrescriptionsByTheirMood) {
  EXPECT_THAT(became("10160-0", substance("EVN", from_2020)),
              ElementsAre("18263 prescription atc:B01AC04 -"));
  EXPECT_THAT(became("57828-6", substance("INT", from_2020)),
              ElementsAre("18263 prescription atc:B01AC04 -"));
  EXPECT_THAT(became("57828-6", substance("RQO", "")),  // of the day of the document
              ElementsAre("19875 prescription atc:B01AC04 -"));
  EXPECT_THAT(became("10160-0", substance("INT", "")), ElementsAre("refused no day"));
  EXPECT_THAT(became("10160-0", substance("PRMS", from_2020)),
              ElementsAre("left out 1 planned, wished for or proposed, not done"));
  EXPECT_THAT(became("18776-5", substance("INT", from_2020)),
              ElementsAre("left out 1 planned, wished for or proposed, not done"));
}

TEST(Cda, AMedicineOfSeveralProductsIsAsManyPrescriptions) {
  const std::string part = std::string(
                               "<entryRelationship><substanceAdministration "
                               "moodCode=\"INT\">") +
                           medicine + "</substanceAdministration></entryRelationship>";
  EXPECT_THAT(became("57828-6", std::string("<entry><substanceAdministration moodCode=\"INT\">") +
                                    from_2020 + part + part + "</substanceAdministration></entry>"),
              ElementsAre("18263 prescription atc:B01AC04 -", "18263 prescription atc:B01AC04 -"));
  EXPECT_THAT(became("57828-6", substance("INT", from_2020 + part)),
              ElementsAre("18263 prescription atc:B01AC04 -"));
}

TEST(Cda, WhatIsRefutedOrEnteredInErrorIsLeftOut) {
  const auto sure = [](const std::string& code) {
    std::string entry = problem("J45", "20190811");
    const std::string observation =
        "<entryRelationship><observation><code code=\"66455-7\" "
        "codeSystem=\"2.16.840.1.113883.6.1\"/><value xsi:type=\"CD\" code=\"" +
        code + "\"/></observation></entryRelationship>";
    return became("11450-4", entry.insert(entry.find("</observation>"), observation));
  };
  EXPECT_THAT(sure("confirmed"), ElementsAre("18119 diagnosis icd10:J45 -"));
  EXPECT_THAT(sure("refuted"),
              ElementsAre("left out 1 negated: the document says that it is not so"));
  EXPECT_THAT(sure("entered-in-error"), ElementsAre("left out 1 aborted, cancelled or nullified"));
}

TEST(Cda, ADispensationIsNoPrescription) {
  EXPECT_THAT(
      became("60590-7",
             "<entry><supply moodCode=\"EVN\"><entryRelationship>"
             "<substanceAdministration moodCode=\"INT\"/></entryRelationship></supply></entry>"),
      ElementsAre("left out 1 a dispensation, which is no prescription"));
}

TEST(Cda, ReadsVaccinationsThatWereGiven) {
  const std::string day = "<effectiveTime value=\"20210409\"/>";
  EXPECT_THAT(became("11369-6", substance("EVN", day)),
              ElementsAre("18726 vaccination atc:B01AC04 -"));
  EXPECT_THAT(became("11369-6", substance("INT", day)),
              ElementsAre("left out 1 planned, wished for or proposed, not done"));
}

TEST(Cda, ReadsWhatThePatientIsAllergicTo) {
  const std::string agent =
      "<participant typeCode=\"CSM\"><participantRole><playingEntity>"
      "<code code=\"J01CA04\" codeSystem=\"2.16.840.1.113883.6.73\"/></playingEntity>"
      "</participantRole></participant>";
  const std::string value =
      "<value xsi:type=\"CD\" code=\"91936005\" codeSystem=\"2.16.840.1.113883.6.96\"/>";
  const auto allergy = [](const std::string& inside) {
    return became("48765-2",
                  "<entry><act moodCode=\"EVN\"><entryRelationship><observation moodCode=\"EVN\">"
                  "<templateId root=\"1.3.6.1.4.1.19376.1.5.3.1.4.5\"/>"
                  "<templateId root=\"1.3.6.1.4.1.19376.1.5.3.1.4.6\"/>"
                  "<effectiveTime><low value=\"20180603\"/></effectiveTime>" +
                      inside + "</observation></entryRelationship></act></entry>");
  };
  EXPECT_THAT(allergy(value + agent), ElementsAre("17685 allergy atc:J01CA04 -"));
  EXPECT_THAT(allergy(value), ElementsAre("17685 allergy snomed:91936005 -"));
  EXPECT_THAT(
      allergy("<value xsi:type=\"CD\" code=\"716186003\" "
              "codeSystem=\"2.16.840.1.113883.6.96\"/>"),
      ElementsAre(
          "left out 1 no fact: the document says that there is none, or that nothing is known"));
}

// The document of the tests was made on 2024-06-01.
TEST(Cda, AnAllergyOrARiskFactorWithoutADayIsRecordedOnThatOfTheDocument) {
  const auto in = [](const std::string& code, const std::string& time,
                     const ingest::Choices& choices) {
    const Read read = read_one(
        {.body = section(code,
                         "<entry><observation><code code=\"2345-7\" "
                         "codeSystem=\"2.16.840.1.113883.6.1\"/>" +
                             time +
                             "<value xsi:type=\"CD\" code=\"91936005\" "
                             "codeSystem=\"2.16.840.1.113883.6.96\"/></observation></entry>")},
        choices);
    std::vector<std::string> words = read.outcome.events;
    for (std::string& word : words) {
      word = word.substr(word.rfind("mayo ") + 5);
    }
    for (const std::string& bad : read.outcome.bad_rows) {
      words.push_back("refused " + bad.substr(bad.find(": ") + 2));
    }
    return words;
  };
  const std::string unknown = "<effectiveTime nullFlavor=\"UNK\"/>";
  const auto no_day = ElementsAre("refused no day");
  for (const std::string& time : {std::string(), unknown}) {
    EXPECT_THAT(in("48765-2", time, {}), ElementsAre("19875 allergy snomed:91936005 -"));
    EXPECT_THAT(in("29762-2", time, {}), ElementsAre("19875 history loinc:2345-7 -"));
    EXPECT_THAT(in("11450-4", time, {}), no_day) << "a problem may be old";
    EXPECT_THAT(in("11348-0", time, {}), no_day);
  }
  // What is said is not replaced, even where it is not whole.
  EXPECT_THAT(in("48765-2", "<effectiveTime value=\"20180603\"/>", {}),
              ElementsAre("17685 allergy snomed:91936005 -"));
  EXPECT_THAT(in("48765-2", "<effectiveTime value=\"2018\"/>", {}),
              ElementsAre("refused a day of which only the month or the year is known"));
  ingest::Choices onset;
  onset.diagnosis_day = {ingest::DiagnosisDay::onset};
  EXPECT_THAT(in("48765-2", unknown, onset), no_day);
}

TEST(Cda, LeavesOutWhatIsNotSo) {
  const auto with = [](const std::string& attribute, const std::string& inside) {
    return became("47519-4", "<entry><procedure " + attribute +
                                 "><code code=\"DDAF004\" codeSystem=\"1.2.250.1.215.300.1\"/>" +
                                 inside +
                                 "<effectiveTime value=\"20180114\"/></procedure></entry>");
  };
  EXPECT_THAT(with("moodCode=\"EVN\"", "<statusCode code=\"completed\"/>"),
              ElementsAre("17545 procedure ccam:DDAF004 -"));
  EXPECT_THAT(with("moodCode=\"EVN\"", "<statusCode code=\"cancelled\"/>"),
              ElementsAre("left out 1 aborted, cancelled or nullified"));
  EXPECT_THAT(with("moodCode=\"EVN\" negationInd=\"true\"", ""),
              ElementsAre("left out 1 negated: the document says that it is not so"));
  EXPECT_THAT(with("moodCode=\"EVN\" nullFlavor=\"NI\"", ""),
              ElementsAre("left out 1 an entry that says only why it says nothing"));
  EXPECT_THAT(with("moodCode=\"INT\"", ""),
              ElementsAre("left out 1 planned, wished for or proposed, not done"));
}

// A problem in which `from` is `to`.
std::vector<std::string> problem_with(const std::string& from, const std::string& to) {
  std::string entry = problem("J45", "20190811");
  entry.replace(entry.find(from), from.size(), to);
  return became("11450-4", entry);
}

constexpr const char* negated = "left out 1 negated: the document says that it is not so";
constexpr const char* planned = "left out 1 planned, wished for or proposed, not done";
constexpr const char* cancelled = "left out 1 aborted, cancelled or nullified";
constexpr const char* not_held = "left out 1 of a status that is none of a fact (new, held)";
constexpr const char* says_none =
    "left out 1 no fact: the document says that there is none, or that nothing is known";

TEST(Cda, ANegationIsAnyTruth) {
  const auto negation = [](const std::string& value) {
    return problem_with("negationInd=\"false\"", "negationInd=\"" + value + "\"");
  };
  for (const char* yes : {"true", "1", "TRUE", "True", " true "}) {
    EXPECT_THAT(negation(yes), ElementsAre(negated)) << yes;
  }
  for (const char* no : {"false", "0", "False", ""}) {
    EXPECT_THAT(negation(no), ElementsAre("18119 diagnosis icd10:J45 -")) << no;
  }
  for (const char* unclear : {"oui", "2", "yes"}) {
    EXPECT_THAT(negation(unclear), ElementsAre("refused a negation that is neither true nor false"))
        << unclear;
  }
  EXPECT_THAT(problem_with("classCode=\"ACT\"", "negationInd=\"1\""), ElementsAre(negated));
  EXPECT_THAT(problem_with("classCode=\"ACT\"", "negationInd=\"non\""),
              ElementsAre("refused a negation that is neither true nor false"));
}

TEST(Cda, ARiskFactorThatIsFalseIsNone) {
  const auto risk = [](const std::string& value) {
    return became("29762-2",
                  "<entry><observation><code code=\"2345-7\" "
                  "codeSystem=\"2.16.840.1.113883.6.1\"/><effectiveTime value=\"20240102\"/>"
                  "<value xsi:type=\"BL\" value=\"" +
                      value + "\"/></observation></entry>");
  };
  EXPECT_THAT(risk("true"), ElementsAre("19724 history loinc:2345-7 -"));
  EXPECT_THAT(risk("false"), ElementsAre(negated));
  EXPECT_THAT(risk("0"), ElementsAre(negated));
  EXPECT_THAT(risk("FALSE"), ElementsAre(negated));
}

TEST(Cda, WhatGroupsPlansHoldsPlans) {
  const std::string act = "<act classCode=\"ACT\" moodCode=\"EVN\">";
  for (const char* mood : {"INT", "RQO", "PRMS", "GOL", "PRP", "DEF", "EVN.CRT"}) {
    EXPECT_THAT(problem_with(act, std::string("<act moodCode=\"") + mood + "\">"),
                ElementsAre(planned));
    EXPECT_THAT(became("26436-6", std::string("<entry><organizer moodCode=\"") + mood +
                                      "\"><component><observation moodCode=\"EVN\"><code "
                                      "code=\"9269-2\" codeSystem=\"2.16.840.1.113883.6.1\"/>"
                                      "<effectiveTime value=\"20240102\"/></observation>"
                                      "</component></organizer></entry>"),
                ElementsAre(planned));
  }
  EXPECT_THAT(problem_with(act, "<act>"), ElementsAre("18119 diagnosis icd10:J45 -"));
  // A prescription is what was asked for; not what was promised.
  const auto prescribed = [](const std::string& mood) {
    std::string entry = substance("INT", from_2020);
    entry.insert(entry.find("<sub"), "<act moodCode=\"" + mood + "\"><entryRelationship>");
    return became("57828-6", entry.insert(entry.find("</entry>"), "</entryRelationship></act>"));
  };
  EXPECT_THAT(prescribed("RQO"), ElementsAre("18263 prescription atc:B01AC04 -"));
  EXPECT_THAT(prescribed("PRMS"), ElementsAre(planned));
}

TEST(Cda, ASectionOfARelativeOrAPlanIsSoWithAllThatIsInIt) {
  std::string of_mother = section("11450-4", problem("J45", "20190811"));
  of_mother.insert(of_mother.find("<text>"), "<subject><relatedSubject/></subject>");
  const std::string inner = section("11348-0", problem("E11", "20190811"));
  of_mother.insert(of_mother.rfind("</section>"), inner);
  EXPECT_THAT(read_one({.body = of_mother}).left_out,
              ElementsAre("2 about a relative of the patient"));
  EXPECT_THAT(became("18776-5", section("11450-4", problem("J45", "20190811"))),
              ElementsAre(planned));
  // The treatments in the plan of a VSM are taken.
  const std::string treated = section("10160-0", substance("EVN", from_2020));
  EXPECT_THAT(became("18776-5", treated), ElementsAre("18263 prescription atc:B01AC04 -"));
  EXPECT_THAT(became("10157-6", treated),
              ElementsAre("left out 1 about a relative of the patient"));
  EXPECT_THAT(became("10157-6", section("11450-4", problem("J45", "20190811"))),
              ElementsAre("left out 1 about a relative of the patient"));
}

TEST(Cda, AStatusIsReadInAnyCaseOfLetters) {
  const auto status = [](const std::string& code) {
    return problem_with("<effectiveTime><low value=\"2019",
                        "<statusCode code=\"" + code + "\"/><effectiveTime><low value=\"2019");
  };
  for (const char* good : {"completed", "active", "suspended", "normal", "COMPLETED", ""}) {
    EXPECT_THAT(status(good), ElementsAre("18119 diagnosis icd10:J45 -")) << good;
  }
  for (const char* bad : {"nullified", "NULLIFIED", "Aborted", "cancelled", "obsolete"}) {
    EXPECT_THAT(status(bad), ElementsAre(cancelled)) << bad;
  }
  for (const char* other : {"new", "HELD", "unheard-of"}) {
    EXPECT_THAT(status(other), ElementsAre(not_held)) << other;
  }
  EXPECT_THAT(problem_with("<statusCode code=\"active\"/>", "<statusCode code=\"Held\"/>"),
              ElementsAre(not_held));
}

TEST(Cda, AStatusThatRefutesIsReadInSnomedToo) {
  const auto status = [](const std::string& code, const std::string& system,
                         const std::string& before) {
    std::string entry = problem("J45", "20190811");
    const std::string observation =
        "<entryRelationship><observation><code code=\"33999-4\" "
        "codeSystem=\"2.16.840.1.113883.6.1\"/><value xsi:type=\"CE\" code=\"" +
        code + "\" codeSystem=\"" + system + "\"/></observation></entryRelationship>";
    return became("11450-4", entry.insert(entry.find(before), observation));
  };
  const std::string snomed = "2.16.840.1.113883.6.96";
  for (const char* absent :
       {"410516002", "410594000", "410593006", "723511001", "373572006", "2667000"}) {
    EXPECT_THAT(status(absent, snomed, "</observation>"), ElementsAre(negated)) << absent;
  }
  EXPECT_THAT(status("723510000", snomed, "</observation>"), ElementsAre(cancelled));
  EXPECT_THAT(status("REFUTED", "1.2.3", "</observation>"), ElementsAre(negated));
  EXPECT_THAT(status("55561003", snomed, "</observation>"),
              ElementsAre("18119 diagnosis icd10:J45 -"));
  // Of the concern: it says so of what is in it, and is no problem itself.
  EXPECT_THAT(status("410516002", snomed, "<entryRelationship"), ElementsAre(negated));
  EXPECT_THAT(status("55561003", snomed, "<entryRelationship"),
              ElementsAre("18119 diagnosis icd10:J45 -"));
}

TEST(Cda, ACodeThatIsMarkedAsUnknownIsNoFact) {
  EXPECT_THAT(problem_with("code=\"J45\"", "nullFlavor=\"NI\" code=\"J45\""),
              ElementsAre(says_none));
  EXPECT_THAT(problem_with("code=\"J45\" codeSystem=\"2.16.840.1.113883.6.3\"/>",
                           "nullFlavor=\"OTH\"><translation code=\"J45\" "
                           "codeSystem=\"2.16.840.1.113883.6.3\"/></value>"),
              ElementsAre("18119 diagnosis icd10:J45 -"));
  EXPECT_THAT(became("47519-4",
                     "<entry><procedure><code nullFlavor=\"UNK\" code=\"DDAF004\" "
                     "codeSystem=\"1.2.250.1.215.300.1\"/><effectiveTime value=\"20180114\"/>"
                     "</procedure></entry>"),
              ElementsAre("refused no code"));
  EXPECT_THAT(became("26436-6", result("2345-7", "20240102",
                                       "<value xsi:type=\"PQ\" nullFlavor=\"UNK\" value=\"5\" "
                                       "unit=\"g/L\"/>")),
              ElementsAre("19724 lab loinc:2345-7 -"));
}

TEST(Cda, LeavesOutWhatIsOfARelative) {
  EXPECT_THAT(became("10157-6",
                     "<entry><organizer><subject><relatedSubject/></subject><component>"
                     "<observation><value xsi:type=\"CD\" code=\"J45\" "
                     "codeSystem=\"2.16.840.1.113883.6.3\"/></observation></component>"
                     "</organizer></entry>"),
              ElementsAre("left out 1 about a relative of the patient"));
}

TEST(Cda, VitalSignsHaveTheDayOfTheirOrganizer) {
  EXPECT_THAT(became("8716-3",
                     "<entry><organizer moodCode=\"EVN\"><effectiveTime value=\"20240402\"/>"
                     "<component><observation moodCode=\"EVN\"><code code=\"29463-7\" "
                     "codeSystem=\"2.16.840.1.113883.6.1\"/><effectiveTime nullFlavor=\"NASK\"/>"
                     "<value xsi:type=\"PQ\" value=\"58\" unit=\"kg\"/></observation></component>"
                     "</organizer></entry>"),
              ElementsAre("19815 vital loinc:29463-7 58"));
}

TEST(Cda, EveryEntryIsAnItem) {
  EXPECT_THAT(became("11450-4", "<entry/><entry><act/></entry>"),
              ElementsAre("left out 2 an entry without a statement that is read"));
  EXPECT_THAT(became("55108-5",
                     "<entry><observationMedia><value>iVBORw0</value></observationMedia></entry>"),
              ElementsAre("left out 1 an attached document or picture"));
}

TEST(Cda, ItemsOfOneLineAreRefusedEachByItself) {
  std::string text =
      MadeDocument{.body = section("11450-4", problem("??", "20190811") + problem("?", "20190811"))}
          .text();
  std::ranges::replace(text, '\n', ' ');
  EXPECT_EQ(read_files({{"a.xml", text}}).outcome.bad_rows.size(), 2u);
}

TEST(Cda, ThreadsShareTheDocuments) {
  std::map<std::string, std::string> files;
  std::vector<std::pair<std::string, std::string>> members;
  for (int i = 0; i < 40; ++i) {
    const std::string text =
        MadeDocument{.id = "<id root=\"1.2.3\" extension=\"" + std::to_string(i) + "\"/>",
                     .body = section("11450-4", problem("J45", "20190811"))}
            .text();
    files[std::to_string(i) + ".xml"] = text;
    members.emplace_back(
        std::to_string(i + 100) + ".xml",
        MadeDocument{.id = "<id root=\"1.2.3\" extension=\"" + std::to_string(i + 100) + "\"/>",
                     .body = section("11450-4", problem("E11", "20190811"))}
            .text());
  }
  files["z.zip"] = zip_of(members);
  const Read read = read_files(files, {}, {.patients = {made_number}, .threads = 4});
  EXPECT_EQ(read.outcome.events.size(), 80u);
  EXPECT_EQ(read.items, 160u);
}

TEST(Cda, SeveralThreadsReadAtOnce) {
  std::vector<std::pair<std::string, std::string>> members;
  for (int i = 0; i < 60; ++i) {
    members.emplace_back(
        std::to_string(i) + ".xml",
        MadeDocument{.id = "<id root=\"1.2.3\" extension=\"" + std::to_string(i) + "\"/>",
                     .body = section("11450-4", problem("J45", "20190811") + problem("?", "2019"))}
            .text());
  }
  const ScratchFolder folder = *ScratchFolder::make(std::filesystem::temp_directory_path(), "cda-");
  ASSERT_TRUE(write_file(folder.path() / "a.zip", zip_of(members)));
  const auto intake = open_cda({folder.path() / "a.zip"}, {});
  ASSERT_TRUE(intake);
  vocabulary::CodeBook codes;
  const records::ProgrammeKey key = records::ProgrammeKey::generate();
  const ingest::Registry registry{
      .codes = codes,
      .key = key,
      .period = "2024",
      .practice = [](std::string_view) { return records::PracticeId{1}; },
      .package = [](records::PracticeId, std::string_view) { return rows::PackageId{1}; }};
  ingest::Quarantine quarantine(1000);
  const Stop stop;
  const ingest::Reading reading{registry, quarantine, stop, nullptr, 3};
  const auto rows_of = [](columns::Source& source) {
    columns::Chunk chunk(source.columns());
    const auto reader = source.reader();
    std::size_t rows = 0;
    while (const std::size_t got = *chunk.fill(*reader)) {
      rows += got;
    }
    return rows;
  };
  EXPECT_EQ(rows_of(*(*intake)->patients(reading)), 1u);
  const auto events = (*intake)->events(reading);
  std::atomic<std::size_t> rows = 0;
  on_threads(3, [&](int) { rows += rows_of(*events); });
  EXPECT_EQ(rows, 60u);
  EXPECT_EQ(quarantine.rows(), 60u);
}

TEST(Cda, IsRecognisedByItsBeginning) {
  EXPECT_TRUE(looks_like_cda(MadeDocument().text()));
  EXPECT_TRUE(looks_like_cda("<c:ClinicalDocument xmlns:c='urn:hl7-org:v3'>"));
  EXPECT_FALSE(looks_like_cda("<Bundle xmlns='http://hl7.org/fhir'>"));
  EXPECT_FALSE(looks_like_cda("ClinicalDocument"));
  EXPECT_TRUE(looks_like_zip(zip_of({{"a", "b"}})));
  EXPECT_FALSE(looks_like_zip("PK"));
}

TEST(Cda, AFileThatIsNotThereIsAnError) {
  EXPECT_FALSE(open_cda({std::filesystem::path("/nowhere/a.xml")}, {}));
}

}  // namespace
}  // namespace parcours::cda
