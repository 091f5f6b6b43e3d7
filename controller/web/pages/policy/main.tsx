import { mount } from "../../design/design.ts";
import { PolicyPage } from "./policy-page.tsx";

mount(<PolicyPage />);
