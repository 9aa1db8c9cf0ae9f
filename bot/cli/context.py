"""What every subcommand works with."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.estimation.estimator import Estimator
from bot.presentation.translator import Translator
from bot.settings import Settings
from bot.usecases.estimates import Estimates


@dataclass(frozen=True, slots=True)
class Context:
    """The settings, and the words of the host's language."""

    settings: Settings
    t: Translator

    def estimates(self) -> Estimates:
        """Load the facts; `ConfigError` names the file that can't be read."""
        estimator = Estimator.load(self.settings.config_dir, self.settings.vocabulary_dir, lambda: datetime.now(UTC))
        return Estimates(estimator)
