// What is measured. Each bench takes the same setting and adds its figures; the order is the one in
// which they run.
#pragma once

#include <filesystem>

#include "base/error.h"
#include "bench/figures.h"

namespace parcours::bench {

struct Setting {
  std::filesystem::path folder;  // data is kept here from one run to the next
  bool full;                     // 4 million patients; else 200,000
  int threads = 2;
};

// Generating the panel, beside what it may take.
Status synth_bench(const Setting& setting, Figures& figures);

// Importing the panel's CSV, beside DuckDB's own COPY.
Status import_bench(const Setting& setting, Figures& figures);

// Taking a day's packages of all practices into a vault.
Status receive_bench(const Setting& setting, Figures& figures);

// Reading FHIR, beside simdjson merely walking the same bytes.
Status fhir_bench(const Setting& setting, Figures& figures);

// Reading CDA documents as rows, beside expat merely parsing them.
Status cda_bench(const Setting& setting, Figures& figures);

// Reading OMOP's tables as rows, beside DuckDB merely reading the files.
Status omop_bench(const Setting& setting, Figures& figures);

// Counting crowds, beside DuckDB's SQL for the same table.
Status count_bench(const Setting& setting, Figures& figures);

// Counting crowds, beside merely reading the columns that it needs; and how much of it is holding
// files against their digests.
Status reading_bench(const Setting& setting, Figures& figures);

// Counting with objections and permits, beside counting without.
Status formalities_bench(const Setting& setting, Figures& figures);

// Importing into an encrypted vault and counting it, beside one that is not encrypted.
Status encryption_bench(const Setting& setting, Figures& figures);

// Flat risk: counting classes beside DuckDB's GROUP BY, minimal uniques and attacks beside the
// peers' times.
Status microdata_bench(const Setting& setting, Figures& figures);

// A stranger's file of 200 columns: the guess of its columns and all figures of parcours risk,
// beside what they may take and DuckDB reading the same columns.
Status wide_bench(const Setting& setting, Figures& figures);

// Many releases from one vault, each judged together with those before it.
Status releases_bench(const Setting& setting, Figures& figures);

// Protecting tables of ten thousand to a million cells and auditing them.
Status protect_bench(const Setting& setting, Figures& figures);

// How many patients a few dated events single out, beside what it may take and DuckDB's SQL.
Status paths_bench(const Setting& setting, Figures& figures);

}  // namespace parcours::bench
