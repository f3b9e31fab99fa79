//! `quire check`: what is wrong with the settings, the database, Redis, the clock and the machine, and how to mend it.
//!
//! It takes what `quire serve` takes, and changes nothing. A node may run meanwhile.

mod clock;
mod database;
mod file;
mod finding;
mod machine;
mod mail;
mod redis;
mod settings;
mod site;

pub use self::finding::Finding;

use crate::config::Serve;

/// Everything that is wrong.
pub async fn check(config: &Serve) -> Vec<Finding> {
    let mut found = settings::check(config);
    found.extend(database::check(config).await);
    if let Some(address) = &config.redis {
        found.extend(redis::check(address).await);
    }
    found.extend(mail::check(config).await);
    found.extend(site::check());
    found.extend(machine::check());
    found
}
