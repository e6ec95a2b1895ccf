"""What speaks to the bot and what only looks like it: other bots, webhooks, code, roles."""

import pytest

from tests.discord_server import DiscordServer, Message, Role, Seen
from tests.e2e.coverage import QUESTION, QUOTED, TRAM_QUESTION, TRAM_QUOTED
from tests.e2e.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

HINT = "ذُكرت رتبتي لا حسابي"


def bot_role(server: DiscordServer) -> Role:
    """Return the role that came with the bot, which people may mention."""
    [guild, *_] = server.world.guilds.values()
    role = server.world.role("إسناد", guild)
    role.mentionable = True
    return role


async def say(stage: Stage, content: str, author: str = "سارة", reply_to: Message | Seen | None = None) -> Message:
    return await stage.server.post_message("عام", author, content, reply_to=reply_to)


async def only_this_is_answered(stage: Stage, *silent: Message) -> Seen:
    """See that a question put now is answered, and none of the messages before it is."""
    answer = await stage.server.wait_for_reply(await say(stage, f"<@bot> {QUESTION}", "ليلى"))
    assert QUOTED in answer.text
    answered = {seen.reply_to for seen in stage.server.messages("عام")}
    assert not answered & {message.id for message in silent}
    return answer


async def test_two_bots_do_not_keep_each_other_talking(stage: Stage) -> None:
    server = stage.server
    world = server.world
    [guild, *_] = world.guilds.values()
    if "parrot" not in {user.username for user in world.users.values()}:
        world.add_member(guild, world.add_user("parrot", "ببغاء", is_bot=True))
    answer = await server.wait_for_reply(await say(stage, f"<@bot> {QUESTION} <@{world.user('parrot').id}>"))
    assert not answer.pinged
    mentioned = await say(stage, f"<@bot> {QUESTION}", "parrot")
    replied = await say(stage, f"<@bot> {QUESTION}", "parrot", answer)
    edited = await server.edit_message(await say(stage, "سلام", "parrot"), f"<@bot> {QUESTION}")
    direct = await server.post_message(server.direct_channel("parrot"), "parrot", QUESTION)
    await only_this_is_answered(stage, mentioned, replied, edited)
    assert server.messages(server.direct_channel("parrot"))[-1].id == direct.id


async def test_a_webhook_is_nobody_to_answer(stage: Stage) -> None:
    webhook = stage.server.world.add_webhook(f"خبر {len(stage.server.world.users)}")
    said = await say(stage, f"<@bot> {QUESTION}", webhook.username)
    await only_this_is_answered(stage, said)


@pytest.mark.parametrize("code", ["`<@bot>` {}", "```\n<@bot> {}\n```", "``<@bot>`` {}", "كيف أسأل؟ `<@bot> {}`"])
async def test_a_mention_in_code_is_no_address(stage: Stage, code: str) -> None:
    said = await say(stage, code.format(QUESTION))
    await only_this_is_answered(stage, said)


async def test_a_mention_beside_code_is_one(stage: Stage) -> None:
    said = await say(stage, f"<@bot> {QUESTION} `<@bot>`")
    assert QUOTED in (await stage.server.wait_for_reply(said)).text


async def test_who_mentions_the_bots_role_is_told_how_to_be_read(stage: Stage) -> None:
    role = bot_role(stage.server)
    said = await say(stage, f"{role.mention} {QUESTION}")
    hint = await stage.server.wait_for_reply(said)
    assert HINT in hint.text
    assert f"<@{stage.server.world.bot.id}>" in hint.text
    assert "/اسأل" in hint.text
    assert not hint.pinged
    await stage.server.edit_message(said, f"<@bot> {TRAM_QUESTION}")
    assert TRAM_QUOTED in (await stage.server.wait_for_edit(hint)).text


async def test_the_bots_role_in_a_reply_to_somebody_is_told_the_same(stage: Stage) -> None:
    said = await say(stage, f"<@bot> {QUESTION}", "ليلى")
    await stage.server.wait_for_reply(said)
    asked = await say(stage, bot_role(stage.server).mention, reply_to=said)
    assert HINT in (await stage.server.wait_for_reply(asked)).text


async def test_beside_the_bots_role_words_count_where_discord_shows_them(stage: Stage) -> None:
    role = bot_role(stage.server)
    answer = await stage.server.wait_for_reply(await say(stage, f"{role.mention} <@bot> {QUESTION}"))
    assert QUOTED in answer.text
    asked = await say(stage, f"{role.mention} {TRAM_QUESTION}", reply_to=answer)
    further = await stage.server.wait_for_reply(asked)
    assert TRAM_QUOTED in further.text
    assert "<@&" not in f"{answer.text}{further.text}"


async def test_an_edit_may_bring_the_bots_role_in(stage: Stage) -> None:
    role = bot_role(stage.server)
    said = await say(stage, QUESTION)
    await stage.server.edit_message(said, f"{role.mention} {QUESTION}")
    assert HINT in (await stage.server.wait_for_reply(said)).text


async def test_other_roles_are_not_the_bot(stage: Stage) -> None:
    world = stage.server.world
    [guild, *_] = world.guilds.values()
    researchers, other = world.role("باحثون", guild), world.add_role(guild, f"آلة {len(guild.roles)}", mentionable=True)
    other.bot_id, researchers.mentionable = world.owner.id, True
    stage.server.platform.announcer.role_created(guild, other)
    messages = [await say(stage, f"{role.mention} {QUESTION}") for role in (researchers, other)]
    await only_this_is_answered(stage, *messages)
