"""Tells thanks from a request, once a message is known to open with thanks or to hold some."""

FORMAL_REQUEST = frozenset({"de", "d"})
"""After "merci", a formal request ("merci de vérifier") unless one of `THANKED` follows."""

THANKED = frozenset({"avance", "ton", "ta", "tes", "votre", "vos", "m", "nous", "tout", "cette", "ce", "l", "la"})

YOU = ("yo", "ya", "u")
"""How "you" begins, however it is spelt."""

THANKING = frozenset({
    "you", "u", "ya", "so", "very", "much", "a", "lot", "alot", "ton", "again", "all", "guys", "really", "beaucoup",
    "bcp", "bien", "encore", "infiniment", "vraiment", "à", "toi", "vous", "tous",
})  # fmt: skip
"""Words between thanks and what they are for."""

FOR = frozenset({"for", "pour"})


def is_thanks(words: list[str], at: int, is_opening: bool, names_task: bool) -> bool:
    """Tell whether a message that orders nothing thanks; its first word but for fillers is at `at`."""
    if not is_opening:
        return not names_task
    following = [*words[at + 1 : at + 3], "", ""]
    if words[at] == "merci" and following[0] in FORMAL_REQUEST:
        return following[1] in THANKED
    if words[at] == "thank" and not following[0].startswith(YOU):
        return False
    return not names_task or _are_thanks_for(words[at + 1 :])


def _are_thanks_for(words: list[str]) -> bool:
    """Tell "(thank) you so much for …": nothing before "for" but what belongs to thanking."""
    for word in words:
        if word not in THANKING:
            return word in FOR
    return False
