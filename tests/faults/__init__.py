"""Each fault of Discord, the network, the disk, a store or a deploy, and what came of it: `python -m tests.faults`."""
