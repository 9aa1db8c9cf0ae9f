"""Draws README's pictures of `/compare`, in each language: `python -m scripts.chart_pictures`.

Writes `docs/images/compare-<language>.png`. Needs the vocabulary (`python -m bot vocab`).
"""

from datetime import UTC, datetime
from pathlib import Path

from bot.charts.renderer import draw
from bot.estimation.estimator import Estimator
from bot.estimation.facts.fact import CONFIG_DIR
from bot.presentation import comparison
from bot.presentation.translator import Catalogues
from bot.settings import load
from bot.usecases.estimates import Estimates

IMAGES = Path(__file__).parents[1] / "docs" / "images"
TEXTS = {
    "fr": "Rédige un mail poli à ma propriétaire pour lui demander de faire réparer la chaudière, s'il te plaît.",
    "en": "Could you write a polite e-mail to my landlady about the broken boiler, please?",
}


def main() -> None:
    """Draw them all."""
    estimates = Estimates(Estimator.load(CONFIG_DIR, load().vocabulary_dir, lambda: datetime.now(UTC)))
    catalogues = Catalogues.load(CONFIG_DIR)
    IMAGES.mkdir(parents=True, exist_ok=True)
    for language, text in TEXTS.items():
        chart = comparison.picture(estimates.compare(text, ""), catalogues.translator(language))
        (IMAGES / f"compare-{language}.png").write_bytes(draw(chart))


if __name__ == "__main__":
    main()
