"""Reads units of measure in the plainest way, with exact fractions, for fhir_rows.py and cda_rows.py.

It shares no code with src/vocabulary/units.cc and measures.cc; docs/formats/units.md is what both follow,
and units.csv and measures.csv are read as data.

    kept("loinc:2345-7", 5.5, "mmol/L")    0.99088, as the code is kept in g/L; ValueError where it is refused
    written(0.5)                           "0.5", as C++ writes it
"""
import csv
import decimal
import math
import os
import re
from fractions import Fraction

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../src/vocabulary")
MOST = 30  # of an exponent
PREFIXES = {"Y": 24, "Z": 21, "E": 18, "P": 15, "T": 12, "G": 9, "M": 6, "k": 3, "h": 2, "da": 1, "d": -1,
            "c": -2, "m": -3, "u": -6, "n": -9, "p": -12, "f": -15, "a": -18, "z": -21, "y": -24}
OFFSETS = {"Cel": Fraction("273.15"), "[degF]": Fraction("459.67")}
SPELLINGS = {"\u00b5": "u", "\u03bc": "u", "\u00b2": "2", "\u00b3": "3"}
CANONICAL = """1 g cm s L Cel mm[Hg] g/L mmol/L mol 10*9/L U/L [IU]/L [IU] /min L/min kg/m2 m2 kcal W
    g/mol m/s g/d""".split()

# An atom with its exponent, a number, or nothing but what follows: notes in braces.
COMPONENT = re.compile(r"(?:(?P<atom>10[*^]|(?:\[[^\]]*\]|[^0-9./(){}+\-\[])+)(?P<power>[+-]?[0-9]+)?"
                       r"|(?P<number>[0-9]+)|(?={))(?:{[^{}]*})*")


class Unit:
    def __init__(self, factor=1, dimensions=(), offset=0):
        self.factor, self.offset = Fraction(factor), Fraction(offset)
        self.dimensions = {name: power for name, power in dict(dimensions).items() if power}
        if any(abs(power) > MOST for power in self.dimensions.values()):
            raise ValueError("an exponent that is too large")

    def times(self, other, power):
        """Multiplied with a power of another."""
        if self.offset or other.offset:
            raise ValueError("a temperature with a zero of its own stands alone")
        powers = {name: self.dimensions.get(name, 0) + power * other.dimensions.get(name, 0)
                  for name in {*self.dimensions, *other.dimensions}}
        return Unit(self.factor * other.factor ** power, powers)


def atom(name):
    if name in ATOMS:
        return ATOMS[name][0]
    for prefix, power in PREFIXES.items():
        unit, metric = ATOMS.get(name[len(prefix):], (None, "no"))
        if name.startswith(prefix) and (metric == "yes" or (metric == "small" and power <= 3)) and not unit.offset:
            return Unit(unit.factor * Fraction(10) ** power, unit.dimensions)
    raise ValueError("no unit")


def component(text, at):
    """The unit that begins there, and where it ends."""
    if text[at:at + 1] == "(":
        unit, at = term(text, *component(text, at + 1))
        if text[at:at + 1] != ")":
            raise ValueError("not closed")
        return unit, at + 1
    found = COMPONENT.match(text, at)
    if not found:
        raise ValueError("no unit")
    if found["number"]:
        if not 0 < int(found["number"]) < 2 ** 32:
            raise ValueError("no number")
        return Unit(int(found["number"])), found.end()
    unit = atom(found["atom"]) if found["atom"] else Unit()
    power = int(found["power"] or 1)
    if abs(power) > MOST:
        raise ValueError("an exponent that is too large")
    return unit if power == 1 else Unit().times(unit, power), found.end()


def term(text, unit, at):
    while text[at:at + 1] in (".", "/"):
        sign = 1 if text[at] == "." else -1
        right, at = component(text, at + 1)
        unit = unit.times(right, sign)
    return unit, at


def parse(text):
    """ValueError for what is no unit."""
    if not 0 < len(text.encode()) <= 60:
        raise ValueError("no unit")
    for spelling, plain in SPELLINGS.items():
        text = text.replace(spelling, plain)
    if text in ATOMS:
        return ATOMS[text][0]
    text = SPELLED.get(text, text)
    unit, at = term(text, *((Unit(), 0) if text[0] == "/" else component(text, 0)))
    if at != len(text):
        raise ValueError("no unit")
    return unit


def load(name):
    with open(os.path.join(DATA, name), encoding="utf-8") as file:
        return list(csv.DictReader(file))


SPELLED = {}
ATOMS = {}
for row in load("units.csv"):
    if row["of"]:
        of = parse(row["of"])
        made = Unit(of.factor * Fraction(row["value"]), of.dimensions, OFFSETS.get(row["atom"], of.offset))
    else:
        made = Unit(1, {row["atom"]: 1})
    ATOMS[row["atom"]] = (made, row["metric"])
SPELLED = {row["written"]: row["ucum"] for row in load("unit_spellings.csv")}
RANGES = [(row["unit"], float(row["least"]), float(row["most"])) for row in load("value_ranges.csv")]
MEASURES = {"loinc:" + row["code"]: row for row in load("measures.csv")}


def twelve_digits(exact):
    digits = decimal.Context(prec=12, rounding=decimal.ROUND_HALF_EVEN)
    value = float(digits.divide(decimal.Decimal(exact.numerator), decimal.Decimal(exact.denominator)))
    if not math.isfinite(value):
        raise ValueError("no finite number")
    return value


def converted(value, unit, to):
    exact = (Fraction(value) + unit.offset) * unit.factor / to.factor - to.offset
    if (unit.offset or to.offset) and abs(exact) < 1000:
        exact = round(exact, 10)
    return twelve_digits(exact)


def activity(unit):
    """[IU] read as U."""
    power = unit.dimensions.get("[IU]", 0)
    if not power:
        return unit
    return Unit(unit.factor, {**unit.dimensions, "[IU]": 0}).times(parse("U"), power)


def check_range(value, text):
    """ValueError for what nothing measured has, in the unit of the text."""
    for name, least, most in RANGES:
        if name == "*" or (parse(text).dimensions == parse(name).dimensions if name and text else name == text):
            of = Unit() if not name else Unit(1, parse(text).dimensions) if name == "*" else parse(name)
            if text:
                least, most = (converted(limit, of, parse(text)) for limit in (least, most))
            if not least <= value <= most:
                raise ValueError("nothing measured has it")
            return


def kept(code, value, text):
    """The value in the unit in which the code's are kept. ValueError: the fact is refused."""
    if not math.isfinite(value):
        raise ValueError("no finite number")
    check_range(value, text.strip(" \t"))
    measure = MEASURES.get(code)
    text = text.strip(" \t")
    if not text:
        if measure:
            raise ValueError("no unit")
        return value
    unit = parse(text)
    if not measure:
        same = [one for one in map(parse, CANONICAL) if one.dimensions == unit.dimensions]
        return converted(value, unit, same[0] if same else Unit(1, unit.dimensions))
    to = parse(measure["unit"])
    if measure["measure"] == "HBA1C" and not unit.dimensions and unit.factor == Fraction(1, 1000):
        return twelve_digits(Fraction("0.09148") * Fraction(value) + Fraction("2.152"))
    if measure["units_of_activity"] == "yes":
        unit, to = activity(unit), activity(to)
    more = unit.dimensions.get("mol", 0) - to.dimensions.get("mol", 0)
    if measure["molar_mass"] and more:
        unit = unit.times(Unit(Fraction(measure["molar_mass"]), {"g": 1, "mol": -1}), more)
    if unit.dimensions != to.dimensions:
        raise ValueError("a unit that the code cannot have")
    return converted(value, unit, to)


def written(value):
    return repr(float(value)).removesuffix(".0")
