"""English names and terms that are known word by word, because their parts are common words or names of their own.

    mark_fixed([("Trinidad", "NNP"), ("and", "CC"), ("Tobago", "NNP"), ("won", "VBD")])  ->  three words tagged ``NAME``

Countries with "and", nouns with "of" that dictionaries have as one entry (cost of living), the events of sports named
by their distance (110m hurdles), and species with their genus abbreviated (E. coli). What the words around a name
decide is in ``english.names``.
"""

import re
from string import ascii_uppercase

from alt_pipelines.tagging.extraction.english.tagger import NAME, Tagged
from alt_pipelines.text.stopwords import word_set

# What follows the "and" in the names of countries and territories (ISO 3166-1), and of some of their regions (ISO
# 3166-2) and of counties that Britain had, by what is before the "and". Names with a comma are not here, since a half
# of one would be joined: Newry, Mourne and Down; Saint Helena, Ascension and Tristan da Cunha.
_COUNTRIES = {
    before: tuple(after.split())
    for before, after in {
        "Antigua": "Barbuda",
        "Bosnia": "Herzegovina",
        "Georgia": "the South Sandwich Islands",
        "Island": "McDonald Islands",
        "Kitts": "Nevis",
        "Pierre": "Miquelon",
        "Svalbard": "Jan Mayen",
        "Tome": "Principe",
        "Tomé": "Príncipe",
        "Trinidad": "Tobago",
        "Turks": "Caicos",
        "Vincent": "the Grenadines",
        "Wallis": "Futuna",
        "Andaman": "Nicobar",
        "Dadra": "Nagar Haveli",
        "Daman": "Diu",
        "Jammu": "Kashmir",
        "Newfoundland": "Labrador",
        "Antrim": "Newtownabbey",
        "Ards": "North Down",
        "Argyll": "Bute",
        "Barking": "Dagenham",
        "Bath": "North East Somerset",
        "Brighton": "Hove",
        "Causeway Coast": "Glens",
        "Cheshire West": "Chester",
        "Derry": "Strabane",
        "Dumfries": "Galloway",
        "Fermanagh": "Omagh",
        "Hammersmith": "Fulham",
        "Hereford": "Worcester",
        "Kensington": "Chelsea",
        "Lisburn": "Castlereagh",
        "Mid": "East Antrim",
        "Perth": "Kinross",
        "Redcar": "Cleveland",
        "Ross": "Cromarty",
        "Telford": "Wrekin",
        "Tyne": "Wear",
        "Windsor": "Maidenhead",
    }.items()
}
# Nouns with "of" that dictionaries have as one entry and that a text may be about, not idioms such as change of heart.
_TERMS = word_set(
    """
    cost-of-living costs-of-living standard-of-living standards-of-living quality-of-life cause-of-death
    rule-of-law separation-of-powers balance-of-power balance-of-payments sphere-of-influence spheres-of-influence
    state-of-emergency states-of-emergency head-of-state heads-of-state head-of-government heads-of-government
    freedom-of-speech freedom-of-expression freedom-of-information freedom-of-religion freedom-of-assembly
    freedom-of-association freedom-of-movement freedom-of-navigation
    vote-of-confidence motion-of-censure bill-of-rights declaration-of-independence declaration-of-war
    right-of-way rights-of-way right-of-abode right-of-return right-of-reply age-of-consent
    act-of-war acts-of-war prisoner-of-war prisoners-of-war rules-of-engagement chain-of-command chain-of-custody
    power-of-attorney burden-of-proof presumption-of-innocence statute-of-limitations court-of-appeal
    breach-of-contract breach-of-trust breach-of-confidence abuse-of-power abuse-of-office abuse-of-process
    conflict-of-interest conflicts-of-interest code-of-conduct codes-of-conduct code-of-practice codes-of-practice
    duty-of-care dereliction-of-duty obstruction-of-justice miscarriage-of-justice miscarriages-of-justice
    contempt-of-court
    chief-of-staff chiefs-of-staff board-of-directors board-of-trustees board-of-governors
    letter-of-credit letters-of-credit bill-of-lading bills-of-lading certificate-of-origin rules-of-origin
    rate-of-return rates-of-return terms-of-trade terms-of-service terms-of-use economy-of-scale economies-of-scale
    division-of-labour division-of-labor means-of-production point-of-sale proof-of-concept proof-of-work
    proof-of-stake denial-of-service internet-of-things change-of-use
    speed-of-light speed-of-sound centre-of-gravity center-of-gravity centre-of-mass center-of-mass law-of-gravity
    laws-of-motion laws-of-thermodynamics moment-of-inertia angle-of-attack theory-of-relativity theory-of-evolution
    theory-of-mind origin-of-species depth-of-field field-of-view range-of-motion
    shortness-of-breath loss-of-appetite loss-of-smell loss-of-taste standard-of-care continuity-of-care
    bird-of-prey birds-of-prey bird-of-paradise birds-of-paradise beast-of-burden beasts-of-burden man-of-war
    work-of-art works-of-art stream-of-consciousness rite-of-passage rites-of-passage hall-of-fame tug-of-war
    place-of-worship places-of-worship house-of-worship houses-of-worship coming-of-age
    cream-of-tartar leg-of-lamb rack-of-lamb shoulder-of-lamb
    """
)
_DISTANCE = re.compile(r"(?:\d[x×])?\d[\d,]*(?:m|km)")
_SPORTS = word_set("hurdles freestyle backstroke breaststroke butterfly medley relay steeplechase sprint dash")
_ROUNDS = word_set("final finals semi-final semi-finals semifinal semifinals heat heats")
_GENERA = frozenset(f"{letter}." for letter in ascii_uppercase)  # abbreviated: E. of E. coli
_JOINTS = frozenset({"and", "of", "for", "on"})
_SECOND = _JOINTS | _SPORTS | _ROUNDS  # words that may be the second one of a fixed name


def mark_fixed(tagged: list[Tagged]) -> list[Tagged]:
    """Return the sentence with the tag ``NAME`` on every word of a fixed name or term."""
    out = tagged
    before = "."
    for at, (word, _) in enumerate(tagged):
        candidate = at and (word in _SECOND or before in _GENERA)
        before = word
        if candidate and (end := _fixed_end(tagged, at)):
            out = list(tagged) if out is tagged else out
            out[at - 1 : end] = [(part, NAME) for part, _ in tagged[at - 1 : end]]
    return out


def _fixed_end(tagged: list[Tagged], at: int) -> int:
    """Return the end of the fixed name or term whose second word is at this index; 0 if there is none."""
    before, word = tagged[at - 1][0], tagged[at][0]
    end = 0
    if word == "and":
        two = f"{tagged[at - 2][0]} {before}" if at > 1 else ""
        rest = _COUNTRIES.get(before) or _COUNTRIES.get(two, ())
        if rest and tuple(part for part, _ in tagged[at + 1 : at + 1 + len(rest)]) == rest:
            end = at + 1 + len(rest)
    elif word in _JOINTS:
        end = (at + 2 if word == "of" and _is_term(tagged, at) else 0) or _body_end(tagged, at)
    elif word in _SPORTS or word in _ROUNDS:
        if _DISTANCE.fullmatch(before) and (at < 2 or tagged[at - 2][0] not in ("x", "×")):  # not 4 x 400m relay
            end = at + 1
    elif word.islower() and is_genus(before):
        # The tokeniser keeps a full stop with a letter before a word in lower case only in the name of a species.
        end = at + 1
    return end


def _is_term(tagged: list[Tagged], at: int) -> bool:
    """Whether the words beside an "of" make a term with it.

    They do not in the label of a line (Cause of death: fire), or if the second begins a name (head of state Supreme
    Court).
    """
    (after, _), (beyond, _) = [*tagged[at + 1 : at + 3], (".", "."), (".", ".")][:2]
    named = after.islower() and beyond[0].isupper()
    return f"{tagged[at - 1][0]}-of-{after}".lower() in _TERMS and not named and not (at == 1 and beyond == ":")


def _body_end(tagged: list[Tagged], at: int) -> int:
    """Return the end of a body's name with a comma, which ``english.commas`` has joined; 0 if there is none."""
    end = at + 1
    while end < len(tagged) and (tagged[end][0][0].isupper() or tagged[end][0] == "and"):
        end += 1
    while tagged[end - 1][0] == "and":
        end -= 1
    return end if any(word[-1] == "," for word, _ in tagged[at + 1 : end]) else 0


def is_genus(word: str) -> bool:
    """Whether a word before one in lower case is the abbreviation of a genus."""
    return word in _GENERA
