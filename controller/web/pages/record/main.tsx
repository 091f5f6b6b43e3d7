import { mount } from "../../design/design.ts";
import { RecordPage } from "./record-page.tsx";

mount(<RecordPage />);
