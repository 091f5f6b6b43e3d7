import { mount } from "../../design/design.ts";
import { KioskPage } from "./kiosk-page.tsx";

/** `?print=1`: a ticket printer is the browser's default printer here. */
const prints = new URLSearchParams(location.search).get("print") === "1";

mount(<KioskPage prints={prints} />);
