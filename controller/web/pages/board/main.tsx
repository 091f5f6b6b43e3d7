import { mount } from "../../design/design.ts";
import { BoardPage } from "./board-page.tsx";

// `/board?zone=east` is the screen of one zone: its lines, its voice. Without it, all of them.
const zone = new URLSearchParams(location.search).get("zone");

mount(<BoardPage zone={zone} />);
