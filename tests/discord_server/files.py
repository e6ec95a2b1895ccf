"""Keep the files that people and the bot upload, and serve them as Discord's content network does."""

import mimetypes
from typing import Any
from urllib.parse import quote

from aiohttp import web

from tests.discord_server.draft import Upload
from tests.discord_server.snowflakes import Snowflakes

Json = dict[str, Any]

_PATH = "/attachments"


class Files:
    """Be the uploaded files, by their ids.

    `sent` are the names of those that were fetched, in order; while `is_away`, none can be.
    """

    def __init__(self, snowflakes: Snowflakes) -> None:
        self.address = "https://cdn.discordapp.com"
        self.sent: list[str] = []
        self.is_away = False
        self._snowflakes = snowflakes
        self._kept: dict[str, Upload] = {}

    def add(self, upload: Upload, size: int | None = None) -> Json:
        """Keep a file, and lay it out; a size is told in the place of its own."""
        identifier = str(self._snowflakes.next())
        self._kept[identifier] = upload
        address = f"{self.address}{_PATH}/{identifier}/{quote(upload.filename)}"
        told = len(upload.content) if size is None else size
        payload = {"id": identifier, "filename": upload.filename, "size": told, "url": address, "proxy_url": address}
        kind = mimetypes.guess_type(upload.filename)[0]
        return payload | ({"content_type": kind} if kind else {})

    def add_to(self, application: web.Application) -> None:
        """Put the route of the files into a web application."""
        application.router.add_get(f"{_PATH}/{{identifier}}/{{name}}", self._serve)

    async def _serve(self, request: web.Request) -> web.Response:
        upload = self._kept.get(request.match_info["identifier"])
        if upload is None or self.is_away:
            return web.Response(status=404, text="This content is no longer available.")
        self.sent.append(upload.filename)
        return web.Response(body=upload.content)
