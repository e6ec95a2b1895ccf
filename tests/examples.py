"""How many examples a property is tried with: a tenth at each change, and all of them where the slow tests run."""

from hypothesis import settings

_ALL, _FEW, _LEAST = 100, 10, 10
# How long an example takes says more of the machine, and what else runs there, than of the code.
settings.register_profile("few", deadline=None, max_examples=_FEW)
settings.register_profile("thorough", deadline=None, max_examples=_ALL)


def examples(most: int) -> settings:
    """Try so many examples in the thorough profile, and a share of them in the other."""
    share = most * settings.default.max_examples // _ALL if settings.default else most
    return settings(max_examples=max(min(most, _LEAST), share), deadline=None)
