// Loaded by every process the demonstration starts, for its effect: nobody stays behind when the demonstration is gone,
// even if it was killed and could say nothing. The closed channel is the sign, and the process then ends as it would
// for anybody's SIGTERM.
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref(); // The channel alone is no reason to stay.
