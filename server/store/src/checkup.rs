//! What an operator should know of a library before a node starts. Nothing is changed by looking.

use abreast_server::checkup;
pub use abreast_server::checkup::{DatabaseState, RedisState, Tables, look_at_redis};

use crate::{Address, Library, Result};

/// Looks at a database that is there.
pub async fn look_at_database(address: &Address) -> Result<DatabaseState> {
    Ok(checkup::look_at_database::<Library>(address).await?)
}

/// Whether a database whose tables are current has demo accounts, whose password everybody knows.
pub async fn has_demo_accounts(address: &Address) -> Result<bool> {
    Ok(checkup::fetch_number(address, "select count(*) from users where demo = 1").await? > 0)
}
