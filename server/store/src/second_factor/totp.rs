//! The codes of an app: six digits, other ones every half a minute, made with SHA-1, as every app makes them (RFC 6238).

use domain::{Millis, SignInCode};
use totp_rs::{Builder, Secret};

use crate::{Error, Result};

/// What an app calls the place.
const ISSUER: &str = "Quire";

/// What makes the codes of one account. A code is good for its half minute, the one before and the one after: clocks differ.
pub(super) struct Totp(totp_rs::Totp);

/// What an app needs to make an account's codes.
#[derive(Clone, PartialEq, Eq)]
pub struct SecondFactorSetup {
    /// The secret, to be typed: in base32, in groups of four.
    pub secret: String,
    /// The same with the account's address, as apps take it by a link or a picture.
    pub link: String,
}

/// A new secret, in base32: 160 bits, as RFC 4226 recommends.
pub(super) fn new_secret() -> String {
    Secret::from(rand::random::<[u8; 20]>()).to_base32()
}

impl Totp {
    /// Of an account's secret.
    pub(super) fn of(secret: &str, email: &str) -> Result<Self> {
        let secret = Secret::try_from_base32(secret).map_err(Error::corrupt)?;
        // The address only tells one account of the app from another. There a colon has a meaning of its own.
        let builder = Builder::new().with_secret(secret).with_account_name(email.replace(':', " "));
        builder.with_issuer(Some(ISSUER)).build().map(Self).map_err(Error::corrupt)
    }

    /// Which half minute's code it is, if it is one that is good now.
    pub(super) fn step_of(&self, code: &SignInCode, now: Millis) -> Option<i64> {
        let SignInCode::App(code) = code else { return None };
        let seconds = u64::try_from(now.0 / 1_000).ok()?;
        self.0.check(code.as_str(), seconds).and_then(|step| i64::try_from(step).ok())
    }

    /// What an app needs.
    pub(super) fn setup(&self) -> Result<SecondFactorSetup> {
        let digits: Vec<char> = self.0.secret().to_base32().chars().collect();
        let groups: Vec<String> = digits.chunks(4).map(|group| group.iter().collect()).collect();
        Ok(SecondFactorSetup { secret: groups.join(" "), link: self.0.to_url().map_err(Error::corrupt)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238's, "12345678901234567890".
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn totp() -> Totp {
        Totp::of(SECRET, "ada@quire.example").expect("a secret")
    }

    #[track_caller]
    fn check(code: &str, second: i64, expected: Option<i64>) {
        let typed = SignInCode::parse(code).expect("a code");
        assert_eq!(totp().step_of(&typed, Millis(second * 1_000)), expected, "{code} at {second}");
    }

    /// The table in its appendix B has eight digits; the last six of them are those of a shorter code.
    #[test]
    fn the_codes_of_rfc_6238() {
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            check(code, second, Some(second / 30));
        }
    }

    #[test]
    fn a_code_is_good_for_its_half_minute_and_those_beside_it() {
        // Its own begins at 1111111110.
        let (code, own) = ("050471", 1_111_111_110);
        for (second, is_good) in
            [(own - 31, false), (own - 30, true), (own, true), (own + 59, true), (own + 60, false), (0, false)]
        {
            check(code, second, is_good.then_some(own / 30));
        }
        check("050472", own, None);
        check("0504-7105-0471-0504", own, None);
    }

    #[test]
    fn what_an_app_is_told() {
        let setup = totp().setup().expect("what it needs");
        assert_eq!(setup.secret, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        let link = format!("otpauth://totp/Quire:ada%40quire.example?secret={SECRET}&issuer=Quire");
        assert_eq!(setup.link, link);
        assert!(Totp::of(SECRET, "\"a:b\"@quire.example").expect("a secret").setup().is_ok());
        assert_ne!(new_secret(), new_secret());
        assert_eq!(new_secret().len(), 32);
    }
}
