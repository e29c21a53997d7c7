"""All customers of a kind at once, as a file that comes piece by piece."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import StreamingResponse

from hub.model.keys import Kind
from hub.views.export import Format, streamed
from hub.web.access.guard import Exports

router = APIRouter(tags=["exporting"])
MEDIA: Mapping[Format, str] = {
    "ndjson": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}


@router.get("/exports/{kind}")
def export(
    visit: Exports,
    kind: Kind,
    format: Annotated[Format, Query(description="A row each; csv and parquet are flat.")] = "ndjson",
) -> StreamingResponse:
    """Every golden record of a kind, in the order of their ids."""
    visit.note("exported", kind, format=format)
    headers = {
        "Content-Disposition": f'attachment; filename="{kind}s.{format}"',
        "Cache-Control": "no-store",
    }
    return StreamingResponse(
        streamed(visit.hub, kind, format, visit.sight), media_type=MEDIA[format], headers=headers
    )
