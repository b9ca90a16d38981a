"""Grammar: the real LanguageTool, through language_tool_python. Only this package may import that library.

`install` gets the engine, `status` says what is there, `engine` runs it, `proofread` reads a letter with it.
"""

from amends.grammar.engine import PUBLIC, GrammarEngine
from amends.grammar.install import ENGINE_VERSION, Engine, find_engine, install_engine
from amends.grammar.java import Java, find_java
from amends.grammar.proofread import apply, check_texts, count_words, is_safe, proofread, warm_up
from amends.grammar.status import EngineStatus, engine_status

__all__ = [
    "ENGINE_VERSION", "PUBLIC", "Engine", "EngineStatus", "GrammarEngine", "Java", "apply",
    "check_texts", "count_words", "engine_status", "find_engine", "find_java", "install_engine", "is_safe",
    "proofread", "warm_up",
]  # fmt: skip
