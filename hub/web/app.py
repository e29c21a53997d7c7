"""The application: whoever asks is known at the door, and every route says what right it needs."""

from fastapi import APIRouter, FastAPI
from starlette.responses import Response

from hub.flow.faults import store_faults
from hub.flow.hub import Hub
from hub.web import problems
from hub.web.access.guard import Door, House
from hub.web.access.limits import Limits
from hub.web.access.recorder import Recorder
from hub.web.api import asking, customers, deciding, exporting, through_time, watching

API = "/api/v1"
ABOUT = """One picture of each customer, kept true in every department's system.

Every call needs a token (`Authorization: Bearer kb_…`) whose role has the right that the call names. A
department sees the fields and customers that `mappings/views.yml` gives it. Errors are RFC 9457 problems.
"""
PUBLIC = ("/health", f"{API}/openapi.json")
"""What anybody may ask: whether we are up, and how to ask us; nothing of anybody."""


def application(hub: Hub, door: Door) -> FastAPI:
    """The API over a hub; ``door``: how people are known."""
    app = FastAPI(
        title="Klantbeeld",
        version="1",
        description=ABOUT,
        openapi_url=f"{API}/openapi.json",
        docs_url=None,
        redoc_url=None,
        swagger_ui_oauth2_redirect_url=None,
    )
    app.state.house = House(hub, door, Recorder())
    problems.install(app)
    every = APIRouter(prefix=API)
    for part in (customers, through_time, exporting, asking, deciding, watching):
        every.include_router(part.router)
    app.include_router(every)

    @app.get("/health", include_in_schema=False)
    def health() -> Response:
        """Whether the store can be read."""
        with store_faults(), hub.store.read():
            return Response("ok", media_type="text/plain")

    app.add_middleware(Limits)
    return app
