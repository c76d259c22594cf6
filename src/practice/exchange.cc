#include "practice/exchange.h"

#include <fmt/format.h>

#include "base/files.h"
#include "post/package.h"
#include "practice/words.h"

namespace parcours::practice {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_receipt_bytes = std::size_t{1} << 20;

}  // namespace

Result<std::vector<Sent>> send(Office& office, const fs::path& to) {
  if (office.state().waiting.empty()) {
    return refuse(office.language(), words::nothing_waits());
  }
  std::vector<Sent> sent;
  const std::map<std::uint64_t, Waiting> waiting = office.state().waiting;
  for (const auto& [number, package] : waiting) {
    const fs::path from = office.package(number);
    ASSIGN_OR_RETURN(const std::string bytes, post::read_package(from));
    records::Digester digester;
    digester.take(bytes);
    if (digester.finish() != package.package) {
      return complain(office.language(), words::package_changed(), from.string());
    }
    const fs::path file = to / fmt::format("{}-{:06}.package", office.state().practice, number);
    RETURN_IF_ERROR(write_file(file, bytes));
    RETURN_IF_ERROR(office.note({.deed = Deed::send, .number = number}));
    sent.push_back({number, file});
  }
  return sent;
}

Result<Answered> take_receipt(Office& office, const fs::path& file) {
  ASSIGN_OR_RETURN(const std::string text, read_file(file, most_receipt_bytes));
  ASSIGN_OR_RETURN(post::Receipt receipt,
                   post::read_receipt(text, office.card().receipt, file.string()));
  const auto waiting = office.state().waiting.find(receipt.number);
  if (receipt.vault != office.card().vault || receipt.practice != office.state().practice ||
      waiting == office.state().waiting.end()) {
    return refuse(office.language(), words::no_such_package(receipt.number), file.string());
  }
  if (receipt.package != waiting->second.package) {
    return refuse(office.language(), words::other_package(receipt.number), file.string());
  }
  Entry entry{.deed = Deed::receipt,
              .number = receipt.number,
              .receipt = post::receipt_digest(receipt),
              .withdrawn = receipt.taken.withdrawn,
              .outcome = "taken"};
  for (const post::CutCount& cut : receipt.taken.cut) {
    entry.cut += cut.rows;
  }
  if (receipt.refused) {
    entry.outcome = "refused";
    entry.reason = post::to_string(receipt.refused->why);
    entry.next = receipt.refused->next_number;
  }
  RETURN_IF_ERROR(office.note(entry));
  RETURN_IF_ERROR(office.tidy());
  const bool waits = office.state().waiting.contains(receipt.number);
  return Answered{std::move(receipt), waits};
}

}  // namespace parcours::practice
