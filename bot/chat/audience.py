"""Who can read what is written in a place."""

import discord


def public_server(place: object) -> int | None:
    """Return the id of the server in which everybody may read a channel or thread.

    None stands for conversations, private threads, channels for some people, and whatever is not known to be open.
    """
    if isinstance(place, discord.Thread):
        if place.is_private() or place.parent is None:
            return None
    elif not isinstance(place, discord.abc.GuildChannel):
        return None
    everyone = place.guild.get_role(place.guild.id)
    if everyone is None:
        return None
    allowed = place.permissions_for(everyone)
    # What is written beside a conversation is read by those who may join it.
    is_spoken = isinstance(place, discord.VoiceChannel | discord.StageChannel)
    return place.guild.id if allowed.view_channel and (allowed.connect or not is_spoken) else None
