//! The second factor of one's account: plain forms, which load a new page. Its secret and the recovery codes go past all
//! caches.

#[cfg(feature = "ssr")]
use abreast_browser::ssr::set_status;
use abreast_browser::{JsonCodec, MutationClient};
use domain::{Changed, Password, RecoveryCode, SignInCode};
use leptos::prelude::server;
use serde::{Deserialize, Serialize};
use server_fn::codec::GetUrl;

use crate::{AppError, way_back::WayBack};
#[cfg(feature = "ssr")]
use crate::{
    asker::{Asker, member},
    attempts, pending_sign_in, recovery_sheet,
    respond::{past_caches, store, written},
    session,
};

/// What `/account/second-step` shows.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SecondStep {
    /// Neither of the others.
    Nothing,
    /// A second factor that is being set up.
    Setup(Setup),
    /// Recovery codes that were made a moment ago. They are shown once.
    Codes(Vec<RecoveryCode>),
}

/// What an app needs to make codes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setup {
    /// The secret, to be typed.
    pub secret: String,
    /// The same as a link.
    pub link: String,
    /// That link as a QR code.
    pub picture: QrCode,
}

/// A QR code: how many modules are in a row, with the light ones around, and where it is dark, as the path of an SVG.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QrCode {
    pub size: u32,
    pub path: String,
}

/// Takes the code that an account with a second factor asks for after the right password: signs in, and leads back to
/// the page from which the visitor came.
#[server(endpoint = "confirm_sign_in", output = JsonCodec, client = MutationClient)]
pub async fn confirm_sign_in(code: SignInCode, next: Option<WayBack>) -> Result<Changed<()>, AppError> {
    attempts::allow_code()?;
    let token = pending_sign_in::held().ok_or(AppError::SignInIsOver).inspect_err(set_status)?;
    let signed_in = store().finish_sign_in(&token, &code, Asker::current().session).await;
    if let Ok(_) | Err(store::Error::SignInIsOver) = &signed_in {
        pending_sign_in::end();
    }
    let begun = signed_in.map(|changed| {
        changed.map(|(token, email)| {
            session::begin(&token);
            attempts::browser::remember(&email);
        })
    });
    let signed_in = written(begun).await?;
    leptos_axum::redirect(next.as_ref().map_or("/studio", WayBack::as_str));
    Ok(signed_in)
}

/// Makes the secret of a second factor, which a code of it turns on.
#[server(endpoint = "begin_second_factor", output = JsonCodec, client = MutationClient)]
pub async fn begin_second_factor() -> Result<(), AppError> {
    let user = member()?;
    past_caches(store().begin_second_factor(user).await).await?;
    leptos_axum::redirect("/account/second-step");
    Ok(())
}

/// What the page of the second step shows.
#[server(endpoint = "fetch_second_step", input = GetUrl, output = JsonCodec)]
pub async fn fetch_second_step() -> Result<SecondStep, AppError> {
    let user = member()?;
    if let Some(codes) = recovery_sheet::take(user).await? {
        return Ok(SecondStep::Codes(codes));
    }
    let setup = past_caches(store().find_second_factor_setup(user).await).await?;
    setup.map_or(Ok(SecondStep::Nothing), |setup| Setup::of(setup).map(SecondStep::Setup))
}

/// Turns the second factor on, for a person who knows their password and has a code of their app. Every other session of
/// theirs ends. The recovery codes are on the next page.
#[server(endpoint = "turn_on_second_factor", output = JsonCodec, client = MutationClient)]
pub async fn turn_on_second_factor(code: SignInCode, current: Password) -> Result<Changed<()>, AppError> {
    let user = member()?;
    let session = Asker::current().session.ok_or(AppError::SignedOut).inspect_err(set_status)?;
    attempts::allow_again(user)?;
    let turned_on = store().turn_on_second_factor(user, current, &code, &session).await;
    let turned_on = written(turned_on.map(|changed| changed.map(|sheet| recovery_sheet::give(&sheet)))).await?;
    leptos_axum::redirect("/account/second-step?done=on");
    Ok(turned_on)
}

/// Makes other recovery codes, for a person who knows their password and has a code. They are on the next page.
#[server(endpoint = "make_recovery_codes", output = JsonCodec, client = MutationClient)]
pub async fn make_recovery_codes(code: SignInCode, current: Password) -> Result<Changed<()>, AppError> {
    let user = member()?;
    attempts::allow_again(user)?;
    let made = store().make_recovery_codes(user, current, &code).await;
    let made = written(made.map(|changed| changed.map(|sheet| recovery_sheet::give(&sheet)))).await?;
    leptos_axum::redirect("/account/second-step?done=codes");
    Ok(made)
}

/// Turns the second factor off, for a person who knows their password and has a code.
#[server(endpoint = "turn_off_second_factor", output = JsonCodec, client = MutationClient)]
pub async fn turn_off_second_factor(code: SignInCode, current: Password) -> Result<Changed<()>, AppError> {
    let user = member()?;
    attempts::allow_again(user)?;
    let turned_off = written(store().turn_off_second_factor(user, current, &code).await).await?;
    leptos_axum::redirect("/account?done=second-step-off#second-step-title");
    Ok(turned_off)
}

#[cfg(feature = "ssr")]
impl Setup {
    fn of(setup: store::SecondFactorSetup) -> Result<Self, AppError> {
        let picture = QrCode::of(&setup.link).ok_or(AppError::Internal).inspect_err(set_status)?;
        Ok(Self { secret: setup.secret, link: setup.link, picture })
    }
}

#[cfg(feature = "ssr")]
impl QrCode {
    /// So many light modules around it tell it from the page.
    const AROUND: i32 = 4;

    /// Nothing, if the text is too long for one.
    fn of(text: &str) -> Option<Self> {
        let code = qrcodegen::QrCode::encode_text(text, qrcodegen::QrCodeEcc::Medium).ok()?;
        let places = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y)));
        let dark = places.filter(|&(x, y)| code.get_module(x, y));
        let squares = dark.map(|(x, y)| format!("M{} {}h1v1h-1z", x + Self::AROUND, y + Self::AROUND));
        let path = squares.collect::<Vec<_>>().concat();
        Some(Self { size: u32::try_from(code.size() + 2 * Self::AROUND).ok()?, path })
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    /// Its three corners are what a camera looks for.
    #[test]
    fn a_link_becomes_a_picture() {
        let code = QrCode::of("otpauth://totp/Quire:ada?secret=GEZDGNBVGY3TQOJQ&issuer=Quire").expect("a QR code");
        let last = code.size - 5;
        for (x, y) in [(4, 4), (last, 4), (4, last)] {
            assert!(code.path.contains(&format!("M{x} {y}h1v1h-1z")), "{x} {y}: {}", code.path);
        }
        assert!(!code.path.contains("M3 ") && !code.path.contains(&format!("M{} ", last + 1)), "it is light around it");
        assert!(QrCode::of(&"x".repeat(10_000)).is_none());
    }
}
