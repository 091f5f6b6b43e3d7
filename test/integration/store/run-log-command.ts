import { logCommand } from "../../../controller/log-command/log-command.ts";

logCommand().parse();
