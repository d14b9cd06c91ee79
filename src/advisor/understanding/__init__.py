"""Text to meaning. Importing this is cheap: numpy is loaded when a matcher is first built or asked."""

from advisor.understanding.intents import IntentMatcher, Match

__all__ = ["IntentMatcher", "Match"]
