"""The reference for start-up times: a bare typer + rich + pydantic program that does nothing."""

from typing import Annotated

import typer
from pydantic import BaseModel, Field
from rich.console import Console

app = typer.Typer(help="A bare program.")


class Thing(BaseModel):
    name: str
    count: int = Field(1, ge=1)


@app.command()
def show(name: Annotated[str, typer.Argument(help="What to show.")], count: int = 1) -> None:
    """Show a thing."""
    Console().print(Thing(name=name, count=count))


@app.command()
def other() -> None:
    """Do nothing."""


if __name__ == "__main__":
    app()
