"""Text in request bodies."""

from typing import Annotated

from pydantic import AfterValidator

from alt_pipelines.text.normal import storable

Text = Annotated[str, AfterValidator(storable)]
"""Text without U+0000 and lone surrogates: JSON can encode both, but the storage behind the API cannot hold them."""
