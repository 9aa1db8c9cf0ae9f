"""Estimates to interactions: their types, suggestions and modals."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.limits import check_callback

Body = dict[str, Any]
Flatten = Callable[[dict[str, Any]], dict[str, list[str]]]
LONG, BAD = "BASE_TYPE_MAX_LENGTH", "BASE_TYPE_BAD_LENGTH"


def answer(kind: Any, data: Any = None) -> dict[str, Any]:
    return check_callback({"type": kind, "data": data}, [])


def suggest(*choices: Body) -> dict[str, Any]:
    return answer(8, {"choices": list(choices)})


def modal(*components: Body, **keys: Any) -> dict[str, Any]:
    return answer(9, {"title": "t", "custom_id": "c", "components": list(components), **keys})


def entry(**keys: Any) -> Body:
    return {"type": 4, "style": 1, "custom_id": "i", **keys}


def labelled(component: Body, **keys: Any) -> Body:
    return {"type": 18, "label": "l", "component": component, **keys}


def row(**keys: Any) -> Body:
    return {"type": 1, "components": [entry(**{"label": "l", **keys})]}


def asked(number: int = 0, **keys: Any) -> Body:
    return row(custom_id=f"i{number}", **keys)


def two_in_a_row() -> Body:
    return {"type": 1, "components": [entry(label="a"), entry(label="b", custom_id="j")]}


def group(kind: int, count: int, **keys: Any) -> Body:
    return {"type": kind, "custom_id": "g", "options": picks(count), **keys}


def upload(most: int) -> Body:
    return {"type": 19, "custom_id": "u", "max_values": most}


def picks(count: int, **keys: Any) -> list[Body]:
    return [{"label": f"l{n}", "value": f"v{n}", **keys} for n in range(count)]


@pytest.mark.parametrize("kind", [1, 5, 6, 7, 10, 12])
def test_types_that_need_no_data(kind: int) -> None:
    assert answer(kind) == {}


@pytest.mark.parametrize("kind", [0, 2, 3, 11, 14, "4", True])
def test_unknown_types(kind: Any, flat: Flatten) -> None:
    assert flat(answer(kind)) == {"type": ["BASE_TYPE_CHOICES"]}


@pytest.mark.parametrize("kind", [4, 8, 9])
def test_types_that_need_data(kind: int, flat: Flatten) -> None:
    assert flat(answer(kind)) == {"data": ["BASE_TYPE_REQUIRED"]}


def test_the_type_is_needed(flat: Flatten) -> None:
    assert flat(check_callback({}, [])) == {"type": ["BASE_TYPE_REQUIRED"]}


@pytest.mark.parametrize("kind", [4, 7])
def test_messages_are_checked_as_such(kind: int, flat: Flatten) -> None:
    assert answer(kind, {"content": "x" * 2000, "flags": 64}) == {}
    assert flat(answer(kind, {"content": "x" * 2001})) == {"data.content": [LONG]}


def test_files_come_with_an_answer() -> None:
    data = {
        "attachments": [{"id": 0, "filename": "a.png"}],
        "embeds": [{"image": {"url": "attachment://a.png"}}],
    }
    assert check_callback({"type": 4, "data": data}, ["files[0]"]) == {}
    assert check_callback({"type": 4, "data": data}, []) != {}


def test_components_v2_cannot_be_announced_by_deferring(flat: Flatten) -> None:
    assert answer(5, {"flags": 64}) == {}
    assert flat(answer(5, {"flags": 1 << 15})) == {"data.flags": ["MESSAGE_FLAGS_INVALID"]}


class TestSuggestions:
    def test_twenty_five_at_most(self, flat: Flatten) -> None:
        assert suggest() == {}
        assert suggest(*[{"name": "n", "value": "v"}] * 25) == {}
        assert flat(suggest(*[{"name": "n", "value": "v"}] * 26)) == {"data.choices": [LONG]}

    @pytest.mark.parametrize("key", ["name", "value"])
    def test_a_hundred_code_points(self, key: str, flat: Flatten) -> None:
        assert suggest({"name": "n", "value": "v", key: "é" * 100}) == {}
        assert flat(suggest({"name": "n", "value": "v", key: "é" * 101})) == {f"data.choices.0.{key}": [BAD]}
        assert flat(suggest({"name": "n", "value": "v", key: ""})) == {f"data.choices.0.{key}": [BAD]}

    def test_values_are_words_or_numbers(self, flat: Flatten) -> None:
        assert suggest({"name": "n", "value": 3}, {"name": "n", "value": 2.5}) == {}
        assert flat(suggest({"name": "n", "value": 2**53 + 1})) == {"data.choices.0.value": ["NUMBER_TYPE_MAX"]}
        assert flat(suggest({"name": "n", "value": True})) == {"data.choices.0.value": ["NUMBER_TYPE_COERCE"]}
        assert flat(suggest({"name": "n", "value": None})) == {"data.choices.0.value": ["BASE_TYPE_REQUIRED"]}

    def test_localised_names(self, flat: Flatten) -> None:
        assert suggest({"name": "n", "value": "v", "name_localizations": {"fr": "é" * 100}}) == {}
        errors = suggest({"name": "n", "value": "v", "name_localizations": {"fr": "é" * 101}})
        assert flat(errors) == {"data.choices.0.name_localizations.fr": [BAD]}


class TestModals:
    @pytest.mark.parametrize(
        ("path", "most", "build", "code"),
        [
            ("title", 45, lambda n: modal(asked(), title="x" * n), BAD),
            ("custom_id", 100, lambda n: modal(asked(), custom_id="x" * n), BAD),
            ("components", 5, lambda n: modal(*map(asked, range(n))), BAD),
            ("components.0.components.0.label", 45, lambda n: modal(asked(label="x" * n)), BAD),
            ("components.0.components.0.placeholder", 100, lambda n: modal(asked(placeholder="x" * n)), LONG),
            ("components.0.components.0.value", 4000, lambda n: modal(asked(value="x" * n)), LONG),
            (
                "components.0.components.0.min_length",
                4000,
                lambda n: modal(asked(min_length=n)),
                "NUMBER_TYPE_MAX",
            ),
            (
                "components.0.components.0.max_length",
                4000,
                lambda n: modal(asked(max_length=n)),
                "NUMBER_TYPE_MAX",
            ),
            ("components.0.label", 45, lambda n: modal(labelled(entry(), label="x" * n)), BAD),
            ("components.0.description", 100, lambda n: modal(labelled(entry(), description="x" * n)), BAD),
            ("components.0.content", 4000, lambda n: modal({"type": 10, "content": "x" * n}), BAD),
            ("components.0.component.options", 10, lambda n: modal(labelled(group(21, n))), BAD),
            ("components.0.component.options", 10, lambda n: modal(labelled(group(22, n))), BAD),
            ("components.0.component.options", 25, lambda n: modal(labelled(group(3, n))), BAD),
            (
                "components.0.component.max_values",
                10,
                lambda n: modal(labelled(upload(n))),
                "NUMBER_TYPE_MAX",
            ),
        ],
    )
    def test_the_limit_holds_and_one_more_is_refused(
        self, path: str, most: int, build: Callable[[int], Body], code: str, flat: Flatten
    ) -> None:
        assert build(most) == {}
        assert code in flat(build(most + 1))[f"data.{path}"]

    @pytest.mark.parametrize(
        ("errors", "path", "code"),
        [
            (modal(), "components", BAD),
            (modal(asked(), title=""), "title", BAD),
            (modal(asked(), title=None), "title", "BASE_TYPE_REQUIRED"),
            (modal(asked(), custom_id=None), "custom_id", "BASE_TYPE_REQUIRED"),
            (modal(asked(style=3)), "components.0.components.0.style", "BASE_TYPE_CHOICES"),
            (modal(asked(required=1)), "components.0.components.0.required", "BOOLEAN_TYPE_CONVERT"),
            (modal(asked(label=None)), "components.0.components.0.label", "BASE_TYPE_REQUIRED"),
            (
                modal(asked(min_length=3, max_length=2)),
                "components.0.components.0.min_length",
                "TEXT_INPUT_COMPONENT_MIN_OVER_MAX",
            ),
            (modal(row(type=2)), "components.0.components.0.type", "UNION_TYPE_CHOICES"),
            (modal(two_in_a_row()), "components.0.components", BAD),
            (modal({"type": 9}), "components.0.type", "UNION_TYPE_CHOICES"),
            (modal(labelled({"type": 2})), "components.0.component.type", "UNION_TYPE_CHOICES"),
            (modal({"type": 18, "label": "l"}), "components.0.component", "BASE_TYPE_REQUIRED"),
            (
                modal(asked(1), asked(1)),
                "components.1.components.0.custom_id",
                "COMPONENT_CUSTOM_ID_DUPLICATED",
            ),
        ],
    )
    def test_bad_ones(self, errors: Body, path: str, code: str, flat: Flatten) -> None:
        assert flat(errors) == {f"data.{path}": [code]}

    @pytest.mark.parametrize(
        "component",
        [
            group(3, 2, required=False),
            {"type": 5, "custom_id": "g"},
            {"type": 8, "custom_id": "g", "max_values": 3},
            group(21, 2),
            group(22, 3, options=picks(3, default=True)),
            upload(3),
            {"type": 23, "custom_id": "g", "default": True},
            entry(style=2, required=True, min_length=0, max_length=1),
        ],
    )
    def test_a_label_asks_with(self, component: Body) -> None:
        assert modal(labelled(component, description="d"), {"type": 10, "content": "x"}) == {}

    @pytest.mark.parametrize(
        ("component", "path", "code"),
        [
            (group(21, 1), ".options", BAD),
            (group(21, 2, options=picks(2, default=True)), "", "SELECT_COMPONENT_TOO_MANY_DEFAULTS"),
            (group(22, 3, max_values=4), ".max_values", "SELECT_COMPONENT_TOO_FEW_OPTIONS"),
            (group(22, 0), ".options", BAD),
            (group(3, 2, placeholder="x" * 151), ".placeholder", LONG),
            (entry(required="no"), ".required", "BOOLEAN_TYPE_CONVERT"),
            ({"type": 23}, ".custom_id", "BASE_TYPE_REQUIRED"),
        ],
    )
    def test_a_label_does_not_ask_with(self, component: Body, path: str, code: str, flat: Flatten) -> None:
        assert flat(modal(labelled(component))) == {f"data.components.0.component{path}": [code]}
