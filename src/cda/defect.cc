#include "cda/defect.h"

#include <fmt/format.h>

namespace parcours::cda {

std::string to_string(Defect defect) {
  switch (defect) {
    case Defect::none:
    case Defect::count_:
      break;
    case Defect::malformed:
      return "a file that is no well-formed XML";
    case Defect::cut_short:
      return "a document that ends before its last tag";
    case Defect::encoding:
      return "an encoding that is not the one declared, or none of UTF-8, UTF-16, ISO-8859-1, "
             "ISO-8859-15 and windows-1252";
    case Defect::doctype:
      return "a document with a DOCTYPE; a CDA document has none";
    case Defect::too_deep:
      return fmt::format("elements nested over {} levels deep", most_levels);
    case Defect::long_token:
      return fmt::format("a tag or a comment of over {} bytes", longest_token);
    case Defect::too_large:
      return fmt::format("a document of over {} bytes", largest_document);
    case Defect::too_many_elements:
      return fmt::format("a document of over {} elements", most_elements);
    case Defect::bomb:
      return fmt::format("a packed file that grows over {} times when it is unpacked", most_growth);
    case Defect::not_cda:
      return "an XML file that is no CDA document";
    case Defect::two_documents:
      return "two documents in one file; each needs a file of its own";
    case Defect::several_patients:
      return "a document about no patient, or about several; each needs a document of its own";
    case Defect::damaged:
      return "a packed file that is damaged";
    case Defect::encrypted:
      return "a member of a zip archive that is encrypted; pack it without a password";
    case Defect::zip_in_zip:
      return "a zip archive in a zip archive; unpack the outer one first";
    case Defect::too_many_members:
      return fmt::format("a zip archive of over {} members", most_members);
    case Defect::missing_member:
      return "a document that METADATA.XML names and the zip archive does not hold";
  }
  return "";
}

}  // namespace parcours::cda
