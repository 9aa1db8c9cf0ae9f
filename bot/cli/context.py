"""What every subcommand works with."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.estimation.estimator import Estimator
from bot.presentation.translator import Words
from bot.settings import Settings
from bot.usecases.estimates import Answers


@dataclass(frozen=True, slots=True)
class Context:
    """The settings, and the words of the host's language."""

    settings: Settings
    words: Words

    def answers(self) -> Answers:
        """Load the facts; `ConfigError` names the file that can't be read."""
        now = datetime.now(UTC)
        estimator = Estimator.load(self.settings.config_dir, self.settings.vocabulary_dir, now)
        return Answers(estimator, now.date())
