"""Message bodies: each limit holds at its edge and refuses one step beyond, at the right place."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.limits import check_message, empty_message, form_error

Body = dict[str, Any]
Flatten = Callable[[dict[str, Any]], dict[str, list[str]]]
LONG, BAD = "BASE_TYPE_MAX_LENGTH", "BASE_TYPE_BAD_LENGTH"


def new(body: Body, *files: str) -> dict[str, Any]:
    return check_message(body, list(files), creating=True)


def embed(**keys: Any) -> Body:
    return {"embeds": [{"title": "t", **keys}]}


def field(**keys: Any) -> Body:
    return embed(fields=[{"name": "n", "value": "v", **keys}])


def url(length: int) -> str:
    return "https://a.example/".ljust(length, "x")


LENGTHS: list[tuple[str, int, Callable[[int], Body], str]] = [
    ("content", 2000, lambda n: {"content": "x" * n}, LONG),
    ("nonce", 25, lambda n: {"content": "x", "nonce": "1" * n}, LONG),
    ("sticker_ids", 3, lambda n: {"sticker_ids": ["1"] * n}, LONG),
    ("embeds", 10, lambda n: {"embeds": [{"title": "t"}] * n}, LONG),
    ("embeds.0.title", 256, lambda n: embed(title="x" * n), LONG),
    ("embeds.0.description", 4096, lambda n: embed(description="x" * n), LONG),
    ("embeds.0.footer.text", 2048, lambda n: embed(footer={"text": "x" * n}), LONG),
    ("embeds.0.author.name", 256, lambda n: embed(author={"name": "x" * n}), LONG),
    ("embeds.0.fields", 25, lambda n: embed(fields=[{"name": "n", "value": "v"}] * n), LONG),
    ("embeds.0.fields.0.name", 256, lambda n: field(name="x" * n), LONG),
    ("embeds.0.fields.0.value", 1024, lambda n: field(value="x" * n), LONG),
    ("embeds.0.url", 2048, lambda n: embed(url=url(n)), LONG),
    ("embeds.0.image.url", 2048, lambda n: embed(image={"url": url(n)}), LONG),
    ("embeds.0.color", 0xFFFFFF, lambda n: embed(color=n), "NUMBER_TYPE_MAX"),
    ("allowed_mentions.users", 100, lambda n: {"allowed_mentions": {"users": ["1"] * n}}, LONG),
    ("allowed_mentions.roles", 100, lambda n: {"allowed_mentions": {"roles": ["1"] * n}}, LONG),
]


@pytest.mark.parametrize(("path", "most", "body", "code"), LENGTHS, ids=[case[0] for case in LENGTHS])
def test_the_limit_holds_and_one_more_is_refused(
    path: str, most: int, body: Callable[[int], Body], code: str, flat: Flatten
) -> None:
    assert new(body(most)) == {}
    assert flat(new(body(most + 1))) == {path: [code]}


def test_the_error_is_worded_and_nested_as_discord_does() -> None:
    errors = new({"embeds": [{"title": "x" * 257}]})
    message = "Must be 256 or fewer in length."
    assert errors == {"embeds": {"0": {"title": {"_errors": [{"code": "BASE_TYPE_MAX_LENGTH", "message": message}]}}}}
    assert form_error(errors) == {"code": 50035, "message": "Invalid Form Body", "errors": errors}


def test_a_code_point_outside_the_basic_plane_counts_one() -> None:
    assert new({"content": "🌱" * 2000}) == {}
    assert new({"content": "🌱" * 2001}) != {}


def test_embeds_hold_6000_code_points_over_all_of_them(flat: Flatten) -> None:
    def spread(footer: int) -> Body:
        fields = [{"name": "n" * 100, "value": "v" * 700}]
        return {
            "embeds": [
                {"title": "t" * 200, "description": "d" * 3000, "author": {"name": "a" * 100}},
                {"fields": fields, "footer": {"text": "f" * footer}},
            ]
        }

    assert new(spread(1900)) == {}
    assert flat(new(spread(1901))) == {"embeds": ["MAX_EMBED_SIZE_EXCEEDED"]}


@pytest.mark.parametrize(
    ("body", "path", "code"),
    [
        ({"embeds": [{}]}, "embeds.0.description", "BASE_TYPE_REQUIRED"),
        ({"embeds": [{"color": 3}]}, "embeds.0.description", "BASE_TYPE_REQUIRED"),
        (field(name=""), "embeds.0.fields.0.name", "BASE_TYPE_REQUIRED"),
        (field(value=" \n"), "embeds.0.fields.0.value", "BASE_TYPE_REQUIRED"),
        (field(value=None), "embeds.0.fields.0.value", "BASE_TYPE_REQUIRED"),
        (field(inline="yes"), "embeds.0.fields.0.inline", "BOOLEAN_TYPE_CONVERT"),
        (embed(footer={"text": ""}), "embeds.0.footer.text", "BASE_TYPE_REQUIRED"),
        (embed(author={"url": "https://a.example"}), "embeds.0.author.name", "BASE_TYPE_REQUIRED"),
        (embed(image={}), "embeds.0.image.url", "BASE_TYPE_REQUIRED"),
        (embed(color=-1), "embeds.0.color", "NUMBER_TYPE_MIN"),
        (embed(color="red"), "embeds.0.color", "NUMBER_TYPE_COERCE"),
        (embed(timestamp="yesterday"), "embeds.0.timestamp", "DATE_TIME_TYPE_PARSE"),
        (embed(timestamp="2026-01-01"), "embeds.0.timestamp", "DATE_TIME_TYPE_PARSE"),
        (embed(timestamp=5), "embeds.0.timestamp", "DATE_TIME_TYPE_PARSE"),
        (embed(url="example.org"), "embeds.0.url", "URL_TYPE_INVALID_URL"),
        (embed(url=""), "embeds.0.url", "URL_TYPE_INVALID_URL"),
        (embed(url="https://[broken"), "embeds.0.url", "URL_TYPE_INVALID_URL"),
        (embed(url="https://a b.example"), "embeds.0.url", "URL_TYPE_INVALID_URL"),
        (embed(url=3), "embeds.0.url", "STRING_TYPE_CONVERT"),
        (embed(url="ftp://a.example/x"), "embeds.0.url", "URL_TYPE_INVALID_SCHEME"),
        (embed(url="attachment://x.png"), "embeds.0.url", "URL_TYPE_INVALID_SCHEME"),
        (embed(thumbnail={"url": "data://x"}), "embeds.0.thumbnail.url", "URL_TYPE_INVALID_SCHEME"),
        ({"embeds": {}}, "embeds", "LIST_TYPE_CONVERT"),
        ({"embeds": ["t"]}, "embeds.0", "DICT_TYPE_CONVERT"),
        ({"embeds": [None]}, "embeds.0", "BASE_TYPE_REQUIRED"),
        ({"content": ["x"]}, "content", "STRING_TYPE_CONVERT"),
        ({"content": "x", "tts": 1}, "tts", "BOOLEAN_TYPE_CONVERT"),
        ({"content": "x", "nonce": 2**63}, "nonce", "NUMBER_TYPE_MAX"),
        ({"content": "x", "flags": "64"}, "flags", "NUMBER_TYPE_COERCE"),
        ({"content": "x", "message_reference": {}}, "message_reference.message_id", "NUMBER_TYPE_COERCE"),
    ],
)
def test_what_is_no_message_is_refused_at_its_place(body: Body, path: str, code: str, flat: Flatten) -> None:
    assert flat(new(body)) == {path: [code]}


def test_an_embed_with_everything_passes() -> None:
    picture = {"url": "https://a.example/b.png"}
    everything = {
        "title": "t",
        "description": "d",
        "url": "https://a.example",
        "timestamp": "2026-11-23T08:00:00.123456+00:00",
        "color": 0,
        "footer": {"text": "f", "icon_url": picture["url"]},
        "author": {"name": "a", "url": "http://a.example", "icon_url": picture["url"]},
        "image": picture,
        "thumbnail": picture,
        "fields": [{"name": "n", "value": "v", "inline": True}],
    }
    assert new({"embeds": [everything]}) == {}


def test_nothing_but_a_body_of_keys_is_a_message(flat: Flatten) -> None:
    listed: Any = ["content"]
    assert flat(new(listed)) == {"": ["DICT_TYPE_CONVERT"]}


class TestMentions:
    def test_kinds_are_known_ones(self, flat: Flatten) -> None:
        assert new({"allowed_mentions": {"parse": ["roles", "users", "everyone"], "replied_user": True}}) == {}
        errors = new({"allowed_mentions": {"parse": ["users", "here"]}})
        assert flat(errors) == {"allowed_mentions.parse.1": ["BASE_TYPE_CHOICES"]}

    @pytest.mark.parametrize("kind", ["users", "roles"])
    def test_a_kind_is_named_or_listed_but_not_both(self, kind: str, flat: Flatten) -> None:
        assert new({"allowed_mentions": {"parse": [kind], kind: []}}) == {}
        errors = new({"allowed_mentions": {"parse": [kind], kind: ["80351110224678912"]}})
        assert flat(errors) == {"allowed_mentions": ["MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"]}

    def test_ids_are_snowflakes(self, flat: Flatten) -> None:
        errors = new({"allowed_mentions": {"users": ["camille", 5, "12"]}})
        assert flat(errors) == {"allowed_mentions.users.0": ["NUMBER_TYPE_COERCE"]}


class TestFlags:
    @pytest.mark.parametrize("bit", [2, 12, 13])
    def test_those_a_bot_may_set(self, bit: int) -> None:
        assert new({"content": "x", "flags": 1 << bit}) == {}

    @pytest.mark.parametrize("bit", [0, 1, 3, 4, 5, 6, 7, 14])
    def test_others_are_refused(self, bit: int, flat: Flatten) -> None:
        assert flat(new({"content": "x", "flags": 1 << bit})) == {"flags": ["MESSAGE_FLAGS_INVALID"]}

    def test_only_an_interaction_answers_privately(self) -> None:
        assert check_message({"content": "x", "flags": 64}, [], creating=True, interaction=True) == {}

    def test_an_edit_keeps_the_flags_it_had(self) -> None:
        assert check_message({"content": "x", "flags": 64 | 1 << 5}, [], creating=False) == {}


class TestFiles:
    def test_ten_files_at_most(self, flat: Flatten) -> None:
        parts = [f"files[{n}]" for n in range(11)]
        assert new({}, *parts[:10]) == {}
        assert flat(new({}, *parts)) == {"attachments": [LONG]}

    def test_a_listed_attachment_was_uploaded(self, flat: Flatten) -> None:
        listed = {"attachments": [{"id": 0, "filename": "a.png"}, {"id": "1", "filename": "b.png"}]}
        assert new(listed, "files[0]", "files[1]") == {}
        assert flat(new(listed, "files[0]")) == {"attachments.1": ["ATTACHMENT_NOT_FOUND"]}

    def test_a_file_is_listed_once(self, flat: Flatten) -> None:
        errors = new({"attachments": [{"id": 0}, {"id": "0"}]}, "files[0]")
        assert flat(errors) == {"attachments.1": ["ATTACHMENT_NOT_FOUND"]}

    def test_an_attachment_has_an_id(self, flat: Flatten) -> None:
        errors = new({"attachments": [{"filename": "a"}, {"filename": "b"}]}, "files[0]")
        code = ["NUMBER_TYPE_COERCE"]
        assert flat(errors) == {"attachments.0.id": code, "attachments.1.id": code}

    def test_an_edit_also_names_files_the_message_has(self, flat: Flatten) -> None:
        kept = {"attachments": [{"id": "1190000000000000000"}, {"id": 0, "filename": "new.png"}]}
        assert check_message(kept, ["files[0]"], creating=False) == {}
        assert flat(check_message(kept, [], creating=False)) == {"attachments.1": ["ATTACHMENT_NOT_FOUND"]}
        assert flat(new(kept, "files[0]")) == {"attachments.0": ["ATTACHMENT_NOT_FOUND"]}

    def test_alternative_text(self, flat: Flatten) -> None:
        def described(length: int) -> Body:
            return {"attachments": [{"id": 0, "description": "x" * length}]}

        assert new(described(1024), "files[0]") == {}
        assert flat(new(described(1025), "files[0]")) == {"attachments.0.description": [LONG]}

    def test_a_picture_in_an_embed_is_one_of_the_files(self, flat: Flatten) -> None:
        body = {**embed(image={"url": "attachment://a.png"}), "attachments": [{"id": 0, "filename": "a.png"}]}
        missing = ["UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"]
        assert new(body, "files[0]") == {}
        body["attachments"][0]["filename"] = "b.png"
        assert flat(new(body, "files[0]")) == {"embeds.0.image.url": missing}
        assert flat(new(embed(image={"url": "attachment://a.png"}))) == {"embeds.0.image.url": missing}

    def test_where_the_names_are_not_told_any_will_do(self) -> None:
        body = embed(image={"url": "attachment://a.png"})
        assert new(body, "files[0]") == {}
        assert check_message(body, [], creating=False) == {}
        assert check_message({**body, "attachments": [{"id": "1" * 18}]}, [], creating=False) == {}


@pytest.mark.parametrize(
    ("body", "files", "empty"),
    [
        ({}, [], True),
        ({"content": " \n"}, [], True),
        ({"content": None, "embeds": [], "components": []}, [], True),
        ({"message_reference": {"message_id": "1"}}, [], True),
        ({"content": "x"}, [], False),
        ({"embeds": [{"title": "t"}]}, [], False),
        ({"components": [{"type": 1}]}, [], False),
        ({"sticker_ids": ["1"]}, [], False),
        ({"poll": {"question": {}}}, [], False),
        ({"attachments": [{"id": "1"}]}, [], False),
        ({}, ["files[0]"], False),
        ({"message_reference": {"message_id": "1", "type": 1}}, [], False),
    ],
)
def test_a_message_that_shows_nothing_is_empty(body: Body, files: list[str], empty: bool) -> None:
    assert empty_message(body, files) is empty
