"""Which messages count, history after downtime, and what is let go.

Whoever wants to hear of messages where they are counted, of people, bots and webhooks alike, adds a plain function to
one of the lists that the client holds: `client.counting.events.written`, `.edited` and `.deleted` for what comes over
the gateway, `client.counting.history.handlers` (coroutines) for what was written while the bot was away. What was
written comes as a `MessageRecord` and as Discord's JSON, with what happens in its channel, and the channel that a
thread is in; over the gateway a tenth of a second late at the most, with what else was written (`MessageQueue`).
"""
