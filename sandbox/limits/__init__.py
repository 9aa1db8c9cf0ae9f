"""What Discord refuses: its published limits on messages, interaction answers and commands.

Pure functions of a decoded JSON body. Each gives Discord's nested ``errors`` tree, empty when the body is
valid; `form_error` wraps it for the answer. Lengths are Unicode code points, as Discord counts them. Codes
and messages are Discord's where they are known; where Discord documents none they follow its manner.
"""

from .callbacks import check_callback
from .commands import check_command, check_commands
from .messages import check_message, empty_message
from .tree import Errors, form_error

__all__ = [
    "Errors",
    "check_callback",
    "check_command",
    "check_commands",
    "check_message",
    "empty_message",
    "form_error",
]
