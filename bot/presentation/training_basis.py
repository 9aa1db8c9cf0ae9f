"""How what a training took was counted, in words."""

from bot.estimation.facts.training_facts import Training
from bot.presentation import sources
from bot.presentation.numbers import format_integer
from bot.presentation.translator import Translator


def energy_basis(training: Training, t: Translator) -> str:
    """Return how the energy was counted, of a training whose energy is known."""
    fact = training.fact
    hours, watts = fact.gpu_hours or 0, fact.gpu_tdp_w or 0
    figures = {"hours": format_integer(hours, t), "watts": watts, "gpu": fact.gpu or "GPU"}
    return t(f"training.energy_basis.{fact.energy_basis}", **figures)


def gwp_basis(training: Training, t: Translator) -> str:
    """Return how the CO2e was counted, of a training whose CO2e is known."""
    return t(f"training.co2_basis.{training.fact.co2_basis}")


def basis_of_each(training: Training, t: Translator) -> list[str]:
    """Return how energy and CO2e were counted, where they are given."""
    shown = [energy_basis(training, t)] if training.energy_wh is not None else []
    return [*shown, gwp_basis(training, t)] if training.gwp_g is not None else shown


def basis_lines(training: Training, t: Translator) -> list[str]:
    """Return how sure the figures are, how they were counted, and where they are from."""
    fact = training.fact
    shown = [t(f"training.confidence.{fact.confidence}"), *basis_of_each(training, t), sources.linked(fact, t)]
    return [f"· {line}" for line in shown]
