// Writes a practice as lines of CSV, as its software would send it and as a flat export.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "synth/model.h"
#include "synth/practice.h"

namespace parcours::synth {

inline constexpr std::string_view patients_header = "patient,practice,birth_year,sex,department\n";
inline constexpr std::string_view events_header = "patient,practice,date,kind,code,value\n";
inline constexpr std::string_view export_header =
    "patient,birth_year,sex,region,date,kind,code,value\n";

// Eight characters for the patient of that number in the panel: each its own, and in no order.
std::array<char, 8> patient_code(std::uint64_t seed, std::uint64_t number);

class PracticeText {
 public:
  // `practices`: of the panel, for the width of their names. `detail` as in Manner.
  PracticeText(const Model& model, std::uint32_t practices, int detail);

  // "P0012"
  std::string name(std::uint32_t number) const;

  void append_patients(const PracticePlan& plan, const Practice& practice, std::string& text) const;
  void append_events(const PracticePlan& plan, const Practice& practice, std::string& text) const;
  void append_export(const PracticePlan& plan, const Practice& practice, std::string& text) const;

  // How the source writes a code: as it is, or by one of its own that begins with it.
  std::string source_code(CodeNumber code, int detail) const;

 private:
  const std::string& text_of(const Event& event) const {
    return codes_[std::size_t{event.code} * static_cast<std::size_t>(detail_) + event.detail];
  }

  const Model& model_;
  const int width_;
  const int detail_;
  std::vector<std::string> days_;   // by day of the period: ",2023-03-06"
  std::vector<std::string> codes_;  // by code and detail: ",diagnosis,J45.0,"
};

}  // namespace parcours::synth
