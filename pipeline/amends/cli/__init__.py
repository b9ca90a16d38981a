"""The command line: parse, call one library function, print, exit. Results go to stdout, progress and notes to stderr.

Exit codes: 0 done and nothing blocks; 1 done, but the verdict or the check found blocking faults; 2 bad input or usage;
3 set-up missing; 4 the model provider failed. Heavy modules are imported by the command that needs them.
"""

from amends.cli import letters, library, machine, quality, sent
from amends.cli.app import Exit, app, code_of, main

__all__ = ["Exit", "app", "code_of", "letters", "library", "machine", "main", "quality", "sent"]
