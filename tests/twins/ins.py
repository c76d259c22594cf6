"""Reads the national health identity of France in the plainest way, for fhir_rows.py and cda_rows.py."""
import re


def national(text, made_up):
    """The 13 characters of a national number, or ''."""
    match = re.fullmatch(r'([123478][0-9]{2}([0-9]{2})([0-9]{2}|2[AB])[0-9]{6})([0-9]{2})?',
                         text.replace(' ', '').replace('a', 'A').replace('b', 'B'))
    if not match:
        return ''
    month = int(match[2])
    if match[3] == '00' or not (1 <= month <= 12 or 20 <= month <= 42 or month >= 50):
        return ''
    number = match[1].replace('2A', '19', 1) if match[3] == '2A' else match[1].replace('2B', '18', 1) if match[3] == '2B' else match[1]
    return '' if match[4] and not made_up and int(match[4]) != 97 - int(number) % 97 else match[1]
