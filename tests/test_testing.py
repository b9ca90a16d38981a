from __future__ import annotations

import http.client
import json
import threading
from typing import Any

import pytest
from langchain_core.messages import HumanMessage

from amends.schemas import Frozen
from amends.testing import Answer, OpenAIServer, ScriptedModel, answers, by_schema, schema_name
from amends.testing.scripted import Fault


class Said(Frozen):
    text: str


def post(
    server: OpenAIServer, body: dict[str, Any], path: str = "/v1/chat/completions"
) -> tuple[int, bytes, dict[str, str]]:
    host, port = server.base_url.removeprefix("http://").removesuffix("/v1").split(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=5)
    try:
        connection.request("POST", path, json.dumps(body).encode(), {"X-Mark": "yes"})
        response = connection.getresponse()
        return response.status, response.read(), {k.lower(): v for k, v in response.headers.items()}
    finally:
        connection.close()


BODY = {"messages": [{"role": "user", "content": "Hi Anna"}]}


def test_the_script_answers_first_and_then_the_responder() -> None:
    with OpenAIServer([answers.ok("one")], respond=lambda body: answers.ok(body["messages"][0]["content"])) as server:
        said = [json.loads(post(server, BODY)[1])["choices"][0]["message"]["content"] for _ in range(2)]
    assert said == ["one", "Hi Anna"]


def test_every_byte_of_a_request_is_recorded() -> None:
    with OpenAIServer([answers.ok("x")]) as server:
        post(server, BODY)
    assert server.requests[0].json == BODY
    assert server.requests[0].texts == ["Hi Anna"]
    assert b"Hi Anna" in server.recorded
    assert b"x-mark" in server.recorded


def test_a_request_nobody_scripted_is_refused_by_name() -> None:
    with OpenAIServer() as server:
        status, body, _ = post(server, BODY)
        assert (status, b"no answer is scripted" in body) == (400, True)
        assert post(server, BODY, "/v1/embeddings")[0] == 404


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        (answers.rate_limited(3), 429, b"rate_limit_exceeded"),
        (answers.quota_used_up(), 429, b"insufficient_quota"),
        (answers.server_error(503), 503, b"error"),
        (answers.wrong_key(), 401, b"invalid_api_key"),
        (answers.unknown_model(), 404, b"model_not_found"),
        (answers.context_overflow(), 400, b"context_length_exceeded"),
        (answers.html_in_200(), 200, b"<html>"),
        (answers.error_in_200(), 200, b'"error"'),
        (answers.empty_choices(), 200, b'"choices": []'),
        (answers.cut_off(), 200, b'"finish_reason": "length"'),
        (answers.content_filter(), 200, b'"finish_reason": "content_filter"'),
        (answers.refusal("no"), 200, b'"refusal": "no"'),
        (answers.drip("slow", 0.0001), 200, b"slow"),
    ],
)
def test_each_answer_goes_over_the_wire_as_it_says(answer: Answer, status: int, said: bytes) -> None:
    with OpenAIServer([answer]) as server:
        got, body, headers = post(server, BODY)
    assert got == status
    assert said in body
    assert headers.get("retry-after") == ("3" if b"rate_limit" in said else None)


def test_a_reset_breaks_the_connection() -> None:
    with OpenAIServer([answers.reset()]) as server, pytest.raises(ConnectionError):
        post(server, BODY)


def test_a_hang_lasts_until_the_server_closes() -> None:
    broken: list[Exception] = []

    def hanging() -> None:
        try:
            post(server, BODY)
        except (ConnectionError, http.client.HTTPException) as error:
            broken.append(error)

    with OpenAIServer([answers.hang()]) as server:
        client = threading.Thread(target=hanging)
        client.start()
        client.join(0.2)
        assert client.is_alive()
    client.join(5)
    assert len(broken) == 1


def test_a_responder_by_schema_takes_answers_values_and_functions() -> None:
    respond = by_schema({"A": answers.wrong_key(), "B": Said(text="b"), "C": lambda body: {"text": schema_name(body)}})

    def asked(name: str) -> Answer:
        return respond({"response_format": {"json_schema": {"name": name}}})

    assert asked("A").status == 401
    assert b'\\"text\\":\\"b\\"' in asked("B").body
    assert b'\\"text\\": \\"C\\"' in asked("C").body
    assert asked("D").status == 400
    assert schema_name({}) is None


def test_a_scripted_model_says_its_lines_in_order_and_keeps_what_it_was_asked() -> None:
    model = ScriptedModel(script=["one", Said(text="two"), ValueError("three")])
    assert model.invoke("a").text == "one"
    assert model.invoke("b").text == '{"text":"two"}'
    with pytest.raises(ValueError, match="three"):
        model.invoke("c")
    with pytest.raises(IndexError, match="call 4"):
        model.invoke("d")
    assert [call[0].content for call in model.calls] == ["a", "b", "c", "d"]


async def test_a_scripted_model_can_be_a_function_and_can_fail() -> None:
    model = ScriptedModel(script=lambda messages: Fault("refusal", f"not {messages[-1].content}"))
    message = await model.ainvoke([HumanMessage("this")])
    assert message.additional_kwargs["refusal"] == "not this"
    cut = await ScriptedModel(script=[Fault("length", "half")]).ainvoke("x")
    assert (cut.text, cut.response_metadata["finish_reason"]) == ("half", "length")
    assert cut.usage_metadata is not None
    assert cut.usage_metadata["output_tokens"] == 1
