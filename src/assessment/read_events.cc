#include "assessment/read_events.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <iterator>
#include <mutex>
#include <span>
#include <stop_token>
#include <thread>

#include "paths/field_stand_ins.h"
#include "paths/vault_paths.h"

namespace parcours::assessment {
namespace {

// Keeps progress in sight during one long statement, which cannot tell how far it has come.
class Ticking {
 public:
  Ticking(Progress& progress, const char* what)
      : progress_(progress), thread_([this](const std::stop_token& over) {
          std::unique_lock lock(mutex_);
          while (!wake_.wait_for(lock, over, std::chrono::milliseconds(200), [] {
            return false;
          }) && !over.stop_requested()) {
            progress_.add(0);
          }
        }) {
    progress_.begin(what, 0);
  }
  Ticking(const Ticking&) = delete;
  Ticking& operator=(const Ticking&) = delete;
  ~Ticking() {
    thread_.request_stop();
    thread_.join();
    progress_.end();
  }

 private:
  Progress& progress_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;
};

// The people by the names that attackers' files use, by their columns' own, and by a column that
// says who somebody is where the table has that: all in one reading.
Status add_people(exports::Persons& persons, const std::vector<std::string>& wanted,
                  const std::string& person, EventsRead& result, const Stop& stop) {
  if (!persons.patient()) {
    return {};
  }
  std::vector<exports::AskedColumn> asked = persons.called(wanted);
  const auto named = static_cast<std::ptrdiff_t>(asked.size());
  const std::optional<exports::AskedColumn> who =
      person.empty() ? std::nullopt : persons.column(person);
  for (exports::AskedColumn& column : persons.asked()) {
    if (!who || column.column.name != who->column.name) {
      asked.push_back(std::move(column));
    }
  }
  if (who) {
    asked.push_back(*who);
  }
  ASSIGN_OR_RETURN(paths::People all, paths::read_people(persons, asked, result.read, stop));
  if (who) {
    result.who = std::move(all.back());
    all.pop_back();
  }
  result.known.assign(std::make_move_iterator(all.begin() + named),
                      std::make_move_iterator(all.end()));
  all.resize(static_cast<std::size_t>(named));
  result.named = std::move(all);
  return {};
}

// Who somebody is, where the table of persons does not say it: in the first file that has the
// column.
Status add_who(Inputs& inputs, const std::string& person, EventsRead& result, const Stop& stop) {
  ASSIGN_OR_RETURN(std::optional<exports::Persons> persons, inputs.persons_with(person));
  if (!persons) {
    return bad_input(fmt::format("there is no column '{}' to say who is who", person),
                     inputs.all()[0].file.path().string(),
                     "--person names a column that both exports have");
  }
  const exports::AskedColumn column = *persons->column(person);
  ASSIGN_OR_RETURN(paths::People who,
                   paths::read_people(*persons, std::span(&column, 1), result.read, stop));
  result.who = std::move(who[0]);
  return {};
}

}  // namespace

Result<std::optional<EventsRead>> read_events(Inputs& inputs, Progress& progress,
                                              const Stop& stop) {
  ASSIGN_OR_RETURN(std::optional<Inputs::Events> events, inputs.events(stop));
  if (!events) {
    return std::nullopt;
  }
  EventsRead result;
  ASSIGN_OR_RETURN(result.read, paths::read_paths(events->file, events->roles, progress, stop));
  return result;
}

Result<EventsRead> with_people(EventsRead events, Inputs& inputs,
                               const std::vector<std::string>& wanted, const std::string& person,
                               Progress& progress, const Stop& stop) {
  const Ticking ticking(progress, "reading what the lines say of each patient");
  ASSIGN_OR_RETURN(exports::Persons * persons, inputs.persons(stop));
  if (persons != nullptr) {
    RETURN_IF_ERROR(add_people(*persons, wanted, person, events, stop));
  }
  for (paths::People* people : {&events.named, &events.known}) {
    const std::vector<StandIn> found = paths::stand_ins(
        *people, persons == nullptr ? std::span<const exports::PersonColumn>()
                                    : std::span<const exports::PersonColumn>(persons->columns));
    *people = paths::without_stand_ins(std::move(*people), found);
    events.stand_ins = found;
  }
  if (!person.empty() && !events.who) {
    RETURN_IF_ERROR(add_who(inputs, person, events, stop));
  }
  return events;
}

Result<EventsRead> read_events(const vault::Vault& vault, const std::vector<std::string>& unknown,
                               int threads, Progress& progress, const Stop& stop) {
  EventsRead result;
  ASSIGN_OR_RETURN(result.read, paths::read_paths(vault, threads, progress, stop));
  ASSIGN_OR_RETURN(result.named, paths::read_people(vault, result.read, progress, stop));
  for (const paths::PersonField& field : result.named) {
    if (field.name != "region" && std::ranges::find(unknown, field.name) == unknown.end()) {
      result.known.push_back(field);
    }
  }
  return result;
}

}  // namespace parcours::assessment
