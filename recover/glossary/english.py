"""The shapes an English term takes in print: number and spelling; hyphens and case are folded elsewhere."""

from __future__ import annotations

import re

# Singular and plural endings of the last word, tried in this order; the regular -s needs no pair.
PLURALS = (
    ("sis", "ses"),
    ("xis", "xes"),
    ("thesis", "theses"),
    ("ix", "ices"),
    ("ex", "ices"),
    ("yx", "yces"),
    ("us", "i"),
    ("um", "a"),
    ("on", "a"),
    ("oma", "omata"),
    ("a", "ae"),
    ("ouse", "ice"),
    ("an", "en"),
    ("y", "ies"),
    ("ch", "ches"),
    ("sh", "shes"),
    ("ss", "sses"),
    ("x", "xes"),
    ("f", "ves"),
)

# Words whose ending only looks like one of the above, seen among biomedical heads.
IRREGULAR = {"mouse": ("mice",), "mice": ("mouse",), "human": ("humans",), "axon": ("axons",), "neuron": ("neurons",)}

# British and American spellings; either may be printed whichever the glossary holds.
SPELLINGS = (
    ("haem", "hem"),
    ("aemi", "emi"),
    ("oedema", "edema"),
    ("oesoph", "esoph"),
    ("oestr", "estr"),
    ("paed", "ped"),
    ("leukaem", "leukem"),
    ("anaesth", "anesth"),
    ("tumour", "tumor"),
    ("behaviour", "behavior"),
    ("colour", "color"),
    ("fibre", "fiber"),
    ("grey", "gray"),
    ("centre", "center"),
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("analyse", "analyze"),
    ("ageing", "aging"),
    ("neurone", "neuron"),
    ("sulph", "sulf"),
    ("gynaec", "gynec"),
    ("orthopaed", "orthoped"),
    ("signalling", "signaling"),
    ("labelled", "labeled"),
    ("labelling", "labeling"),
    ("modelling", "modeling"),
)
_SPELT = re.compile("|".join(word for pair in SPELLINGS for word in pair))


def shapes(term: str) -> frozenset[str]:
    """``term`` with its other numbers and spellings, itself included; the regular plural -s is left out."""
    words = (term, *_without_possessive(term))
    numbered = {shape for word in words for shape in (word, *_numbers(word))}
    return frozenset(numbered | {spelt for shape in numbered for spelt in _spellings(shape)})


def _without_possessive(term: str) -> tuple[str, ...]:
    shorter = re.sub(r"['’]s?\b(?=\s)", "", term)
    return (shorter,) if shorter != term else ()


def _numbers(term: str) -> tuple[str, ...]:
    head = re.search(r"[A-Za-z]{3,}$", term)
    if not head or term.isupper():
        return ()
    stem, word = term[: head.start()], head.group()
    if word.lower() in IRREGULAR:
        return tuple(stem + other for other in IRREGULAR[word.lower()])
    return tuple(stem + other for other in _inflected(word))


def _inflected(word: str) -> tuple[str, ...]:
    for one, many in PLURALS:
        # Short words would be torn apart: "man" is no plural of "men" here, "cells" no form of "cella".
        if len(word) > len(one) + 2 and word.endswith(one):
            return (word[: -len(one)] + many,)
    if word.endswith("ies") and len(word) > 5:
        return (word[:-3] + "y",)
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return (word[:-1],)
    return ()


def _spellings(term: str) -> tuple[str, ...]:
    if not _SPELT.search(term):
        return ()
    found = []
    for british, american in SPELLINGS:
        found += [term.replace(british, american)] if british in term else []
        found += [term.replace(american, british)] if american in term and british not in term else []
    return tuple(found)


def words(text: str) -> tuple[str, ...]:
    """The words of a phrase in lower case, hyphenated ones taken apart."""
    return tuple(re.findall(r"[^\W_]+", text.lower()))
