//! What the store says went wrong: the detail for the log, the sentence for people.

use super::AppError;

impl AppError {
    /// What went wrong with a write. Of one that the database did not take it is known whether it could have
    /// left anything behind: then it is [`store::Error::Uncertain`].
    pub(crate) fn of_write(error: store::Error) -> Self {
        match Self::from(error) {
            Self::Unavailable => Self::Unsaved,
            error => error,
        }
    }
}

impl From<store::Error> for AppError {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::NotFound => Self::NotFound,
            store::Error::NotThere { as_of } => Self::NotThere(as_of),
            store::Error::Conflict { now } => Self::Conflict(now),
            store::Error::ConflictWith(newer) => Self::ConflictWith(newer),
            store::Error::KeyTaken => Self::Invalid(
                "Something else was sent with this idempotency key before. A new request needs a new key.".to_owned(),
            ),
            store::Error::NotPublished(why) => Self::NotPublished(why),
            store::Error::NotRestored(why) => Self::NotRestored(why),
            store::Error::Full(bound) => Self::Full(bound),
            store::Error::AddressTaken => Self::AddressTaken,
            store::Error::HandleTaken => Self::HandleTaken,
            store::Error::WrongPassword => Self::WrongPassword,
            store::Error::NotThePassword => Self::NotThePassword,
            store::Error::LinkIsOver => Self::LinkIsOver,
            store::Error::SecondStep(_) => Self::SignedOut,
            store::Error::WrongCode => Self::WrongCode,
            store::Error::NoSecondFactor => Self::NotFound,
            store::Error::SignInIsOver => Self::SignInIsOver,
            store::Error::TooManyCodes { seconds } => Self::TooManyCodes(seconds),
            store::Error::Barred(barred) => Self::Barred(barred),
            store::Error::Blocked(blocked) => Self::Blocked(blocked),
            store::Error::Busy => Self::TooMany(2),
            store::Error::WeakPassword => Self::Invalid(format!(
                "Please take another password: {} characters or more, and not one that is easily guessed. Some words that don't belong together are good.",
                domain::Password::LEAST_OF_NEW,
            )),
            store::Error::NotAllowed => Self::NotAllowed,
            store::Error::NoRegistration(who) => Self::NoRegistration(who),
            store::Error::LastManager => Self::LastManager,
            store::Error::Database(detail) => {
                tracing::error!(%detail, "the database did not answer");
                Self::Unavailable
            }
            store::Error::Uncertain(detail) => {
                tracing::error!(%detail, "the database went away during a commit");
                Self::Uncertain
            }
            error @ (store::Error::Corrupt(_)
            | store::Error::Answered(_)
            | store::Error::BadAddress(_)
            | store::Error::Migration(_)
            | store::Error::Internal(_)) => {
                tracing::error!(%error, "a mistake of ours");
                Self::Internal
            }
        }
    }
}
