"""Headings and first cells of the tables that only the pages about the method have, in both languages."""

from typing import Final

LENGTHS: Final = {
    "en": ("Prompts", "Error before", "after", "source unseen", "In the interval before", "after"),
    "fr": ("Messages", "Erreur avant", "après", "source jamais vue", "Dans l’intervalle avant", "après"),
}
KINDS: Final = {
    "chat": {"en": "Courtesy and small talk", "fr": "Politesses et bavardage"},
    "statement": {"en": "Statements, feelings", "fr": "Affirmations, sentiments"},
    "short_question": {"en": "Short questions", "fr": "Questions courtes"},
    "short_question_french": {"en": "The same, in French", "fr": "Les mêmes, en français"},
    "task": {"en": "Tasks", "fr": "Tâches"},
    "benchmark": {"en": "Benchmarks", "fr": "Bancs d’essai"},
    "benchmark_french": {
        "en": "The same, in French (seven prompts, one model)",
        "fr": "Les mêmes, en français (sept messages, un modèle)",
    },
}
GOALS: Final = {
    "en": ("Prompts (sources)", "Published", "Before, here", "Now", "To reach"),
    "fr": ("Messages (sources)", "Publié", "Avant, ici", "Maintenant", "À atteindre"),
}
GOAL_NAMES: Final = {
    "chat": {"en": "Chat", "fr": "Bavardage"},
    "statement": {"en": "Statements", "fr": "Affirmations"},
    "question": {"en": "Questions in English", "fr": "Questions en anglais"},
    "question_french": {"en": "Questions in French", "fr": "Questions en français"},
    "task": {"en": "Tasks", "fr": "Tâches"},
}
DAY: Final = {
    "en": ("Messages", "Tokens written before", "after", "Energy before", "after"),
    "fr": ("Messages", "Jetons écrits avant", "après", "Énergie avant", "après"),
}
DAY_KINDS: Final = {
    "chat": {"en": "{count} of chat", "fr": "{count} de bavardage"},
    "short": {"en": "{count} that take a word or a line", "fr": "{count} qui demandent un mot ou une ligne"},
    "long": {"en": "{count} requests", "fr": "{count} demandes"},
    "all": {"en": "All", "fr": "Tous"},
}
COURTESY: Final = {
    "en": ("Sentences, rules as they are now", "Sentences", "Right", "Expressions: precision", "recall"),
    "fr": ("Phrases, règles de maintenant", "Phrases", "Justes", "Formules : précision", "rappel"),
}
COURTESY_ONLY: Final = {
    "en": ("*Only*: precision", "recall"),
    "fr": ("*Que* politesse : précision", "rappel"),
}
COURTESY_ROWS: Final = {
    "fr": {"en": "French, blind", "fr": "Français, à l’aveugle"},
    "en": {"en": "English, blind", "fr": "Anglais, à l’aveugle"},
    "blind": {"en": "Both, blind", "fr": "Les deux, à l’aveugle"},
    "known": {"en": "With which the rules were written", "fr": "Avec lesquelles les règles ont été écrites"},
    "all": {"en": "All", "fr": "Toutes"},
}
WRONG: Final = {"en": "Known to be wrong: {sentences}.", "fr": "Faux et connus : {sentences}."}
