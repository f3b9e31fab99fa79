//! How often an app's code may be guessed: of a million one is right, and three at a time. Wrong ones are counted for the
//! account, over all nodes, browsers and sign-ins, until a right one. Recovery codes can't be guessed, and work meanwhile.

use domain::{Email, UserId};

use crate::{Error, MailKind, Result, Store, clock, outbox, row::Columns};

/// A minute, in milliseconds.
const MINUTE: i64 = 60 * 1_000;
/// How many may be wrong one after the other.
const FREE: i64 = 5;
/// The longest pause.
const LONGEST: i64 = 12 * 60 * MINUTE;

/// How long to wait after so many wrong codes: a minute, and then twice as long each time.
fn pause(guesses: i64) -> i64 {
    match u32::try_from(guesses - FREE) {
        Err(_) => 0,
        Ok(more) => (MINUTE << more.min(20)).min(LONGEST),
    }
}

impl Store {
    /// Counts an attempt before it is looked at, so that a thousand at once are not looked at all. The person is told by
    /// mail when it becomes too many.
    ///
    /// # Errors
    /// [`Error::TooManyCodes`] until the pause is over.
    pub(super) async fn count_guess(&self, user: UserId) -> Result<()> {
        let now = clock::now().0;
        let mut writing = self.database.begin_writing().await?;
        // Of two at once the second waits here, and then finds the pause.
        let guesses: Option<i64> = sqlx::query_scalar(
            "update second_factors set guesses = guesses + 1 where user_id = $1 and next_at <= $2 returning guesses",
        )
        .bind(user.to_string())
        .bind(now)
        .fetch_optional(&mut writing)
        .await?;
        let row = sqlx::query(
            "select f.next_at, u.email from second_factors f join users u on u.id = f.user_id
             where f.user_id = $1 and f.on_since is not null",
        )
        .bind(user.to_string())
        .fetch_optional(&mut writing)
        .await?
        .ok_or(Error::NoSecondFactor)?;
        let Some(guesses) = guesses else {
            let wait = u64::try_from(row.number("next_at")? - now).unwrap_or_default();
            return Err(Error::TooManyCodes { seconds: wait / 1_000 + 1 });
        };
        let pause = pause(guesses);
        if pause > 0 {
            sqlx::query("update second_factors set next_at = $1 where user_id = $2")
                .bind(now + pause)
                .bind(user.to_string())
                .execute(&mut writing)
                .await?;
        }
        // This one may be right. The next one is not looked at, if it is not.
        if guesses == FREE + 1 {
            let email = Email::parse(&row.text("email")?).map_err(Error::corrupt)?;
            outbox::put(&mut writing, MailKind::WrongCodes, &email).await?;
        }
        Ok(writing.commit().await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_the_next_one_waits() {
        for (guesses, minutes) in [(0, 0), (1, 0), (4, 0), (5, 1), (6, 2), (7, 4), (10, 32), (15, 720), (1_000, 720)] {
            assert_eq!(pause(guesses), minutes * MINUTE, "{guesses}");
        }
    }

    /// In a year fewer than a thousand are looked at, each right by three in a million.
    #[test]
    fn a_year_of_guessing_is_in_vain() {
        let (mut guesses, mut time) = (0, 0);
        while time < 365 * 24 * 60 * MINUTE {
            guesses += 1;
            time += pause(guesses);
        }
        assert!((700..1_000).contains(&guesses), "{guesses}");
    }
}
