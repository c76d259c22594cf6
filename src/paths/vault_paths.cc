#include "paths/vault_paths.h"

namespace parcours {

Result<PathsRead> read_paths(const Vault& vault, Progress& progress, const Stop& stop) {
  ASSIGN_OR_RETURN(BucketReader reader, vault.reader({.day = true}));
  PathsBuilder builder;
  std::uint32_t patients = 0;
  progress.begin("reading the vault", static_cast<std::uint64_t>(vault.buckets()));
  for (int b = 0; b < vault.buckets(); ++b) {
    if (stop.requested()) {
      return stopped();
    }
    ASSIGN_OR_RETURN(const Bucket* bucket, reader.read(b));
    for (std::size_t i = 0; i < bucket->patients(); ++i) {
      const Record record = bucket->record(i);
      for (std::size_t event = 0; event < record.size(); ++event) {
        builder.add(patients, record.codes[event], record.days[event].number);
      }
      patients += record.size() > 0 ? 1 : 0;
    }
    progress.add(1);
  }
  progress.end();
  if (patients == 0) {
    return bad_input("the vault holds no event", vault.path().string());
  }
  const std::uint64_t events = builder.events();
  ASSIGN_OR_RETURN(Paths paths, std::move(builder).build({}, {}, stop));
  return PathsRead{std::move(paths), events, 0, vault.calendar()};
}

}  // namespace parcours
