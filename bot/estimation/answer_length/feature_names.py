"""Names of features beside the lexicon's classes, and of the tasks of messages that name none."""

from bot.estimation.answer_length import act, shape

NUMBERS = (
    "size", "size_above_32", "size_above_128", "size_edited", "size_code", "items", "digits", "code_words",
    "maths_words", *shape.NUMBERS, *act.NUMBERS,
)  # fmt: skip
"""Features that carry a number: log2(1 + words) - 4, how far that logarithm is above 5 and 7, the size of texts
to be worked on and of messages with code, log2(things asked for) - 2, log2(1 + count) of numbers, words of code
and of mathematics."""

PRESENCES = (
    "asks_items", "french", "spanish", "german", "tiny", "short_lookup", "short_ask", "short_fact",
    "named_fact", "named_what", "own_fact", "french_fact", "handed",
    *shape.PRESENCES, *act.PRESENCES,
)  # fmt: skip
"""Features that are present or not and aren't classes of the lexicon."""

TOLD_APART = ("language.", "question.", "mark.", "form.", "act.")
"""Classes that are no features: they'd tell the languages apart (`question`), have a length given (`form`), or serve
to tell others."""

SMALL_TALK = "talk"
"""The task of a message that is nothing but greetings, thanks, announcements and the like."""

UNNAMED = ("write", "ask", "other")
"""Tasks of messages that name none: an order, a question, neither."""

LANGUAGES = ("french", "spanish", "german")
"""Languages told from English by their commonest words."""
