"""The routes that annotations take, as the rate limits know them."""

from bot.client.http_limits.routes import Route

POST = Route("POST", "/channels/{id}/messages", None)
EDIT = Route("PATCH", "/channels/{id}/messages/{id}", None)
REACT = Route("PUT", "/channels/{id}/messages/{id}/reactions/{emoji}/@me", None)
