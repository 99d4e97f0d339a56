"""The worker: does what the queue holds, and takes up what a dead worker left."""

import asyncio
import logging
import os
from contextlib import suppress
from typing import Any

import psycopg
from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException

from bekal.foundation.jobs import registry

# A worker says every two seconds that it lives; after eight seconds of silence its work is anybody's.
BEAT_SECONDS, SILENCE_SECONDS = 2.0, 8.0

log = logging.getLogger("bekal.jobs")


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
            watch = asyncio.create_task(_watch(queue))
            worker = queue.run_worker_async(
                queues=["house"],
                wait=not once,
                concurrency=1,
                fetch_job_polling_interval=2.0,
                update_heartbeat_interval=BEAT_SECONDS,
                stalled_worker_timeout=SILENCE_SECONDS,
                shutdown_graceful_timeout=20,
            )
            working = asyncio.create_task(worker)
            await asyncio.wait({watch, working}, return_when=asyncio.FIRST_COMPLETED)
            if watch.done():
                _end_at_once()
            watch.cancel()
            await working


def _end_at_once() -> None:
    """The database was lost: whoever starts next begins again what was in hand. A worker that lived on might hold it for ever."""
    log.warning("the worker lost the database and ends")
    os._exit(1)


async def _watch(queue: Any) -> None:
    """Put back into the queue, again and again, what a worker held that has fallen silent. Ends when the database is lost."""
    # One connection that no pool renews: it breaks with the first that breaks.
    with suppress(psycopg.Error, ConnectorException):
        async with queue.connector.pool.connection() as own:
            while True:
                await own.execute("select 1")
                await own.commit()
                for job in await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE_SECONDS):
                    await queue.job_manager.retry_job(job)
                await asyncio.sleep(BEAT_SECONDS)
