#include "cda/xml.h"

#include <expat.h>

#include <algorithm>
#include <array>
#include <new>
#include <vector>

namespace parcours::cda {
namespace {

constexpr std::size_t xml_block = std::size_t{1} << 16;

// The high half of windows-1252, and where ISO-8859-15 differs from ISO-8859-1.
constexpr std::array<int, 32> windows_1252 = {
    0x20AC, -1,     0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, -1,     0x017D, -1,     -1,     0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, -1,     0x017E, 0x0178};
struct Other {
  int byte;
  int letter;
};
constexpr std::array<Other, 8> iso_8859_15 = {{{0xA4, 0x20AC},
                                               {0xA6, 0x0160},
                                               {0xA8, 0x0161},
                                               {0xB4, 0x017D},
                                               {0xB8, 0x017E},
                                               {0xBC, 0x0152},
                                               {0xBD, 0x0153},
                                               {0xBE, 0x0178}}};

bool same_name(std::string_view a, std::string_view b) {
  const auto lowered = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::ranges::equal(a, b, {}, lowered, lowered);
}

int other_encoding(void*, const XML_Char* name, XML_Encoding* encoding) {
  const bool windows = same_name(name, "windows-1252") || same_name(name, "cp1252");
  if (!windows && !same_name(name, "iso-8859-15") && !same_name(name, "latin-9")) {
    return XML_STATUS_ERROR;
  }
  for (int i = 0; i < 256; ++i) {
    encoding->map[i] = i;
  }
  if (windows) {
    std::ranges::copy(windows_1252, encoding->map + 0x80);
  } else {
    for (const Other& other : iso_8859_15) {
      encoding->map[other.byte] = other.letter;
    }
  }
  encoding->data = nullptr;
  encoding->convert = nullptr;
  encoding->release = nullptr;
  return XML_STATUS_OK;
}

Defect defect_of(XML_Error error, bool at_the_end) {
  switch (error) {
    case XML_ERROR_UNKNOWN_ENCODING:
    case XML_ERROR_INCORRECT_ENCODING:
      return Defect::encoding;
    case XML_ERROR_NO_ELEMENTS:
    case XML_ERROR_UNCLOSED_TOKEN:
    case XML_ERROR_UNCLOSED_CDATA_SECTION:
    case XML_ERROR_PARTIAL_CHAR:
      return at_the_end ? Defect::cut_short : Defect::malformed;
    default:
      return Defect::malformed;
  }
}

}  // namespace

struct XmlReader::State {
  XML_Parser parser = nullptr;
  XmlHandler* handler = nullptr;
  std::size_t depth = 0;
  Defect defect = Defect::none;
  bool stopped = false;
  std::vector<char> spare = std::vector<char>(xml_block);

  // Lines are counted in what was handed to expat, up to the tag that is asked for.
  const char* block = nullptr;
  std::uint64_t block_from = 0;
  std::uint64_t counted_to = 0;
  std::uint64_t lines = 0;

  ~State() {
    if (parser != nullptr) {
      XML_ParserFree(parser);
    }
  }

  void count_to(std::uint64_t place) {
    if (place > counted_to) {
      lines += static_cast<std::uint64_t>(
          std::count(block + (counted_to - block_from), block + (place - block_from), '\n'));
      counted_to = place;
    }
  }

  void halt(Defect why) {
    defect = why;
    stopped = true;
    XML_StopParser(parser, XML_FALSE);
  }

  static State& of(void* data) { return *static_cast<State*>(data); }
  static void started(void* data, const XML_Char* name, const XML_Char** attributes) {
    State& state = of(data);
    if (state.stopped) {
      return;
    }
    if (++state.depth > most_levels) {
      return state.halt(Defect::too_deep);
    }
    state.handler->start(name, attributes);
  }
  static void ended(void* data, const XML_Char*) {
    State& state = of(data);
    if (!state.stopped) {
      --state.depth;
      state.handler->end();
    }
  }
  static void said(void* data, const XML_Char* text, int length) {
    State& state = of(data);
    if (!state.stopped) {
      state.handler->text({text, static_cast<std::size_t>(length)});
    }
  }
  static void doctype(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    of(data).halt(Defect::doctype);
  }
};

XmlReader::XmlReader() : state_(std::make_unique<State>()) {}
XmlReader::~XmlReader() = default;

Result<DefectAt> XmlReader::read(Bytes& bytes, XmlHandler& handler) {
  State& state = *state_;
  if (state.parser == nullptr) {
    state.parser = XML_ParserCreateNS(nullptr, '|');
    if (state.parser == nullptr) {
      throw std::bad_alloc();
    }
  } else {
    XML_ParserReset(state.parser, nullptr);
  }
  state.handler = &handler;
  state.depth = 0;
  state.defect = Defect::none;
  state.stopped = false;
  state.block_from = state.counted_to = state.lines = 0;
  XML_SetUserData(state.parser, &state);
  XML_SetElementHandler(state.parser, State::started, State::ended);
  XML_SetCharacterDataHandler(state.parser, nullptr);
  XML_SetStartDoctypeDeclHandler(state.parser, State::doctype);
  XML_SetUnknownEncodingHandler(state.parser, other_encoding, nullptr);

  std::uint64_t fed = 0;
  for (bool last = false; !last;) {
    ASSIGN_OR_RETURN(const std::size_t got, bytes.read(state.spare));
    last = got < state.spare.size();
    if (bytes.defect() != Defect::none) {
      return DefectAt{bytes.defect(), state.lines + 1};
    }
    if (fed + got > largest_document) {
      return DefectAt{Defect::too_large, state.lines + 1};
    }
    state.block = state.spare.data();
    const XML_Status status = XML_Parse(state.parser, state.spare.data(), static_cast<int>(got),
                                        last ? XML_TRUE : XML_FALSE);
    if (state.stopped) {
      return DefectAt{state.defect, state.lines + 1};
    }
    fed += got;
    if (status != XML_STATUS_OK) {
      const XML_Error error = XML_GetErrorCode(state.parser);
      if (error == XML_ERROR_NO_MEMORY) {
        throw std::bad_alloc();
      }
      return DefectAt{defect_of(error, last), XML_GetCurrentLineNumber(state.parser)};
    }
    const auto done = XML_GetCurrentByteIndex(state.parser);
    if (!last && done >= 0 && fed - static_cast<std::uint64_t>(done) > longest_token) {
      return DefectAt{Defect::long_token, XML_GetCurrentLineNumber(state.parser)};
    }
    state.count_to(fed);
    state.block_from = fed;
  }
  return DefectAt{};
}

void XmlReader::stop() {
  state_->halt(Defect::none);
}

void XmlReader::stop(Defect defect) {
  line();
  state_->halt(defect);
}

void XmlReader::want_text(bool wanted) {
  XML_SetCharacterDataHandler(state_->parser, wanted ? State::said : nullptr);
}

std::uint64_t XmlReader::line() {
  const auto place = XML_GetCurrentByteIndex(state_->parser);
  if (place > 0) {
    state_->count_to(static_cast<std::uint64_t>(place));
  }
  return state_->lines + 1;
}

}  // namespace parcours::cda
