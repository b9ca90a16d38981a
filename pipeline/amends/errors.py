"""Every error of ours: whose fault it is decides the class, the class decides the exit code.

AmendsError
  InputError            the caller's input          exit 2
    NoticeError           the notice cannot be used
    FactsError            the facts file cannot be used
    CaseError             the case file cannot be used
  SetupError            something is not installed  exit 3
    GrammarUnavailable    no LanguageTool or Java
    ModelNotConfigured    no key, no package, no such provider
  ProviderError         the model's provider        exit 4
    ProviderRefusedKey    401 / 403
    ProviderUnreachable   no connection, time-out, 5xx, 429 after the last attempt
    ProviderRejected      400 / 404 / quota / context overflow: no retry will help
  ModelAnswerError      the model's answer          exit 4; its text is kept in `answer`
  PromptError           a prompt file is missing, broken or incompletely filled (a fault of this package)
"""

from __future__ import annotations


class AmendsError(Exception):
    """Base. `message` says what was wrong and where; `hint` what to do about it."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class InputError(AmendsError):
    """The caller's input cannot be used."""


class NoticeError(InputError):
    """The notice cannot be read or holds no text."""


class FactsError(InputError):
    """The facts file has wrong keys, types or values."""


class CaseError(InputError):
    """The case file cannot be read."""


class SetupError(AmendsError):
    """Something that the command needs is not installed or not configured."""


class GrammarUnavailable(SetupError):
    """There is no LanguageTool, or no Java to run it."""


class ModelNotConfigured(SetupError):
    """No API key, no integration package, or no such provider."""


class ProviderError(AmendsError):
    """The provider failed for good. `attempts` counts the requests that were made."""

    def __init__(self, message: str, *, hint: str = "", attempts: int = 1) -> None:
        super().__init__(message, hint=hint)
        self.attempts = attempts


class ProviderRefusedKey(ProviderError):
    """The provider does not accept the API key."""


class ProviderUnreachable(ProviderError):
    """No usable answer within the allowed attempts and seconds."""


class ProviderRejected(ProviderError):
    """The provider rejects the request: model unknown, quota used up, input too long."""


class ModelAnswerError(AmendsError):
    """The model's answer stayed unusable after its repair round.

    `fault` is one of `invalid_json schema length refusal filtered empty unaligned`; `answer` is the text it gave.
    """

    def __init__(self, message: str, *, fault: str, answer: str = "", hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.fault = fault
        self.answer = answer


class PromptError(AmendsError):
    """A prompt or data file of this package is missing, broken, or was filled incompletely."""
