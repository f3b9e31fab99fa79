//! Hydrates the app in the browser, and nothing else.

use app::{bundle::Bundle, pages::Pages};
use wasm_bindgen::prelude::wasm_bindgen;

const BUNDLE: Bundle = match (cfg!(feature = "studio"), cfg!(feature = "monitoring")) {
    (true, true) => Bundle::Full,
    (true, false) => Bundle::Studio,
    (false, true) => Bundle::Monitoring,
    (false, false) => Bundle::Reading,
};
static PAGES: Pages = Pages::of(BUNDLE);

/// Called by the script in the page, once the module is there.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    app::app_shell::start(BUNDLE, &PAGES);
}
