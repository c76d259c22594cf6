// Files that try to harm: each is one refused item, and the others are read all the same.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "cda/defect.h"
#include "cda/testing/documents.h"

namespace parcours::cda {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string with_problem =
    MadeDocument{.id = "<id root=\"1.2.3\" extension=\"good\"/>",
                 .body = section("11450-4", problem("J45", "20190811"))}
        .text();

// Reads the file beside a good one; the reason why it is refused, which must be its only trace.
std::string refused_because(const std::string& bytes, const std::string& name = "b.xml") {
  const Read read = read_files({{"a.xml", with_problem}, {name, bytes}});
  EXPECT_EQ(read.outcome.error, "");
  EXPECT_EQ(read.outcome.events.size(), 1u);
  EXPECT_EQ(read.outcome.bad_rows.size(), 1u);
  return read.outcome.bad_rows.empty() ? "" : read.outcome.bad_rows[0];
}

std::string with_doctype(const std::string& doctype) {
  std::string text = with_problem;
  return text.insert(text.find("<Clinical"), doctype);
}

// G1 of xml.h.
TEST(HostileCda, ADoctypeIsRefusedBeforeAnyEntityOfIt) {
  EXPECT_THAT(refused_because(with_doctype("<!DOCTYPE a [<!ENTITY x \"aaaa\"><!ENTITY y "
                                           "\"&x;&x;&x;&x;\"><!ENTITY z \"&y;&y;&y;&y;\">]>")),
              HasSubstr("DOCTYPE"));
  EXPECT_THAT(refused_because(with_doctype("<!DOCTYPE a SYSTEM \"file:///etc/passwd\">")),
              HasSubstr("DOCTYPE"));
  EXPECT_THAT(
      refused_because(with_doctype("<!DOCTYPE a [<!ENTITY x SYSTEM \"http://127.0.0.1/x\">]>")),
      HasSubstr("DOCTYPE"));
}

// G2 of xml.h.
TEST(HostileCda, ElementsMayNotNestWithoutEnd) {
  std::string deep;
  for (int i = 0; i < 10'000; ++i) {
    deep += "<component><section>";
  }
  EXPECT_THAT(refused_because(MadeDocument{.number = deep}.text()),
              HasSubstr("nested over 250 levels deep"));
  std::string deep_body;
  for (int i = 0; i < 120; ++i) {
    deep_body = "<component><section>" + deep_body + "</section></component>";
  }
  const Read read = read_files({{"a.xml", MadeDocument{.body = deep_body}.text()}});
  EXPECT_THAT(read.outcome.bad_rows, IsEmpty());
}

TEST(HostileCda, ADocumentMayNotHaveElementsWithoutEnd) {
  std::string many;
  for (std::size_t i = 0; i <= most_elements; ++i) {
    many += "<id/>";
  }
  EXPECT_THAT(refused_because(MadeDocument{.set = many}.text()),
              HasSubstr("a document of over 2000000 elements"));
}

// The sizes that an archive declares bound what it may make this program do.
TEST(HostileCda, AMemberMayNotBeLargerThanItsArchiveSays) {
  std::string zip = zip_of({{"a.xml", with_problem}});
  const std::size_t central = zip.find("PK\x01\x02");
  ASSERT_NE(central, std::string::npos);
  zip.replace(central + 24, 4, std::string("\x10\0\0\0", 4));  // the size unpacked
  EXPECT_THAT(refused_because(zip, "b.zip"), HasSubstr("a packed file that is damaged"));
}

TEST(HostileCda, ATagOrACommentMayNotBeEndless) {
  const std::string much(longest_token + 200'000, 'a');
  EXPECT_THAT(refused_because(MadeDocument{.set = "<setId root=\"" + much + "\"/>"}.text()),
              HasSubstr("a tag or a comment of over 1048576 bytes"));
  EXPECT_THAT(refused_because(MadeDocument{.set = "<!--" + much + "-->"}.text()),
              HasSubstr("a tag or a comment of over"));
  // A text may be long: a PDF is one.
  const Read read = read_files({{"a.xml", MadeDocument{.related = "<x>" + much + "</x>"}.text()}});
  EXPECT_THAT(read.outcome.bad_rows, IsEmpty());
}

TEST(HostileCda, ADocumentThatIsCutShortGivesNoEvent) {
  EXPECT_THAT(refused_because(with_problem.substr(0, 400)), HasSubstr("ends before its last tag"));
  const std::string two = MadeDocument{.body = section("11450-4", problem("J45", "20190811") +
                                                                      problem("I10", "20190811"))}
                              .text();
  EXPECT_THAT(refused_because(two.substr(0, two.size() - 60)),
              HasSubstr("ends before its last tag"));
  EXPECT_THAT(refused_because(""), HasSubstr("ends before its last tag"));
}

TEST(HostileCda, WhatIsNoCdaIsRefused) {
  EXPECT_THAT(refused_because("Jean DUPONT, 12 rue de la Paix"), HasSubstr("no well-formed XML"));
  EXPECT_THAT(refused_because("<Bundle xmlns=\"http://hl7.org/fhir\"/>"),
              HasSubstr("an XML file that is no CDA document"));
  EXPECT_THAT(refused_because("<all>" + MadeDocument().text().substr(39) +
                              MadeDocument().text().substr(39) + "</all>"),
              HasSubstr("two documents in one file"));
  EXPECT_THAT(refused_because(
                  MadeDocument{.related = "<recordTarget><patientRole/></recordTarget>"}.text()),
              HasSubstr("a document about no patient, or about several"));
}

std::string in_encoding(const std::string& name, const std::string& letter) {
  std::string text = with_problem;
  text.replace(text.find("UTF-8"), 5, name);
  return text.replace(text.find("DUPONT"), 6, letter);
}

TEST(HostileCda, EncodingsAreReadAsDeclared) {
  for (const auto& [name, letter] : std::vector<std::pair<std::string, std::string>>{
           {"ISO-8859-1", "\xE9"}, {"iso-8859-15", "\xA4"}, {"windows-1252", "\x92"}}) {
    EXPECT_EQ(read_files({{"a.xml", in_encoding(name, letter)}}).outcome.events.size(), 1u) << name;
  }
  EXPECT_THAT(refused_because(in_encoding("UTF-8", "\xE9")), HasSubstr("no well-formed XML"));
  EXPECT_THAT(refused_because(in_encoding("EBCDIC-FR", "e")), HasSubstr("an encoding"));
  EXPECT_THAT(refused_because(in_encoding("UTF-16", "e")), HasSubstr("an encoding"));
  std::string wide = "\xFF\xFE";
  for (const char c : in_encoding("UTF-16", "e")) {
    wide += {c, '\0'};
  }
  EXPECT_EQ(read_files({{"a.xml", wide}}).outcome.events.size(), 1u);
}

TEST(HostileCda, AZipBombIsRefused) {
  const std::string much(std::size_t{40} << 20, ' ');
  EXPECT_THAT(refused_because(zip_of({{"a.xml", with_problem + much}}), "b.zip"),
              HasSubstr("grows over 250 times"));
}

TEST(HostileCda, AGzipBombIsRefused) {
  const ScratchFolder folder = *ScratchFolder::make(std::filesystem::temp_directory_path(), "cda-");
  const std::filesystem::path path = folder.path() / "b.xml";
  const std::string much(std::size_t{40} << 20, ' ');
  ASSERT_TRUE(write_file(path, with_problem + much));
  ASSERT_EQ(std::system(("gzip " + path.string()).c_str()), 0);
  const Read read = read_paths({folder.path() / "b.xml.gz"});
  EXPECT_EQ(read.outcome.error, "");
  EXPECT_THAT(read.outcome.events, IsEmpty());
  ASSERT_EQ(read.outcome.bad_rows.size(), 1u);
  EXPECT_THAT(read.outcome.bad_rows[0], HasSubstr("grows over 250 times"));
}

TEST(HostileCda, AZipInAZipIsRefused) {
  const std::string inner = zip_of({{"a.xml", with_problem}});
  EXPECT_THAT(refused_because(zip_of({{"inner.zip", inner}}), "b.zip"),
              HasSubstr("a zip archive in a zip archive"));
}

TEST(HostileCda, ADamagedArchiveIsRefused) {
  const std::string zip = zip_of({{"DUPONT.xml", with_problem}});
  EXPECT_THAT(refused_because(zip.substr(0, zip.size() / 2), "b.zip"),
              HasSubstr("a packed file that is damaged"));
  std::string changed = zip;
  changed[zip.find("DUPONT.xml") + 40] ^= 0x55;
  const std::string refused = refused_because(changed, "b.zip");
  EXPECT_THAT(refused, testing::Not(HasSubstr("DUPONT")));
  EXPECT_THAT(refused, testing::StartsWith("b.zip#1:"));
}

TEST(HostileCda, NamesInAnArchiveAreNoPaths) {
  const Read read = read_files({{"a.zip", zip_of({{"../../etc/x.xml", with_problem},
                                                  {"/etc/passwd.xml", "<a/>"},
                                                  {"style.xsl", "<a/>"}})}});
  EXPECT_EQ(read.outcome.events.size(), 1u);
  EXPECT_THAT(read.left_out, ElementsAre("1 a file of an archive that is no CDA document"));
}

constexpr const char* xdm_document =
    R"(<rim:ExtrinsicObject mimeType="{}"><rim:Slot name="URI"><rim:ValueList><rim:Value>{}</rim:Value>
</rim:ValueList></rim:Slot><rim:Slot name="hash"><rim:ValueList><rim:Value>x.xml</rim:Value></rim:ValueList>
</rim:Slot></rim:ExtrinsicObject>)";

TEST(HostileCda, AnXdmArchiveHasTheDocumentsThatItsMetadataNames) {
  const auto document = [](const std::string& type, const std::string& uri) {
    return fmt::format(fmt::runtime(xdm_document), type, uri);
  };
  const std::string metadata =
      "<SubmitObjectsRequest xmlns:rim=\"urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0\">" +
      document("text/xml", "DOC0001.XML") + document("application/pdf", "DOC0002.PDF") +
      document("text/xml", "DOC0003.XML") + "</SubmitObjectsRequest>";
  const Read read = read_files({{"a.zip", zip_of({{"IHE_XDM/SUBSET01/METADATA.XML", metadata},
                                                  {"IHE_XDM/SUBSET01/DOC0001.XML", with_problem},
                                                  {"IHE_XDM/SUBSET01/DOC0002.PDF", "%PDF"},
                                                  {"IHE_XDM/SUBSET01/STYLE.XML", with_problem},
                                                  {"README.TXT", "hello"}})}});
  EXPECT_EQ(read.outcome.events.size(), 1u);
  EXPECT_THAT(read.outcome.bad_rows,
              ElementsAre("a.zip:1: a document that METADATA.XML names and the zip archive does "
                          "not hold"));
  EXPECT_THAT(read.left_out, ElementsAre("1 a file of an archive that is no CDA document"));
}

TEST(HostileCda, MetadataThatCannotBeReadIsRefused) {
  EXPECT_THAT(refused_because(zip_of({{"IHE_XDM/SUBSET01/METADATA.XML", "<a>"},
                                      {"IHE_XDM/SUBSET01/DOC0001.XML", with_problem}}),
                              "b.zip"),
              HasSubstr("ends before its last tag"));
}

}  // namespace
}  // namespace parcours::cda
