"""Writes made-up FHIR files, good and bad, for fhir_rows.py. No record is of a real person."""
import gzip
import json
import os
import random

CODES = {
    "http://hl7.org/fhir/sid/icd-10": ["J45.0", "j450", "E11", "not a code", ""],
    "http://hl7.org/fhir/sid/icd-9-cm": ["4939", "E8859", "45.13", "4513", "V10", "e885"],
    "http://hl7.org/fhir/sid/ndc": ["0002-7510-01", "00002751001", "0002751001", "1-2-3"],
    "http://snomed.info/sct": ["195967001", "91302008", "430193006", "430193006", "716186003", "123456789", "160245001"],
    "http://loinc.org": ["8480-6", "2339-0", "8480-7", "x", "4548-4", "3016-3", "8310-5", "718-7", "6690-2", "98979-8",
                         "14959-1", "1920-8", "8867-4", "20565-8"],
    "http://www.whocc.no/atc": ["R03AC02", "r03ac02", "R03", "R0"],
    "http://www.nlm.nih.gov/research/umls/rxnorm/": ["1191", "314076"],
    "http://hl7.org/fhir/sid/cvx": ["140", "62"],
    "urn:oid:2.16.840.1.113883.6.96": ["430193006"],
    "http://terminology.hl7.org/CodeSystem/v3-ActCode": ["AMB", "VR"],
    "https://a.example/own": ["1"],
}
DAYS = ["2024-01-02", "2023-12-31T23:30:00-05:00", "2024-02-29", "2023-02-29", "2024-03", "2024", "",
        "soon", "20240102", "2024-01-02 10:30", "2024-05-06T07:08:09.123Z"]
STATUSES = ["finished", "completed", "active", "final", "stopped", "not-done", "entered-in-error",
            "unknown", "preliminary", "odd", "in-progress", "cancelled"]
BASES = ["https://a.example/fhir", "https://b.example/fhir"]


UNITS = ["mmol/L", "mg/dL", "g/L", "mm[Hg]", "mmHg", "kPa", "%", "mmol/mol", "mg/mmol", "m[IU]/L", "u[IU]/mL", "mU/L",
         "Cel", "[degF]", "\u00b0C", "K", "10*3/uL", "10^9/L", "G/L", "/mm3", "/\u00b5L", "{beats}/min", "bpm", "/s",
         "mL/min/{1.73_m2}", "U/L", "nkat/L", "ukat/L", "g/(24.h)", "kg.m-2", "cm[H2O]", "mol.s-3", "1", "{score}",
         "x", "mg/", "mg//L", "(g", "{a", "[x", "m+", "m99", "Cel/L", "da", "2g", "0", "", "", " mg/dL "]

FITTING = {"2339-0": ["mmol/L", "mg/dL", "g/L", " mg/dL "], "4548-4": ["%", "mmol/mol"],
           "3016-3": ["m[IU]/L", "u[IU]/mL", "mU/L", "mUI/L"], "8310-5": ["Cel", "[degF]", "\u00b0C", "K"],
           "718-7": ["g/dL", "g/L", "mmol/L"], "6690-2": ["10*3/uL", "10^9/L", "G/L", "/mm3"],
           "98979-8": ["mL/min/{1.73_m2}", "mL/min"], "14959-1": ["mg/mmol", "mg/g"],
           "1920-8": ["U/L", "nkat/L", "[IU]/L"], "8867-4": ["/min", "{beats}/min", "bpm", "/s"],
           "8480-6": ["mm[Hg]", "mmHg", "kPa"]}


class MadeUp:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.ids = [str(i) for i in range(1, 9)]

    def one(self, values):
        return self.random.choice(values)

    def maybe(self, share):
        return self.random.random() < share

    def concept(self, systems=None):
        systems = systems or list(CODES)
        return {"coding": [{"system": s, "code": self.one(CODES[s])}
                           for s in self.random.sample(systems, min(len(systems), self.random.randint(1, 3)))],
                "text": self.one(["x", "\u00e9t\u00e9", "modifierExtension"])}

    def day(self):
        return self.one(DAYS[:3] if self.maybe(0.85) else DAYS)

    def status(self, good):
        return good if self.maybe(0.85) else self.one(STATUSES)

    def patient_reference(self):
        one = self.one(self.ids)
        return {"reference": self.one([f"Patient/{one}"] * 40 + [
            f"{BASES[0]}/Patient/{one}", f"{BASES[1]}/Patient/{one}", f"Patient/{one}/_history/3",
            f"urn:uuid:{one}", "#p", "Patient?identifier=1", "Patient/nobody", "Group/1", "odd", ""]),
            **({"identifier": {"value": one}} if self.maybe(0.1) else {})}

    def national_identifier(self, one):
        whole = f"2{50 + self.ids.index(one) % 40}0275001001"
        made = {"system": self.one(["urn:oid:1.2.250.1.213.1.4.", "1.2.250.1.213.1.4."]) + self.one(["8", "9", "10"]),
                "value": self.one(["1", whole, f"{whole}{97 - int(whole) % 97:02d}", whole + "00"])}
        if self.maybe(0.2):
            made["use"] = self.one(["old", "official"])
        return made

    def patient(self):
        one = self.one(self.ids)
        made = {"resourceType": "Patient", "id": one}
        if self.maybe(0.7):
            made["birthDate"] = self.one(["1980-02-03", "1980", "1800", "1990-13", "19800203", "1980-02-03"])
        made["gender"] = self.one(["female", "male", "other"])
        if self.maybe(0.5):
            made["address"] = [{"use": self.one(["home", "old", "work"]),
                                "country": self.one(["FR", "US", "DE", ""]),
                                "postalCode": self.one(["69003", "20200", "97400", "00100"]),
                                "state": self.one(["KS", "Kansas"])}
                               for _ in range(self.random.randint(1, 2))]
        if self.maybe(0.2):
            made["identifier"] = [self.national_identifier(one)]
        if self.maybe(0.05):
            made.setdefault("identifier", []).append(self.national_identifier(self.one(self.ids)))
        if self.maybe(0.3):
            made["generalPractitioner"] = [{"reference": "Practitioner/d"}]
        if self.maybe(0.3):
            made["managingOrganization"] = self.one(
                [{"reference": f"{BASES[0]}/Organization/o"}, {"identifier": {"value": "f"}}, {}])
        if self.maybe(0.05):
            made["link"] = [{"type": "replaced-by"}]
        return made

    def quantity(self, units):
        made = {"value": self.one([5, 7.25, 98.6, 32, 0, 0.1, 1e20, -1e-7, 1200000, "5", None]), "unit": self.one(units)}
        if self.maybe(0.5):
            made["code"] = self.one(units)
            made["system"] = self.one(["http://unitsofmeasure.org"] * 4 + ["https://a.example/units"])
        if self.maybe(0.2):
            made["comparator"] = "<"
        return made if self.maybe(0.9) else {"unit": "x"}

    def add_value(self, to):
        kind = self.one(["valueQuantity"] * 4 + ["valueInteger", "valueString", "none"])
        units = UNITS
        if "code" in to and self.maybe(0.7):
            units = FITTING.get(to["code"]["coding"][0]["code"], UNITS)
        if kind != "none":
            to[kind] = {"valueQuantity": self.quantity(units), "valueInteger": 3, "valueString": "x"}[kind]
        if self.maybe(0.1):
            to["dataAbsentReason"] = {"text": "x"}

    def resource(self):
        kind = self.one(["Patient", "Encounter", "Condition", "Observation", "Observation",
                         "MedicationRequest", "Immunization", "AllergyIntolerance", "Procedure",
                         "Medication", "MedicationStatement", "DiagnosticReport", "Organization",
                         "Nothing"])
        if kind == "Patient":
            made = self.patient()
        else:
            made = getattr(self, kind.lower(), lambda: {})()
            made = {"resourceType": kind, "id": str(self.random.randint(1, self.one([30, 500]))),
                    **self.meta(), **made}
            made["patient" if kind in ("Immunization", "AllergyIntolerance") else "subject"] = \
                self.patient_reference()
        if self.maybe(0.03):
            self.one([made, made.setdefault("text", {})])["modifierExtension"] = [{"url": "x"}]
        if self.maybe(0.02):
            made["implicitRules"] = "x"
        if self.maybe(0.05):
            made[self.one(["notDone", "wasNotGiven", "focus"])] = self.one([True, "true", False])
        if self.maybe(0.2):
            order = list(made)
            self.random.shuffle(order)
            made = {key: made[key] for key in order}
        return made

    def meta(self):
        made = {}
        if self.maybe(0.4):
            made["versionId"] = self.one(["1", "2", "9", "10", "a"])
        if self.maybe(0.4):
            made["lastUpdated"] = self.one(
                ["2024-01-02T03:04:05.678+01:00", "2024-01-02T03:04:05Z", "2024-01-03", "soon"])
        return {"meta": made} if made else {}

    def encounter(self):
        return {"status": self.status("finished"), "type": [self.concept()],
                "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode",
                          "code": self.one(["AMB", "AMB", ""])},
                "period": {"start": self.day()}}

    def verified(self):
        return {"verificationStatus": {"coding": [{"code": self.one(
            ["confirmed"] * 6 + ["410605003", "410516002", "415684004", "723510000", "refuted", "provisional", "entered-in-error", "odd"])}]}} \
            if self.maybe(0.6) else {}

    def condition(self):
        made = {"code": self.concept(), "onsetDateTime": self.day(), **self.verified()}
        if self.maybe(0.5):
            made["recordedDate"] = self.day()
        if self.maybe(0.3):
            made["category"] = [{"coding": [{"code": self.one(
                ["health-concern", "problem-list-item"])}]}]
        return made

    def allergyintolerance(self):
        return {"code": self.concept(), "recordedDate": self.day(), **self.verified()}

    def observation(self):
        made = {"status": self.status("final"), "code": self.concept(["http://loinc.org"]),
                "category": [{"coding": [{"code": self.one(
                    ["laboratory", "vital-signs", "vital-signs", "survey"])}]}],
                "effectiveDateTime": self.day()}
        self.add_value(made)
        if self.maybe(0.3):
            made["component"] = []
            for _ in range(self.random.randint(0, 3)):
                component = {"code": self.concept(["http://loinc.org"])} if self.maybe(0.9) else {}
                self.add_value(component)
                made["component"].append(component)
        return made

    def reading(self):
        """A result of which only the value or its unit can be wrong."""
        code = self.one([*FITTING, "20565-8"])
        return {"resourceType": "Observation", "status": "final", "subject": {"reference": "Patient/r"},
                "category": [{"coding": [{"code": "laboratory"}]}], "effectiveDateTime": DAYS[0],
                "code": {"coding": [{"system": "http://loinc.org", "code": code}]},
                "valueQuantity": self.quantity(FITTING.get(code, UNITS) if self.maybe(0.8) else UNITS)}

    def medicationrequest(self):
        made = {"status": self.status("active"), "authoredOn": self.day(),
                "intent": self.one(["order"] * 5 + ["plan", "reflex-order", "filler-order"])}
        if self.maybe(0.6):
            made["medicationCodeableConcept"] = self.concept()
        else:
            made["medicationReference"] = {"reference": self.one(
                ["#d", f"Medication/{self.random.randint(1, 500)}", "urn:uuid:7"])}
            made["contained"] = [{"resourceType": "Medication", "id": "d", "code": self.concept()}]
        if self.maybe(0.1):
            made["doNotPerform"] = self.one([True, "true", "false", False])
        if self.maybe(0.05):
            made["reportedBoolean"] = self.maybe(0.5)
        return made

    def medication(self):
        return {"code": self.concept(), "status": self.status("active")}

    def immunization(self):
        return {"status": self.status("completed"), "vaccineCode": self.concept(),
                "occurrenceDateTime": self.day()}

    def procedure(self):
        return {"status": self.status("completed"), "code": self.concept(),
                "performedPeriod": {"start": self.day()}}

    def line(self):
        written = json.dumps(self.resource(), ensure_ascii=self.maybe(0.5),
                             separators=self.one([(",", ":"), (", ", ": ")]))
        if self.maybe(0.03):
            written = written[:self.random.randint(1, len(written) - 1)]
        if self.maybe(0.01):
            written = self.one(["[]", "{}", "{", "x", "[" * 300 + "]" * 300])
        return written + self.one(["\n", "\n", "\r\n", "\n\n"])

    def entry(self):
        made = {}
        if self.maybe(0.1):
            made["request"] = {
                "method": self.one(["DELETE", "delete"]),
                "url": self.one(["Patient/5", "Condition/7", "Observation/9", "/Procedure/3",
                                 f"{BASES[0]}/Encounter/4", "Condition/2/_history/1",
                                 "Observation?code=x"])}
            return made
        made["resource"] = self.resource()
        if self.maybe(0.7):
            made["fullUrl"] = self.one([f"urn:uuid:{made['resource']['id']}",
                                        f"{BASES[0]}/{made['resource']['resourceType']}/"
                                        f"{made['resource']['id']}"])
        if self.maybe(0.02):
            made["modifierExtension"] = []
        return made


def write(seed, folder):
    made = MadeUp(seed)
    paths = []
    for i in range(made.random.randint(1, 3)):
        if made.maybe(0.5):
            first = json.dumps(made.patient()) + "\n"
            text = first + "".join(made.line() for _ in range(made.random.randint(0, 150)))
        else:
            bundle = {"resourceType": "Bundle",
                      "type": made.one(["collection", "transaction", "searchset", "batch"]),
                      "entry": [made.entry() for _ in range(made.random.randint(0, 80))]}
            text = json.dumps(bundle, indent=made.one([None, 2]))
        raw = made.one([b"", b"\xef\xbb\xbf"]) + text.encode()
        paths.append(os.path.join(folder, f"{i}." + made.one(["json", "ndjson"])))
        with open(paths[-1], "wb") as file:
            file.write(gzip.compress(raw) if made.maybe(0.3) else raw)
    paths.append(os.path.join(folder, "readings.ndjson"))
    with open(paths[-1], "w", encoding="utf-8") as file:
        for resource in [{"resourceType": "Patient", "id": "r"}, *(made.reading() for _ in range(60))]:
            file.write(json.dumps(resource) + "\n")
    return paths
