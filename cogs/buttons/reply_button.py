"""The buttons under a reply: they carry what it takes to estimate again."""

import re
from typing import Any, ClassVar, Self

from bot.client.button_state import TEMPLATE, ButtonState
from cogs.buttons.persistent_button import NEVER, PersistentButton


class ReplyButton(PersistentButton, template=NEVER):
    """Its id is `<action>:` and the reply's state; `action` is named where the class is made."""

    action: ClassVar[str]

    def __init_subclass__(cls, *, action: str, **keywords: Any) -> None:
        super().__init_subclass__(template=f"{action}:{TEMPLATE}", **keywords)
        cls.action = action

    def __init__(self, carried: ButtonState, label: str = "…") -> None:
        super().__init__(carried.to_custom_id(self.action), label)
        self.carried = carried

    @classmethod
    def from_match(cls, match: re.Match[str]) -> Self:
        """Return the button that an id says."""
        return cls(ButtonState.from_custom_id_match(match))
