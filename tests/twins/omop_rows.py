"""Reads OMOP's tables as CSV in the plainest way and prints the rows that should come of them.

    omop_rows.py FILE...             reads the files
    omop_rows.py --made-up SEED DIR  first writes made-up tables into the folder, and reads those

It shares no code with the reader in src/omop; docs/formats/omop.md is what both follow. The forms of
codes are those of fhir_rows.py, units are read by ucum.py. It prints

    P number practice year sex place
    E number practice day kind system:code value
    S section items patients events refused left-out
"""
import collections
import csv
import datetime
import gzip
import math
import os
import random
import re
import sys

import fhir_rows
import ucum

csv.field_size_limit(10 ** 9)

VOCABULARIES = {"SNOMED": "snomed", "ICD10": "icd10", "CIM10": "icd10", "ICD10CM": "icd10cm", "ICD9CM": "icd9",
                "ICD9Proc": "icd9", "ICPC2": "icpc2", "LOINC": "loinc", "RxNorm": "rxnorm", "ATC": "atc",
                "CVX": "cvx", "NDC": "ndc", "CPT4": "cpt", "HCPCS": "hcpcs", "CCAM": "ccam", "UCUM": "ucum"}
# The kind, the day and what the names of the columns with a concept begin with.
TABLES = {"visit_occurrence": ("consultation", "visit_start_date", "visit"),
          "condition_occurrence": ("diagnosis", "condition_start_date", "condition"),
          "drug_exposure": ("prescription", "drug_exposure_start_date", "drug"),
          "procedure_occurrence": ("procedure", "procedure_date", "procedure"),
          "device_exposure": ("device", "device_exposure_start_date", "device"),
          "measurement": ("lab", "measurement_date", "measurement"),
          "observation": ("history", "observation_date", "observation"),
          "death": ("history", "death_date", None)}
UNCOUNTED = "person concept location provider care_site observation_period".split()
ORDER = dict(fhir_rows.ORDER, history="icd10 icd10cm icd9 icpc2 ccam snomed loinc", device="snomed hcpcs")
VITAL_CONCEPTS = "3036277 3025315 3038553 3004249 3012888 3027018 3024171 3020891 40762499".split()
VITAL_LOINC = """8302-2 3137-7 29463-7 3141-9 39156-5 8480-6 8462-4 8867-4 9279-1 8310-5 59408-5 2708-6 85354-9
    33452-4""".split()
DEPARTMENTS = r"\d\d|2A|2B|97\d"


class Refused(Exception):
    pass


def whole(number):
    return number[:-2] if number.endswith(".0") else number


def nothing(number):
    return number in ("", "0")


def table_of(path):
    name = os.path.basename(path).lower().split(".")[0].rstrip("0123456789-_ ")
    return name.removeprefix("cdm_").removeprefix("omop_")


def rows_of(path):
    """The rows by column name; None for one that is malformed."""
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        header = [name.strip().lower() for name in next(rows)]
        for row in rows:
            if row:
                yield dict(zip(header, row)) if len(row) == len(header) else None


def day_of(written):
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)-(\d\d)(?:[T ][0-9:.+TZ -]+)?|(\d\d)(\d\d))", written, re.ASCII)
    try:
        if match and 1800 <= int(match[1]) <= 2199:
            day = datetime.date(int(match[1]), int(match[2] or match[4]), int(match[3] or match[5]))
            return (day - datetime.date(1970, 1, 1)).days
    except ValueError:
        pass
    raise Refused


def year_of(written):
    match = re.match(r"\d{4}", written, re.ASCII)
    if not match or not 1850 <= int(match[0]) <= 2199:
        raise Refused
    if len(written) > 7:
        day_of(written)
    elif len(written) not in (4, 7) or (len(written) == 7 and not re.fullmatch(r"-(0[1-9]|1[0-2])", written[4:])):
        raise Refused
    return match[0]


def home(row):
    state, code, land = (row.get(name, "") for name in ("state", "zip", "country_source_value"))
    if land.lower() in ("fr", "fra", "france"):
        if re.fullmatch(DEPARTMENTS, state, re.ASCII):
            return state
        if not re.fullmatch(r"\d{5}", code, re.ASCII):
            return ""
        if code.startswith("20"):
            return {"0": "2A", "1": "2A", "2": "2B", "6": "2B"}.get(code[2], "")
        return code[:3] if code.startswith("97") else code[:2] if "01" <= code[:2] <= "95" else ""
    return state if re.fullmatch(r"[A-Za-z]{2}", state) else ""


def fits(system, code):
    if system == "omop":
        return re.fullmatch(r"0|[1-9]\d{0,9}", code, re.ASCII) and int(code) < 2 ** 31
    return len(code) <= 100 and code.isascii() and fhir_rows.FORMS[system](code.upper())


class Twin:
    def __init__(self, paths):
        self.paths = [(table_of(path), path) for path in paths]
        self.sections = collections.defaultdict(lambda: [0, 0, 0, 0])
        self.rows = []
        self.concepts = {}
        self.people = {}  # by number and practice
        self.known = {}  # by number: number and practice; None: of several

    def each(self, table):
        return (row for name, path in self.paths if name == table for row in rows_of(path))

    def count(self, section, fate):
        self.sections[section]["patient event refused left-out".split().index(fate)] += 1

    def run(self):
        for row in filter(None, self.each("concept")):
            system = VOCABULARIES.get(row["vocabulary_id"])
            if system and 0 < len(row["concept_code"].encode()) <= 255 and re.fullmatch(r"\d{1,9}", row["concept_id"]):
                self.concepts.setdefault(int(row["concept_id"]), (system, row["concept_code"]))
        homes, sites = {}, {}
        for row in filter(None, self.each("location")):
            homes.setdefault(row["location_id"], home(row))
        for row in filter(None, self.each("provider")):
            if not nothing(whole(row["care_site_id"])):
                sites.setdefault(whole(row["provider_id"]), whole(row["care_site_id"]))
        for row in self.each("person"):
            try:
                self.person(row, homes, sites)
            except Refused:
                self.count("person", "refused")
        for table, path in self.paths:
            if table in UNCOUNTED:
                continue
            for row in rows_of(path):
                if table not in TABLES:
                    self.count(table, "left-out")
                    continue
                try:
                    event = self.event(table, row)
                    self.count(table, "event" if event else "left-out")
                except (Refused, ValueError):
                    self.count(table, "refused")

    def person(self, row, homes, sites):
        if row is None:
            raise Refused
        get = lambda name: whole(row.get(name, ""))
        number, provider = get("person_id"), get("provider_id")
        if not number.strip(" \t"):
            raise Refused
        born = row.get("birth_datetime", "") if nothing(get("year_of_birth")) else get("year_of_birth")
        year = year_of(born) if born else "-"
        if not nothing(get("care_site_id")):
            practice = get("care_site_id")
        else:
            practice = sites.get(provider) or (provider if not nothing(provider) else "source")
        sex = {"8507": "male", "8532": "female"}.get(get("gender_concept_id"), "unknown")
        made = (number, practice, year, sex, homes.get(get("location_id")) or "-")
        who = made[:2]
        if self.known.setdefault(number, who) != who:
            self.known[number] = None
            raise Refused
        if who not in self.people:
            self.people[who] = made, born if len(born) > 7 else ""
            self.rows.append("P " + " ".join(made))
            return self.count("person", "patient")
        known, day = self.people[who]
        if known != made or (day and len(born) > 7 and day_of(day) != day_of(born)):
            self.known[number] = None
            raise Refused
        return self.count("person", "left-out")

    def coding(self, concept):
        if nothing(concept):
            return None
        known = self.concepts.get(int(concept)) if re.fullmatch(r"\d{1,9}", concept) else None
        return known or ("omop", concept)

    def event(self, table, row):
        if row is None:
            raise Refused
        get = lambda name: whole(row.get(name, ""))
        kind, day, word = TABLES[table]
        if table == "drug_exposure" and get("drug_type_concept_id") in ("32818", "38000180", "38000179", "43542358"):
            return False
        if table == "condition_occurrence" and get("condition_status_concept_id") in ("32899", "4033240", "32892"):
            return False
        if word is None:
            coding = self.coding("4306655")
        else:
            standard = get(word + "_concept_id")
            coding = self.coding(get(word + "_source_concept_id")) or self.coding(standard)
        if table == "measurement" and (standard in VITAL_CONCEPTS or
                                       (coding and coding[0] == "loinc" and coding[1] in VITAL_LOINC)):
            kind = "vital"
        if table == "drug_exposure" and coding and coding[0] == "cvx":
            kind = "vaccination"
        who = self.known.get(get("person_id"))
        number = self.value(table, row)
        if who is None or coding is None or coding[0] not in [*ORDER[kind].split(), "omop"] or not fits(*coding):
            raise Refused
        when = day_of(row[day])
        code = coding[0] + ":" + (coding[1] if coding[0] == "omop" else
                                  fhir_rows.with_point(coding[0], kind, coding[1].upper()))
        shown = "-"
        if number is not None and not math.isnan(number[0]):
            shown = ucum.written(ucum.kept(code, *number))
        self.rows.append(f"E {who[0]} {who[1]} {when} {kind} {code} {shown}")
        return True

    def value(self, table, row):
        """The number and its unit, or None."""
        text = row.get("value_as_number", "") if table in ("measurement", "observation") else ""
        if not text:
            return None
        if not re.fullmatch(r"-?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", text, re.ASCII) or math.isinf(float(text)):
            raise Refused
        if table == "measurement" and whole(row.get("operator_concept_id", "")) not in ("", "0", "4172703"):
            return None
        unit = self.coding(whole(row.get("unit_concept_id", "")))
        return float(text), unit[1] if unit and unit[0] == "ucum" else row.get("unit_source_value", "")


# --- made-up tables -------------------------------------------------------------------------------

CONCEPTS = {100: ("SNOMED", "195967001"), 101: ("ICD10CM", "J45.909"), 102: ("LOINC", "2345-7"),
            103: ("LOINC", "29463-7"), 104: ("UCUM", "mg/dL"), 105: ("CVX", "140"), 106: ("Own", "DUPONT"),
            107: ("ICD10", "j450"), 108: ("LOINC", "2345-8"), 109: ("RxNorm", "314076"), 110: ("ATC", "R03AC02"),
            111: ("ICD9CM", "25001"), 112: ("ICD9Proc", "4513"), 113: ("UCUM", "mmol/L"), 114: ("UCUM", "x y"),
            115: ("SNOMED", "195967002"), 116: ("CPT4", "99213"), 117: ("LOINC", "72514-3"), 118: ("NDC", "00069258710"),
            4306655: ("SNOMED", "419620001"), 119: ("HCPCS", "G0008"), 120: ("UCUM", "kg"), 121: ("CCAM", "DEQP003")}
COLUMNS = {"visit_occurrence": "visit_occurrence_id person_id visit_concept_id visit_start_date visit_source_concept_id",
           "condition_occurrence": "condition_occurrence_id person_id condition_concept_id condition_start_date "
           "condition_status_concept_id condition_source_value condition_source_concept_id",
           "drug_exposure": "drug_exposure_id person_id drug_concept_id drug_exposure_start_date drug_type_concept_id "
           "drug_source_concept_id",
           "procedure_occurrence": "person_id procedure_concept_id procedure_date procedure_source_concept_id",
           "device_exposure": "person_id device_concept_id device_exposure_start_date device_source_concept_id "
           "unique_device_id",
           "measurement": "person_id measurement_concept_id measurement_date operator_concept_id value_as_number "
           "unit_concept_id measurement_source_concept_id unit_source_value",
           "observation": "person_id observation_concept_id observation_date value_as_number unit_concept_id "
           "unit_source_value",
           "death": "person_id death_date", "drug_era": "person_id"}


class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.vocabulary = self.random.random() < 0.8

    def one(self, *values):
        return self.random.choice(values)

    def number(self, text):
        return self.one(*[str(text)] * 9, f"{text}.0")

    def concept(self):
        return self.number(self.one("", "0", *CONCEPTS, *CONCEPTS, 3036277, 40762499, 2147483648, "abc", "012"))

    def day(self):
        day = f"20{self.random.randint(10, 24)}-{self.random.randint(1, 12):02d}-{self.random.randint(1, 28):02d}"
        return self.one(*[day] * 12, day + " 00:00:00", day + "T10:30:00Z", day.replace("-", ""), day[:7], day[:4],
                        "2023-02-30", "", "soon", "1799-01-01")

    def field(self, column):
        if column == "person_id":
            return self.number(self.one(*range(1, 9), *range(1, 9), 99, ""))
        if column.endswith("_date"):
            return self.day()
        if column == "value_as_number":
            return self.one("", "5", "70", "7.25", "1e1", "-3", "many", "0", "100")
        if column == "unit_source_value":
            return self.one("", "mg/dL", "g/L", "kg", "mmol/L", "Mg/dL", "x y", "{score}")
        if column == "operator_concept_id":
            return self.one("", "", "0", "4172703", "4171756")
        if column == "drug_type_concept_id":
            return self.one("32838", "32838", "0", "32818", "38000180.0")
        if column == "condition_status_concept_id":
            return self.one("0", "", "32899", "32902")
        if column == "unit_concept_id":
            return self.one("", "0", "104", "104", "113", "114", "120", "102", "5")
        if column.endswith("_concept_id"):
            return self.concept()
        return self.one("", "7", "J45.909", "Jean Dupont", 'a "quoted", one')

    def person(self):
        return {"person_id": self.number(self.one(*range(1, 9))), "gender_concept_id": self.one("8507", "8532", "0"),
                "year_of_birth": self.one("1980", "1980", "", "0", "1700", "1990.0"),
                "birth_datetime": self.one("", "1990-05-06 00:00:00", "1990-05", "never"),
                "location_id": self.one("", "1", "2", "3", "4", "5"), "provider_id": self.one("", "0", "7", "8", "9"),
                "care_site_id": self.one("", "", "0", "10")}

    def write(self, folder):
        def put(table, rows):
            path = os.path.join(folder, table + self.one(".csv", "_1.csv", ".csv.gz"))
            with (gzip.open if path.endswith(".gz") else open)(path, "wt", encoding="utf-8", newline="") as file:
                csv.writer(file, delimiter=",", lineterminator=self.one("\n", "\r\n")).writerows(rows)
            paths.append(path)

        paths = []
        people = [self.person() for _ in range(14)]
        put("person", [list(people[0]), *([p.values() for p in people]), *self.one([], [["1"]])])
        if self.vocabulary:
            put("concept", [["concept_id", "vocabulary_id", "concept_code"], *([i, *c] for i, c in CONCEPTS.items()),
                            [100, "SNOMED", "44054006"], ["x", "SNOMED", "44054006"], [3]])
        put("location", [["location_id", "state", "zip", "country_source_value"], ["1", "MA", "02139", "US"],
                         ["2", "", "69003", "FR"], ["3", "2A", "20000", "France"], ["4", "", "20600", "fra"],
                         ["5", "Maine", "97400", "FR"], ["5", "MA", "", ""]])
        put("provider", [["provider_id", "care_site_id"], ["7", "11"], ["8", "0"], ["8", "12"]])
        for table, columns in COLUMNS.items():
            columns = columns.split()
            rows = [[self.field(column) for column in columns] for _ in range(self.random.randint(0, 40))]
            if rows and self.random.random() < 0.3:
                rows[-1] = rows[-1] + ["more"]
            put(table, [columns, *rows])
        return paths


def main(arguments):
    paths = Maker(int(arguments[1])).write(arguments[2]) if arguments[0] == "--made-up" else arguments
    twin = Twin(paths)
    twin.run()
    for row in sorted(twin.rows):
        print(row)
    for section, counts in sorted(twin.sections.items()):
        print("S", section, sum(counts), *counts)


if __name__ == "__main__":
    main(sys.argv[1:])
