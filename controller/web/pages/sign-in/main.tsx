import { mount } from "../../design/design.ts";
import { readSignInAddress } from "./sign-in-address.ts";
import { SignInPage } from "./sign-in-page.tsx";

const address = readSignInAddress(location.href);
// At once: a token must not stay in the bar, where others can read it.
if (address.first !== null) history.replaceState(null, "", address.kept);

mount(<SignInPage address={address} />);
