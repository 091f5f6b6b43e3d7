import { mount } from "../../design/design.ts";
import { HallPage } from "./hall-page.tsx";

mount(<HallPage />);
