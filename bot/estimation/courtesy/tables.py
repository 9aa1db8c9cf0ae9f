"""What `courtesy.toml` holds."""

from bot.estimation.facts.fact import Day, Strings, Table


class Stretched(Table):
    """Words whose letters are doubled without being stretched, and spellings that mean another word."""

    doubled: Strings
    twisted: Strings


class WithThanks(Table):
    """What stands around a thanks."""

    before: Strings
    after: Strings
    times: Strings
    beforehand: Strings
    spoilt_by: Strings
    spared: Strings


class OtherWord(Table):
    """Where a courtesy's letters are another word."""

    words: Strings
    before: Strings = ()
    after: Strings = ()
    needs: Strings = ()
    topic: Strings = ()
    does: Strings = ()


class Files(Table):
    """Endings of file names, and laughs."""

    endings: Strings
    laughs: Strings


class CourtesyFile(Table):
    """`courtesy.toml`."""

    date: Day
    verified: bool
    unit: str
    source: str
    stretched: Stretched
    courtesy: dict[str, dict[str, Strings]]
    with_thanks: WithThanks
    digits: dict[str, Strings]
    not_courtesy: dict[str, Strings]
    about: dict[str, Strings]
    titles: dict[str, Strings]
    other_word: dict[str, OtherWord]
    social: dict[str, Strings]
    thanking: dict[str, Strings]
    request: dict[str, Strings]
    files: Files
