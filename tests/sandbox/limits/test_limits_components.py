"""Components of messages: both layouts, at their limits and beyond."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.limits import check_message

Body = dict[str, Any]
Flatten = Callable[[dict[str, Any]], dict[str, list[str]]]
LONG, BAD = "BASE_TYPE_MAX_LENGTH", "BASE_TYPE_BAD_LENGTH"
V2 = 1 << 15


def button(custom_id: str | None = "b", **keys: Any) -> Body:
    return {"type": 2, "style": 1, "label": "Go", "custom_id": custom_id, **keys}


def link(**keys: Any) -> Body:
    return {"type": 2, "style": 5, "label": "Go", "url": "https://a.example", **keys}


def menu(**keys: Any) -> Body:
    return {"type": 3, "custom_id": "m", "options": picks(2), **keys}


def picks(count: int, **keys: Any) -> list[Body]:
    return [{"label": f"l{n}", "value": f"v{n}", **keys} for n in range(count)]


def row(*children: Body) -> Body:
    return {"type": 1, "components": list(children)}


def text(content: str = "t") -> Body:
    return {"type": 10, "content": content}


def picture(**keys: Any) -> Body:
    return {"media": {"url": "https://a.example/b.png"}, **keys}


def legacy(*rows: Body) -> dict[str, Any]:
    return check_message({"components": list(rows)}, [], creating=True)


def v2(*components: Body, **keys: Any) -> dict[str, Any]:
    return check_message({"flags": V2, "components": list(components), **keys}, [], creating=True)


def one(child: Body) -> Body:
    return {"components": [row(child)]}


FIRST = "components.0.components.0"
LENGTHS: list[tuple[str, int, Callable[[int], Body], str]] = [
    ("components", 5, lambda n: {"components": [row(button(f"{i}")) for i in range(n)]}, LONG),
    (f"{FIRST}.label", 80, lambda n: one(button(label="x" * n)), LONG),
    (f"{FIRST}.custom_id", 100, lambda n: one(button("x" * n)), BAD),
    (f"{FIRST}.url", 512, lambda n: one(link(url="https://a.example/".ljust(n, "x"))), LONG),
    (f"{FIRST}.emoji.name", 32, lambda n: one(button(emoji={"id": "1", "name": "x" * n})), LONG),
    (f"{FIRST}.placeholder", 150, lambda n: one(menu(placeholder="x" * n)), LONG),
    (f"{FIRST}.options", 25, lambda n: one(menu(options=picks(n))), BAD),
    (f"{FIRST}.options.0.label", 100, lambda n: one(menu(options=picks(1, label="x" * n))), BAD),
    (f"{FIRST}.options.0.value", 100, lambda n: one(menu(options=picks(1, value="x" * n))), BAD),
    (f"{FIRST}.options.0.description", 100, lambda n: one(menu(options=picks(1, description="x" * n))), LONG),
    (f"{FIRST}.default_values", 25, lambda n: one(many_defaults(n)), LONG),
    (f"{FIRST}.id", 2**31 - 1, lambda n: one(button(id=n)), "NUMBER_TYPE_MAX"),
]


def many_defaults(count: int) -> Body:
    return {
        "type": 5,
        "custom_id": "u",
        "max_values": 25,
        "default_values": [{"id": "1", "type": "user"}] * count,
    }


@pytest.mark.parametrize(("path", "most", "body", "code"), LENGTHS, ids=[case[0] for case in LENGTHS])
def test_the_limit_holds_and_one_more_is_refused(
    path: str, most: int, body: Callable[[int], Body], code: str, flat: Flatten
) -> None:
    assert check_message(body(most), [], creating=True) == {}
    assert code in flat(check_message(body(most + 1), [], creating=True))[path]


class TestRows:
    def test_five_buttons_fill_a_row(self, flat: Flatten) -> None:
        assert legacy(row(*(button(f"{n}") for n in range(5)))) == {}
        errors = legacy(row(*(button(f"{n}") for n in range(6))))
        assert flat(errors)["components.0.components"] == [BAD]

    def test_a_menu_fills_a_row(self, flat: Flatten) -> None:
        assert legacy(row(menu())) == {}
        too_wide = ["COMPONENT_LAYOUT_WIDTH_EXCEEDED"]
        assert flat(legacy(row(menu(), button()))) == {"components.0.components.1": too_wide}
        assert flat(legacy(row(button(), menu()))) == {"components.0.components.1": too_wide}

    def test_a_row_is_not_empty(self, flat: Flatten) -> None:
        assert flat(legacy(row())) == {"components.0.components": [BAD]}
        assert flat(legacy({"type": 1})) == {"components.0.components": ["BASE_TYPE_REQUIRED"]}

    def test_only_rows_stand_in_a_message_and_only_controls_in_a_row(self, flat: Flatten) -> None:
        assert flat(legacy(button())) == {"components.0.type": ["UNION_TYPE_CHOICES"]}
        assert flat(legacy(text())) == {"components.0.type": ["UNION_TYPE_CHOICES"]}
        assert flat(legacy(row(text()))) == {
            f"{FIRST}.type": ["UNION_TYPE_CHOICES"],
        }
        assert flat(legacy({})) == {"components.0.type": ["BASE_TYPE_REQUIRED"]}

    def test_an_id_is_used_once(self, flat: Flatten) -> None:
        errors = legacy(row(button("a"), button("b")), row(button("a")))
        assert flat(errors) == {"components.1.components.0.custom_id": ["COMPONENT_CUSTOM_ID_DUPLICATED"]}
        assert legacy(row(button("a", id=0), button("b", id=0), button("7", id=7))) == {}
        errors = legacy(row(button("a", id=7), button("b", id=7)))
        assert flat(errors) == {"components.0.components.1.id": ["COMPONENT_ID_DUPLICATED"]}


class TestButtons:
    @pytest.mark.parametrize(
        "good",
        [
            button(style=4, disabled=True),
            button(label=None, emoji={"name": "🌱"}),
            button(label=None, emoji={"name": "1️⃣", "id": None}),
            button(emoji={"id": "41771983429993937", "name": "LUL"}),
            link(url="discord://-/settings"),
            {"type": 2, "style": 6, "sku_id": "1"},
        ],
    )
    def test_good_ones(self, good: Body) -> None:
        assert legacy(row(good)) == {}

    @pytest.mark.parametrize(
        ("bad", "path", "code"),
        [
            (button(""), ".custom_id", BAD),
            (button(custom_id=None), ".custom_id", "BASE_TYPE_REQUIRED"),
            (button(style=0), ".style", "BASE_TYPE_CHOICES"),
            (button(style=7), ".style", "BASE_TYPE_CHOICES"),
            (button(style=None), ".style", "BASE_TYPE_REQUIRED"),
            (button(label=""), "", "BUTTON_COMPONENT_LABEL_REQUIRED"),
            (button(url="https://a.example"), ".url", "BUTTON_COMPONENT_FIELD_NOT_ALLOWED"),
            (button(emoji={"name": "smile"}), ".emoji", "COMPONENT_INVALID_EMOJI"),
            (button(emoji={"name": ""}), ".emoji", "COMPONENT_INVALID_EMOJI"),
            (button(emoji={"id": "x", "name": "LUL"}), ".emoji.id", "NUMBER_TYPE_COERCE"),
            (link(url=None), ".url", "BASE_TYPE_REQUIRED"),
            (link(url="ftp://a.example"), ".url", "URL_TYPE_INVALID_SCHEME"),
            (link(custom_id="x"), ".custom_id", "BUTTON_COMPONENT_FIELD_NOT_ALLOWED"),
            ({"type": 2, "style": 6}, ".sku_id", "NUMBER_TYPE_COERCE"),
            (
                {"type": 2, "style": 6, "sku_id": 1, "label": "x"},
                ".label",
                "BUTTON_COMPONENT_FIELD_NOT_ALLOWED",
            ),
        ],
    )
    def test_bad_ones(self, bad: Body, path: str, code: str, flat: Flatten) -> None:
        assert flat(legacy(row(bad))) == {FIRST + path: [code]}


class TestMenus:
    @pytest.mark.parametrize(
        "good",
        [
            menu(min_values=0, max_values=2),
            menu(min_values=2, max_values=2),
            menu(options=picks(2, emoji={"name": "🌱"})),
            menu(max_values=2, options=picks(2, default=True)),
            {"type": 8, "custom_id": "c", "min_values": 0, "max_values": 25},
        ],
    )
    def test_good_ones(self, good: Body) -> None:
        assert legacy(row(good)) == {}

    @pytest.mark.parametrize(
        ("bad", "path", "code"),
        [
            (menu(options=[]), ".options", BAD),
            (menu(options=None), ".options", "BASE_TYPE_REQUIRED"),
            (menu(options=5), ".options", "LIST_TYPE_CONVERT"),
            (menu(options=picks(1, label="")), ".options.0.label", BAD),
            (menu(options=picks(2, value="v")), ".options.1", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"),
            (menu(options=picks(2, default=True)), "", "SELECT_COMPONENT_TOO_MANY_DEFAULTS"),
            (menu(min_values=2), ".min_values", "SELECT_COMPONENT_MIN_OVER_MAX"),
            (menu(min_values=-1), ".min_values", "NUMBER_TYPE_MIN"),
            (menu(max_values=3), ".max_values", "SELECT_COMPONENT_TOO_FEW_OPTIONS"),
            (menu(max_values=0, min_values=0), ".max_values", "NUMBER_TYPE_MIN"),
            ({"type": 6, "custom_id": "r", "max_values": "2"}, ".max_values", "NUMBER_TYPE_COERCE"),
        ],
    )
    def test_bad_ones(self, bad: Body, path: str, code: str, flat: Flatten) -> None:
        assert flat(legacy(row(bad))) == {FIRST + path: [code]}


class TestV2:
    def test_every_component_in_its_place(self) -> None:
        section = {"type": 9, "components": [text()], "accessory": {"type": 11, **picture(description="d")}}
        gallery = {"type": 12, "items": [picture(spoiler=True)]}
        separator = {"type": 14, "spacing": 2, "divider": False}
        box = {"type": 17, "accent_color": 0xFFFFFF, "components": [section, gallery, row(button())]}
        attached = {"type": 13, "file": {"url": "attachment://a.csv"}}
        body = {
            "flags": V2,
            "components": [text(), box, separator, attached],
            "attachments": [{"id": 0, "filename": "a.csv"}],
        }
        assert check_message(body, ["files[0]"], creating=True) == {}

    @pytest.mark.parametrize(
        ("key", "value"),
        [("content", "x"), ("embeds", [{"title": "t"}]), ("sticker_ids", ["1"]), ("poll", {"question": {}})],
    )
    def test_nothing_beside_components(self, key: str, value: Any, flat: Flatten) -> None:
        refused = {key: ["MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"]}
        assert flat(v2(text(), **{key: value})) == refused
        assert v2(text(), **{key: None}) == {}

    def test_forty_components_nested_ones_counted(self, flat: Flatten) -> None:
        def nested(sections: int, texts: int) -> list[Body]:
            section = {"type": 9, "components": [text()], "accessory": {"type": 11, **picture()}}
            return [{"type": 17, "components": [section] * sections}, *([text()] * texts)]

        assert v2(*nested(10, 9)) == {}
        assert flat(v2(*nested(10, 10))) == {"components": ["COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"]}
        assert LONG in flat(v2(*nested(1, 40)))["components"]

    def test_4000_code_points_over_all_texts(self, flat: Flatten) -> None:
        assert v2(text("x" * 4000)) == {}
        assert v2(text("🌱" * 3999), text("x")) == {}
        assert flat(v2(text("x" * 4000), text("x"))) == {"components": ["COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"]}

    @pytest.mark.parametrize(
        ("bad", "path", "code"),
        [
            (text(""), ".content", BAD),
            (button(), ".type", "UNION_TYPE_CHOICES"),
            ({"type": 17, "components": []}, ".components", BAD),
            (
                {"type": 17, "components": [text()], "accent_color": 1 << 24},
                ".accent_color",
                "NUMBER_TYPE_MAX",
            ),
            ({"type": 17, "components": [{"type": 17}]}, ".components.0.type", "UNION_TYPE_CHOICES"),
            ({"type": 9, "components": [text()]}, ".accessory", "BASE_TYPE_REQUIRED"),
            ({"type": 9, "components": [text()] * 4, "accessory": button()}, ".components", BAD),
            ({"type": 9, "components": [], "accessory": button()}, ".components", BAD),
            (
                {"type": 9, "components": [text()], "accessory": menu()},
                ".accessory.type",
                "UNION_TYPE_CHOICES",
            ),
            (
                {"type": 9, "components": [button()], "accessory": link()},
                ".components.0.type",
                "UNION_TYPE_CHOICES",
            ),
            ({"type": 12, "items": []}, ".items", BAD),
            ({"type": 12, "items": [picture()] * 11}, ".items", BAD),
            ({"type": 12, "items": [{}]}, ".items.0.media", "BASE_TYPE_REQUIRED"),
            ({"type": 12, "items": [picture(description="x" * 1025)]}, ".items.0.description", BAD),
            ({"type": 13}, ".file", "BASE_TYPE_REQUIRED"),
            ({"type": 13, "file": {"url": "https://a.example"}}, ".file.url", "URL_TYPE_INVALID_SCHEME"),
            ({"type": 14, "spacing": 3}, ".spacing", "BASE_TYPE_CHOICES"),
            (row(menu(), menu(custom_id="n")), ".components.1", "COMPONENT_LAYOUT_WIDTH_EXCEEDED"),
        ],
    )
    def test_bad_ones(self, bad: Body, path: str, code: str, flat: Flatten) -> None:
        assert flat(v2(bad)) == {f"components.0{path}": [code]}

    def test_a_file_shown_was_uploaded(self, flat: Flatten) -> None:
        missing = ["UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"]
        errors = v2({"type": 13, "file": {"url": "attachment://a.csv"}})
        assert flat(errors) == {"components.0.file.url": missing}

    def test_ids_are_unique_through_all_levels(self, flat: Flatten) -> None:
        section = {"type": 9, "components": [text()], "accessory": button("same")}
        errors = v2(row(button("same")), {"type": 17, "components": [section]})
        assert flat(errors) == {"components.1.components.0.accessory.custom_id": ["COMPONENT_CUSTOM_ID_DUPLICATED"]}
