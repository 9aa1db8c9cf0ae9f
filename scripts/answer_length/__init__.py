"""Fits and checks the answer-length predictor on public prompts and the lengths of real answers."""
