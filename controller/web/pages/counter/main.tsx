import { mount } from "../../design/design.ts";
import { readAddress } from "./counter-address.ts";
import { CounterPage, NoCounter } from "./counter-page.tsx";

const counter = readAddress(location.href);

mount(counter === null ? <NoCounter /> : <CounterPage counter={counter} />, "zh");
