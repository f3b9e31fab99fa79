//! Any query of an app, without its type: what is the same for all queries is compiled once.

use std::fmt;

use abreast_core::{Key, Millis, Nouns};
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde_json::value::RawValue;

use crate::{
    App, Fetch,
    host::Host,
    nouns::{Answer, Record, Viewer},
};

/// An answer whose value is still encoded.
pub(crate) type EncodedAnswer<A> = Answer<Box<RawValue>, A>;

/// All that the request for a query, and the record of its answer, need. Two are equal if their keys are.
pub struct AnyQuery<A: App> {
    key: Key,
    endpoint: &'static str,
    area: <A::Nouns as Nouns>::Area,
    viewer: Option<Viewer<A>>,
    keep_for: i64,
}

impl<A: App> AnyQuery<A> {
    /// This query.
    pub fn of<Q: Fetch<A>>(query: &Q) -> Self {
        Self {
            key: query.key(),
            endpoint: Q::ENDPOINT,
            area: Q::AREA,
            viewer: query.viewer(),
            keep_for: Q::browser_lifetime(),
        }
    }

    /// Its key.
    pub const fn key(&self) -> &Key {
        &self.key
    }

    /// Asks the server.
    pub(crate) async fn fetch(&self, host: &dyn Host) -> Result<EncodedAnswer<A>, A::Failure> {
        let reply = host.get(self.address()).await;
        let reply = reply.map_err(|error| A::Failure::from_server_fn_error(ServerFnErrorErr::Request(error)))?;
        if reply.status >= 400 {
            return Err(A::Failure::de(reply.text.into()));
        }
        serde_json::from_str(&reply.text)
            .map_err(|error| A::Failure::from_server_fn_error(ServerFnErrorErr::Deserialization(error.to_string())))
    }

    /// Its answer as the client cache keeps it from now on.
    pub(crate) fn record(&self, answer: EncodedAnswer<A>, now: Millis) -> Record<A> {
        Record::<A> {
            body: Box::<str>::from(answer.entry.value).into_string(),
            tags: answer.entry.tags,
            as_of: answer.entry.as_of,
            stored_at: now,
            keep_for: if answer.keep { self.keep_for } else { 0 },
            area: self.area,
            viewer: self.viewer,
        }
    }

    /// Its server function's address. The key's arguments are spelled as the function takes them.
    fn address(&self) -> String {
        let arguments = self.key.as_str().split_once('?').map_or("", |(_, arguments)| arguments);
        [A::FUNCTIONS, self.endpoint, "?", arguments].concat()
    }
}

impl<A: App> Clone for AnyQuery<A> {
    fn clone(&self) -> Self {
        Self { key: self.key.clone(), ..*self }
    }
}

impl<A: App> PartialEq for AnyQuery<A> {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl<A: App> fmt::Debug for AnyQuery<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.key)
    }
}
