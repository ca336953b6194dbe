"""Characters that are raised or lowered by their code (``⁵``, ``₂``), and the plain ones they stand for."""

from __future__ import annotations

from recover.model.styles import LOWERED, RAISED, with_flag

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"
_RAISED_PLAIN = "0123456789+-=()niabcdefghjklmoprstuvwxyz"
_LOWERED = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"
_LOWERED_PLAIN = "0123456789+-=()aehijklmnoprstuvx"
_PLAIN = str.maketrans(_RAISED + _LOWERED, _RAISED_PLAIN + _LOWERED_PLAIN)


def plain_text(text: str) -> tuple[str, str]:
    """``text`` of plain characters, one for one, and their styles."""
    raised = [at for at, char in enumerate(text) if char in _RAISED]
    lowered = [at for at, char in enumerate(text) if char in _LOWERED]
    styles = with_flag(with_flag("", raised, RAISED, len(text)), lowered, LOWERED, len(text))
    return text.translate(_PLAIN), styles
