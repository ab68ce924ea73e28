"""The checker of calls and results is itself checked: a check that lets everything pass is worse than none."""

from __future__ import annotations

import pytest

from tests.bot_api import Contract, ContractError

BUTTON = {"text": "Yes", "callback_data": "y"}


@pytest.fixture
def contract() -> Contract:
    """The official Bot API."""
    return Contract.load()


def test_a_correct_call_passes(contract: Contract) -> None:
    """Text, entities and an inline keyboard are what Telegram takes."""
    contract.check_call(
        "sendMessage",
        {
            "chat_id": 1,
            "text": "Hello",
            "entities": [{"type": "bold", "offset": 0, "length": 5}],
            "reply_markup": {"inline_keyboard": [[BUTTON]]},
        },
    )


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"chat_id": 1}, "'text' is missing"),
        ({"chat_id": 1, "text": ""}, "1-4096 characters"),
        ({"chat_id": 1, "text": "x" * 4097}, "1-4096 characters"),
        ({"chat_id": 1, "text": "\N{WAVING HAND SIGN}" * 2049}, "1-4096 characters"),
        ({"chat_id": 1, "text": 5}, "String expected"),
        ({"chat_id": True, "text": "x"}, "none of"),
        ({"chat_id": 1, "text": "x", "txet": "y"}, "unknown field 'txet'"),
        ({"chat_id": 1, "text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]}, "outside the text"),
        ({"chat_id": 1, "text": "x", "entities": [{"type": "bold", "offset": 0}]}, "'length' is missing"),
        ({"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [BUTTON]}}, "an array expected"),
        (
            {
                "chat_id": 1,
                "text": "x",
                "reply_markup": {"inline_keyboard": [[BUTTON | {"callback_data": "\u00e9" * 33}]]},
            },
            "1-64 bytes",
        ),
    ],
)
def test_a_wrong_call_is_named(contract: Contract, params: dict[str, object], reason: str) -> None:
    """Each fault is refused with its place and reason."""
    with pytest.raises(ContractError, match=reason):
        contract.check_call("sendMessage", params)


def test_a_method_that_is_none_is_refused(contract: Contract) -> None:
    """A slip in a method's name does not pass."""
    with pytest.raises(ContractError, match="no method"):
        contract.check_call("sendMesage", {})


def test_a_result_of_the_wrong_shape_is_refused(contract: Contract) -> None:
    """A message without its date is no message."""
    with pytest.raises(ContractError, match="'date' is missing"):
        contract.check_result("sendMessage", {"message_id": 1, "chat": {"id": 1, "type": "private"}})


def test_an_update_is_checked_to_its_depth(contract: Contract) -> None:
    """A tap whose person has no name is found three levels down."""
    query = {"id": "1", "from": {"id": 1, "is_bot": False}, "chat_instance": "1"}
    with pytest.raises(ContractError, match="'first_name' is missing"):
        contract.check_update({"update_id": 1, "callback_query": query})


def test_checking_nothing_is_an_error(contract: Contract) -> None:
    """A test that meant to check calls and saw none fails."""
    with pytest.raises(ContractError, match="nothing checked"):
        contract.check_all([])
