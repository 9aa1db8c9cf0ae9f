"""All that a person can ask of a running bot, each use case with what it needs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.counting.effective_settings import EffectiveSettings
from bot.counting.visible_text import visible_text
from bot.estimation.estimator import Estimator
from bot.estimation.facts import places
from bot.estimation.facts.politeness_facts import PolitenessFacts
from bot.estimation.facts.thoughts import Thoughts
from bot.estimation.footprint import Request
from bot.estimation.phrasings import Phrasings
from bot.estimation.ranges import Range
from bot.ledger.ledger import Ledger
from bot.ledger.periods import ALL, period
from bot.ledger.queries.totals import average_answer
from bot.usecases import timelines
from bot.usecases.ai_bots import AiBotChoices
from bot.usecases.annotate import Annotate
from bot.usecases.boards import BoardRequest, Boards
from bot.usecases.estimates import Estimates
from bot.usecases.exports import Exports
from bot.usecases.ledger_reader import LedgerReader
from bot.usecases.privacy import Privacy
from bot.usecases.recap_choices import RecapChoices
from bot.usecases.recaps import Recaps
from bot.usecases.records.boards import Page, Tax
from bot.usecases.records.estimates import Reply
from bot.usecases.records.timelines import Timeline, WeekHours
from bot.usecases.records.trainings import AverageUse
from bot.usecases.server_settings import ServerChoices
from bot.usecases.setups import Setups

EVERYTHING = period(ALL, date.min)


@dataclass(frozen=True, slots=True)
class UseCases:
    """What commands and buttons ask; `politeness` are the facts of `config/politeness.toml`."""

    estimates: Estimates
    boards: Boards
    privacy: Privacy
    exports: Exports
    annotate: Annotate
    settings: ServerChoices
    ai_bots: AiBotChoices
    effective: EffectiveSettings
    politeness: PolitenessFacts
    recaps: Recaps
    setups: Setups

    @classmethod
    def build(
        cls,
        estimates: Estimates,
        ledger: Ledger,
        effective: EffectiveSettings,
        languages: Collection[str],
        politeness: PolitenessFacts,
        thoughts: Thoughts,
    ) -> "UseCases":
        """Give every use case its part, and read names of places now rather than while somebody types."""
        places.timezones()
        reader = LedgerReader(ledger.engine)
        boards = Boards(LedgerReader(ledger.engine, ledger.replica), estimates.estimator)
        recap_choices = RecapChoices(ledger, reader, effective)
        settings = ServerChoices(ledger, reader, effective, languages, recap_choices)
        return cls(
            estimates=estimates,
            boards=boards,
            privacy=Privacy(ledger, reader, estimates.estimator.retention),
            exports=Exports(reader),
            annotate=Annotate(ledger, effective),
            settings=settings,
            ai_bots=AiBotChoices(ledger, effective),
            effective=effective,
            politeness=politeness,
            recaps=Recaps(ledger, reader, boards, recap_choices, politeness, thoughts),
            setups=Setups(ledger, settings),
        )

    @property
    def estimator(self) -> Estimator:
        """Return what estimates are made with."""
        return self.estimates.estimator

    def request(
        self, guild_id: int | None, model: str | None = None, zone: str | None = None, effort: str | None = None
    ) -> tuple[Request, str | None]:
        """Return a request with the server's choices where nothing else is asked for, and the key of a notice."""
        return self.effective.request(guild_id, Request(model, zone, effort=effort.strip().lower() if effort else None))

    def footprint(self, text: str, request: Request, attachments: int, notice: str | None) -> Reply:
        """Return the footprint of an answer to what people see of a text; `UserError` when it can't be estimated."""
        return self.estimates.footprint(visible_text(text), request, attachments, notice)

    def phrasings(self, first: str, second: str, request: Request) -> Phrasings:
        """Return two ways of asking, by what people see of them; `UserError` when one can't be estimated."""
        return self.estimates.phrasings(visible_text(first), visible_text(second), request)

    def board(self, guild_id: int, name: str, now: datetime) -> BoardRequest:
        """Return what a board is asked with: a server's period as of a moment."""
        settings = self.effective.preferences.settings(guild_id)
        return BoardRequest(guild_id, self.effective.timezone(settings).value, name, now)

    async def tax(self, asked: BoardRequest) -> Tax:
        """Return what courtesy takes."""
        return await self.boards.tax(asked, self.politeness)

    async def timeline(self, asked: BoardRequest) -> Timeline:
        """Return a period by day."""
        return await timelines.by_day(self.boards.reader, asked)

    async def week_hours(self, asked: BoardRequest) -> WeekHours | None:
        """Return a period by hour of the week, None when that takes too long."""
        return await timelines.by_hour(self.boards.reader, asked)

    async def ranges(self, asked: BoardRequest, page: Page) -> Mapping[int, Range]:
        """Return the ranges of a board's page, by whose they are."""
        return await timelines.ranges(self.boards.reader, asked, page)

    async def average_answer(self, guild_id: int | None) -> AverageUse | None:
        """Return a server's average answer, None where nothing was counted."""
        if guild_id is None:
            return None
        mean = await self.boards.reader.read(average_answer, guild_id, EVERYTHING)
        if mean is None:
            return None
        return AverageUse(
            mean.energy_wh, self.effective.model(self.effective.preferences.settings(guild_id)).value.title
        )
