//! The cookie that carries new recovery codes to the page that shows them: once, and to no other browser.

use domain::{RecoveryCode, UserId};
use store::LinkToken;

use crate::{AppError, cookie::HostCookie, respond::store};

/// Ten minutes: the page comes next.
const SHEET: HostCookie = HostCookie { plain: "quire-codes", of_host: "__Host-quire-codes", max_age: 10 * 60 };

/// Gives it to the browser.
pub(crate) fn give(sheet: &LinkToken) {
    SHEET.set(sheet.as_str());
}

/// Takes it back, for the codes that were made with it.
pub(crate) async fn take(user: UserId) -> Result<Option<Vec<RecoveryCode>>, AppError> {
    let Some(held) = SHEET.value() else { return Ok(None) };
    let codes = match LinkToken::parse(&held) {
        Some(sheet) => store().find_recovery_codes(user, &sheet).await?,
        None => None,
    };
    SHEET.unset();
    Ok(codes)
}
