//! Whatever the memory tier holds is what the database would say.

use domain::*;
use store::{Load, Store};

/// Asks every question that the memory tier has an answer to, through the tiers and past them.
pub async fn check(store: &Store) {
    for key in store.memory_keys() {
        check_key(store, &key).await;
    }
}

async fn check_key(store: &Store, key: &Key) {
    let (question, arguments) = key.as_str().split_once('?').expect("a key");
    let name = question.split('.').next().unwrap_or_default();
    macro_rules! among {
        ($($(#[$doc:meta])* $function:ident $address:literal $query:ident { $($argument:tt)* };)*) => {
            match name {
                $(<$query as Query>::NAME => compare(store, key, parse::<$query>(arguments)).await,)*
                unknown => panic!("{unknown} is no query"),
            }
        };
    }
    domain::each_query! { among {} }
}

fn parse<Q: Query>(arguments: &str) -> Q {
    serde_urlencoded::from_str(arguments).expect("a key's arguments")
}

async fn compare<Q: Load>(store: &Store, key: &Key, query: Q) {
    let through = store.fetch(&query, Seq::ZERO).await.map(|fetched| fetched.entry.value.clone());
    let past = store.load(&query).await.map(|entry| entry.value.clone());
    let told = |told: store::Result<Q::Output>| told.map_err(|error| error.to_string());
    assert_eq!(told(through), told(past), "memory disagrees with the database about {key}");
}
