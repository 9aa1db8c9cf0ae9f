"""The quiz: its questions, made from `config/`, and the game."""
