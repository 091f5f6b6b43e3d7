import { mount } from "../../design/design.ts";
import { AppointmentsPage } from "./appointments-page.tsx";

mount(<AppointmentsPage />);
