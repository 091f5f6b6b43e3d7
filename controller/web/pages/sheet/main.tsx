import { mount } from "../../design/design.ts";
import { SheetPage } from "./sheet-page.tsx";

mount(<SheetPage />);
