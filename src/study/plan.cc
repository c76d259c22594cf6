#include "study/plan.h"

#include "base/mistakes.h"
#include "study/tied.h"

namespace parcours::study {

Plan::Plan(std::unique_ptr<const Tied> tied) : tied_(std::move(tied)) {}
Plan::Plan(Plan&&) noexcept = default;
Plan& Plan::operator=(Plan&&) noexcept = default;
Plan::~Plan() = default;

Result<Plan> Plan::make(const Study& study, const vocabulary::CodeBook& codes,
                        const vocabulary::Vocabulary& vocabulary,
                        std::span<const std::string> practices, Calendar calendar,
                        std::optional<std::pair<Day, Day>> vault_period) {
  Tying tying = tie(study, {codes, vocabulary, practices, calendar, vault_period});
  if (!tying.mistakes.empty()) {
    return std::unexpected(first_of(std::move(tying.mistakes), study_check_names_all));
  }
  return Plan(std::make_unique<const Tied>(std::move(tying.tied)));
}

std::vector<Error> Plan::mistakes(const Study& study, const vocabulary::CodeBook& codes,
                                  const vocabulary::Vocabulary& vocabulary,
                                  std::span<const std::string> practices, Calendar calendar,
                                  std::optional<std::pair<Day, Day>> vault_period) {
  return tie(study, {codes, vocabulary, practices, calendar, vault_period}).mistakes;
}

const std::vector<PlanTable>& Plan::tables() const {
  return tied_->tables;
}

const std::vector<PlanOverlap>& Plan::overlaps() const {
  return tied_->overlaps;
}

const std::vector<PlanNesting>& Plan::nestings() const {
  return tied_->nestings;
}

const std::vector<PlanContaining>& Plan::containings() const {
  return tied_->containings;
}

const std::vector<PlanMeanTie>& Plan::mean_ties() const {
  return tied_->mean_ties;
}

const std::vector<PlanMeanOrder>& Plan::mean_orders() const {
  return tied_->mean_orders;
}

records::EventColumns Plan::columns() const {
  return tied_->columns;
}

}  // namespace parcours::study
