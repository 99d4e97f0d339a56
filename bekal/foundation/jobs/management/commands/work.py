"""The worker: does what the queue holds, and takes up what a dead worker left."""

import asyncio
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

from bekal.foundation.jobs import registry

# A worker says every two seconds that it lives; after eight seconds of silence its work is anybody's.
BEAT_SECONDS, SILENCE_SECONDS = 2.0, 8.0


class Command(BaseCommand):
    help = "Does background work until it is told to stop (SIGINT or SIGTERM)."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="stop when the queue is empty")

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        registry.find_work()
        asyncio.run(_work(once=once))


async def _work(*, once: bool) -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as queue:
        async with queue.open_async():
            watch = asyncio.create_task(_take_up(queue.job_manager))
            await queue.run_worker_async(
                queues=["house"],
                wait=not once,
                concurrency=1,
                fetch_job_polling_interval=2.0,
                update_heartbeat_interval=BEAT_SECONDS,
                stalled_worker_timeout=SILENCE_SECONDS,
                shutdown_graceful_timeout=20,
            )
            watch.cancel()
            with suppress(asyncio.CancelledError):
                await watch


async def _take_up(manager: Any) -> None:
    """Put back into the queue, again and again, what a worker held that has fallen silent."""
    while True:
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE_SECONDS):
            await manager.retry_job(job)
        await asyncio.sleep(BEAT_SECONDS)
