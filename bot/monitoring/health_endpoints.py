"""The endpoints `/healthz` and `/metrics`."""

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
    """`/healthz` and `/metrics` of a bot that answers from those articles.

    `search_trouble` is why they cannot be searched now; empty if they can.
    """

    async def healthz(_: Request) -> Response:
        count = len(articles)
        trouble = liveness.trouble if count else "no article is in the index"
        trouble = trouble or search_trouble()
        if trouble:
            fields = {"status": "failing", "trouble": trouble}
            return JSONResponse(fields, SERVICE_UNAVAILABLE)
        return JSONResponse({"status": "ok", "articles": count})

    async def counts(_: Request) -> Response:
        return Response(metrics.page(), media_type=metrics.content_type)

    return Starlette(routes=[Route("/healthz", healthz), Route("/metrics", counts)])
