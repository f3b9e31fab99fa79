//! What a person gives at the second step of signing in: the code that their app shows, or one that they were given to
//! keep.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A code as it was typed, with or without blanks and hyphens.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum SignInCode {
    /// From an app: another one every half a minute.
    App(AppCode),
    /// One of those that were given out when the second factor was turned on.
    Recovery(RecoveryCode),
}

/// Six digits.
#[derive(Clone, PartialEq, Eq)]
pub struct AppCode(String);

/// Sixteen letters and digits, of which none looks like another: 80 bits, too many to guess one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RecoveryCode(String);

/// What was typed has the form of no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("That is no code: your app shows six digits, and a recovery code has sixteen letters and digits.")]
pub struct NotACode;

/// More than a code with blanks in it has.
const LONGEST: usize = 100;
/// Crockford's base32, in which an `o` is read as 0, and an `i` and an `l` as 1.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Characters of a recovery code, and how they stand together.
const LENGTH: usize = 16;
const GROUP: usize = 4;

impl SignInCode {
    /// Parses what was typed.
    pub fn parse(text: &str) -> Result<Self, NotACode> {
        let typed = without_gaps(text)?;
        if typed.len() == 6 && typed.bytes().all(|digit| digit.is_ascii_digit()) {
            return Ok(Self::App(AppCode(typed)));
        }
        RecoveryCode::parse(&typed).map(Self::Recovery)
    }
}

impl AppCode {
    /// The six digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl RecoveryCode {
    /// The code that these bytes make, which can not be foreseen.
    pub fn of(bytes: [u8; 10]) -> Self {
        let bits = bytes.iter().fold(0_u128, |bits, &byte| (bits << 8) | u128::from(byte));
        let character = |place: usize| {
            let five = (bits >> (5 * (LENGTH - 1 - place))) & 31;
            char::from(ALPHABET[usize::try_from(five).unwrap_or_default()])
        };
        Self((0..LENGTH).map(character).collect())
    }

    /// Parses what was typed.
    pub fn parse(text: &str) -> Result<Self, NotACode> {
        let read = |typed: char| match typed.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        };
        let code: String = without_gaps(text)?.chars().map(read).collect();
        let is_one = code.len() == LENGTH && code.bytes().all(|character| ALPHABET.contains(&character));
        if is_one { Ok(Self(code)) } else { Err(NotACode) }
    }

    /// Without hyphens, as it is hashed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// As it is shown.
impl fmt::Display for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, character) in self.0.chars().enumerate() {
            let gap = if place > 0 && place % GROUP == 0 { "-" } else { "" };
            write!(f, "{gap}{character}")?;
        }
        Ok(())
    }
}

fn without_gaps(text: &str) -> Result<String, NotACode> {
    if text.len() > LONGEST {
        return Err(NotACode);
    }
    Ok(text.chars().filter(|typed| !typed.is_whitespace() && *typed != '-').collect())
}

impl fmt::Debug for SignInCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignInCode(…)")
    }
}

impl fmt::Debug for AppCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AppCode(…)")
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}

impl TryFrom<String> for SignInCode {
    type Error = NotACode;
    fn try_from(text: String) -> Result<Self, NotACode> {
        Self::parse(&text)
    }
}

impl From<SignInCode> for String {
    fn from(code: SignInCode) -> Self {
        match code {
            SignInCode::App(code) => code.0,
            SignInCode::Recovery(code) => code.0,
        }
    }
}

impl TryFrom<String> for RecoveryCode {
    type Error = NotACode;
    fn try_from(text: String) -> Result<Self, NotACode> {
        Self::parse(&text)
    }
}

impl From<RecoveryCode> for String {
    fn from(code: RecoveryCode) -> Self {
        code.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, expected: Result<&str, NotACode>) {
        let read = SignInCode::parse(typed).map(String::from);
        assert_eq!(read, expected.map(str::to_owned), "{typed:?}");
    }

    #[test]
    fn what_is_a_code() {
        check("123456", Ok("123456"));
        check(" 123 456\n", Ok("123456"));
        check("000-000", Ok("000000"));
        check("0123-4567-89ab-cdef", Ok("0123456789abcdef"));
        check("GHJK MNPQ RSTV WXYZ", Ok("ghjkmnpqrstvwxyz"));
        check("oOiI-lL00-0000-0000", Ok("0011110000000000"));
        for none in ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", "0123-4567-89ab-cdeu", "0123-4567-89ab-cde"] {
            check(none, Err(NotACode));
        }
        check(&"1".repeat(10_000), Err(NotACode));
    }

    #[test]
    fn a_recovery_code_says_all_its_bytes() {
        for (bytes, shown) in [
            ([0; 10], "0000-0000-0000-0000"),
            ([255; 10], "zzzz-zzzz-zzzz-zzzz"),
            ([0, 0, 0, 0, 0, 0, 0, 0, 0, 1], "0000-0000-0000-0001"),
            ([8, 0, 0, 0, 0, 0, 0, 0, 0, 0], "1000-0000-0000-0000"),
        ] {
            let code = RecoveryCode::of(bytes);
            assert_eq!(code.to_string(), shown);
            assert_eq!(RecoveryCode::parse(shown), Ok(code));
        }
    }

    #[test]
    fn no_log_shows_one() {
        let code = SignInCode::parse("123456").expect("a code");
        assert_eq!(format!("{code:?} {:?}", RecoveryCode::of([1; 10])), "SignInCode(…) RecoveryCode(…)");
    }
}
