//! Sign-in attempts, slowed per account and per address.
//!
//! A browser that signed in to an account before has attempts of its own there, so that strangers who use up the
//! account's can't lock its owner out.

pub mod browser;

use abreast_browser::ssr::set_status;
use std::{net::IpAddr, num::NonZeroU32, sync::LazyLock};

use domain::{Email, UserId};
use governor::{
    DefaultKeyedRateLimiter, NotUntil, Quota, RateLimiter,
    clock::{Clock, DefaultClock, QuantaInstant},
};

use crate::{AppError, asker::Asker};

/// Ten at once, then one every six seconds: enough for clumsy fingers, useless for guessing.
const PER_ACCOUNT: Quota = Quota::per_minute(NonZeroU32::new(10).expect("not zero"));
/// A household or an office behind one address.
const PER_ADDRESS: Quota = Quota::per_minute(NonZeroU32::new(60).expect("not zero"));

static ACCOUNTS: LazyLock<DefaultKeyedRateLimiter<String>> = LazyLock::new(|| RateLimiter::keyed(PER_ACCOUNT));
/// The same for browsers that signed in before.
static KNOWN: LazyLock<DefaultKeyedRateLimiter<String>> = LazyLock::new(|| RateLimiter::keyed(PER_ACCOUNT));
static ADDRESSES: LazyLock<DefaultKeyedRateLimiter<IpAddr>> = LazyLock::new(|| RateLimiter::keyed(PER_ADDRESS));

/// Counts an attempt at an account, from wherever the request comes.
pub fn allow(email: &Email) -> Result<(), AppError> {
    // The address first: who makes up accounts by the thousand makes us remember no more than it may try.
    let attempts = if browser::is_known(email) { &KNOWN } else { &ACCOUNTS };
    let allowed = of_address(&ADDRESSES).and_then(|()| attempts.check_key(&email.as_str().to_owned()));
    allowed.map_err(too_many).inspect_err(set_status)
}

/// Counts an attempt at the password of an account that is signed in.
pub fn allow_again(user: UserId) -> Result<(), AppError> {
    let allowed = of_address(&ADDRESSES).and_then(|()| ACCOUNTS.check_key(&user.to_string()));
    allowed.map_err(too_many).inspect_err(set_status)
}

/// Counts an attempt at a code, from wherever the request comes. Those at one account are counted in the database.
pub fn allow_code() -> Result<(), AppError> {
    of_address(&ADDRESSES).map_err(too_many).inspect_err(set_status)
}

fn of_address(limiter: &DefaultKeyedRateLimiter<IpAddr>) -> Result<(), NotUntil<QuantaInstant>> {
    Asker::current().address.map_or(Ok(()), |address| limiter.check_key(&address))
}

/// The refusal, with the seconds until the next attempt.
pub fn too_many(until: NotUntil<QuantaInstant>) -> AppError {
    AppError::TooMany(until.wait_time_from(DefaultClock::default().now()).as_secs() + 1)
}

/// Forgets who has been quiet for long enough; called now and then, so that memory stays bounded.
pub fn tidy() {
    ACCOUNTS.retain_recent();
    KNOWN.retain_recent();
    ADDRESSES.retain_recent();
}
