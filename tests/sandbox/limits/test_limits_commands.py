"""Application commands: names in every language, options, choices, sizes and numbers."""

from collections.abc import Callable
from typing import Any

import discord
import pytest

from sandbox.limits import check_command, check_commands

Body = dict[str, Any]
Flatten = Callable[[dict[str, Any]], dict[str, list[str]]]
LONG, BAD = "BASE_TYPE_MAX_LENGTH", "BASE_TYPE_BAD_LENGTH"
REGEX, NAME = "STRING_TYPE_REGEX", "APPLICATION_COMMAND_INVALID_NAME"


def command(**keys: Any) -> Body:
    return {"name": "footprint", "description": "d", **keys}


def with_option(**keys: Any) -> Body:
    return command(options=[option(**keys)])


def option(name: str = "text", kind: int = 3, **keys: Any) -> Body:
    return {"type": kind, "name": name, "description": "d", **keys}


def several(count: int) -> list[Body]:
    return [option(f"o{n}") for n in range(count)]


def choices(count: int, **keys: Any) -> list[Body]:
    return [{"name": f"n{n}", "value": f"v{n}", **keys} for n in range(count)]


LENGTHS: list[tuple[str, int, Callable[[int], Body], str]] = [
    ("name", 32, lambda n: command(name="x" * n), BAD),
    ("name", 32, lambda n: {"type": 3, "name": "X" * n}, BAD),
    ("name_localizations.fr", 32, lambda n: command(name_localizations={"fr": "é" * n}), BAD),
    ("description", 100, lambda n: command(description="x" * n), BAD),
    ("description_localizations.ja", 100, lambda n: command(description_localizations={"ja": "足" * n}), BAD),
    ("options", 25, lambda n: command(options=several(n)), LONG),
    ("options.0.name", 32, lambda n: with_option(name="x" * n), BAD),
    ("options.0.name_localizations.fr", 32, lambda n: with_option(name_localizations={"fr": "x" * n}), BAD),
    ("options.0.description", 100, lambda n: with_option(description="x" * n), BAD),
    ("options.0.choices", 25, lambda n: with_option(choices=choices(n)), LONG),
    ("options.0.choices.0.name", 100, lambda n: with_option(choices=choices(1, name="x" * n)), BAD),
    ("options.0.choices.0.value", 100, lambda n: with_option(choices=choices(1, value="x" * n)), BAD),
    (
        "options.0.choices.0.name_localizations.fr",
        100,
        lambda n: with_option(choices=choices(1, name_localizations={"fr": "x" * n})),
        BAD,
    ),
    ("options.0.min_length", 6000, lambda n: with_option(min_length=n), "NUMBER_TYPE_MAX"),
    ("options.0.max_length", 6000, lambda n: with_option(max_length=n), "NUMBER_TYPE_MAX"),
    ("options.0.max_value", 2**53, lambda n: with_option(kind=4, max_value=n), "NUMBER_TYPE_MAX"),
    ("options.0.options", 25, lambda n: with_option(kind=1, options=several(n)), LONG),
]


@pytest.mark.parametrize(("path", "most", "body", "code"), LENGTHS, ids=[case[0] for case in LENGTHS])
def test_the_limit_holds_and_one_more_is_refused(
    path: str, most: int, body: Callable[[int], Body], code: str, flat: Flatten
) -> None:
    assert check_command(body(most)) == {}
    assert flat(check_command(body(most + 1))) == {path: [code]}


class TestNames:
    @pytest.mark.parametrize(
        "name",
        ["empreinte", "réglages", "l'eau", "a-b_c", "足跡", "пример", "ٱلأثر", "नमस्ते", "ร้องเพลง", "1", "ß"],
    )
    def test_typed_ones(self, name: str) -> None:
        assert check_command(command(name=name)) == {}
        assert check_command(with_option(name=name)) == {}

    @pytest.mark.parametrize(
        ("name", "code"),
        [
            ("Footprint", NAME),
            ("É", NAME),
            ("a b", REGEX),
            ("a.b", REGEX),
            ("a/b", REGEX),
            ("🌱", REGEX),
            ("", BAD),
        ],
    )
    def test_ones_that_cannot_be_typed(self, name: str, code: str, flat: Flatten) -> None:
        assert flat(check_command(command(name=name))) == {"name": [code]}
        assert flat(check_command(with_option(name=name))) == {"options.0.name": [code]}
        if name:
            errors = check_command(command(name_localizations={"fr": name}))
            assert flat(errors) == {"name_localizations.fr": [code]}

    @pytest.mark.parametrize("kind", [2, 3])
    def test_context_menus_are_named_freely(self, kind: int, flat: Flatten) -> None:
        assert check_command({"type": kind, "name": "Empreinte (Wh) 🌱", "description": ""}) == {}
        errors = check_command({"type": kind, "name": " ", "name_localizations": {"fr": " "}})
        assert flat(errors) == {"name": [NAME], "name_localizations.fr": [NAME]}

    @pytest.mark.parametrize(
        ("key", "value"),
        [("description", "d"), ("options", [option()]), ("description_localizations", {"fr": "d"})],
    )
    def test_context_menus_have_a_name_only(self, key: str, value: Any, flat: Flatten) -> None:
        errors = check_command({"type": 2, "name": "n", key: value})
        assert flat(errors) == {key: ["APPLICATION_COMMAND_CONTEXT_MENU_FIELD"]}

    @pytest.mark.parametrize("locale", ["en", "fr-FR", "FR", "tlh", ""])
    def test_locales_are_discords(self, locale: str, flat: Flatten) -> None:
        for key in ("name_localizations", "description_localizations"):
            assert flat(check_command(command(**{key: {locale: "x"}}))) == {f"{key}.{locale}": ["ENUM_TYPE_COERCE"]}

    def test_all_32_locales(self) -> None:
        locales = [locale.value for locale in discord.Locale]
        assert len(locales) == 32
        assert check_command(command(name_localizations=dict.fromkeys(locales, "x"))) == {}

    @pytest.mark.parametrize(
        ("body", "path"),
        [
            ({"description": "d"}, "name"),
            ({"name": "n"}, "description"),
            (with_option(description=None), "options.0.description"),
        ],
    )
    def test_what_has_to_be_there(self, body: Body, path: str, flat: Flatten) -> None:
        assert flat(check_command(body)) == {path: ["BASE_TYPE_REQUIRED"]}


class TestOptions:
    def test_required_ones_come_first(self, flat: Flatten) -> None:
        required = option("b", required=True)
        assert check_command(command(options=[required, option("a")])) == {}
        errors = check_command(command(options=[option("a"), required]))
        assert flat(errors) == {"options.1": ["APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"]}
        inner = with_option(kind=1, options=[option("a"), required])
        assert list(flat(check_command(inner))) == ["options.0.options.1"]

    def test_names_differ(self, flat: Flatten) -> None:
        errors = check_command(command(options=[option("a"), option("a", name_localizations={"fr": "b"})]))
        assert flat(errors) == {"options.1.name": ["APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"]}

    @pytest.mark.parametrize(
        ("first", "second"),
        [({"fr": "texte"}, {"fr": "texte"}), ({"fr": "model"}, {}), ({}, {"fr": "text", "de": "modell"})],
    )
    def test_names_differ_in_every_language(self, first: Body, second: Body, flat: Flatten) -> None:
        two = [option("text", name_localizations=first), option("model", name_localizations=second)]
        exists = ["APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"]
        assert flat(check_command(command(options=two))) == {"options.1.name_localizations.fr": exists}

    def test_names_swapped_in_another_language_do_not_clash(self) -> None:
        two = [option("a", name_localizations={"fr": "b"}), option("b", name_localizations={"fr": "a"})]
        assert check_command(command(options=two)) == {}

    def test_subcommands_stand_in_groups_and_options_in_subcommands(self) -> None:
        sub = option("show", 1, options=[option()])
        assert check_command(command(options=[option("settings", 2, options=[sub]), sub])) == {}

    @pytest.mark.parametrize(
        ("body", "path", "code"),
        [
            (with_option(kind=0), "options.0.type", "BASE_TYPE_CHOICES"),
            (with_option(kind=12), "options.0.type", "BASE_TYPE_CHOICES"),
            (with_option(kind=2, options=[option()]), "options.0.options.0.type", "BASE_TYPE_CHOICES"),
            (
                with_option(kind=2, options=[option(kind=2)]),
                "options.0.options.0.type",
                "BASE_TYPE_CHOICES",
            ),
            (with_option(kind=1, options=[option(kind=1)]), "options.0.options.0.type", "BASE_TYPE_CHOICES"),
            (
                command(options=[option("a", 1), option("b")]),
                "options",
                "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            ),
            (
                with_option(options=[option()]),
                "options.0.options",
                "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            ),
            (with_option(kind=5, choices=choices(1)), None, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"),
            (
                with_option(kind=4, max_length=3),
                "options.0.max_length",
                "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            ),
            (
                with_option(kind=3, max_value=3),
                "options.0.max_value",
                "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            ),
            (
                with_option(channel_types=[0]),
                "options.0.channel_types",
                "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            ),
            (
                with_option(autocomplete=True, choices=choices(1)),
                "options.0.autocomplete",
                "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_EXCLUSIVE",
            ),
            (with_option(min_length=-1), "options.0.min_length", "NUMBER_TYPE_MIN"),
            (with_option(max_length=0), "options.0.max_length", "NUMBER_TYPE_MIN"),
            (
                with_option(min_length=3, max_length=2),
                "options.0.min_length",
                "APPLICATION_COMMAND_OPTIONS_MIN_OVER_MAX",
            ),
            (
                with_option(kind=10, min_value=0.5, max_value=0.25),
                "options.0.min_value",
                "APPLICATION_COMMAND_OPTIONS_MIN_OVER_MAX",
            ),
            (with_option(kind=4, min_value=0.5), "options.0.min_value", "NUMBER_TYPE_COERCE"),
            (with_option(required="yes"), "options.0.required", "BOOLEAN_TYPE_CONVERT"),
            (
                with_option(choices=choices(2, name="n")),
                "options.0.choices.1.name",
                "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS",
            ),
            (with_option(choices=choices(1, value=3)), "options.0.choices.0.value", "STRING_TYPE_CONVERT"),
            (with_option(choices=choices(1, value="")), "options.0.choices.0.value", BAD),
            (with_option(kind=4, choices=choices(1)), "options.0.choices.0.value", "NUMBER_TYPE_COERCE"),
            (
                with_option(kind=10, choices=choices(1, value=None)),
                "options.0.choices.0.value",
                "BASE_TYPE_REQUIRED",
            ),
            (command(options={}), "options", "LIST_TYPE_CONVERT"),
        ],
    )
    def test_bad_ones(self, body: Body, path: str | None, code: str, flat: Flatten) -> None:
        found = flat(check_command(body))
        assert [code] in found.values()
        assert path is None or found == {path: [code]}

    @pytest.mark.parametrize(
        "good",
        [
            option(autocomplete=True),
            option(kind=4, min_value=-(2**53), max_value=0, choices=[{"name": "n", "value": 3}]),
            option(kind=10, min_value=0.5, choices=[{"name": "n", "value": 0.5}]),
            option(kind=7, channel_types=[0, 5]),
            option(min_length=0, max_length=6000),
        ],
    )
    def test_good_ones(self, good: Body) -> None:
        assert check_command(command(options=[good])) == {}


class TestAvailability:
    def test_good_ones(self) -> None:
        places = {"integration_types": [0, 1], "contexts": [0, 1, 2], "dm_permission": None, "nsfw": False}
        assert check_command(command(default_member_permissions="32", **places)) == {}

    @pytest.mark.parametrize(
        ("key", "value", "path", "code"),
        [
            ("integration_types", [], "integration_types", BAD),
            ("integration_types", [2], "integration_types.0", "BASE_TYPE_CHOICES"),
            ("integration_types", [1, 1], "integration_types", "SET_TYPE_ALREADY_CONTAINS_VALUE"),
            ("contexts", [3], "contexts.0", "BASE_TYPE_CHOICES"),
            ("default_member_permissions", "MANAGE", "default_member_permissions", "NUMBER_TYPE_COERCE"),
            ("dm_permission", "no", "dm_permission", "BOOLEAN_TYPE_CONVERT"),
            ("type", 5, "type", "BASE_TYPE_CHOICES"),
            ("type", "1", "type", "BASE_TYPE_CHOICES"),
        ],
    )
    def test_bad_ones(self, key: str, value: Any, path: str, code: str, flat: Flatten) -> None:
        assert flat(check_command(command(**{key: value}))) == {path: [code]}


class TestSize:
    def test_8000_code_points_with_the_longest_localisation(self, flat: Flatten) -> None:
        def sized(last: int) -> Body:
            # 1 + 100; 20 options of 2 + 100, three of which have 25 choices of 2 + 75
            described = {"description": "d", "description_localizations": {"fr": "é" * 100, "de": "x" * 50}}
            options = [option(f"{n:02}", **described) for n in range(20)]
            for number in range(3):
                options[number]["choices"] = [{"name": f"{n:02}", "value": f"{n}".zfill(75)} for n in range(25)]
            options[0]["choices"][0]["name_localizations"] = {"fr": "é" * last, "de": "x"}
            return {"name": "n", **described, "options": options}

        assert 101 + 20 * 102 + 75 * 77 == 7916  # of which 2 are the name that `last` replaces
        assert check_command(sized(86)) == {}
        assert flat(check_command(sized(87))) == {"": ["APPLICATION_COMMAND_TOO_LARGE"]}

    def test_numbers_count_as_written(self, flat: Flatten) -> None:
        def sized(value: int) -> Body:
            options = [option(f"{n:03}", 4, description="d" * 97) for n in range(25)]
            for each in options[:20]:
                each["choices"] = [{"name": f"{n:02}", "value": value} for n in range(25)]
            return command(name="n" * 20, description="d" * 80, options=options)

        assert 20 + 80 + 25 * 100 + 500 * (2 + 8) == 7600  # 500 more with another digit
        assert check_command(sized(10**7)) == {}
        assert flat(check_command(sized(10**8))) == {"": ["APPLICATION_COMMAND_TOO_LARGE"]}

    @pytest.mark.parametrize(("kind", "most"), [(1, 100), (2, 15), (3, 15)])
    def test_so_many_commands_of_a_kind(self, kind: int, most: int, flat: Flatten) -> None:
        described = {"description": "d"} if kind == 1 else {}

        def registered(count: int) -> list[Body]:
            return [{"type": kind, "name": f"c{n}", **described} for n in range(count)]

        assert check_commands(registered(most)) == {}
        assert flat(check_commands(registered(most + 1))) == {"": [LONG]}

    def test_all_kinds_together(self) -> None:
        slash = [command(name=f"c{n}") for n in range(100)]
        menus = [{"type": kind, "name": f"c{n}"} for kind in (2, 3) for n in range(15)]
        assert check_commands([*slash, *menus]) == {}


class TestAllAtOnce:
    def test_errors_are_keyed_by_index(self, flat: Flatten) -> None:
        errors = check_commands([command(), command(name="Bad"), command(name="c", description="")])
        assert flat(errors) == {"1.name": [NAME], "2.description": [BAD]}

    def test_names_differ_within_a_kind(self, flat: Flatten) -> None:
        menu = {"type": 3, "name": "footprint"}
        assert check_commands([command(), menu]) == {}
        errors = check_commands([command(), menu, command(type=1)])
        assert flat(errors) == {"2": ["APPLICATION_COMMANDS_DUPLICATE_NAME"]}

    def test_what_is_no_list_of_commands(self, flat: Flatten) -> None:
        wrong: Any = {"name": "n"}
        assert flat(check_commands(wrong)) == {"": ["LIST_TYPE_CONVERT"]}
        wrong = ["n", command(type=[1])]
        assert flat(check_commands(wrong)) == {"0": ["DICT_TYPE_CONVERT"], "1.type": ["BASE_TYPE_CHOICES"]}
