"""What a person can do in Slack: write, edit, delete, tap, type a command, fill a form. All of it is recorded."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from bot.simulation.events import Postman
from bot.simulation.record import Act, Shown
from bot.simulation.slack import WORKSPACE, ModelSlack


@dataclass(eq=False)
class Hands:
    """One person's client."""

    slack: ModelSlack
    postman: Postman
    user: str

    @property
    def channel(self) -> str:
        """Their conversation with the app."""
        return f"D{self.user[1:]}"

    @property
    def shown(self) -> list[Shown]:
        """What the app has posted in it, as it stands."""
        return self.slack.conversations.get(self.channel, [])

    @property
    def last(self) -> str:
        """The words that stand last."""
        return self.shown[-1].text if self.shown else ""

    def _act(self, kind: str, detail: str, ts: str = "", shown: str = "") -> Act:
        acts = self.slack.record.acts
        act = Act(self.slack.clock(), self.user, kind, detail, len(acts), ts, shown)
        acts.append(act)
        self.slack.trace.add(self.user, kind, f"{ts} {detail!r:.120}".strip())
        return act

    def _message(self, ts: str, **more: Any) -> dict[str, Any]:
        base = {"type": "message", "channel": self.channel, "channel_type": "im", "event_ts": ts, "ts": ts}
        return base | more

    def say(self, text: str) -> Act:
        """Write a message."""
        ts = self.slack.ts()
        act = self._act("say", text, ts, self.last)
        act.now = text
        self.postman.event(self._message(ts, user=self.user, text=text), act)
        return act

    def edit(self, said: Act, text: str) -> None:
        """Write other words into a message."""
        ts = self.slack.ts()
        act = self._act("edit", text, said.ts)
        message = {"user": self.user, "text": text, "ts": said.ts, "edited": {"user": self.user, "ts": ts}}
        before = {"user": self.user, "text": said.now, "ts": said.ts}
        said.now = text
        changed = self._message(ts, subtype="message_changed", message=message, previous_message=before)
        self.postman.event(changed, act)

    def delete(self, said: Act) -> None:
        """Take a message back."""
        ts = self.slack.ts()
        act = self._act("delete", "", said.ts)
        said.gone_at = act.at
        before = {"user": self.user, "text": said.now, "ts": said.ts}
        gone = self._message(ts, subtype="message_deleted", deleted_ts=said.ts, previous_message=before)
        self.postman.event(gone, act)

    async def tap(self, message: Shown, element: dict[str, Any]) -> Act:
        """Tap a button of a message."""
        act = self._act("tap", f"{element['action_id']} {element.get('value', '')}", message.ts, message.text)
        await self.postman.interact(
            {
                "type": "block_actions",
                "team": {"id": WORKSPACE},
                "user": {"id": self.user, "team_id": WORKSPACE},
                "api_app_id": "A1",
                "trigger_id": f"{self.user}.{act.number}",
                "container": {"type": "message", "channel_id": message.channel, "message_ts": message.ts},
                "channel": {"id": message.channel},
                "actions": [
                    {"type": "button", "block_id": "actions", "action_ts": "1"}
                    | {k: element[k] for k in ("action_id", "value")}
                ],
            },
            act,
        )
        return act

    async def command(self, text: str) -> str:
        """Type the slash command; the words it is answered with."""
        act = self._act("command", text)
        answer = await self.postman.interact(
            {
                "type": "slash_commands",
                "command": "/coach",
                "text": text,
                "team_id": WORKSPACE,
                "user_id": self.user,
                "channel_id": "C0TEAM",
                "api_app_id": "A1",
                "trigger_id": f"{self.user}.{act.number}",
            },
            act,
        )
        act.answer = str(answer.body) if answer is not None else ""
        self.slack.trace.add(self.user, "is told", f"{act.answer!r:.100}")
        return act.answer

    def home(self) -> None:
        """Open the Home tab."""
        self._act("home", "")
        self.postman.event({"type": "app_home_opened", "user": self.user, "tab": "home", "channel": self.channel})

    async def submit(self, view: dict[str, Any], typed: dict[str, str]) -> bool:
        """Send a form; False when it came back with errors, or nobody took it."""
        values = {}
        for block in view["blocks"]:
            if "element" not in block:
                continue
            name, element = block["block_id"], block["element"]
            state: dict[str, Any] = {"type": element["type"]}
            if "options" in element:
                state["selected_option"] = None if typed else element["options"][0]
            else:
                state["value"] = typed.get(name, element.get("initial_value"))
            values[name] = {name: state}
        act = self._act("submit", f"{view['callback_id']} {sorted(typed.items())}")
        answer = await self.postman.interact(
            {
                "type": "view_submission",
                "team": {"id": WORKSPACE},
                "user": {"id": self.user, "team_id": WORKSPACE},
                "api_app_id": "A1",
                "view": view | {"id": "V1", "state": {"values": values}},
            },
            act,
        )
        act.answer = str(answer.body or "") if answer is not None else "not taken"
        return act.answer == ""

    async def form(self) -> dict[str, Any] | None:
        """The form that a tap opened, if it comes soon."""
        for _ in range(10):
            if view := self.slack.forms.pop(self.user, None):
                return view
            await asyncio.sleep(0.5)
        return None
