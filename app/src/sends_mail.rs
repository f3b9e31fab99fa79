//! Whether this place sends mail: a page says so, and the browser's first render says the same.

use leptos::prelude::SharedValue;

/// The operator set up mail.
#[cfg(feature = "ssr")]
#[derive(Debug, Clone, Copy)]
pub struct SendsMail;

/// Whether mail is sent here. Asked while a page is made; in the browser it is what the page's server said.
#[must_use]
pub fn sends_mail() -> bool {
    SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        let sends = leptos::prelude::use_context::<SendsMail>().is_some();
        #[cfg(not(feature = "ssr"))]
        let sends = false;
        sends
    })
    .into_inner()
}
