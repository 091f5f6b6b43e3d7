import { mount } from "../../design/design.ts";
import { readAddress } from "./counter-address.ts";
import { CounterPage, NoCounter } from "./counter-page.tsx";

const { counter, token, kept } = readAddress(location.href);
// At once: a token must not stay in the bar, where others can read it.
if (token !== null) history.replaceState(null, "", kept);

mount(counter === null ? <NoCounter /> : <CounterPage counter={counter} token={token} />, "zh");
