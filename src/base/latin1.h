// Text in Latin-1 as UTF-8. The bytes 0x80 to 0x9F are those of Windows-1252, as browsers read them
// (https://encoding.spec.whatwg.org/#names-and-labels): a text that says it is Latin-1 and has them
// was written by Windows.
#pragma once

#include "base/byte_stream.h"

namespace parcours {

ByteStream from_latin1(ByteStream stream);

}  // namespace parcours
