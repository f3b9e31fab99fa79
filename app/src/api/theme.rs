//! The theme: a cookie of the visitor's, nothing of the library's.

use abreast_browser::JsonCodec;
use leptos::prelude::server;

use crate::{AppError, theme::Theme};

/// Remembers the theme for a year.
#[server(endpoint = "set_theme", output = JsonCodec)]
pub async fn set_theme(theme: Theme) -> Result<(), AppError> {
    use http::{HeaderValue, header};
    let (name, value) = (crate::theme::COOKIE, theme.slug());
    let cookie = format!("{name}={value}; Path=/; SameSite=Lax; Max-Age=31536000");
    if let (Some(response), Ok(cookie)) =
        (leptos::prelude::use_context::<leptos_axum::ResponseOptions>(), HeaderValue::from_str(&cookie))
    {
        response.append_header(header::SET_COOKIE, cookie);
    }
    Ok(())
}
