// Run by Bun inside the Slack stand-in, before its own code (see bot/demo/local_slack.py).

// The stand-in listens on every interface and asks nobody who they are: anyone on the network could read the
// conversations and write as any user. Here it listens on this machine only.
const serve = Bun.serve;
Bun.serve = (options) => serve.call(Bun, { ...options, hostname: "127.0.0.1" });

// Our end of standard input closes when the process that started us is gone, however it went: go too.
process.stdin.on("end", () => process.exit(0));
process.stdin.resume();
