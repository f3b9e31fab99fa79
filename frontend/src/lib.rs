//! Hydrates the app in the browser, and nothing else.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the script in the page, once the module is there.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    app::app_shell::start();
}
