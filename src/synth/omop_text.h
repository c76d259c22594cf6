// Writes a practice as tables of the OMOP Common Data Model 5.4, one text a table. OMOP's reader
// (src/omop) makes the same rows of it as the mapping makes of the CSV, but for what OMOP does not
// tell apart: a vaccination is a drug exposure, an allergy is an observation, the peak flow is a
// measurement like a laboratory's; and sick leaves and the days of a prescription are not in it.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "synth/model.h"
#include "synth/practice.h"

namespace parcours::synth {

class OmopText {
 public:
  struct Table {
    std::string_view name;
    std::string_view header;
  };
  // In the order of the texts of append().
  static const std::array<Table, 8>& tables();

  explicit OmopText(const Model& model);

  void append(const PracticePlan& plan, const Practice& practice,
              std::vector<std::string>& texts) const;

  // The choices with which such tables are read; `period` is the label of what is sent.
  static std::string choices(std::string_view period);

 private:
  struct CodeText {
    std::size_t table = 0;  // of tables(); 0: OMOP cannot say it
    std::string code;       // the source's
    std::string_view concept_id = "0";
    bool measured = false;
  };

  const Model& model_;
  std::vector<CodeText> codes_;  // by code
};

}  // namespace parcours::synth
