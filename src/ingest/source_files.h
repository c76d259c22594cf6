// The files of a source that a user names, and how each begins.
//
// G1: a folder is read with all folders in it, in order of name; hidden files and links in it are
//     passed over.
// G2: a file that was found in a folder is shown by its place in the folder, as its name may be a
//     patient's: "export/#17" is what `find . -type f -not -path '*/.*' | LC_ALL=C sort` has in
//     line 17 there. It is shown by its name if it lies in the folder itself and is called after a
//     word that the form has for it, with numbers at most: "Condition.000.ndjson.gz".
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/named_file.h"

namespace parcours::ingest {

// Whether a form calls files so; in small letters, without numbers and endings: "condition".
using FileWord = std::function<bool(std::string_view word)>;

// Each file once, in order of name. An error for a name of nothing, and for more than 5 million
// files.
Result<std::vector<NamedFile>> files_of(const std::vector<std::string>& what,
                                        const FileWord& is_word);

// A file's first 64 KB, unzipped.
Result<std::string> head_of(const NamedFile& file);

}  // namespace parcours::ingest
