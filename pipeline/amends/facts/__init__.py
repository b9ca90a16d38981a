"""What the seller knows: the facts file and the story, turned into facts whose wording is kept."""

from amends.facts.file import MAX_BYTES, SellerFacts, facts_of, load_facts, parse_facts
from amends.facts.told import seller_facts, status_of

__all__ = ["MAX_BYTES", "SellerFacts", "facts_of", "load_facts", "parse_facts", "seller_facts", "status_of"]
