//! Sign-in attempts, slowed per account and per address.
//!
//! A browser that signed in to an account before has attempts of its own there, so that strangers who use up the
//! account's can't lock its owner out.

pub mod browser;

use abreast_browser::ssr::set_status;
use std::{net::IpAddr, num::NonZeroU32, sync::Arc};

use domain::{Email, UserId};
use governor::{
    DefaultKeyedRateLimiter, NotUntil, Quota, RateLimiter,
    clock::{Clock, DefaultClock, QuantaInstant},
};
use leptos::prelude::expect_context;

use crate::{AppError, asker::Asker};

/// Ten at once, then one every six seconds: enough for clumsy fingers, useless for guessing.
const PER_ACCOUNT: Quota = Quota::per_minute(NonZeroU32::new(10).expect("not zero"));
/// A household or an office behind one address.
const PER_ADDRESS: Quota = Quota::per_minute(NonZeroU32::new(60).expect("not zero"));

/// The attempts of late at one server. Cheap to clone; the router provides it to each request.
#[derive(Debug, Clone)]
pub struct Attempts(Arc<Counted>);

#[derive(Debug)]
struct Counted {
    accounts: DefaultKeyedRateLimiter<String>,
    /// The same for browsers that signed in before.
    known: DefaultKeyedRateLimiter<String>,
    addresses: DefaultKeyedRateLimiter<IpAddr>,
}

impl Default for Attempts {
    fn default() -> Self {
        Self(Arc::new(Counted {
            accounts: RateLimiter::keyed(PER_ACCOUNT),
            known: RateLimiter::keyed(PER_ACCOUNT),
            addresses: RateLimiter::keyed(PER_ADDRESS),
        }))
    }
}

impl Attempts {
    /// Forgets who has been quiet for long enough; called now and then, so that memory stays bounded.
    pub fn tidy(&self) {
        self.0.accounts.retain_recent();
        self.0.known.retain_recent();
        self.0.addresses.retain_recent();
    }

    fn of_address(&self) -> Result<(), NotUntil<QuantaInstant>> {
        Asker::current().address.map_or(Ok(()), |address| self.0.addresses.check_key(&address))
    }
}

/// Counts an attempt at an account, from wherever the request comes.
pub fn allow(email: &Email) -> Result<(), AppError> {
    let attempts: Attempts = expect_context();
    let of_account = if browser::is_known(email) { &attempts.0.known } else { &attempts.0.accounts };
    // The address first: who makes up accounts by the thousand makes us remember no more than it may try.
    let allowed = attempts.of_address().and_then(|()| of_account.check_key(&email.as_str().to_owned()));
    allowed.map_err(too_many).inspect_err(set_status)
}

/// Counts an attempt at the password of an account that is signed in.
pub fn allow_again(user: UserId) -> Result<(), AppError> {
    let attempts: Attempts = expect_context();
    let allowed = attempts.of_address().and_then(|()| attempts.0.accounts.check_key(&user.to_string()));
    allowed.map_err(too_many).inspect_err(set_status)
}

/// Counts an attempt at a code, from wherever the request comes. Those at one account are counted in the database.
pub fn allow_code() -> Result<(), AppError> {
    expect_context::<Attempts>().of_address().map_err(too_many).inspect_err(set_status)
}

/// The refusal, with the seconds until the next attempt.
pub fn too_many(until: NotUntil<QuantaInstant>) -> AppError {
    AppError::TooMany(until.wait_time_from(DefaultClock::default().now()).as_secs() + 1)
}
