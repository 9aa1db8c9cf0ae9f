"""Print what reading a message costs, step by step, in microseconds per message: the best of several rounds.

python -m benchmarks.answer_length
"""

import timeit
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bot.counting.visible_text import visible_text
from bot.estimation.estimator import Estimator
from bot.estimation.facts.fact import CONFIG_DIR
from bot.estimation.words import split

VOCABULARIES = Path(__file__).parents[1] / "data" / "tiktoken"

ENGLISH = (
    "Can you explain how photosynthesis works, with a few simple examples for a ten year old pupil who "
    "loves plants and the sun, without any jargon, and then give me three questions to check that it's clear?"
)
FRENCH = (
    "Peux-tu m'expliquer comment fonctionne la photosynthèse, avec des exemples simples pour un élève de "
    "dix ans qui aime les plantes et le soleil, sans jargon, puis me donner trois questions de contrôle ?"
)
TEXTS = {
    "chat, English": (
        "anyone up for a game tonight?",
        "I'll be there in 5 minutes",
        "lol that's so true",
        "my internet is so slow today",
        "we lost again, as usual",
        "that was a great movie",
        "did you see the match yesterday",
    ),
    "chat, French": (
        "quelqu'un pour une partie ce soir ?",
        "j'arrive dans 5 min",
        "mdr c'est trop vrai",
        "ma connexion rame trop aujourd'hui",
        "on a encore perdu, comme d'hab",
        "c'était un super film",
        "t'as vu le match hier soir",
    ),
    "polite, English": (
        "thanks, that worked",
        "could you please help me with this?",
        "thank you so much for the help, you saved my evening",
        "please explain how photosynthesis works",
        "can someone please send me the link to the doc, thanks in advance",
    ),
    "polite, French": (
        "merci ça marche",
        "tu peux m'aider s'il te plaît ?",
        "merci beaucoup pour ton aide, tu me sauves la soirée",
        "explique-moi la photosynthèse stp",
        "quelqu'un peut m'envoyer le lien du doc svp, merci d'avance",
    ),
    "200 characters, English": (ENGLISH,),
    "200 characters, French": (FRENCH,),
    "2,000 characters, English": (
        "Write a function that reads the table below and returns the mean of each column.\n" * 24,
    ),
    "2,000 characters, French": (
        "Écris une fonction qui lit le tableau ci-dessous et renvoie la moyenne de chaque colonne.\n" * 22,
    ),
    "100,000 characters": ("lorem ipsum dolor sit amet " * 3704,),
}
CALLS, ROUNDS = 20, 60


def microseconds(call: Callable[[str, list[str]], object], texts: tuple[str, ...], doubled: frozenset[str]) -> float:
    """The best of several short rounds, per message."""
    best = 0.0
    for text in texts:
        words = split(text, doubled)
        calls = CALLS if len(text) < 1000 else 2
        rounds = timeit.repeat(lambda text=text, words=words: call(text, words), number=calls, repeat=ROUNDS)
        best += min(rounds) / calls
    return best / len(texts) * 1e6


def main() -> None:
    """Measure and print."""
    estimator = Estimator.load(CONFIG_DIR, VOCABULARIES, lambda: datetime.now(UTC))
    model, lengths = estimator.model("openai/gpt-4o"), estimator.lengths
    steps: dict[str, Callable[[str, list[str]], object]] = {
        "visible": lambda text, _: visible_text(text),
        "split": lambda text, _: split(text, lengths.doubled),
        "courtesy": lambda text, words: estimator.reader.courtesy.find(words, text),
        "mix": lambda text, words: estimator.reader.mixes.read(words, text),
        "length": lambda text, words: lengths.basis(words, text, estimator.reader.courtesy.find(words, text)),
        "tokens": lambda text, _: estimator.tokenizers.count(text, model.encoding),
        "all": lambda text, _: estimator.read(visible_text(text), model),
    }
    print(f"{'text':28}{''.join(f'{name:>10}' for name in steps)}  microseconds (length: with courtesy)")
    for name, texts in TEXTS.items():
        taken = (microseconds(step, texts, lengths.doubled) for step in steps.values())
        print(f"{name:28}{''.join(f'{time:10.1f}' for time in taken)}")


if __name__ == "__main__":
    main()
