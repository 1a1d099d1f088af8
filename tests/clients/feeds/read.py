"""Reads feeds with the Universal Feed Parser and with Newsboat: python3 read.py <URL of RSS or Atom>…

Prints a JSON object: each program with what it found in each feed, in one form. Ends with a message if a program has
an error or a warning.
"""

import calendar
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time

import feedparser


def iso(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def with_feedparser(url):
    feed = feedparser.parse(url)
    if feed.bozo or feed.status != 200:
        sys.exit(f"feedparser, {url}: {feed.get('status')} {feed.get('bozo_exception')!r}")
    return [
        {
            "id": entry.id,
            "title": entry.title,
            "url": entry.link,
            "publishedAt": iso(calendar.timegm(entry.published_parsed)),
        }
        for entry in feed.entries
    ]


def with_newsboat(url):
    # Each feed has its own cache, because a cache has only one row for an id.
    with tempfile.TemporaryDirectory() as folder:
        path = lambda name: os.path.join(folder, name)
        for name, text in [("urls", url + "\n"), ("config", ""), ("log", "")]:
            with open(path(name), "w", encoding="utf-8") as file:
                file.write(text)
        # Level 4 logs warnings and everything worse.
        run = subprocess.run(
            ["newsboat", "-u", path("urls"), "-c", path("cache"), "-C", path("config")]
            + ["-l", "4", "-d", path("log"), "-q", "-x", "reload"],
            env={**os.environ, "HOME": folder, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            timeout=60,
        )
        with open(path("log"), encoding="utf-8") as file:
            complaints = file.read() + run.stderr
        if run.returncode or complaints:
            sys.exit(f"newsboat, {url}: {run.returncode} {run.stdout} {complaints}")
        rows = "SELECT guid, title, url, pubDate FROM rss_item"
        return [
            {"id": id, "title": title, "url": link, "publishedAt": iso(int(date))}
            for id, title, link, date in sqlite3.connect(path("cache")).execute(rows)
        ]


feeds = sys.argv[1:]
print(
    json.dumps(
        {
            "python3-feedparser": {url: with_feedparser(url) for url in feeds},
            "newsboat": {url: with_newsboat(url) for url in feeds},
        }
    )
)
