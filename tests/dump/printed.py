"""Reference lists set in two columns by a little typesetter of the tests' own, dumped the way OCR dumps them."""

import random

from recover.stages.text_dump.entry_columns import width_em

TEXT = (
    "seasonal drift of burrowing worms in northern soils under winter light and the growth of roots along "
    "river banks after heavy rain with special regard to clay sand water heat salt birds fish forests and "
    "small mammals"
)
WORDS = TEXT.split()
NAMES = (
    "NOWAK",
    "PEARSON",
    "DE VRIES",
    "HOLM",
    "SATO",
    "RIVERA",
    "KOVACS",
    "BAUER",
    "LINDQVIST",
    "MORETTI",
    "DUBOIS",
    "PARK",
)
JOURNALS = ("Nature", "J Exp Biol", "Brain Res", "Cell Stem Cell", "Mol Ecol", "J Neurol Sci", "PLoS One", "Sci Rep")
COLUMN_EM = 30.0


def entries(count: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        authors = ", ".join(
            f"{name} {chance.choice('ABCDEFGH')}{chance.choice(['', 'K', 'M'])}" for name in chance.sample(NAMES, 3)
        )
        title = " ".join(chance.choices(WORDS, k=chance.randint(8, 16))).capitalize()
        first = chance.randint(1, 900)
        pages = f"{first}-{first + chance.randint(3, 20)}"
        numbers = f"{chance.randint(1998, 2024)};{chance.randint(1, 90)}({chance.randint(1, 12)}):{pages}"
        found.append(f"{authors}, et al. {title}. {chance.choice(JOURNALS)}. {numbers}.")
    return found


def set_lines(number: int, text: str) -> list[str]:
    """The entry broken into lines of the column's width."""
    lines = [f"[{number}]"]
    width = 0.0
    for word in text.split():
        step = width_em(word + " ", "humanist")
        if width + step > COLUMN_EM and len(lines[-1]) > 6:
            lines.append(word)
            width = step
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
            width += step
    return lines


def interleaved(texts: list[str], left: int) -> str:
    """Two columns run together line by line; ``left`` entries stand in the left one."""
    columns: tuple[list[str], list[str]] = ([], [])
    for number, text in enumerate(texts, 1):
        columns[number > left].extend(set_lines(number, text))
    shared = min(map(len, columns))
    both = [f"{one} {two}" for one, two in zip(*columns, strict=False)]
    rest = columns[0][shared:] + columns[1][shared:]
    return "\n".join(["References", *both, *rest, "", "412", ""])


def numbers_apart(texts: list[str]) -> str:
    """All numbers in one block, the entries after it."""
    numbers = "\n\n".join(f"[{number}]" for number in range(1, len(texts) + 1))
    bodies = "\n\n".join("\n".join(set_lines(0, text))[4:] for text in texts)
    return f"参考文献\n\n{numbers}\n\n{bodies}\n"


def numbers_behind(texts: list[str], columns: int) -> str:
    """Each column's entries, and after them all of its numbers in one block."""
    size = -(-len(texts) // columns)
    parts = []
    for begin in range(0, len(texts), size):
        part = texts[begin : begin + size]
        parts.append("\n\n".join("\n".join(set_lines(0, text))[4:] for text in part))
        parts.append("\n".join(f"[{begin + step}]" for step in range(1, len(part) + 1)))
    return "参考文献\n\n" + "\n\n".join(parts) + "\n"
