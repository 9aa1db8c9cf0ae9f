"""The command line as a person calls it: in a process of its own, output and exit status looked at."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.estimation.facts.fact import CONFIG_DIR

ROOT = Path(__file__).parents[2]
KEYS = [
    "model",
    "zone",
    "method",
    "prompt_tokens",
    "answer_tokens",
    "energy_wh",
    "gwp_g",
    "water_ml",
    "primary_energy_kj",
    "adpe_ug",
    "input_energy_wh",
    "at_scale",
    "equivalents",
    "courtesy",
    "cost_usd",
    "warnings",
]


def call(*arguments: str, given: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("EMPREINTE_") and k != "DISCORD_TOKEN"}
    clean = {**inherited, "LC_ALL": "C.UTF-8", "EMPREINTE_DATA_DIR": str(ROOT / "data"), **environment}
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=clean, capture_output=True, text=True, input=given, timeout=60, check=False
    )


def estimate(*arguments: str, **more: str) -> dict[str, Any]:
    done = call("estimate", *arguments, "--json", **more)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_the_talks_figures() -> None:
    found = estimate(
        "Écris un mail",
        "--model",
        "openai/gpt-4o",
        "--zone",
        "WOR",
        "--method",
        "ecologits-2024",
        "--answer-tokens",
        "170",
    )
    assert list(found) == KEYS
    assert found["energy_wh"] == pytest.approx({"low": 7.047, "expected": 14.920, "high": 22.793}, abs=5e-4)
    assert found["gwp_g"]["expected"] == pytest.approx(9.1062, abs=5e-5)
    assert found["at_scale"]["flights_paris_nyc"] == pytest.approx(1502.27, abs=5e-3)
    assert found["at_scale"]["people"] == 80_000_000
    assert found["water_ml"] is None
    assert found["answer_tokens"] == {"low": 170, "expected": 170, "high": 170}


def test_the_installed_method() -> None:
    found = estimate("Écris un mail", "--answer-tokens", "170", "--locale", "en")
    assert (found["model"], found["zone"], found["method"]) == ("openai/gpt-4o", "USA", "ecologits")
    assert found["energy_wh"]["low"] == pytest.approx(0.2504, abs=5e-5)
    assert found["energy_wh"]["high"] == pytest.approx(0.4140, abs=5e-5)
    assert all({"id", "quantity", "unit", "text", "source"} == set(one) for one in found["equivalents"])
    assert 3 <= len(found["equivalents"]) <= 4
    assert any("multimodal" in warning for warning in found["warnings"])
    assert found["cost_usd"] == pytest.approx(2.5e-6 * found["prompt_tokens"] + 1e-5 * 170)


def test_predicted_lengths_and_courtesy() -> None:
    found = estimate("Peux-tu m’expliquer la photosynthèse, s’il te plaît ? Merci d’avance.", "--zone", "fra")
    answer = found["answer_tokens"]
    assert 1 < answer["low"] < answer["expected"] < answer["high"]
    assert found["zone"] == "FRA"
    assert found["courtesy"]["words"] == 2
    assert found["courtesy"]["tokens"] >= 2
    assert not found["courtesy"]["only"]
    low, expected, high = (found["input_energy_wh"][name] for name in ("low", "expected", "high"))
    assert 0 < low < expected < high < found["energy_wh"]["high"]


def test_text_for_people_in_both_languages() -> None:
    french = call("estimate", "Raconte-moi une histoire, merci")
    assert french.returncode == 0
    assert "électricité\u202f: États-Unis" in french.stdout
    assert "formule de politesse" in french.stdout
    assert "impactco2.fr" in french.stdout
    assert "**" not in french.stdout
    english = call("estimate", "Tell me a story, thanks", "--locale", "en-GB")
    assert "electricity: United States" in english.stdout


def test_the_environment_chooses_the_language() -> None:
    assert "Unknown model" in call("estimate", "hi", "--model", "x/y", LC_ALL="en_GB.UTF-8").stderr
    assert "Modèle inconnu" in call("estimate", "hi", "--model", "x/y", LC_ALL="fr_BE.UTF-8").stderr
    assert "Modèle inconnu" in call("estimate", "hi", "--model", "x/y", LC_ALL="C").stderr


def test_standard_input() -> None:
    done = call("estimate", "-", "--json", given="Bonjour, explique-moi le vent.\nEn deux phrases.")
    assert json.loads(done.stdout)["prompt_tokens"] > 8


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("estimate", "  \n "), "pas de texte"),
        (("estimate", "a", "--model", "openai/gpt-99"), "openai/gpt-99"),
        (("estimate", "a", "--zone", "XYZ"), "XYZ"),
        (("estimate", "a", "--method", "magie"), "ecologits-2024"),
        (("estimate", "a", "--method", "ecologits-2024", "--model", "openai/gpt-5"), "openai/gpt-4o"),
        (("estimate", "a", "--method", "ecologits-2024", "--zone", "FRA"), "WOR"),
        (("estimate", "a", "--answer-tokens", "-5"), "entre 1"),
        (("estimate", "a", "--answer-tokens", "0"), "entre 1"),
        (("estimate", "a", "--answer-tokens", "many"), "many"),
        (("estimate",), "TEXT"),
        (("estimate", "a", "--batch", "-"), "TEXT"),
        (("estimate", "--batch", "no/such/file"), "no/such/file"),
        (("no-such-command",), "no-such-command"),
        ((), "COMMAND"),
        (("run", "--port", "70000"), "70000"),
    ],
)
def test_bad_input_is_one_line_and_status_2(arguments: tuple[str, ...], sentence: str) -> None:
    done = call(*arguments)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"EMPREINTE_DATA_DIR": "/nonexistent"}, "python -m bot vocab"),
        ({"EMPREINTE_CONFIG_DIR": "/nonexistent"}, ".po"),
        ({"EMPREINTE_SHARD_COUNT": "many"}, "SHARD_COUNT"),
        ({"EMPREINTE_DISCORD_API": "not-an-address"}, "DISCORD_API"),
    ],
)
def test_bad_settings_are_one_line_and_status_2(environment: dict[str, str], sentence: str) -> None:
    done = call("estimate", "bonjour", **environment)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("broken", sorted(path.name for path in CONFIG_DIR.glob("*.toml")))
def test_an_unreadable_config_file_is_named(tmp_path: Path, broken: str) -> None:
    for path in CONFIG_DIR.rglob("*"):
        if path.is_file():
            copy = tmp_path / path.relative_to(CONFIG_DIR)
            copy.parent.mkdir(exist_ok=True)
            copy.write_bytes(b"this = is [not toml" if path.name == broken else path.read_bytes())
    told = call("doctor", EMPREINTE_CONFIG_DIR=str(tmp_path))
    assert told.returncode == 1
    assert broken in told.stdout
    refused = call("estimate", "bonjour", EMPREINTE_CONFIG_DIR=str(tmp_path))
    assert refused.returncode == 2 or broken in {"cities.toml", "politeness.toml", "quiz.toml", "recap.toml"}, (
        "read by commands alone"
    )
    assert broken in refused.stderr or refused.returncode == 0
    assert "Traceback" not in told.stderr + refused.stderr


def test_a_batch_goes_on_after_a_bad_line(tmp_path: Path) -> None:
    lines = [
        {"id": 1, "text": "Bonjour, écris un poème"},
        {"id": "deux", "text": "Hello", "model": "no/such"},
        {
            "id": 3,
            "text": "Explique la pluie",
            "zone": "FRA",
            "answer_tokens": 100,
            "model": "openai/gpt-4o-mini",
        },
        {"text": "🙂"},
        {"id": 5, "text": "x" * 100_000},
        {"id": 6, "text": "Ποιος είσαι;"},
        {"id": 7, "text": "a", "answer_tokens": "ten"},
        {"id": 8, "text": "a", "answer_tokens": True},
        {"id": 9, "text": ""},
    ]
    file = tmp_path / "lines.jsonl"
    text = "\n".join([json.dumps(line) for line in lines] + ["not json", "[1, 2]", "", '{"id": 10}'])
    file.write_text(text, encoding="utf-8")
    done = call("estimate", "--batch", str(file))
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert [one.get("id") for one in found] == [1, "deux", 3, None, 5, 6, 7, 8, 9, None, None, 10]
    assert [position for position, one in enumerate(found) if "error" in one] == [1, 6, 7, 8, 9, 10, 11]
    assert found[2]["answer_tokens"]["expected"] == 100
    assert all(set(KEYS) <= set(one) for one in found if "error" not in one)


def test_a_good_batch_from_standard_input() -> None:
    done = call("estimate", "--batch", "-", "--zone", "SWE", given='{"text": "Bonjour", "id": 1}\n{"text": "Salut"}\n')
    assert done.returncode == 0
    assert [json.loads(line)["zone"] for line in done.stdout.splitlines()] == ["SWE", "SWE"]


def _strict(line: str) -> dict[str, Any]:
    def refuse(constant: str) -> None:
        raise ValueError(constant)

    line.encode("utf-8")
    return json.loads(line, parse_constant=refuse)


def test_what_json_cannot_hold_costs_a_batch_one_line() -> None:
    lines = [
        r'{"text": "a", "id": "\ud83d"}',
        r'{"text": "a \udc00", "id": 2}',
        r'{"text": "a", "id": 3, "model": "\ud83d"}',
        '{"text": "a", "id": NaN}',
        '{"text": "a", "id": 5, "answer_tokens": Infinity}',
        '{"text": "a", "id": {"deep": [1e999]}}',
        '{"text": "a", "id": 7, "more": -1e999}',
        "[" * 100_000,
        '{"text": "a", "id": ' + "9" * 5000 + "}",
        '{"text": "a", "id": "🙂"}',
    ]
    done = call("estimate", "--batch", "-", given="\n".join(lines))
    assert done.returncode == 1
    assert done.stderr == ""
    found = [_strict(line) for line in done.stdout.splitlines()]
    assert [one["id"] for one in found] == ["\ud83d", 2, 3, None, 5, None, 7, None, None, "🙂"]
    assert [position for position, one in enumerate(found) if "error" in one] == [2, 3, 4, 5, 6, 7, 8]


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_bytes(b'\xef\xbb\xbf{"text": "hello", "id": 1}\r\n{"text": "hello", "id": 2}')
    for done in (
        call("estimate", "--batch", str(file)),
        call("estimate", "--batch", "-", given=file.read_bytes().decode("utf-8")),
    ):
        assert done.returncode == 0, done.stdout
        first, second = map(_strict, done.stdout.splitlines())
        assert {**first, "id": 2} == second
    assert estimate("-", given="\ufeffhello") == estimate("hello")


def test_models_as_text_and_json() -> None:
    assert "GPT-4o" in call("models", "gpt", "4o").stdout
    listed = json.loads(call("models", "--json").stdout)
    assert len(listed) >= 250
    assert all(one["answer_energy_wh"] > 0 for one in listed)
    assert call("models", "zzz").returncode == 1


def test_doctor_names_what_is_wrong(tmp_path: Path) -> None:
    database = f"sqlite+aiosqlite:///{tmp_path}/e.db"
    well = call("doctor", EMPREINTE_DATABASE_URL=database)
    assert well.returncode == 0, well.stdout
    assert "✗" not in well.stdout
    ill = call(
        "doctor",
        EMPREINTE_DATA_DIR=str(tmp_path),
        DISCORD_TOKEN="x",
        EMPREINTE_DISCORD_API="http://127.0.0.1:9",
    )
    assert ill.returncode == 1
    assert "python -m bot vocab" in ill.stdout
    assert "127.0.0.1:9" in ill.stdout


def test_database_upgrade_and_check(tmp_path: Path) -> None:
    database = f"sqlite+aiosqlite:///{tmp_path}/new/e.db"
    assert call("db", "check", EMPREINTE_DATABASE_URL=database).returncode == 2
    assert call("db", "upgrade", EMPREINTE_DATABASE_URL=database).returncode == 0
    assert call("db", "check", EMPREINTE_DATABASE_URL=database).returncode == 0
    assert call("db", "check", EMPREINTE_DATABASE_URL="nonsense").returncode == 2
    assert call("db", "check", EMPREINTE_DATABASE_URL="sqlite+aiosqlite:////proc/no/e.db").returncode == 2


def test_vocab_keeps_what_is_there() -> None:
    done = call("vocab")
    assert done.returncode == 0
    assert done.stdout.count("déjà là") == 2
