"""The endpoints `/healthz`, `/readyz` and `/metrics`."""

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.monitoring.liveness import Liveness
from bot.monitoring.metrics import Metrics
from retrieval.articles import Articles

SERVICE_UNAVAILABLE = 503


def health_pages(
    liveness: Liveness, metrics: Metrics, articles: Articles, search_trouble: Callable[[], str]
) -> Starlette:
    """`/healthz`, `/readyz` and `/metrics` of a bot that answers from those articles.

    `search_trouble` is why they cannot be searched now; empty if they can. It is ready all the
    same: what is asked is taken in, and answered later.
    """

    def flows() -> str:
        return liveness.trouble if len(articles) else "no article is in the index"

    def told(trouble: str) -> Response:
        if trouble:
            fields = {"status": "failing", "trouble": trouble}
            return JSONResponse(fields, SERVICE_UNAVAILABLE)
        return JSONResponse({"status": "ok", "articles": len(articles)})

    async def healthz(_: Request) -> Response:
        return told(flows() or search_trouble())

    async def readyz(_: Request) -> Response:
        return told(flows())

    async def counts(_: Request) -> Response:
        return Response(metrics.page(), media_type=metrics.content_type)

    pages = {"/healthz": healthz, "/readyz": readyz, "/metrics": counts}
    return Starlette(routes=[Route(path, page) for path, page in pages.items()])
