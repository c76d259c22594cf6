#include "ingest/source_names.h"

#include "ingest/words.h"

namespace parcours::ingest {

void SourceNames::note(std::string_view name) {
  constexpr std::size_t shortest = 3;
  for (const Word& word : words_in(name)) {
    if (word.letters && word.folded.size() >= shortest) {
      hashes_.insert(hash(word.folded));
    }
  }
}

}  // namespace parcours::ingest
