import { mount } from "../../design/design.ts";
import { TodayPage } from "./today-page.tsx";

mount(<TodayPage />);
