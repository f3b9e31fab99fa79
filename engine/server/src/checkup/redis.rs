//! What there is of Redis.

use std::{collections::HashMap, time::Duration};

use abreast_core::Millis;
use redis::{Cmd, FromRedisValue, RedisResult, aio::ConnectionLike};

use crate::RedisAddress;

/// How long Redis may take for all of it.
const PATIENCE: Duration = Duration::from_secs(3);

/// What there is of Redis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedisState {
    /// What it does when it is full.
    pub policy: String,
    /// When it is full, in bytes; never, if 0.
    pub max_memory: u64,
    /// Whether it writes what it has to a disk.
    pub persists: bool,
    /// The time by its clock.
    pub clock: Millis,
}

/// Looks at Redis, or says in a word why that is impossible.
pub async fn look_at_redis(address: &RedisAddress) -> Result<RedisState, String> {
    match tokio::time::timeout(PATIENCE, look(address)).await {
        Ok(looked) => looked.map_err(|error| error.to_string()),
        Err(_) => Err("it does not answer".to_owned()),
    }
}

async fn look(address: &RedisAddress) -> RedisResult<RedisState> {
    // Of a cluster this asks one server: they are set up alike.
    let mut server = address.client(0)?.get_multiplexed_async_connection().await?;
    let (seconds, micros): (i64, i64) = ask(&mut server, redis::cmd("TIME")).await?;
    let text: String = ask(&mut server, redis::cmd("INFO")).await?;
    let about: HashMap<&str, &str> = text.lines().filter_map(|line| line.trim().split_once(':')).collect();
    let mut saves = redis::cmd("CONFIG");
    saves.arg("GET").arg("save");
    // Some providers keep this to themselves.
    let saves: HashMap<String, String> = ask(&mut server, saves).await.unwrap_or_default();
    Ok(RedisState {
        policy: about.get("maxmemory_policy").copied().unwrap_or_default().to_owned(),
        max_memory: about.get("maxmemory").and_then(|bytes| bytes.parse().ok()).unwrap_or_default(),
        persists: about.get("aof_enabled") == Some(&"1") || saves.values().any(|rule| !rule.is_empty()),
        clock: Millis(seconds * 1_000 + micros / 1_000),
    })
}

async fn ask<T: FromRedisValue>(server: &mut impl ConnectionLike, question: Cmd) -> RedisResult<T> {
    question.query_async(server).await
}
