"""Every knob and environment variable; nothing below reads the environment.

Each setting is `REPORTEDLY_<NAME>` in the environment and an option of the same name on the command line, which wins.
Keys of providers keep the providers' own names (OPENAI_API_KEY, ...) and are read by their SDKs alone.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from reportedly.errors import ConfigError
from reportedly.llm.interface import Structured
from reportedly.pipeline.by_model import OnUnsure
from reportedly.pipeline.windows import WINDOW_TOKENS

PREFIX = "REPORTEDLY_"


class Settings(BaseModel):
    """How the model engine runs; the rule engine needs none of it."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    model: str | None = None
    """The model, as `provider:name`; the rule engine without it."""
    base_url: str | None = None
    """Address of an OpenAI-compatible server."""
    api_key: SecretStr | None = None
    """Key for the server at `base_url`, to which the provider's own variable is never sent; no option, so that no
    shell history keeps it."""
    structured: Structured | None = None
    """How the reply schema is enforced; tried from the strictest down without it."""
    on_unsure: OnUnsure = OnUnsure.REPAIR
    """What happens to a summary sentence that the checks reject."""
    window: Annotated[int, Field(ge=500)] = WINDOW_TOKENS
    """Tokens of article in one request."""
    timeout: Annotated[float, Field(gt=0)] = 180.0
    """Seconds for one attempt of one request."""
    retries: Annotated[int, Field(ge=0, le=20)] = 4
    """Attempts after the first, for faults that may pass."""
    concurrency: Annotated[int, Field(ge=1)] = 16
    """Requests in flight at once."""
    max_cost: Annotated[float, Field(gt=0)] | None = None
    """US dollars that a run may spend."""
    max_tokens: Annotated[int, Field(gt=0)] | None = None
    """Tokens that a run may use."""
    cache: Path | None = None
    """File of kept replies; none without it."""
    batch_look: Annotated[float, Field(gt=0)] = 60.0
    """Seconds between two looks at a provider's batch, which takes minutes to a day."""


class CheckSettings(BaseModel):
    """What a repository may decide for `reportedly check`, under [tool.reportedly] in its pyproject.toml.

    Nothing here can name a server or a model: a folder that somebody else wrote must not redirect requests or keys.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    select: tuple[str, ...] = ()
    """Finding codes or families to report; all where it is empty."""
    ignore: tuple[str, ...] = ()
    """Finding codes or families to leave out."""


def load_check_settings(folder: Path | None = None) -> CheckSettings:
    """The settings of the nearest pyproject.toml with a table [tool.reportedly], from `folder` upwards.

    Raises ConfigError where a file can't be read or has an unknown key.
    """
    start = (folder or Path.cwd()).resolve()
    for parent in (start, *start.parents):
        path = parent / "pyproject.toml"
        if not path.is_file():
            continue
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8")).get("tool", {}).get("reportedly")
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ConfigError(f"{str(path)!r} can't be read: {error}", hint="mend the file") from error
        if table is None:
            continue
        try:
            return CheckSettings.model_validate(table)
        except ValidationError as error:
            item = error.errors(include_url=False, include_input=False)[0]
            key = ".".join(str(part) for part in item["loc"])
            raise ConfigError(f"{str(path)!r}, [tool.reportedly] {key}: {item['msg']}") from error
    return CheckSettings()


def load_settings(**given: Any) -> Settings:
    """Settings from the environment, overridden by what is given and not None. Raises ConfigError for a bad value."""
    variables = {name: os.environ.get(PREFIX + name.upper()) for name in Settings.model_fields}
    values = {name: value for name, value in variables.items() if value}
    values |= {name: value for name, value in given.items() if value is not None}
    try:
        return Settings(**values)
    except ValidationError as error:
        item = error.errors(include_url=False, include_input=False)[0]
        name = str(item["loc"][0])
        raise ConfigError(f"setting {name!r} ({PREFIX}{name.upper()}): {item['msg']}") from error
