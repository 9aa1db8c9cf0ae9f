"""Busy servers with faults all along: memory flat, nothing lost, nothing doubled, no gap unnoted.

The bot is a process of its own in a sandbox with many channels in all modes. Messages trickle everywhere and flood one
channel now and then, of every kind that counts or doesn't; Discord limits, refuses, fails, loses sockets, sessions and
servers; the host kills and restarts the bot and gets its clock wrong. In the end the entries are held against what
was written: the soak itself knows what counts.

    python -m benchmarks.soak [--minutes 10] [--channels 1000] [--rate 40] [--seed 1]
"""
