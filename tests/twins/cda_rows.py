#!/usr/bin/env python3
"""A slow twin of src/cda: reads documents of HL7's CDA R2 in the plainest way, with Python's standard
library and ucum.py alone, and says which rows come of them.

    cda_rows.py read CODE_SYSTEMS.csv FILE...    patients (P), events (E) and counts by section (S)
    cda_rows.py make SEED FOLDER                 writes random made-up documents

The lines are those that the tests of src/cda compare (src/ingest/testing/outcome.h).
"""
import csv
import datetime
import gzip
import io
import os
import random
import re
import sys
import xml.etree.ElementTree as ET
import zipfile

import ucum
from ins import national

HL7 = '{urn:hl7-org:v3}'
PHARM = '{urn:ihe:pharm:medication}'
XSI = '{http://www.w3.org/2001/XMLSchema-instance}type'
LOINC, SNOMED, ACT = '2.16.840.1.113883.6.1', '2.16.840.1.113883.6.96', '2.16.840.1.113883.5.4'
INS = ['1.2.250.1.213.1.4.8', '1.2.250.1.213.1.4.9', '1.2.250.1.213.1.4.10', '1.2.250.1.213.1.4.11']
ANS = '1.2.250.1.213.1.1.'
IHE = '1.3.6.1.4.1.19376.1.'
PCC = IHE + '5.3.1.'

ORDERS = {
    'consultation': 'icpc2 snomed cpt act-code',
    'diagnosis': 'icd10 icd10cm icd9 icpc2 drc snomed orpha',
    'prescription': 'atc cip13 cip7 cis rxnorm ndc hcpcs snomed',
    'lab': 'loinc nabm snomed',
    'vital': 'loinc snomed',
    'vaccination': 'atc cvx cip13 cip7 cis rxnorm ndc snomed',
    'allergy': 'snomed atc cis cip13 rxnorm icd10 icd10cm',
    'history': 'icd10 icd10cm icd9 icpc2 ccam snomed loinc',
    'procedure': 'ccam snomed cpt hcpcs icd9',
}

TYPES = [('CNAM-HR', [ANS + '1.36']), ('VSM', [ANS + '1.13']), ('IPS', [ANS + '1.51', '2.16.840.1.113883.10.22.1.1']),
         ('CR-BIO', [ANS + '1.55', IHE + '3.3']), ('TROD', [ANS + '1.59']), ('eP', [ANS + '1.39', IHE + '9.1.1.1']),
         ('eDISP', [ANS + '1.54', IHE + '9.1.1.3']), ('VAC', [ANS + '1.37', ANS + '1.46', PCC + '1.18.1.2']),
         ('CS', [ANS + '1.5'])]
CODES = {'SYNTH': 'VSM', '60591-5': 'IPS', '11502-2': 'CR-BIO', '96173-0': 'TROD', '57833-6': 'eP', '60593-1': 'eDISP',
         '11369-6': 'VAC', '87273-9': 'VAC', 'CERT_DECL': 'CS'}

ROLES = {
    'problems': ([PCC + '3.6', ANS + '2.132'], ['11450-4']),
    'history': ([PCC + '3.8', ANS + '2.134'], ['11348-0']),
    'family history': ([PCC + '3.14', PCC + '3.15', ANS + '2.139'], ['10157-6']),
    'procedures': ([PCC + '3.11', PCC + '3.12', ANS + '2.136', PCC + '1.13.2.11', ANS + '2.118'],
                   ['47519-4', '29554-3', '18726-0']),
    'allergies': ([PCC + '3.13', ANS + '2.137'], ['48765-2']),
    'adverse effects': ([ANS + '2.247'], ['44939-7']),
    'treatments': ([PCC + '3.19', ANS + '2.143'], ['10160-0']),
    'prescriptions': ([IHE + '9.1.2.1', ANS + '2.171'], ['57828-6']),
    'drugs given': ([PCC + '3.21', ANS + '2.145'], ['18610-6']),
    'dispensations': ([IHE + '9.1.2.3', ANS + '2.236'], ['60590-7']),
    'devices': ([PCC + '1.5.3.5', ANS + '2.1', ANS + '2.222'], ['46264-8']),
    'vaccinations': ([PCC + '3.23', ANS + '2.147'], ['11369-6']),
    'vital signs': ([PCC + '3.25', PCC + '1.5.3.2', ANS + '2.75'], ['8716-3']),
    'risk factors': ([PCC + '3.16', PCC + '3.16.1'], ['29762-2', '57207-3', '10161-8']),
    'pregnancies': ([PCC + '1.5.3.4'], ['10162-6']),
    'results': ([IHE + '3.3.2.1', IHE + '3.3.2.2', PCC + '3.27', PCC + '3.28', ANS + '2.244'], ['30954-2', '26436-6']),
    'encounters': ([PCC + '1.5.3.3'], ['46240-8']),
    'plan': ([PCC + '3.31', PCC + '3.36'], ['18776-5']),
    'attachments': ([], ['55107-7', '55108-5', '57723-9', '55112-7']),
    'directives': ([], ['42348-3']),
    'abilities': ([], ['47420-5']),
}
UNREAD = {'family history', 'plan', 'attachments', 'adverse effects', 'directives', 'abilities', 'drugs given',
          'dispensations', 'devices'}
STATEMENTS = {'act', 'observation', 'substanceAdministration', 'supply', 'procedure', 'organizer', 'encounter',
              'observationMedia', 'regionOfInterest'}
ABSENT = set('''160243008 160244002 160245001 182849000 182904002 396782006 407559004 408350003 409137002 428197003
428607008 429625007 716184000 716186003 716220001 787481004 1003774007'''.split())

REFUTING = set('410516002 410594000 410593006 723511001 373572006 2667000 723510000'.split())


def kids(element, name):
    return [] if element is None else [c for c in element if c.tag in (HL7 + name, PHARM + name)]


def path(element, *names):
    for name in names:
        found = kids(element, name)
        element = found[0] if found else None
    return element


def get(element, name):
    return '' if element is None else element.get(name, '')


def templates(element):
    return [t.get('root', '') for t in kids(element, 'templateId')]


def negation(text):
    """True, False or, where it is neither, None."""
    word = text.strip(' \t').lower()
    return True if word in ('true', '1') else False if word in ('', 'false', '0') else None


def instant(text):
    """When a document was made, to compare."""
    text = text.strip(' \t')
    match = re.fullmatch(r'((?:[0-9]{2}){2,7})(?:\.([0-9]*))?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?', text)
    nothing = (float('-inf'), text, 0)
    if not match:
        return nothing
    zone = (match[3] or 'Z').replace(':', '')
    minutes = 0 if zone == 'Z' else int(zone[0] + '1') * (int(zone[1:3]) * 60 + int(zone[3:] or 0))
    parts = [int(match[1][:4])] + [int(match[1][i:i + 2]) for i in range(4, len(match[1]), 2)]
    year, month, day, hour, minute, second = parts + [0, 1, 1, 0, 0, 0][len(parts):]
    try:
        days = datetime.date(year, month, day).toordinal()
    except ValueError:
        return nothing
    if hour > 24 or minute > 59 or second > 60:
        return nothing
    return (((days * 24 + hour) * 60 + minute - minutes) * 60 + second, (match[2] or '').rstrip('0'), len(match[1]))


def whole(identifier):
    root, extension = get(identifier, 'root').strip(), get(identifier, 'extension').strip()
    return root + '^' + extension if root and extension else root


# --- code systems ---------------------------------------------------------------------------------

VERHOEFF_STEPS = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]


def dihedral(a, b):
    if a < 5:
        return (a + b) % 5 if b < 5 else 5 + (a + b - 5) % 5
    return 5 + (a - 5 - b) % 5 if b < 5 else (a - b) % 5


def verhoeff(code):
    check = 0
    for place, digit in enumerate(reversed(code)):
        value = int(digit)
        for _ in range(place % 8):
            value = VERHOEFF_STEPS[value]
        check = dihedral(check, value)
    return check == 0


def luhn(digits):
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


FORMS = {
    'icd10': lambda c: re.fullmatch(r'[A-Za-z][0-9][0-9A-Za-z]([0-9A-Za-z]{0,4}|\.[0-9A-Za-z]{1,4})', c),
    'icd9': lambda c: re.fullmatch(r'(V?[0-9]{1,5}|E[0-9]{1,4})(\.[0-9]{1,2})?', c),
    'icpc2': lambda c: re.fullmatch(r'[A-Za-z][0-9]{2}', c),
    'atc': lambda c: re.fullmatch(r'[A-Za-z]([0-9]{2}([A-Za-z]([A-Za-z]([0-9]{2})?)?)?)?', c),
    'sctid': lambda c: re.fullmatch(r'[1-9][0-9]{5,17}', c) and verhoeff(c),
    'loinc': lambda c: re.fullmatch(r'[0-9]{1,7}-[0-9]', c) and luhn(c.replace('-', '')),
    'cip13': lambda c: re.fullmatch(r'34009[0-9]{8}', c) and
    sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(c)) % 10 == 0,
    'ndc': lambda c: re.fullmatch(r'(?!0[1-9])[0-9]{11}|(?=[0-9-]{12,13}$)(0[0-9]{3}|00[0-9]{3}|[1-9][0-9]{4})-[0-9]{3,4}-[0-9]{1,2}', c),
    'cis': lambda c: re.fullmatch(r'6[0-9]{7}', c),
    'act': lambda c: c in 'AMB EMER FLD HH IMP ACUTE NONAC OBSENC PRENC SS VR'.split(),
    'ccam': lambda c: re.fullmatch(r'[A-Za-z]{4}[0-9]{3}', c),
    'cpt': lambda c: re.fullmatch(r'[0-9]{4}[0-9A-Za-z]', c),
    'hcpcs': lambda c: re.fullmatch(r'[A-Za-z][0-9]{4}', c),
}


def fits(form, code):
    run = re.fullmatch(r'(digits|letters) ([0-9]+) ([0-9]+)', form)
    if run:
        letters = '[0-9]' if run[1] == 'digits' else '[A-Za-z]'
        return re.fullmatch('%s{%s,%s}' % (letters, run[2], run[3]), code)
    return FORMS[form](code.upper())


class Systems:
    def __init__(self, file):
        self.by_oid, self.form = {}, {}
        for row in csv.DictReader(open(file, encoding='utf-8')):
            self.form[row['system']] = row['form']
            for oid in row['oids'].split():
                self.by_oid[oid] = row['system']

    def choose(self, kind, codings):
        """The first system of the kind's order; of its codes the longest, then the first; of these the first good one."""
        order = ORDERS[kind].split()
        ranked = [(order.index(self.by_oid[s]), -len(c), c, self.by_oid[s]) for s, c in codings
                  if self.by_oid.get(s) in order]
        for _, _, code, system in sorted(ranked):
            if len(code) <= 100 and fits(self.form[system], code):
                code = code.upper()
                point = {'icd10': 3, 'icd9': 2 if kind == 'procedure' else 4 if code[0] == 'E' else 3}.get(self.form[system])
                if point and len(code) > point and '.' not in code:
                    code = code[:point] + '.' + code[point:]
                return system + ':' + code
        return ''


def day_number(text):
    """Days since 1970, or None where the day is not known to the day."""
    match = re.fullmatch(r'([0-9]{4})(-?)([0-9]{2})\2([0-9]{2})([T ]?[0-9:.+\-TZ ]{2,})?', text)
    if not match:
        return None
    try:
        day = datetime.date(int(match[1]), int(match[3]), int(match[4]))
    except ValueError:
        return None
    return (day - datetime.date(1970, 1, 1)).days if 1800 <= day.year < 2200 else None


# --- a document -----------------------------------------------------------------------------------

class Document:
    def __init__(self, root):
        self.root = root
        code = path(root, 'code')
        self.type = 'other'
        for root_of_template in templates(root):
            for name, known in TYPES:
                if root_of_template in known and self.type != 'CNAM-HR':
                    self.type = name
        if self.type == 'other' and get(code, 'code') in CODES:
            ours = '1.2.250.1.213.1.1.4.12' if get(code, 'code').isupper() else LOINC
            if get(code, 'codeSystem') == ours:
                self.type = CODES[get(code, 'code')]
        if (get(code, 'codeSystem'), get(code, 'code')) == ('1.2.250.1.213.1.1.4.12', 'REMB'):
            self.type = 'CNAM-HR'
        self.id, self.set = whole(path(root, 'id')), whole(path(root, 'setId'))
        version = re.match(r'[0-9]+', get(path(root, 'versionNumber'), 'value'))
        self.version = int(version[0]) if version else 1
        self.made = get(path(root, 'effectiveTime'), 'value')
        self.instant = instant(self.made)
        self.body = path(root, 'component', 'structuredBody')
        self.replaces = [whole(path(r, 'parentDocument', 'id')) for r in kids(root, 'relatedDocument')
                         if r.get('typeCode') == 'RPLC']
        role = path(root, 'recordTarget', 'patientRole')
        ids = [i for i in kids(role, 'id') if '^' in whole(i) and not i.get('nullFlavor')]
        ins = [[n for n in (national(i.get('extension'), root in INS[2:]) for i in ids if i.get('root') == root) if n]
               for root in INS]
        ins = next(filter(None, ins), [])
        self.several = len(set(ins)) > 1
        self.number = ins[0] if ins else next((whole(i) for i in ids if i.get('root') not in INS), '')
        written = [(path(a, 'assignedAuthor', 'assignedAuthoringDevice') is not None,
                    path(a, 'assignedAuthor', 'representedOrganization', 'id')) for a in kids(root, 'author')]
        written = [(device, whole(i)) for device, i in written if i is not None and not i.get('nullFlavor') and whole(i)]
        self.practice = next((p for device, p in sorted(written, key=lambda w: w[0])), '')
        born = get(path(role, 'patient', 'birthTime'), 'value')
        self.no_birth = born in ('19000101', '99991231', '00010101', '00000000', '99999999')
        self.born = '' if self.no_birth else born[:4]
        self.sex = {'F': 'female', 'M': 'male'}.get(get(path(role, 'patient', 'administrativeGenderCode'), 'code'),
                                                    'unknown')
        self.place = ''
        for addr in kids(role, 'addr'):
            country = ''.join(c.text or '' for c in kids(addr, 'country')[:1]).strip().lower()
            postal = ''.join(c.text or '' for c in kids(addr, 'postalCode')[:1]).strip()
            if not self.place and country in ('', 'fr', 'fra', 'france') and re.fullmatch('[0-9]{5}', postal):
                corsica = {'200': '2A', '201': '2A', '202': '2B', '206': '2B'}
                if postal[:2] == '20':
                    self.place = corsica.get(postal[:3], '')
                elif postal[:2] == '97':
                    self.place = postal[:3] if '971' <= postal[:3] <= '978' else ''
                elif '01' <= postal[:2] <= '95':
                    self.place = postal[:2]


def time_of(time):
    if time.get('value', '').strip():
        return time.get('value').strip()
    for name in ('low', 'center'):
        for part in kids(time, name)[:1]:
            if part.get('value', '').strip():
                return part.get('value').strip()
    return next((t for t in map(time_of, kids(time, 'comp')) if t), '')


def own_day(statement):
    return next((t for t in map(time_of, kids(statement, 'effectiveTime')) if t), '')


def codings_of(code):
    if code is None:
        return []
    own = [(code.get('codeSystem', '').strip(), code.get('code').strip())] if code.get('code', '').strip() and not code.get('nullFlavor') else []
    return own + [c for t in kids(code, 'translation') for c in codings_of(t)]


def medicine(statement):
    material = path(statement, 'consumable', 'manufacturedProduct', 'manufacturedMaterial')
    codings = [c for code in kids(material, 'code') for c in codings_of(code)]
    for content in kids(material, 'asContent'):
        codings += codings_of(path(content, 'containerPackagedMedicine', 'code'))
    for content in kids(material, 'asSpecializedKind'):
        codings += codings_of(path(content, 'generalizedMedicineClass', 'code'))
    return codings


def about_another(observation):
    code = path(observation, 'code')
    return get(code, 'codeSystem') == LOINC and get(code, 'code') in ('33999-4', '66455-7')


def unsure(statement):
    """Whether observations in it say that it is not so, or in error."""
    for link in kids(statement, 'entryRelationship'):
        inner = path(link, 'observation')
        if about_another(inner):
            for system, code in codings_of(path(inner, 'value')):
                if code.lower() in ('refuted', 'entered-in-error') or (system == SNOMED and code in REFUTING):
                    return True
    return False


def data_type(value):
    return get(value, XSI).split(':')[-1]


class Reader:
    def __init__(self, systems):
        self.systems = systems
        self.events, self.sections = [], {}

    def count(self, section, fate):
        self.sections.setdefault(section, [0, 0, 0, 0])[fate] += 1  # patients, events, refused, left out

    def sections_of(self, document, parent, role, who, around=()):
        """`around`: the sections that it is in."""
        for component in kids(parent, 'component'):
            for section in kids(component, 'section'):
                own = self.role_of(section, role)
                if role == 'family history' or (role == 'plan' and own not in ('treatments', 'prescriptions')):
                    own = role
                within = [*around, section]
                for entry in kids(section, 'entry'):
                    statement = next((c for c in entry if c.tag.replace(HL7, '') in STATEMENTS), None)
                    if statement is None or not self.visit(document, statement, own, who, [statement], True, within):
                        self.count(document.type + ' ' + own, 3)
                self.sections_of(document, section, own, who, within)

    @staticmethod
    def role_of(section, parent):
        for root in templates(section):
            for role, (roots, _) in ROLES.items():
                if root in roots:
                    return role
        code = path(section, 'code')
        if get(code, 'codeSystem') == LOINC:
            for role, (_, loincs) in ROLES.items():
                if get(code, 'code') in loincs:
                    return role
        return parent

    def visit(self, document, statement, role, who, way, top, within):
        """`way`: from the entry's statement to this one."""
        name = statement.tag.replace(HL7, '')
        relative = role == 'family history' or any(path(s, 'subject', 'relatedSubject') is not None
                                                 for s in [*within, *way])
        section = document.type + ' ' + role
        attached = role == 'attachments' or ANS + '3.18' in templates(statement)
        imaging = (get(path(statement, 'code'), 'codeSystem'), get(path(statement, 'code'), 'code')) == (LOINC, '18748-4')
        if name == 'act' or (name == 'organizer' and not attached and not imaging):
            found = False
            for link in kids(statement, 'component') + kids(statement, 'entryRelationship'):
                for inner in link:
                    if inner.tag.replace(HL7, '') in STATEMENTS:
                        found |= self.visit(document, inner, role, who, way + [inner], False, within)
            return found
        if name in ('observationMedia', 'regionOfInterest') and not top:
            return False
        kind = None
        if name not in ('organizer', 'observationMedia', 'regionOfInterest') and not relative and role not in UNREAD:
            if name == 'procedure' and role == 'results':
                return False
            if name == 'observation' and about_another(statement):
                return False
            kind = self.kind_of(name, statement, role)
            groups = [s.get('moodCode') or 'EVN' for s in way[:-1] if s.tag in (HL7 + 'act', HL7 + 'organizer')]
            if set(groups) - ({'EVN', 'INT', 'RQO'} if kind == 'prescription' else {'EVN'}):
                kind = None
        if kind in ('prescription', 'vaccination') and not medicine(statement):
            parts = [path(link, 'substanceAdministration') for link in kids(statement, 'entryRelationship')]
            if any(medicine(part) for part in parts):
                found = False
                for link in kids(statement, 'entryRelationship'):
                    for inner in link:
                        if inner.tag.replace(HL7, '') in STATEMENTS:
                            found |= self.visit(document, inner, role, who, way + [inner], False, within)
                return found
        self.put(document, statement, role, who, way, kind, section)
        return True

    @staticmethod
    def kind_of(name, statement, role):
        mood = statement.get('moodCode') or 'EVN'
        have = templates(statement)
        code = path(statement, 'code')
        if name == 'substanceAdministration':
            vaccine = (role == 'vaccinations' or PCC + '4.12' in have or
                       (get(code, 'codeSystem') == ACT and get(code, 'code') in ('IMMUNIZ', 'INITIMMUNIZ', 'BOOSTER')))
            if vaccine:
                return 'vaccination' if mood == 'EVN' else None
            known = role in ('treatments', 'prescriptions') or PCC + '4.7' in have or IHE + '9.1.3.2' in have
            return 'prescription' if known and mood in ('EVN', 'INT', 'RQO') else None
        if mood != 'EVN':
            return None
        if name == 'procedure':
            return 'procedure'
        if name == 'encounter':
            return 'consultation'
        if name != 'observation':
            return None
        if PCC + '4.6' in have or role == 'allergies':
            return 'allergy'
        if PCC + '4.5' in have:
            return 'history' if role == 'history' else 'diagnosis'
        if PCC + '4.13.2' in have or role == 'vital signs':
            return 'vital'
        if IHE + '3.1.6' in have or role == 'results':
            return 'lab'
        if PCC + '4.13.4' in have or PCC + '4.13.5' in have or role in ('risk factors', 'pregnancies', 'history'):
            return 'history'
        return 'diagnosis' if role == 'problems' else None

    def put(self, document, statement, role, who, way, kind, section):
        value = path(statement, 'value')
        status = [get(path(s, 'statusCode'), 'code').strip(' \t').lower() for s in way]
        negations = [negation(s.get('negationInd', '')) for s in way]
        left = (kind is None or any(s not in ('', 'completed', 'active', 'suspended', 'normal') for s in status) or
                True in negations or any(unsure(s) for s in way) or
                (kind == 'history' and data_type(value) == 'BL' and negation(get(value, 'value') or 'x') is False) or
                bool(statement.get('nullFlavor')) or bool(get(value, 'nullFlavor') and get(value, 'code').strip()))
        own = codings_of(path(statement, 'code'))
        codings, number = own, True
        if kind in ('prescription', 'vaccination'):
            codings, number = medicine(statement), False
        elif kind == 'allergy':
            codings, number = [], False
            for participant in kids(statement, 'participant'):
                codings += codings_of(path(participant, 'participantRole', 'playingEntity', 'code'))
            codings = codings or codings_of(value)
        elif kind == 'diagnosis' or (kind == 'history' and PCC + '4.5' in templates(statement)):
            coded = data_type(value) in ('CD', 'CE', 'CV', 'CO') or (not data_type(value) and get(value, 'code'))
            codings, number = codings_of(value) if coded else [], False
        if any(s == '2.16.840.1.113883.5.1150.1' or (s == SNOMED and c in ABSENT) for s, c in own + codings):
            left = True
        if left or document.type == 'CNAM-HR':
            return self.count(section, 3)
        if None in negations:
            return self.count(section, 2)
        amount = None
        if number and not get(value, 'nullFlavor') and data_type(value) in ('PQ', 'INT', 'REAL') and get(value, 'value').strip():
            try:
                amount = float(get(value, 'value').strip())
            except ValueError:
                return self.count(section, 2)
        around = next((own_day(s) for s in reversed(way[:-1]) if own_day(s)), '')
        day = own_day(statement) or around
        if not day and role == 'prescriptions' and kind == 'prescription':
            day = document.made
        if not day and (kind == 'allergy' or (kind == 'history' and role == 'risk factors')):
            day = document.made
        code = self.systems.choose(kind, codings)
        if who is None or day_number(day) is None or not code:
            return self.count(section, 2)
        shown = '-'
        if amount is not None:
            try:
                shown = ucum.written(ucum.kept(code, amount, get(value, 'unit')))
            except ValueError:
                return self.count(section, 2)
        self.events.append((who, day_number(day), kind, code, shown))
        self.count(section, 1)


def documents_of(file):
    data = open(file, 'rb').read()
    if data[:4] == b'PK\x03\x04':
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [archive.read(name) for name in archive.namelist() if name.lower().endswith('.xml')]
    return [gzip.decompress(data) if data[:2] == b'\x1f\x8b' else data]


def read(systems, files):
    reader = Reader(Systems(systems))
    found = []
    for file in files:
        for data in documents_of(file):
            root = ET.fromstring(data)
            if root.tag != HL7 + 'ClinicalDocument':
                root = root.find('./*/' + HL7 + 'ClinicalDocument')
            found.append(Document(root))
    # Versions: the highest number, then the latest time, then the first.
    kept = []
    for document in found:
        family = [d for d in found if d.number == document.number and
                  (d.set or d.id) == (document.set or document.id) and (document.set or document.id)]
        best = max(family or [document], key=lambda d: (d.version, d.instant))
        replaced = any(document.id and document.id in d.replaces and d.number == document.number and d.id != document.id
                       for d in found)
        if best is not document or replaced or document.body is None:
            reader.count('documents', 3)
        else:
            kept.append(document)
    people = {}
    for document in kept:
        same = [d for d in kept if (d.number, d.practice) == (document.number, document.practice)]
        born = document.born or next((d.born for d in same if d.born), '')
        sex = document.sex if document.sex != 'unknown' else next((d.sex for d in same if d.sex != 'unknown'), 'unknown')
        placed = [d for d in same if d.place]
        place = max(placed, key=lambda d: d.instant).place if placed else ''
        person = (document.number, document.practice, born or '-', sex, place or '-')
        who = None
        if document.type == 'CNAM-HR':
            reader.count('documents', 3)
        elif not document.number or document.several or not document.practice or document.no_birth:
            reader.count('documents', 2)
        else:
            known = people.setdefault(person[:2], person)
            if known is person:
                reader.count('documents', 0)
            else:
                reader.count('documents', 3 if known == person else 2)
            who = person[:2] if known == person else None
        reader.sections_of(document, document.body, 'other sections', who)
    for person in people.values():
        print('N ' + person[0])
        print('P ' + ' '.join(person))
    for who, day, kind, code, shown in reader.events:
        print('E %s %s %d %s %s %s' % (*who, day, kind, code, shown))
    for section, counts in reader.sections.items():
        print('S %s: %d = %s' % (section, sum(counts), ' + '.join(map(str, counts))))


# --- random documents -----------------------------------------------------------------------------

class Maker:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def one(self, *choices):
        return self.random.choice(choices)

    def maybe(self, text, often=0.5):
        return text if self.random.random() < often else ''

    def day(self):
        day = '20%02d%02d%02d' % (self.random.randint(10, 24), self.random.randint(1, 12), self.random.randint(1, 28))
        return self.one(*[day] * 12, day + '103000+0100', day + '1030', day[:6], day[:4], day[:4] + '0231')

    def code(self, tag, codes, inner=''):
        system, code = self.one(*codes)
        null = self.random.random() < 0.06
        known = ' code="%s" codeSystem="%s"' % (code, system)
        attributes = ' nullFlavor="NA"' + self.maybe(known, 0.3) if null else known
        return '<%s%s>%s</%s>' % (tag, attributes, inner, tag.split()[0])

    DIAGNOSES = [('2.16.840.1.113883.6.3', 'J45.0'), ('2.16.840.1.113883.6.3', 'E119'), ('2.16.840.1.113883.6.139', 'R96'),
                 (SNOMED, '44054006'), (SNOMED, '160245001'), ('2.16.840.1.113883.6.103', 'E8859'),
                 ('2.16.840.1.113883.6.103', '4939'), ('2.16.840.1.113883.6.3', 'asthme'), ('1.2.3.4', 'X')]
    DRUGS = [('2.16.840.1.113883.6.73', 'B01AC04'), ('1.2.250.1.213.2.3.1', '63564053'),
             ('1.2.250.1.213.2.3.2', '3400938022209'), ('1.2.250.1.213.2.3.2', '3400938022200'), ('1.2.3.4', 'X'),
             ('2.16.840.1.113883.5.1150.1', 'no-known-medications')]
    UNITS = ('mg/L', 'mmol/L', 'g/L', 'kg', 'g', '[lb_av]', 'm', '%', 'mmol/mol', '/min', '10*9/L', 'G/L', 'Cel', 'U/L', 'm[IU]/L',
             '\u00b5mol/L', 'cp', 'mg/', '{score}', '', ' mmol/L ')
    TESTS = [(LOINC, '2345-7'), (LOINC, '4548-4'), (LOINC, '3016-3'), (LOINC, '20565-8'), (LOINC, '29463-7'), (LOINC, '2345-8'), (SNOMED, '44054006'), ('1.2.3.4', 'X')]
    ACTS = [('1.2.250.1.215.300.1', 'DDAF004'), ('1.2.250.1.215.300.1', 'deqp003'), ('2.16.840.1.113883.6.104', '4513'),
            ('1.2.250.1.213.2.5', 'DEQP003'), (SNOMED, '44054006'), ('1.2.3.4', 'X')]

    def time(self):
        return self.one(*['<effectiveTime value="%s"/>' % self.day()] * 8,
                        '<effectiveTime><low value="%s"/><high value="20250101"/></effectiveTime>' % self.day(),
                        '<effectiveTime><center value="%s"/></effectiveTime>' % self.day(),
                        '<effectiveTime><width value="2" unit="d"/><high value="20250101"/></effectiveTime>',
                        '<effectiveTime nullFlavor="UNK"/>', '',
                        '<effectiveTime xsi:type="SXPR_TS"><comp xsi:type="IVL_TS"><low value="%s"/></comp></effectiveTime>'
                        % self.day(),
                        '<effectiveTime xsi:type="PIVL_TS"><period value="1" unit="d"/></effectiveTime>'
                        '<effectiveTime value="%s"/>' % self.day())

    def marks(self):
        status = self.one('completed', 'active', 'COMPLETED', 'suspended', 'normal', 'aborted', 'Cancelled', 'nullified', 'obsolete',
                          'new', 'held', 'other')
        return self.maybe('<statusCode code="%s"/>' % status, 0.2)

    def attributes(self):
        return ' moodCode="%s"%s%s' % (self.one(*['EVN'] * 16, 'INT', 'INT', 'RQO', 'GOL', 'PRMS'),
                                       self.maybe(' negationInd="%s"' % self.one('true', 'false', 'false', '1', '0', 'TRUE', 'non'), 0.2),
                                       self.maybe(' nullFlavor="NI"', 0.05))

    def value(self):
        quantity = '<value xsi:type="PQ" value="%s" unit="%s"/>' % (self.one('1', '2.50', '1e3', '0.1', 'x'),
                                                                    self.one(*self.UNITS))
        return self.one(*[quantity] * 8,
                        '<value xsi:type="PQ" value="7.5"/>',
                        '<value xsi:type="INT" value="3"/>', '<value xsi:type="BL" value="false"/>',
                        '<value xsi:type="BL" value="true"/>', '<value xsi:type="BL" value="0"/>',
                        '<value xsi:type="PQ" nullFlavor="UNK" value="1" unit="g/L"/>', '<value xsi:type="IVL_PQ"><high value="1"/></value>',
                        '<value xsi:type="ST">texte</value>', '', self.coded())

    def coded(self):
        translation = self.maybe(self.code('translation', self.DIAGNOSES), 0.3)
        return self.code('value xsi:type="%s"' % self.one('CD', 'CE', 'hl7:CD'), self.DIAGNOSES, translation)

    def observation(self):
        roots = self.one([], [PCC + '4.5'], [PCC + '4.5', PCC + '4.6'], [PCC + '4.13.2'], [IHE + '3.1.6'],
                         [PCC + '4.13.4'], [PCC + '4.13.5'], [PCC + '4.13'])
        sure = self.one('refuted', 'confirmed', 'confirmed', 'Entered-in-error', 'unconfirmed', '410516002', '723510000', '55561003')
        return ('<observation%s>%s%s<text>Monsieur Dupont</text>%s%s%s%s%s%s</observation>' % (
            self.attributes(), ''.join('<templateId root="%s"/>' % r for r in roots),
            self.code('code', self.TESTS, self.maybe(self.code('translation', self.TESTS), 0.3)), self.marks(), self.time(),
            self.one(self.value(), self.coded()),
            self.maybe('<subject><relatedSubject/></subject>', 0.05),
            self.maybe('<participant><participantRole><playingEntity>%s</playingEntity></participantRole></participant>'
                       % self.code('code', self.DRUGS), 0.3),
            self.maybe('<entryRelationship><observation><code code="%s" codeSystem="%s"/>'
                       '<value xsi:type="CD" code="%s" codeSystem="%s"/></observation></entryRelationship>'
                       % (self.one('66455-7', '33999-4'), LOINC, sure, SNOMED), 0.2)))

    def substance(self):
        product = self.code('code', self.DRUGS, self.maybe(self.code('translation', self.DRUGS), 0.6))
        product += self.maybe('<pharm:asContent><pharm:containerPackagedMedicine>%s</pharm:containerPackagedMedicine>'
                              '</pharm:asContent>' % self.code('pharm:code', self.DRUGS), 0.3)
        product += self.maybe('<pharm:asSpecializedKind><pharm:generalizedMedicineClass>%s</pharm:generalizedMedicineClass>'
                              '</pharm:asSpecializedKind>' % self.code('pharm:code', self.DRUGS), 0.3)
        roots = self.one([], [PCC + '4.7'], [PCC + '4.12'], [IHE + '9.1.3.2'])
        return ('<substanceAdministration%s>%s%s%s%s<consumable><manufacturedProduct><manufacturedMaterial>%s'
                '</manufacturedMaterial></manufacturedProduct></consumable>%s</substanceAdministration>' % (
                    self.attributes(), ''.join('<templateId root="%s"/>' % r for r in roots),
                    self.maybe('<code code="%s" codeSystem="%s"/>' % (self.one('DRUG', 'IMMUNIZ', 'BOOSTER'), ACT)),
                    self.marks(), self.time(), product,
                    self.maybe('<entryRelationship><substanceAdministration moodCode="INT"/></entryRelationship>', 0.1) +
                    self.maybe('<entryRelationship><substanceAdministration moodCode="EVN"><consumable><manufacturedProduct>'
                               '<manufacturedMaterial>%s</manufacturedMaterial></manufacturedProduct></consumable>'
                               '</substanceAdministration></entryRelationship>' % self.code('code', self.DRUGS), 0.2)))

    def statement(self, depth=0):
        sort = self.random.randrange(10 if depth < 3 else 7)
        if sort < 3:
            return self.observation()
        if sort < 5:
            return self.substance()
        if sort == 5:
            return '<procedure%s>%s%s%s</procedure>' % (self.attributes(), self.code('code', self.ACTS), self.marks(),
                                                         self.time())
        if sort == 6:
            return self.one('<encounter%s><code code="AMB" codeSystem="%s"/>%s</encounter>' % (self.attributes(), ACT,
                                                                                             self.time()),
                            '<supply><participant><participantRole><playingDevice/></participantRole></participant></supply>',
                            '<observationMedia><value>iVBORw0KGgo</value></observationMedia>')
        inner = ''.join('<%s>%s</%s>' % (link, self.statement(depth + 1), link)
                        for link in ['component' if sort == 9 else 'entryRelationship'] * self.random.randrange(4))
        name = 'organizer' if sort == 9 else 'act'
        code = self.one('18748-4', *['18719-5', '26436-6'] * 4)
        inner += self.maybe('<entryRelationship><observation><code code="33999-4" codeSystem="%s"/><value xsi:type="CD" code="%s" '
                            'codeSystem="%s"/></observation></entryRelationship>'
                            % (LOINC, self.one('410516002', '55561003'), SNOMED), 0.1)
        return '<%s%s><code code="%s" codeSystem="%s"/>%s%s%s%s</%s>' % (
            name, self.maybe(' negationInd="%s"' % self.one('true', '1', 'oui'), 0.05) +
            self.maybe(' moodCode="%s"' % self.one('EVN', 'EVN', 'INT', 'RQO', 'GOL'), 0.3), code, LOINC, self.marks() if sort == 7 else '', self.time(),
            self.maybe('<subject><relatedSubject/></subject>', 0.05), inner, name)

    def section(self, depth=0):
        role = self.one(*ROLES, *[r for r in ROLES if r not in UNREAD] * 5)
        roots, codes = ROLES[role]
        inside = ''.join('<entry>%s</entry>' % self.maybe(self.statement(), 0.95) for _ in range(self.random.randrange(8)))
        if depth < 2:
            inside += ''.join(self.section(depth + 1) for _ in range(self.random.randrange(2)))
        template = '<templateId root="%s"/>' % self.one(*roots) if roots and self.random.random() < 0.5 else ''
        code = self.maybe('<code code="%s" codeSystem="%s"/>' % (self.one(*codes), LOINC), 0.8)
        inside = self.maybe('<subject><relatedSubject/></subject>', 0.05) + inside
        return '<component><section>%s%s<text>Du texte</text>%s</section></component>\n' % (template, code, inside)

    def national_number(self, number):
        whole = '2%d02%s001001' % (50 + number, '2A' if number == 3 else '75')
        key = 97 - int(whole.replace('2A', '19')) % 97
        return self.one(whole, '%s%02d' % (whole, key), '%s%02d' % (whole.replace('A', 'a'), key), whole + '00', 'INCONNU', '',
                        whole[:12])

    def document(self):
        version = self.random.randrange(1, 12)
        identifier = 'd%d' % self.random.randrange(400)
        number = self.random.randrange(6)
        ids = ['<id root="1.2.250.77" extension="%d"/>' % number,
               self.maybe('<id root="%s" extension="%s"/>' % (self.one(*INS), self.national_number(number)), 0.7),
               self.maybe('<id root="%s" extension="%s"/>' % (self.one(*INS), self.national_number(self.random.randrange(6))), 0.2)]
        self.random.shuffle(ids)
        type_ = self.one(*[t for _, roots in TYPES for t in roots], '1.2.3')
        return '''<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:pharm="urn:ihe:pharm:medication" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<templateId root="%s"/><id root="1.2.3" extension="%s"/><code code="%s" codeSystem="1.2.250.1.213.1.1.4.12"/>
<effectiveTime value="202401%02d%s"/>%s
<recordTarget><patientRole>%s<addr><postalCode>%s</postalCode><country>%s</country></addr><patient>
<administrativeGenderCode code="%s"/><birthTime value="%s"/></patient></patientRole></recordTarget>
%s<author><assignedAuthor><id root="1.2" extension="7"/><assignedPerson/><representedOrganization>
<id root="1.2.9" extension="%s"%s/></representedOrganization></assignedAuthor></author>
<custodian><assignedCustodian><representedCustodianOrganization><id root="1.2.9" extension="host"/>
</representedCustodianOrganization></assignedCustodian></custodian>%s
<component>%s</component></ClinicalDocument>''' % (
            type_, identifier, self.one('SYNTH', *['X'] * 8, 'REMB'), self.random.randint(1, 28),
            self.one('', '', '103000+0100', '100000+0000', '1000', '003000+0100', '233000-0500', '103000.5', '103000.50', 'T1000'),
            self.maybe('<setId root="1.2.4" extension="s%d"/><versionNumber value="%d"/>'
                       % (self.random.randrange(20), version), 0.4),
            ''.join(ids), self.one('75007', '69003', '20090', '20600', '97400', '99999', '7500'),
            self.one('FRANCE', 'FR', 'DEU', ''), 'F' if number % 2 else 'M',
            self.one('%d0214' % (1950 + number), '%d' % (1950 + number), '', '19000101' if number == 5 else ''),
            self.maybe('<author><assignedAuthor><id root="1.2" extension="8"/><assignedAuthoringDevice/><representedOrganization>'
                       '<id root="1.2.9" extension="host"/></representedOrganization></assignedAuthor></author>', 0.2),
            self.one('mayo', 'mayo', 'lab'), self.maybe(' nullFlavor="UNK"', 0.1),
            self.maybe('<relatedDocument typeCode="RPLC"><parentDocument><id root="1.2.3" extension="d%d"/></parentDocument>'
                       '</relatedDocument>' % self.random.randrange(400), 0.3),
            '<structuredBody>%s</structuredBody>' % ''.join(self.section() for _ in range(self.random.randrange(10)))
            if self.random.random() < 0.9 else '<nonXMLBody><text>JVBERi0</text></nonXMLBody>')

    def make(self, folder):
        for i in range(self.random.randrange(5, 40)):
            with open(os.path.join(folder, 'a%02d.xml' % i), 'w', encoding='utf-8') as file:
                file.write(self.document())
        with gzip.open(os.path.join(folder, 'b.xml.gz'), 'wt', encoding='utf-8') as file:
            file.write(self.document())
        with zipfile.ZipFile(os.path.join(folder, 'c.zip'), 'w', zipfile.ZIP_DEFLATED) as archive:
            for i in range(self.random.randrange(1, 6)):
                archive.writestr('D%d.XML' % i, self.document())


if __name__ == '__main__':
    if sys.argv[1] == 'make':
        Maker(int(sys.argv[2])).make(sys.argv[3])
    else:
        read(sys.argv[2], sys.argv[3:])
