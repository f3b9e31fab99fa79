//! How pages look: cookies of the visitor's, nothing of the library's.

use abreast_browser::JsonCodec;
use leptos::prelude::server;

use crate::{AppError, appearance::Choice};

/// Remembers a choice for a year.
#[server(endpoint = "set_appearance", output = JsonCodec)]
pub async fn set_appearance(choice: Choice) -> Result<(), AppError> {
    use http::{HeaderValue, header};
    let (value, max_age) = choice.unusual().map_or(("", 0), |option| (option, 31_536_000));
    let cookie = format!("{}={value}; Path=/; SameSite=Lax; Max-Age={max_age}", choice.setting.cookie());
    if let (Some(response), Ok(cookie)) =
        (leptos::prelude::use_context::<leptos_axum::ResponseOptions>(), HeaderValue::from_str(&cookie))
    {
        response.append_header(header::SET_COOKIE, cookie);
    }
    Ok(())
}
