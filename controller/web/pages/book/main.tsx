import { mount } from "../../design/design.ts";
import { BookPage } from "./book-page.tsx";

mount(<BookPage />);
