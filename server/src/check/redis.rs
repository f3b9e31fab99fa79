//! Redis: reachable, and set up as a cache.

use store::{
    RedisAddress,
    checkup::{RedisState, look_at_redis},
};

use super::{Finding, clock};

pub(super) async fn check(address: &RedisAddress) -> Vec<Finding> {
    match look_at_redis(address).await {
        Ok(state) => judge(&state, clock::now()),
        Err(error) => vec![Finding::new(
            format!("Redis can't be asked: {error}."),
            "Nodes go on without it: answers are slower, and commits on other nodes are seen up to a second later.",
            "Start it, and see that REDIS_URL names it, with its password and its port.",
        )],
    }
}

fn judge(state: &RedisState, now: i64) -> Vec<Finding> {
    let bound = (state.max_memory == 0).then(|| {
        Finding::new(
            "Redis has no bound on its memory (maxmemory is 0).",
            "It grows until the machine has none left.",
            "Set maxmemory, as in `maxmemory 256mb`.",
        )
    });
    let policy = (state.max_memory > 0 && !state.policy.starts_with("allkeys-")).then(|| {
        Finding::new(
            format!("Redis' maxmemory-policy is {}.", state.policy),
            "When it is full, it refuses new answers in the place of dropping old ones.",
            "Set `maxmemory-policy allkeys-lru`.",
        )
    });
    let disk = state.persists.then(|| {
        Finding::new(
            "Redis writes what it has to a disk.",
            "That takes time and room for what is made again in a moment, and leaves answers of the past behind.",
            "Set `save \"\"` and `appendonly no`.",
        )
    });
    [bound, policy, disk, clock::compare(now, state.clock.0, "Redis")].into_iter().flatten().collect()
}
