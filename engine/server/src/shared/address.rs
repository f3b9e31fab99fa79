//! Where Redis is.

use std::{fmt, str::FromStr};

use redis::{Client, IntoConnectionInfo, RedisResult, cluster::ClusterClient};

use super::link::{CONNECTING, Connection};
use crate::Error;

/// Which Redis: `redis://…` or `rediss://…`, or a cluster by the URLs of some of its nodes,
/// separated by commas, or by one URL as `redis+cluster://…`.
#[derive(Clone, PartialEq, Eq)]
pub struct RedisAddress {
    urls: Vec<String>,
    is_cluster: bool,
}

impl FromStr for RedisAddress {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self, Error> {
        let mut is_cluster = text.contains(',');
        let mut urls = vec![];
        for url in text.split(',').map(str::trim) {
            let Some((scheme, rest)) = url.split_once("://") else { return Err(bad("it has no scheme")) };
            let (scheme, of_cluster) = scheme.strip_suffix("+cluster").map_or((scheme, false), |plain| (plain, true));
            if !["redis", "rediss"].contains(&scheme) {
                return Err(bad("its scheme is another"));
            }
            is_cluster |= of_cluster;
            let url = format!("{scheme}://{rest}");
            url.as_str().into_connection_info().map_err(|error| bad(&error.to_string()))?;
            urls.push(url);
        }
        Ok(Self { urls, is_cluster })
    }
}

fn bad(why: &str) -> Error {
    Error::BadAddress(format!("Redis is named redis://HOST or rediss://HOST, with commas for a cluster: {why}").into())
}

/// Without the password that may be in it.
impl fmt::Debug for RedisAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RedisAddress(…)")
    }
}

impl RedisAddress {
    /// A new connection that any number of askers may share.
    pub(super) async fn connect(&self) -> RedisResult<Connection> {
        if self.is_cluster {
            let cluster = ClusterClient::builder(self.urls.iter().map(String::as_str)).connection_timeout(CONNECTING);
            return Ok(Connection::Cluster(cluster.build()?.get_async_connection().await?));
        }
        Ok(Connection::Single(self.client(0)?.get_multiplexed_async_connection().await?))
    }

    /// One of the servers, for a subscription: a cluster passes messages on to all its nodes.
    pub(crate) fn client(&self, attempt: usize) -> RedisResult<Client> {
        Client::open(self.urls[attempt % self.urls.len()].as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let check = |text: &str, expected: Option<(usize, bool)>| {
            let read = RedisAddress::from_str(text).ok().map(|read| (read.urls.len(), read.is_cluster));
            assert_eq!(read, expected, "{text}");
        };
        check("redis://127.0.0.1/", Some((1, false)));
        check("rediss://somebody:secret@cache.example:6380/2", Some((1, false)));
        check("redis+cluster://a.example:7000", Some((1, true)));
        check("redis://a.example:7000, redis://b.example:7000", Some((2, true)));
        for text in ["", "127.0.0.1", "http://a.example", "redis://", "redis://a,", "redis+sentinel://a"] {
            check(text, None);
        }
        let address = RedisAddress::from_str("redis://:secret@a.example").expect("an address");
        assert_eq!(format!("{address:?}"), "RedisAddress(…)");
    }
}
