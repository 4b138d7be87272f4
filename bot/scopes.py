"""What the app asks Slack to be allowed: the manifests name the same, each with its reason."""

SCOPES = (
    "chat:write",  # write to people, and the weekly wins to a team's channel
    "commands",  # answer /coach
    "im:history",  # read what people write to the app, and look whether a message of ours arrived
    "im:write",  # open the DM with somebody
    "users:read",  # names, time zones, who left, who is a guest
    "channels:read",  # whether a team's public channel is there, and the app in it
    "groups:read",  # the same of a private channel that the app was invited to
    "channels:join",  # join the public channel that a manager picked for wins
    "files:write",  # send somebody the export of their own data
)
