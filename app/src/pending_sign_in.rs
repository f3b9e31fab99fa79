//! The cookie of a sign-in that waits for its code: what a browser shows at the second step, and nowhere else.

use leptos::prelude::SharedValue;

#[cfg(feature = "ssr")]
pub use self::held::{ask, end, held};

/// Whether this browser is asked for a code. Asked while a page is made; in the browser it is what the page's server said.
#[must_use]
pub fn is_asked() -> bool {
    SharedValue::new(|| {
        #[cfg(feature = "ssr")]
        let is_asked = held().is_some();
        #[cfg(not(feature = "ssr"))]
        let is_asked = false;
        is_asked
    })
    .into_inner()
}

#[cfg(feature = "ssr")]
mod held {
    use store::SignInToken;

    use crate::{cookie::HostCookie, way_back::WayBack};

    /// Ten minutes, as long as it may take.
    const PENDING: HostCookie =
        HostCookie { plain: "quire-sign-in", of_host: "__Host-quire-sign-in", max_age: 10 * 60 };

    /// What the browser that asks holds.
    pub fn held() -> Option<SignInToken> {
        PENDING.value().as_deref().and_then(SignInToken::parse)
    }

    /// Gives it to the browser, and leads it to the second step.
    pub fn ask(token: &SignInToken, next: Option<&WayBack>) {
        PENDING.set(token.as_str());
        let page = "/sign-in/code";
        leptos_axum::redirect(&next.map_or_else(|| page.to_owned(), |next| next.through(page)));
    }

    /// Takes it away.
    pub fn end() {
        PENDING.unset();
    }
}
