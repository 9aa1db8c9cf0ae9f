"""One slash command or menu each."""
