"""Measure the review: ``python -m bench.review speed``, ``order SAMPLE FOLDER`` and ``walk FOLDER``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench.review.order import measure_order
from bench.review.speed import measure_speed
from bench.review.walk import walk_folders


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the review.")
    commands = parser.add_subparsers(dest="command", required=True)
    speed = commands.add_parser("speed", help="opening, next doubt and saving, measured in the browser")
    speed.add_argument("--pages", type=int, default=300)
    speed.add_argument("--folder", type=Path, help="a recovered folder whose pages are repeated; else made-up ones")
    order = commands.add_parser("order", help="how many errors the first doubts hold")
    order.add_argument("sample", help="the sample article the folder was recovered from")
    order.add_argument("folder", type=Path, nargs="?", help="a recovered folder; else a heavily worn scan is read")
    order.add_argument("--dpi", type=int, default=300)
    order.add_argument("--share", type=float, default=0.01, help="of all characters, those that are looked at")
    walk = commands.add_parser("walk", help="settle every doubt of every document in the browser, one key each")
    walk.add_argument("folders", type=Path, nargs="+", help="recovered folders, or folders of them")
    given = parser.parse_args()
    if given.command == "speed":
        print(measure_speed(given.pages, given.folder))
    elif given.command == "walk":
        walks = []
        for one in walk_folders(given.folders):
            walks.append(one)
            print("whole " if one.is_whole else "FAILED", one, flush=True)
        whole, doubts = sum(one.is_whole for one in walks), sum(one.doubts for one in walks)
        print(f"{whole} of {len(walks)} walked whole, {doubts} doubts")
        sys.exit(not all(one.is_whole for one in walks))
    else:
        print(measure_order(given.sample, given.folder, given.dpi, given.share))


if __name__ == "__main__":
    main()
