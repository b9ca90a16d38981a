"""What a sentence may say without a fact: the parties, the subject, and the words of the composer's own frames."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from amends.data import load_yaml
from amends.schemas import Case
from amends.verify import meaning
from amends.verify.source import Source, of_text


@lru_cache(maxsize=64)
def context(seller: tuple[str, ...], enforcement: tuple[str, ...]) -> Source:
    """What every sentence may say without naming a fact: the parties, the notice's date and subject of complaint."""
    terms = load_yaml("lexicon/actions.v1.yaml")["amazon_terms"]
    return of_text("\n".join((*seller, *enforcement, *terms)))


def context_of(case: Case) -> Source:
    """The context of `case`."""
    seller, notice = case.seller, case.notice
    who = tuple(filter(None, (seller.store, seller.legal_name, seller.signatory, seller.merchant_token)))
    received = notice.received.date().isoformat() if notice.received else ""
    causes = tuple(c.replace("_", " ") for c in case.enforcement.all_causes)
    return context(who, (*causes, *case.enforcement.policies, notice.marketplace or "", received))


@lru_cache(maxsize=1)
def frame_keys() -> frozenset[str]:
    """The words that a sentence without facts may use: those of the composer's own frames."""
    frames = load_yaml("frames.v1.yaml")
    texts = [frames["opening"], frames["closing"], frames["metric"], frames["metric_without_target"], frames["asins"]]
    texts.append(" ".join(load_yaml("lexicon/actions.v1.yaml")["frame_words"]))
    return _keys(texts)


@lru_cache(maxsize=1)
def renewal_keys() -> frozenset[str]:
    """The words in which a new version says, by code, which message it answers and what is new in it."""
    return _keys(load_yaml("renewal.v1.yaml"))


def _keys(texts: object) -> frozenset[str]:
    return frozenset(
        k for text in _leaves(texts) for t in meaning.tokens(re.sub(r"\{\w+\}", " ", text)) for k in t.keys
    )


def _leaves(tree: object) -> Iterable[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict | list):
        for branch in tree.values() if isinstance(tree, dict) else tree:
            yield from _leaves(branch)
