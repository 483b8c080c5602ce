"""Measure how a report of 200,000 words opens and scrolls in a real browser.

    python -m benchmarks.scrolling --words 200000

Writes a made-up report full of rows into a new record, serves it, opens it in
Chromium, and scrolls through it, a step in each frame. Prints the milliseconds to the
first text, and of the frames the median, the 95th percentile and the worst:
16.7 is a frame at 60 a second. The browser draws without a graphics card, so a
desk's is quicker.
"""

from __future__ import annotations

import argparse
import os
import socket
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.made_up import made_up_report

from onrecord.record.store import Store

CHROMIUM = "/usr/bin/chromium"
_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
# A made-up report has so many words for each statement.
_WORDS_PER_STATEMENT = 48
# Pixels in each frame: about 7,000 a second, as a thumb on the scroll bar goes.
_STEP = 120
# A frame that took longer than two at 60 a second is seen as a jerk.
_JERK_MS = 34
_SCROLL = """
([step, frames]) => new Promise((done) => {
  const took = [];
  let before = 0;
  const next = (now) => {
    if (before) took.push(now - before);
    before = now;
    scrollBy({ top: step, behavior: "instant" });
    if (took.length < frames) requestAnimationFrame(next);
    else done(took);
  };
  requestAnimationFrame(next);
})
"""
_PAINT = """
() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? -1
"""


@dataclass(frozen=True, slots=True)
class Scrolled:
    """How a stretch of scrolling went.

    Attributes:
        first_text_ms: From the click to the first text painted.
        frames_ms: How long each frame took.
        n_elements: Elements of the page at the end.
        n_pixels: How far down it went.
    """

    first_text_ms: float
    frames_ms: tuple[float, ...]
    n_elements: int
    n_pixels: int

    def in_words(self) -> str:
        """Return the figures as one line each."""
        ordered = sorted(self.frames_ms)
        late = sum(ms > _JERK_MS for ms in ordered)
        return (
            f"first text            {self.first_text_ms:8.0f} ms\n"
            f"frame, median         {statistics.median(ordered):8.1f} ms\n"
            f"frame, 95th of 100    {ordered[int(0.95 * len(ordered))]:8.1f} ms\n"
            f"frame, worst          {ordered[-1]:8.1f} ms\n"
            f"frames over {_JERK_MS} ms     {late:8} of {len(ordered)}\n"
            f"elements at the end   {self.n_elements:8,}\n"
            f"pixels scrolled       {self.n_pixels:8,}"
        )


def measure(address: str, frames: int) -> Scrolled:
    """Open `address`, scroll through `frames` frames, and return how it went."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_FLAGS))
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(address, wait_until="networkidle")
        first_text = float(page.evaluate(_PAINT))
        took: list[float] = page.evaluate(_SCROLL, [_STEP, frames])
        elements, pixels = page.evaluate("[document.querySelectorAll('*').length, scrollY]")
        browser.close()
    return Scrolled(first_text, tuple(took), int(elements), int(pixels))


def serve(record: Path) -> tuple[Any, str]:
    """Serve a record from a thread; return the server and its address."""
    import uvicorn

    from onrecord.show.web.app import create_app

    listening = socket.create_server(("127.0.0.1", 0))
    app = create_app(str(record), reviewer="nobody", seconds=60)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True).start()
    return server, f"http://127.0.0.1:{listening.getsockname()[1]}"


def main() -> int:
    """Write the report, scroll through it, and return 1 when one frame in twenty jerks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=200_000)
    parser.add_argument("--frames", type=int, default=600)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "long.db"
        report = made_up_report(0, given.words // _WORDS_PER_STATEMENT)
        with Store.open(record) as store:
            store.write(report, version="synthetic")
        server, address = serve(record)
        time.sleep(1)
        gone = measure(f"{address}/document/{report.document.document_id}", given.frames)
        server.should_exit = True
    n_words = len(report.document.text.split())
    print(
        f"{n_words:,} words, {len(report.statements):,} statements, {len(report.mentions):,} names"
    )
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    print(gone.in_words())
    return int(sum(ms > _JERK_MS for ms in gone.frames_ms) > len(gone.frames_ms) / 20)


if __name__ == "__main__":
    sys.exit(main())
