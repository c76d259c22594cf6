"""Reads FHIR R4 in the plainest way and prints the rows that should come of it.

    fhir_rows.py FILE...             reads the files
    fhir_rows.py --made-up SEED DIR  first writes made-up files into the folder, and reads those

It shares no code with the reader in src/fhir; docs/formats/fhir.md is what both follow. Units are
read by ucum.py. It prints

    P number practice year sex place
    E number practice day kind system:code value
    S section items patients events refused left-out
"""
import collections
import datetime
import gzip
import json
import os
import re
import sys

import ucum
from ins import national

sys.setrecursionlimit(100_000)
HERE = os.path.dirname(os.path.abspath(__file__))

ORDER = {
    "consultation": "icpc2 snomed cpt act-code",
    "diagnosis": "icd10 icd10cm icd9 icpc2 drc snomed orpha",
    "prescription": "atc cip13 cip7 cis rxnorm ndc hcpcs snomed",
    "lab": "loinc nabm snomed",
    "vital": "loinc snomed",
    "vaccination": "atc cvx cip13 cip7 cis rxnorm ndc snomed",
    "allergy": "snomed atc cis cip13 rxnorm icd10 icd10cm",
    "procedure": "ccam snomed cpt hcpcs icd9",
}
READ = {
    "Encounter": ("consultation", "arrived triaged in-progress onleave finished",
                  "planned cancelled entered-in-error unknown"),
    "Observation": (None, "final amended corrected",
                    "registered preliminary cancelled entered-in-error unknown"),
    "MedicationRequest": ("prescription", "active on-hold completed stopped",
                          "cancelled entered-in-error draft unknown"),
    "Immunization": ("vaccination", "completed", "entered-in-error not-done"),
    "Procedure": ("procedure", "in-progress completed",
                  "preparation not-done on-hold stopped entered-in-error unknown"),
    "Condition": ("diagnosis", None, None),
    "AllergyIntolerance": ("allergy", None, None),
}
LEFT_OUT = """Account CarePlan CareTeam Claim Coverage Device DiagnosticReport DocumentReference
    ExplanationOfBenefit FamilyMemberHistory Goal Location Medication MedicationAdministration
    MedicationDispense MedicationStatement Organization Practitioner PractitionerRole Provenance
    ServiceRequest Specimen""".split()
NOT_DONE = "notDone notGiven notPerformed notTaken wasNotGiven wasNotTaken".split()
ERROR = {"entered-in-error", "723510000"}
NOT_SURE = {"refuted", "unconfirmed", "provisional", "differential", "2667000", "410516002",
            "410593006", "410594000", "723511001", "373572006", "410590009", "410592001", "415684004"}
SURE = {"confirmed", "410515003", "410591008", "410605003"}
NONE_CODES = set("""160243008 160244002 160245001 182849000 182904002 396782006 407559004 408350003 409137002 428197003
    428607008 429625007 716184000 716186003 716220001 787481004 1003774007""".split())


class Refused(Exception):
    pass


class LeftOut(Exception):
    pass


def first_wins(pairs):
    made = {}
    for key, value in pairs:
        made.setdefault(key, value)
    return made


def parse(text):
    def no(_):
        raise ValueError("no JSON")
    return json.loads(text, object_pairs_hook=first_wins, parse_constant=no)


def depth(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(depth, inner), default=0)


# Code systems -----------------------------------------------------------------------------------

def load_systems():
    systems = {}
    with open(os.path.join(HERE, "../../src/vocabulary/code_systems.csv"), encoding="utf-8") as file:
        for line in file.read().splitlines()[1:]:
            name, addresses, oids, _, _ = line.split(",")
            for called in [name, *addresses.split(), *oids.split()]:
                systems[called.lower()] = name
    return systems


SYSTEMS = load_systems()


def system_of(text):
    text = text.lower()
    if text.startswith("urn:oid:"):
        text = text[8:]
    return SYSTEMS.get(text) or SYSTEMS.get(text.rstrip("/"))


def verhoeff(digits):
    def times(a, b):  # in the group of symmetries of a pentagon
        return (a + b) % 5 if a < 5 and b < 5 else (a + b - 5) % 5 + 5 if a < 5 else \
            (a - b - 5) % 5 + 5 if b < 5 else (a - b) % 5
    step = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit)
        for _ in range(place % 8):
            value = step[value]
        total = times(total, value)
    return total == 0


def luhn(digits):
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value // 10 + value % 10
    return total % 10 == 0


FORMS = {
    "icd10": lambda c: re.fullmatch(r"[A-Za-z]\d[0-9A-Za-z](\.[0-9A-Za-z]{1,4}|[0-9A-Za-z]{0,4})", c),
    "icd10cm": lambda c: FORMS["icd10"](c),
    "icd9": lambda c: re.fullmatch(r"(V?\d{1,5}|E\d{1,4})(\.\d{1,2})?", c),
    "icpc2": lambda c: re.fullmatch(r"[A-Za-z]\d\d", c),
    "snomed": lambda c: re.fullmatch(r"[1-9]\d{5,17}", c) and verhoeff(c),
    "loinc": lambda c: re.fullmatch(r"\d{1,7}-\d", c) and luhn(c.replace("-", "")),
    "atc": lambda c: re.fullmatch(r"[A-Za-z](\d\d([A-Za-z]([A-Za-z](\d\d)?)?)?)?", c),
    "rxnorm": lambda c: re.fullmatch(r"\d{1,7}", c),
    "cvx": lambda c: re.fullmatch(r"\d{1,3}", c),
    # Of phone numbers that begin with 0 none is a drug's.
    "ndc": lambda c: re.fullmatch(r"(?!0[1-9])\d{11}|(?=[\d-]{12,13}$)(0\d{3}|00\d{3}|[1-9]\d{4})-\d{3,4}-\d{1,2}", c),
    "cip13": lambda c: re.fullmatch(r"34009\d{8}", c) and
    sum(int(d) * (1 + i % 2 * 2) for i, d in enumerate(c)) % 10 == 0,
    "cip7": lambda c: re.fullmatch(r"\d{7}", c),
    "cis": lambda c: re.fullmatch(r"6\d{7}", c),
    "ccam": lambda c: re.fullmatch(r"[A-Za-z]{4}\d{3}", c),
    "cpt": lambda c: re.fullmatch(r"\d{4}[0-9A-Za-z]", c),
    "hcpcs": lambda c: re.fullmatch(r"[A-Za-z]\d{4}", c),
    "act-code": lambda c: c in "AMB EMER FLD HH IMP ACUTE NONAC OBSENC PRENC SS VR".split(),
}


def choose(kind, codings):
    order = ORDER[kind].split()
    candidates = []
    for system, code in codings:
        name, code = system_of(system), code.strip(" \t")
        if code and name in order:
            candidates.append((order.index(name), -len(code), code))
    for rank, _, code in sorted(candidates):
        name = order[rank]
        if len(code) <= 100 and code.isascii() and FORMS[name](code.upper()):
            return f"{name}:{with_point(name, kind, code.upper())}"
    raise Refused


def with_point(name, kind, code):
    at = 3 if name in ("icd10", "icd10cm") else 0
    if name == "icd9":
        at = 2 if kind == "procedure" else 4 if code[0] == "E" else 3
    return code[:at] + "." + code[at:] if 0 < at < len(code) and "." not in code else code


# Elements ---------------------------------------------------------------------------------------

def text(thing, name):
    value = thing.get(name) if isinstance(thing, dict) else None
    return value if isinstance(value, str) else ""


def thing(of, name):
    value = of.get(name) if isinstance(of, dict) else None
    return value if isinstance(value, dict) else {}


def things(of, name):
    value = of.get(name) if isinstance(of, dict) else None
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def codes(concept):
    return [(text(c, "system"), text(c, "code")) for c in things(concept, "coding")]


def yes(of, name):
    """Whether it is there and is not false, however that is written."""
    return name in of and not (of[name] is False or text(of, name).lower() == "false")


def has(value, name):
    if isinstance(value, dict):
        return name in value or any(has(one, name) for one in value.values())
    return isinstance(value, list) and any(has(one, name) for one in value)


def whole_day(written):
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(T[0-9:.+TZ -]+)?", written, re.ASCII)
    if not match or not 1800 <= int(match[1]) <= 2199 or (match[4] and len(match[4]) < 2):
        raise Refused
    try:
        day = datetime.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise Refused from None
    return (day - datetime.date(1970, 1, 1)).days


def year(written):
    match = re.fullmatch(r"(\d{4})(-(\d\d)(-(\d\d)(T.*)?)?)?", written, re.ASCII)
    if not match or not 1850 <= int(match[1]) <= 2199:
        raise Refused
    try:
        datetime.date(int(match[1]), int(match[3] or 1), int(match[5] or 1))
    except ValueError:
        raise Refused from None
    return int(match[1])


def split_reference(written):
    """(form, base, path)"""
    if written.startswith("#"):
        return "contained", "", written[1:]
    if written.startswith("urn:"):
        return "urn", "", written
    if "?" in written:
        return "search", "", written
    match = re.fullmatch(r"((https?://.*)/)?([A-Za-z]+/[^/]+)", written.split("/_history/")[0])
    if not match:
        return "none", "", ""
    return ("absolute" if match[1] else "relative"), match[2] or "", match[3]


def version_of(resource):
    meta = thing(resource, "meta")
    number = text(meta, "versionId")
    number = int(number) if re.fullmatch(r"\d{1,18}", number, re.ASCII) else 0
    try:
        updated = datetime.datetime.fromisoformat(text(meta, "lastUpdated"))
        updated = updated.timestamp() if updated.tzinfo else 0
    except ValueError:
        updated = 0
    error = text(resource, "status") == "entered-in-error" or any(
        code in ERROR for _, code in codes(thing(resource, "verificationStatus")))
    return number, updated, error


# The source -------------------------------------------------------------------------------------

class Twin:
    def __init__(self, paths):
        self.resources = []  # (resource or None, full url, entry has a modifier)
        self.sections = collections.defaultdict(lambda: [0, 0, 0, 0])
        self.rows = []
        self.people = {}  # by number and practice: the row, and the birthday
        self.patients = {}  # by name: number and practice; None: two persons are called so
        self.addresses = {}
        self.drugs = {}
        self.deleted = set()
        self.latest = {}  # by name: the index of the resource that counts
        self.base = ""
        referenced = []
        for path in paths:
            self.read_file(path, referenced)
        named = [split_reference(url)[1] for resource, url, _ in self.resources
                 if resource["resourceType"] in ("Patient", "Medication") and url.startswith("http")]
        self.base = (named + referenced + [""])[0]

    def count(self, section, fate):
        self.sections[section][["patient", "event", "refused", "left out"].index(fate)] += 1

    def read_file(self, path, bases):
        with open(path, "rb") as file:
            raw = file.read()
        raw = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
        found = re.search(rb'"reference"\s*:\s*"(https?://[^"]*)/Patient/', raw)
        if found:
            bases.append(found[1].decode())
        try:
            self.document(parse(raw.decode("utf-8-sig")))
            return
        except ValueError:
            pass
        for line in raw.replace(b"\xef\xbb\xbf", b"").split(b"\n"):
            if line.strip():
                self.line(line)

    def line(self, line):
        at_head = re.match(rb'{"resourceType": ?"([A-Za-z]+)"', line)
        name = at_head[1].decode() if at_head else ""
        section = name if name in READ or name in LEFT_OUT or name in ("Patient", "Bundle") else \
            "(no resource)"
        try:
            value = parse(line.decode())
        except ValueError:
            self.count(section, "refused")
            return
        if depth(value) > 256:
            self.count(section, "refused")
        else:
            self.document(value)

    def document(self, value):
        if not isinstance(value, dict):
            self.count("(no resource)", "refused")
        elif text(value, "resourceType") != "Bundle":
            self.resource(value, "", False)
        else:
            for entry in value.get("entry", []):
                self.entry(entry)

    def entry(self, entry):
        request = thing(entry, "request")
        if "resource" not in entry or text(request, "method").lower() == "delete":
            self.count("Bundle", "left out")
            if text(request, "method").lower() == "delete":
                url = text(request, "url")
                parts = url.split("#")[0].split("/_history")[0].rstrip("/").split("/")
                if "?" not in url and len(parts) > 1 and any(parts[:-1]):
                    self.deleted.add("/".join(parts[-2:]))
        else:
            self.resource(entry["resource"], text(entry, "fullUrl"), "modifierExtension" in entry)

    def resource(self, value, url, modified):
        name = text(value, "resourceType")
        if not name:
            self.count("(no resource)", "refused")
        elif name == "Patient" or name in READ or name in LEFT_OUT:
            self.resources.append((value, url, modified))
        else:
            self.count("(no type of FHIR R4)", "refused")

    def find_latest(self):
        versions = {}
        for index, (resource, _, _) in enumerate(self.resources):
            name = self.name(resource, "")
            if resource["resourceType"] in READ and name:
                version = version_of(resource)
                if name not in versions or version > versions[name]:
                    versions[name] = version
                    self.latest[name] = index

    def run(self):
        self.find_latest()
        for reading in (self.patient, self.drug, self.event):
            for index, (resource, url, modified) in enumerate(self.resources):
                name = self.name(resource, "")
                if reading == self.event and self.latest.get(name, index) != index:
                    self.count(resource["resourceType"], "left out")
                else:
                    reading(resource, url, modified or has(resource, "modifierExtension"))

    def name(self, resource, url):
        return f"{resource['resourceType']}/{resource['id']}" if text(resource, "id") else url

    def add_address(self, url, name):
        if url and self.addresses.setdefault(url, name) != name:
            self.addresses[url] = ""

    def patient(self, resource, url, modified):
        if resource["resourceType"] != "Patient":
            return
        name = self.name(resource, url)
        if name in self.deleted:
            return self.count("Patient", "left out")
        if modified or "implicitRules" in resource or \
                any(text(link, "type") == "replaced-by" for link in things(resource, "link")):
            return self.count("Patient", "refused")
        self.add_address(url, name)
        try:
            number = self.national_number(resource) or text(resource, "id").strip(" \t")
            if not number:
                raise Refused
            born = year(resource["birthDate"]) if text(resource, "birthDate") else "-"
        except Refused:
            return self.count("Patient", "refused")
        sex = text(resource, "gender")
        row = (number, self.practice(resource), born,
               sex if sex in ("female", "male") else "unknown", self.place(resource) or "-")
        birthday = text(resource, "birthDate")[:10]
        birthday = birthday if len(birthday) == 10 else ""
        who = row[:2]
        if self.patients.setdefault(name, who) != who:
            self.patients[name] = None
            return self.count("Patient", "refused")
        if who not in self.people:
            self.people[who] = (row, birthday)
            self.rows.append("P " + " ".join(map(str, row)))
            self.count("Patient", "patient")
        else:
            known, known_day = self.people[who]
            same = known == row and (not birthday or not known_day or birthday == known_day)
            if not same:
                self.patients[name] = None
            self.count("Patient", "left out" if same else "refused")
        return None

    def national_number(self, patient):
        """The INS of the first root that has one, without its key."""
        for root in ("8", "9", "10", "11"):
            system = "1.2.250.1.213.1.4." + root
            found = {national(text(i, "value").strip(" \t"), root in ("10", "11"))
                     for i in things(patient, "identifier")
                     if text(i, "system").lower().strip(" \t").removeprefix("urn:oid:") == system
                     and text(i, "use") != "old"} - {""}
            if len(found) > 1:
                raise Refused
            if found:
                return found.pop()
        return ""

    def practice(self, patient):
        for reference in [thing(patient, "managingOrganization"),
                          *things(patient, "generalPractitioner")]:
            form, _, path = split_reference(text(reference, "reference"))
            found = path if form not in ("none", "contained") else \
                text(thing(reference, "identifier"), "value")
            if found:
                return found
        return "source"

    def place(self, patient):
        addresses = [a for a in things(patient, "address")
                     if text(a, "use") not in ("old", "temp", "billing")]
        addresses.sort(key=lambda a: text(a, "use") != "home")
        if not addresses:
            return ""
        address = addresses[0]
        country = text(address, "country").lower()
        if country in ("us", "usa", "united states", "united states of america"):
            return text(address, "state") if re.fullmatch("[A-Z]{2}", text(address, "state")) else ""
        french = any("1.2.250.1.213.1.4." in text(i, "system") for i in things(patient, "identifier"))
        if country not in ("fr", "fra", "france") and not (country == "" and french):
            return ""
        code = text(address, "postalCode")
        if not re.fullmatch(r"\d{5}", code, re.ASCII):
            return ""
        if code[:2] == "20":
            return {"0": "2A", "1": "2A", "2": "2B", "6": "2B"}.get(code[2], "")
        if code[:2] == "97":
            return code[:3]
        return code[:2] if "01" <= code[:2] <= "95" else ""

    def drug(self, resource, url, modified):
        if resource["resourceType"] != "Medication":
            return
        bad = modified or text(resource, "status") == "entered-in-error"
        found = [] if bad else codes(thing(resource, "code"))
        self.add_address(url, self.name(resource, url))
        if self.drugs.setdefault(self.name(resource, url), found) != found:
            self.drugs[self.name(resource, url)] = []

    def look_up(self, form, base, path):
        if form == "relative":
            return path
        address = path if form == "urn" else f"{base}/{path}"
        if address in self.addresses:
            return self.addresses[address]
        return path if form == "absolute" and base == self.base else ""

    def event(self, resource, _, modified):
        name = resource["resourceType"]
        if name == "Patient":
            return
        if name in LEFT_OUT or self.name(resource, "") in self.deleted:
            self.count(name, "left out")
            return
        items = [resource]
        if name == "Observation":
            components = [c for c in things(resource, "component") if "code" in c]
            own = any(key.startswith("value") for key in resource)
            items = components + ([resource] if own or not components else [])
        for item in items:
            try:
                self.item(name, resource, item, modified)
                self.count(name, "event")
            except Refused:
                self.count(name, "refused")
            except LeftOut:
                self.count(name, "left out")

    def item(self, name, resource, item, modified):
        if modified or "implicitRules" in resource:
            raise Refused
        kind, happened, other = READ[name]
        if happened is None:
            self.verification(resource)
        elif text(resource, "status") not in happened.split():
            raise LeftOut if text(resource, "status") in other.split() else Refused
        if name == "MedicationRequest" and (
                yes(resource, "doNotPerform") or yes(resource, "reportedBoolean") or
                "reportedReference" in resource or
                text(resource, "intent") not in ("order", "original-order", "reflex-order")):
            raise LeftOut
        if happened is not None and name != "Observation" and any(
                yes(resource, one) for one in NOT_DONE):
            raise LeftOut
        if name == "Observation" and "focus" in resource:
            raise LeftOut
        categories = {code for c in things(resource, "category") for _, code in codes(c)}
        if name == "Condition" and "health-concern" in categories and \
                not categories & {"problem-list-item", "encounter-diagnosis"}:
            raise LeftOut
        if name == "Observation":
            if not categories & {"vital-signs", "laboratory"}:
                raise LeftOut
            kind = "vital" if "vital-signs" in categories else "lab"
        who = self.subject(resource, name)
        found = self.codings(name, resource, item)
        value, unit = self.value(item) if name == "Observation" else (None, "")
        if self.patients.get(who) is None:
            raise Refused
        day = whole_day(self.day(name, resource))
        number, practice = self.patients[who]
        code = choose(kind, found)
        try:
            shown = "-" if value is None else ucum.written(ucum.kept(code, value, unit))
        except ValueError:
            raise Refused from None
        self.rows.append(f"E {number} {practice} {day} {kind} {code} {shown}")

    def verification(self, resource):
        if "verificationStatus" in resource:
            said = {code for _, code in codes(thing(resource, "verificationStatus"))}
            if said & (ERROR | NOT_SURE):
                raise LeftOut
            if not said & SURE:
                raise Refused

    def subject(self, resource, name):
        subject = thing(resource, "patient" if name in ("Immunization", "AllergyIntolerance")
                        else "subject")
        form, base, path = split_reference(text(subject, "reference"))
        if form not in ("relative", "absolute", "urn"):
            raise Refused
        if form != "urn" and not path.startswith("Patient/"):
            raise LeftOut
        return self.look_up(form, base, path)

    def codings(self, name, resource, item):
        if name == "Encounter":
            found = [c for one in things(resource, "type") for c in codes(one)]
            if isinstance(resource.get("class"), dict):
                found.append((text(resource["class"], "system"), text(resource["class"], "code")))
            return found
        if name == "MedicationRequest":
            found = codes(thing(resource, "medicationCodeableConcept"))
            if isinstance(resource.get("medicationReference"), dict):
                form, base, path = split_reference(
                    text(resource["medicationReference"], "reference"))
                if form == "contained":
                    for inner in things(resource, "contained"):
                        if text(inner, "resourceType") == "Medication" and \
                                text(inner, "id") == path and \
                                text(inner, "status") != "entered-in-error":
                            found += codes(thing(inner, "code"))
                elif form in ("relative", "absolute", "urn"):
                    found += self.drugs.get(self.look_up(form, base, path), [])
            return found
        found = codes(thing(item, "vaccineCode" if name == "Immunization" else "code"))
        if name in ("Condition", "AllergyIntolerance") and \
                any(code in NONE_CODES and system_of(system) == "snomed" for system, code in found):
            raise LeftOut
        return found

    def value(self, item):
        if "dataAbsentReason" in item:
            raise LeftOut
        named = [key for key in item if key.startswith("value")]
        if not named:
            raise LeftOut
        value, unit = item[named[0]], ""
        if named[0] == "valueQuantity":
            if not isinstance(value, dict) or "value" not in value:
                raise LeftOut
            comparator = "comparator" in value
            is_ucum = text(value, "code") and text(value, "system") == "http://unitsofmeasure.org"
            value, unit = value["value"], text(value, "code" if is_ucum else "unit")
        elif named[0] == "valueInteger":
            comparator = False
        else:
            return None, ""
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise Refused
        return (None, "") if comparator else (float(value), unit)

    def day(self, name, resource):
        def one(date, period):
            return text(resource, date) or text(thing(resource, period), "start")
        if name == "Encounter":
            return one("", "period")
        if name == "Observation":
            return one("effectiveDateTime", "effectivePeriod") or text(resource, "effectiveInstant")
        if name == "Procedure":
            return one("performedDateTime", "performedPeriod")
        if name in ("MedicationRequest", "Immunization"):
            return text(resource, "authoredOn" if name == "MedicationRequest"
                        else "occurrenceDateTime")
        return one("onsetDateTime", "onsetPeriod") or text(resource, "recordedDate")


def main(arguments):
    if arguments[:1] == ["--made-up"]:
        import fhir_made_up
        paths = fhir_made_up.write(int(arguments[1]), arguments[2])
    else:
        paths = arguments
    twin = Twin(paths)
    twin.run()
    for row in sorted(twin.rows):
        print(row)
    for section, counts in sorted(twin.sections.items()):
        print("S", section, sum(counts), *counts)


if __name__ == "__main__":
    main(sys.argv[1:])
