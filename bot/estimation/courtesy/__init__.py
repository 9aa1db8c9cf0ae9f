"""Please, merci, s'il te plaît as people write them: how many, and whether a message is nothing else."""

from bot.estimation.courtesy.detector import NO_COURTESY, Courtesy, CourtesyDetector

__all__ = ["NO_COURTESY", "Courtesy", "CourtesyDetector"]
