"""The image of the Dockerfile answers, is watched by its own health check, and writes nowhere but to its volume."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest

from tests.deployment.image import Image, NoBaseError, what_is_missing
from tests.discord_server import DiscordServer
from tests.patience import waiting_for

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.slow,
    pytest.mark.skipif(bool(what_is_missing()), reason=what_is_missing()),
]
QUESTION = "كم تبلغ قيمة صفقة بالانتير مع وكالة الهجرة؟"
PROBE = ("python", "-m", "bot.ops.probe")


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Image]:
    folder = tmp_path_factory.mktemp("image")
    image = Image(folder)
    try:
        image.build()
        yield image
    except NoBaseError as error:
        pytest.skip(str(error))
    finally:
        # Its layers take some gigabytes, which pytest would keep for three runs.
        shutil.rmtree(folder)


async def test_the_image_answers_as_somebody_who_may_write_nowhere_else(image: Image) -> None:
    with image.container() as container:
        asked = image.run(container, "python", "-m", "bot", "ask", QUESTION)
        assert "30 مليون دولار" in asked.stdout
        assert image.run(container, "id", "-u").stdout.strip() == "10001"
        assert image.run(container, "touch", "/app/bot/new").returncode != 0
        assert image.run(container, "touch", "/data/new").returncode == 0


async def test_a_disk_that_belongs_to_root_is_handed_to_the_bot(image: Image) -> None:
    with image.container() as container:
        image.mount_disk(container)
        assert image.run(container, "touch", "/data/new").returncode == 0
        assert image.run(container, "stat", "-c", "%u", "/data", "/data/roots").stdout.split() == ["10001"] * 2
        status = image.run(container, "grep", "-E", "^(Uid|CapEff|NoNewPrivs)", "/proc/self/status").stdout
        assert status.split() == ["Uid:", *["10001"] * 4, "CapEff:", "0" * 16, "NoNewPrivs:", "1"]


async def test_its_health_check_asks_whether_the_bot_hears_and_answers(image: Image, unused_tcp_port: int) -> None:
    port = str(unused_tcp_port)
    async with DiscordServer() as server:
        with image.container() as container:
            assert image.run(container, *PROBE, PORT=port).returncode == 1
            async with serving(image, container, server, port):
                await server.wait_ready()
                asked = await server.post_message(server.world.channel("عام"), "سارة", f"<@bot> {QUESTION}")
                assert "30 مليون دولار" in (await server.wait_for_reply(asked)).text
                await well(image, container, port)
        assert server.violations == []


async def well(image: Image, container: str, port: str) -> None:
    """Wait for a content health check: the bot answers a little before its session is complete."""
    async with waiting_for("a bot that is well"):
        while (checked := await asyncio.to_thread(image.run, container, *PROBE, PORT=port)).returncode:
            assert '"edition"' in checked.stdout
    assert '"ok": true' in checked.stdout


@asynccontextmanager
async def serving(image: Image, container: str, server: DiscordServer, port: str) -> AsyncIterator[None]:
    """Run the image's own command in a container, and stop it as platforms do."""
    settings = {
        "DISCORD_TOKEN": server.token,
        "DISCORD_API_URL": str(server.api_url),
        "DISCORD_GATEWAY_URL": str(server.gateway_url),
        "PORT": port,
    }
    command = image.command(container, "python", "-m", "bot", "run", **settings)
    process = await asyncio.create_subprocess_exec(*command, env=image.environment, start_new_session=True)
    try:
        yield
    finally:
        process.terminate()
        async with waiting_for("the end of the container"):
            await process.wait()
