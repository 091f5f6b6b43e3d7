import { mount } from "../../design/design.ts";
import { LeavePage } from "./leave-page.tsx";

mount(<LeavePage />);
