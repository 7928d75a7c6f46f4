"""The ground of each tone on paper: light enough to print, told apart by colour-blind people."""

from __future__ import annotations

from reviewer.exports.documents.model import Tone

# RGB, hexadecimal; "" for none. ``document.html`` has the same.
GROUNDS = {
    Tone.PLAIN: "",
    Tone.GOOD: "D6ECF7",
    Tone.FAIR: "E8F1F4",
    Tone.CAUTION: "FDF2CF",
    Tone.POOR: "FBE3CD",
    Tone.BAD: "F5D3CF",
    Tone.NEUTRAL: "F1EFE9",
}
HEAD_GROUND = "EFECE5"
